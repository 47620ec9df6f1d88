"""How two bodies stand to each other: in which borders both lie, and whether they share one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from data import Kind
from matcher.known.around import Around

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


class Relation(IntEnum):
    """How a candidate stands to the searcher; the first that holds."""

    OWN_DISTRICT = 0
    MEMBER = 1
    ASSOCIATION = 2
    NEIGHBOUR_SAME_DISTRICT = 3
    SAME_DISTRICT = 4
    NEIGHBOUR = 5
    OTHER_DISTRICT = 6
    SAME_REGION = 7
    SAME_ASSOCIATION = 8
    OTHER = 9


@dataclass(frozen=True, slots=True)
class Relations:
    """How all bodies stand to one; attributes as in `Bodies`."""

    kind: Ints
    district: Ints
    region: Ints
    landscape: Ints
    around: Around

    def row(self, row: int) -> Bytes:
        """Return (n,) `Relation` of each body to this one."""
        kind, around = self.kind, self.around
        same_district = self.district == self.district[row]
        kreis = kind == Kind.DISTRICT.row
        association = kind == Kind.ASSOCIATION.row
        borders = around.border_km[row] > 0
        inside, outside = around.contains(row), around.contained(row)
        found = np.full(len(kind), Relation.OTHER, np.uint8)
        # The weakest first: what is said later holds.
        for relation, holds in (
            (Relation.SAME_ASSOCIATION, _same(self.landscape, row)),
            (Relation.SAME_REGION, _same(self.region, row)),
            (Relation.OTHER_DISTRICT, kreis if kind[row] == Kind.MUNICIPALITY.row else None),
            (Relation.NEIGHBOUR, borders & (kind == kind[row])),
            (Relation.SAME_DISTRICT, same_district),
            (Relation.NEIGHBOUR_SAME_DISTRICT, same_district & borders),
            (Relation.MEMBER, inside),
            (Relation.OWN_DISTRICT, outside & kreis),
            (Relation.ASSOCIATION, association | association[row]),
        ):
            if holds is not None:
                np.copyto(found, np.uint8(relation), where=holds)
        return found


def _same(codes: Ints, row: int) -> npt.NDArray[np.bool_] | None:
    # -1 is none: two of them are not the same.
    return None if codes[row] < 0 else np.asarray(codes == codes[row])
