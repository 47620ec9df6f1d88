"""A group with all that is known about it: what sentences and letters are made from."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from data import TaskArea
from data.matters import Matter, other_of
from matcher.directory import Body, Directory
from matcher.known.bodies import Bodies, Ints
from matcher.known.knowledge import Knowledge
from matcher.outreach.groups import Group
from matcher.outreach.need import Need
from matcher.outreach.prospects import Prospects
from matcher.outreach.shape import Shapes

SHAPE_WORDS = (
    "über Kreisgrenzen hinweg, ohne durchgehend gemeinsame Grenzen",
    "Nachbarn über eine Kreisgrenze hinweg",
    "im selben Kreis, ohne durchgehend gemeinsame Grenzen",
    "Nachbarn im selben Kreis",
    "über Kreisgrenzen hinweg mit einem Kreis",
    "Nachbarn über eine Kreisgrenze hinweg mit einem Kreis",
    "im selben Kreis und mit ihm, ohne durchgehend gemeinsame Grenzen",
    "im selben Kreis und mit ihm",
    "Kreise ohne gemeinsame Grenze",
    "benachbarte Kreise",
    "ein Kreis",
    "ein Kreis",
)
"""German words for the shapes of `shape.shape_of`."""


class GroupProfile(Struct, frozen=True):
    """A group and where to look things up."""

    group: Group
    knowledge: Knowledge
    need: Need
    shapes: Shapes
    directory: Directory
    prospects: Prospects

    @property
    def bodies(self) -> Bodies:
        """The arrays over all bodies."""
        return self.knowledge.bodies

    @property
    def area(self) -> TaskArea:
        """The task area."""
        return TaskArea.at(self.group.area)

    @property
    def matter(self) -> Matter:
        """The matter; what is left of its area where a group was kept without one."""
        return self.prospects.matters[self.matter_row]

    @property
    def matter_row(self) -> int:
        """Row of the matter."""
        if self.group.matter >= 0:
            return self.group.matter
        code = other_of(self.area)
        return next(i for i, matter in enumerate(self.prospects.matters) if matter.code == code)

    @property
    def is_other(self) -> bool:
        """Whether only the task area is known, no matter in it."""
        return self.matter.code == other_of(self.area)

    @property
    def subject(self) -> str:
        """What it is about, as it stands in a sentence."""
        return (
            f"Im Bereich {self.area.label}"
            if self.is_other
            else f"Zum Vorhaben „{self.matter.name}“"
        )

    @property
    def rows(self) -> Ints:
        """(k,) rows of all bodies of the group."""
        return np.array(self.group.rows, np.int64)

    @property
    def municipalities(self) -> Ints:
        """(m,) rows of its municipalities."""
        return np.asarray(self.rows[self.bodies.is_municipality[self.rows]])

    @property
    def district(self) -> int | None:
        """Row of the Kreis that is approached too."""
        above = self.rows[self.bodies.is_district[self.rows]]
        return int(above[0]) if len(above) else None

    @property
    def in_area(self) -> Ints:
        """Indices of the known cooperations of the area."""
        return np.flatnonzero(self.knowledge.areas[:, self.group.area] > 0).astype(np.int64)

    @property
    def in_matter(self) -> Ints:
        """Indices of the known cooperations of the matter; of the area where there is none."""
        if self.is_other:
            return self.in_area
        return np.flatnonzero(self.prospects.covered.of == self.group.matter).astype(np.int64)

    def body(self, row: int) -> Body:
        """Return a body by its row."""
        return self.directory.bodies[row]

    def name(self, row: int) -> str:
        """Return the name of a body."""
        return self.body(row).name
