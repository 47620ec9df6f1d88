"""How two bodies stand to each other: in which borders both lie, and whether they share one."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import Kind
from data.pairs import of_rows
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


class Relations(Struct, frozen=True):
    """How all bodies stand to one; attributes as in `Bodies`."""

    kind: Ints
    district: Ints
    region: Ints
    landscape: Ints
    around: Around

    def rows(self, rows: Any) -> Bytes:
        """Return (n,) `Relation` of each body to one, or (k, n) of each to several."""
        kind, around, own = self.kind, self.around, of_rows(self.kind, rows)
        same_district = self.district == of_rows(self.district, rows)
        kreis = kind == Kind.DISTRICT.row
        association = Kind.ASSOCIATION.row
        borders = around.border_km[rows] > 0
        inside, outside = around.contains(rows), around.contained(rows)
        found = np.full(same_district.shape, Relation.OTHER, np.uint8)
        # The weakest first: what is said later holds.
        for relation, holds in (
            (Relation.SAME_ASSOCIATION, _same(self.landscape, rows)),
            (Relation.SAME_REGION, _same(self.region, rows)),
            (Relation.OTHER_DISTRICT, kreis & (own == Kind.MUNICIPALITY.row)),
            (Relation.NEIGHBOUR, borders & (kind == own)),
            (Relation.SAME_DISTRICT, same_district),
            (Relation.NEIGHBOUR_SAME_DISTRICT, same_district & borders),
            (Relation.MEMBER, inside),
            (Relation.OWN_DISTRICT, outside & kreis),
            (Relation.ASSOCIATION, (kind == association) | (own == association)),
        ):
            np.copyto(found, np.uint8(relation), where=holds)
        return found


def _same(codes: Ints, rows: Any) -> npt.NDArray[np.bool_]:
    own = of_rows(codes, rows)
    return np.asarray((codes == own) & (own >= 0))  # -1 is none: two of them are not the same
