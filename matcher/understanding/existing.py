"""Known cooperations in the same matter: of the searcher, and such within reach it could join."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import Cooperation, Status
from models.same_matter import SameMatter

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Relation = Literal["member", "joinable", "ended"]

# Of held-out texts 74 % are told of their cooperation from 0.25 on, 62 % from 0.5 on; 88 and 93 %
# of what is told is the same or a like matter.
JOINABLE_FROM = 0.25
MOST_OWN, MOST_JOINABLE = 3, 3


class Existing(Struct, frozen=True):
    """One known cooperation in the same matter.

    `index` is its place among the known ones; `relation` says what it is to the searcher: member
    (runs or is planned, with the searcher), ended (the searcher took part), joinable (a body within
    reach takes part).
    """

    index: int
    probability: float
    relation: Relation


def find_existing(
    model: SameMatter,
    pairs: Floats,
    cooperations: tuple[Cooperation, ...],
    takes_part: Bools,
    within_reach: Callable[[Ints], Bools],
) -> tuple[Existing, ...]:
    """Return existing cooperations in the same matter: own ones first, likeliest first.

    Parameters
    ----------
    model
        Tells the same matter.
    pairs
        (c, f) features of the text beside each cooperation, see `MatterReader.read`.
    cooperations
        The c known ones.
    takes_part
        (c,) whether the searcher is a member.
    within_reach
        Tells of k cooperations, (k,), whether a body that the searcher could work with is a member.
    """
    logits = model.logits(pairs)
    own_chance, chance = model.probability(logits, own=True), model.probability(logits, own=False)
    own = np.flatnonzero(takes_part & (own_chance >= model.threshold))
    others = np.flatnonzero(~takes_part & (chance >= JOINABLE_FROM))
    if len(others):
        others = others[within_reach(others)]  # asked of few only
    running = {int(i): cooperations[i].status is not Status.ENDED for i in (*own, *others)}
    joinable = np.array([i for i in others if running[int(i)]], np.int64)
    own = own[np.argsort(-own_chance[own], kind="stable")][:MOST_OWN]
    joinable = joinable[np.argsort(-chance[joinable], kind="stable")][:MOST_JOINABLE]
    return (
        *(
            Existing(int(i), float(own_chance[i]), "member" if running[int(i)] else "ended")
            for i in own
        ),
        *(Existing(int(i), float(chance[i]), "joinable") for i in joinable),
    )


def related(model: SameMatter, pairs: Floats) -> Bools:
    """Return which cooperations are evidence for a text, (c,): the same or a related matter.

    `model` is the one that learned which matters are related; likelier than not is evidence.
    """
    return np.asarray(model.logits(pairs) >= 0)
