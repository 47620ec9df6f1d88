from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from eval.ranking import baselines, linear, trees
from matcher.known.relation import Relation

# Body 0 as seen from itself, its Kreis, a neighbour, one more of the Kreis, one beyond, two far.
SEEN = [
    Relation.SAME_DISTRICT,
    Relation.OWN_DISTRICT,
    Relation.NEIGHBOUR_SAME_DISTRICT,
    Relation.SAME_DISTRICT,
    Relation.NEIGHBOUR,
    Relation.OTHER,
    Relation.SAME_REGION,
]


@pytest.fixture
def land():
    count = len(SEEN)
    relation = np.full((count, count), int(Relation.OTHER))
    relation[0] = relation[:, 0] = SEEN
    relation[1, 0] = Relation.MEMBER
    border = np.zeros((count, count))
    border[0, [2, 4]] = border[[2, 4], 0] = 3.0
    return SimpleNamespace(
        relation=relation, border_km=border, status=np.array([0, 4, 1, 2, 3, 5, 0])
    )


@pytest.fixture(scope="module")
def quick_baselines() -> Iterator[None]:
    """Boost a tenth of the rounds, and let two choices of each knob compete.

    Enough to be learned, tuned and compared, too few to be good.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(baselines, "boosted_trees", partial(trees.boosted_trees, rounds=25))
        few = {name: [choices[0], choices[-1]] for name, choices in baselines.TUNED.items()}
        patch.setattr(baselines, "TUNED", few)
        patch.setattr(linear, "PENALTIES", linear.PENALTIES[1:3])
        yield
