"""`python -m eval.understanding.realised`: do partners keep to the wishes of known requests?.

The requests of known cooperations were written from what came of them. Where a wish is read in
one, its members are asked in turn as the searcher, and the others counted that pass. A wish that
many partners break was none, or is too strict a rule.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

import data
from eval.understanding.wishes import make_gazetteer
from matcher.known.bodies import Bodies
from matcher.understanding import find_wishes, group_rule, passing

_SEARCHERS = 4  # members of a cooperation that are asked: large ones shall not outweigh others


def shares(dataset: data.Dataset) -> Iterator[tuple[str, float]]:
    """Yield (code of a wish, share of partners that keep to it) for each member of each record."""
    gazetteer, land = make_gazetteer(dataset), Bodies.of(dataset)
    for cooperation in dataset.cooperations:
        members = [land.keys.get_loc(key) for key in cooperation.participants]
        for searcher in members[:_SEARCHERS] if len(members) > 1 else ():
            others = [row for row in members if row != searcher]
            body = gazetteer.bodies[str(land.keys[searcher])]
            for wish in find_wishes(cooperation.request, body, gazetteer):
                if (partners := group_rule([wish]).partners) is not None:
                    yield wish.code, float(partners[0] <= len(others) <= partners[1])
                else:
                    yield wish.code, float(passing([wish], [], land, searcher)[others].mean())


def main() -> None:
    """Print the mean share by wish."""
    found: dict[str, list[float]] = {}
    for code, share in shares(data.load()):
        found.setdefault(code, []).append(share)
    for code, values in sorted(found.items()):
        print(f"{code:16s} {np.mean(values):.3f}  of {len(values)}")


if __name__ == "__main__":
    main()
