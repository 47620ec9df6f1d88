"""What counts as covered: a matter that a body has, buys, gets from its Kreis, or cannot carry.

Nothing known is never "absent": a body without an entry here is one of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from msgspec import Struct

from data import LegalForm, LegalStatus, Status
from data.matters import KnownProvider, Matter, Matters
from matcher.known.bodies import Bools, Floats, Ints
from matcher.known.knowledge import Knowledge

# By judgement: a cooperation of the Kreis with this share of its municipalities is the Kreis's
# own way of doing it, so that the rest are asked by the Kreis, not by us.
MOST_OF_DISTRICT = 0.6
_RUNS = (Status.ACTIVE, Status.UNKNOWN)


class Coverage(Struct, frozen=True):
    """One thing known about a body and a matter.

    Attributes
    ----------
    kind
        "law" (others carry it by law), "district" (a cooperation of the Kreis reaches it),
        "institution" (one on no other record), "carries" (it does it for others), "bought"
        (another does it for it), "association" or "member"; "planned" where it is not done yet.
    name
        The cooperation, institution or task.
    since
        Year from which it is known; None where no year is known.
    source_url
        Where it was read.
    """

    kind: str
    name: str
    since: int | None
    source_url: str


@dataclass(frozen=True)
class Covered:
    """Who has what, as arrays over the m matters, c cooperations and n bodies.

    Attributes
    ----------
    matters
        The matters, rows of all tables.
    of
        (c,) row of the matter of each cooperation.
    members, leads
        (m, n) number of cooperations that run, may run or are planned; those of them that do not
        wait to begin and in which the body does it for others.
    buys
        (m, n) number of cooperations in which another does it for the body.
    by_district
        (m, n) whether the Kreis, or an institution on no other record, does it in fact.
    able
        (m, n) whether the body is one of those who carry the matter by law.
    """

    knowledge: Knowledge
    matters: tuple[Matter, ...]
    providers: tuple[KnownProvider, ...]
    of: Ints
    members: Floats
    leads: Floats
    buys: Floats
    by_district: Bools
    able: Bools

    @classmethod
    def find(cls, knowledge: Knowledge, matters: Matters) -> Covered:
        """Sort what is known by matter."""
        row = {matter.code: index for index, matter in enumerate(matters.all)}
        of = np.array([row[matters.of(c).code] for c in knowledge.cooperations], np.int64)
        one_hot = np.zeros((len(matters.all), len(of)), np.float32)
        statuses = np.array([c.status for c in knowledge.cooperations], object)
        one_hot[of, np.arange(len(of))] = statuses != Status.ENDED
        members = one_hot @ knowledge.participation
        led = knowledge.lead.any(axis=1)
        buys = one_hot[:, led] @ (knowledge.participation[led] - knowledge.lead[led])
        leads = one_hot * np.isin(statuses, _RUNS) @ knowledge.lead
        able = np.array([_able(matter, knowledge) for matter in matters.all])
        able &= _proved(matters.all, members, knowledge)
        found = cls(knowledge, matters.all, matters.providers, of, members, leads, buys,
                    np.zeros_like(able), able)  # fmt: skip
        for matter, inside in found._district_rows():
            found.by_district[matter, inside] = True
        return found

    @cached_property
    def closed(self) -> Bools:
        """(m, n) whether a body has no call to come for a matter; who does it for others may.

        A matter that one can have twice stays open; what stands in for a matter closes it.
        """
        have = (self.members > 0) | self.by_district
        closed = np.stack([have[self._alike(row)].any(axis=0) for row in range(len(self.matters))])
        several = np.array([matter.several for matter in self.matters])
        closed[several] = False
        return np.asarray(closed | ~self.able)

    @cached_property
    def carriers(self) -> Bools:
        """(m, n) who does a matter for others and could for more: not who has it done itself."""
        return np.asarray((self.leads > 0) & (self.buys == 0) & self.able)

    @cached_property
    def together(self) -> dict[int, Bools]:
        """For each matter, (n, n) who is known to work together in it or in what stands in for it.

        Matters without anything known are left out.
        """
        knowledge, made = self.knowledge, {}
        institutions: dict[str, list[Bools]] = {}
        for fact in self.providers:
            institutions.setdefault(fact.matter, []).append(self._inside(fact.bodies))
        for row in range(len(self.matters)):
            alike = self._alike(row)
            inside = knowledge.participation[np.isin(self.of, alike)]
            served = [i for other in alike for i in institutions.get(self.matters[other].code, ())]
            inside = np.concatenate([inside, np.array(served, np.float32)]) if served else inside
            if len(inside):
                made[row] = inside.T @ inside > 0
        return made

    @cached_property
    def running(self) -> Ints:
        """(m,) cooperations of each matter of which it is known that they run."""
        runs = [c.status is Status.ACTIVE for c in self.knowledge.cooperations]
        return np.bincount(self.of[runs], minlength=len(self.matters)).astype(np.int64)

    def _alike(self, row: int) -> list[int]:
        """Return the rows of a matter and of what stands in for it."""
        name = self.matters[row].instead
        same = [i for i, other in enumerate(self.matters) if name and other.instead == name]
        return same or [row]

    def about(self, matter: int, body: int) -> tuple[Coverage, ...]:
        """Return all that is known about a body and a matter, oldest first."""
        return tuple(sorted(self._about(matter, body), key=lambda c: (c.since or 9999, c.name)))

    def _about(self, matter: int, body: int) -> Iterator[Coverage]:
        knowledge, what = self.knowledge, self.matters[matter]
        if not self.able[matter, body] and what.task is not None:
            yield Coverage("law", what.task.task, None, what.task.source_url)
        inside = np.flatnonzero((self.of == matter) & (knowledge.participation[:, body] > 0))
        for index in inside:
            cooperation = knowledge.cooperations[int(index)]
            if cooperation.status is Status.ENDED:
                continue
            kind = "association" if cooperation.legal_form is LegalForm.ZWECKVERBAND else "member"
            if cooperation.status is Status.PLANNED:
                kind = "planned"
            elif cooperation.lead is not None:
                carries = knowledge.lead[index, body] > 0
                kind = "carries" if carries else "bought"
            yield Coverage(kind, cooperation.title, cooperation.start_year, cooperation.source_url)
        if len(inside) or not self.by_district[matter, body]:
            return
        for fact in self.providers:
            if fact.matter == what.code and self._inside(fact.bodies)[body]:
                yield Coverage("institution", fact.name, fact.since, fact.source_url)
        for index in self._of_districts:
            if self.of[index] == matter and self._reaches(int(index))[body]:
                one = knowledge.cooperations[int(index)]
                yield Coverage("district", one.title, one.start_year, one.source_url)

    def _district_rows(self) -> Iterator[tuple[int, Bools]]:
        row = {matter.code: index for index, matter in enumerate(self.matters)}
        for fact in self.providers:
            yield row[fact.matter], self._inside(fact.bodies)
        for index in self._of_districts:
            yield int(self.of[index]), self._reaches(int(index))

    def _inside(self, keys: tuple[str, ...]) -> Bools:
        """(n,) the bodies of these keys; a Kreis stands for its municipalities."""
        bodies = self.knowledge.bodies
        inside = np.asarray(bodies.keys.isin(keys))
        below = bodies.contains[inside & bodies.is_district].any(axis=0)
        return np.asarray((inside | below) & bodies.is_municipality)

    def _reaches(self, index: int) -> Bools:
        """(n,) municipalities of the Kreise that have most of theirs in a cooperation."""
        knowledge, bodies = self.knowledge, self.knowledge.bodies
        members = knowledge.participation[index] > 0
        reached = np.zeros(len(members), bool)
        for above in np.flatnonzero(members & bodies.is_district):
            own = (bodies.district == bodies.district[above]) & bodies.is_municipality
            if members[own].mean() >= MOST_OF_DISTRICT:
                reached |= own
        return reached

    @cached_property
    def _of_districts(self) -> Ints:
        """Running cooperations in which a Kreis takes part."""
        with_district = self.knowledge.participation[:, self.knowledge.bodies.is_district].any(
            axis=1
        )
        runs = np.array([c.status is not Status.ENDED for c in self.knowledge.cooperations], bool)
        return np.flatnonzero(with_district & runs).astype(np.int64)


def _able(matter: Matter, knowledge: Knowledge) -> Bools:
    """(n,) who carries a matter by law, or may; all municipalities and Kreise without a law."""
    status = knowledge.bodies.status
    if matter.task is None:
        return np.asarray(~knowledge.bodies.is_association)
    carriers = [s.row for s in LegalStatus if s.value in matter.task.carriers]
    return np.asarray(np.isin(status, carriers))


def _proved(matters: tuple[Matter, ...], members: Floats, knowledge: Knowledge) -> Bools:
    """(m, n) False where a body carries a task only if others do not, unproved.

    A middle-sized town may have its own youth office or leave it to the Kreis. That it has one is
    known where it cooperates in another matter of the same task. The large ones nearly all do. A
    Kreis all of whose municipalities may have their own has nobody to do it for.
    """
    proved = np.ones(members.shape, bool)
    bodies = knowledge.bodies
    medium = bodies.status == LegalStatus.MEDIUM.row
    small = bodies.status == LegalStatus.SMALL.row
    alone = bodies.is_district & ~bodies.contains[:, small].any(axis=1)
    for index, matter in enumerate(matters):
        if matter.task is None or LegalStatus.MEDIUM.value not in matter.task.optional:
            continue
        same = [i for i, other in enumerate(matters) if _of_same_office(matter, other)]
        proved[index] = ~(medium | alone) | (members[same] > 0).any(axis=0)
    return proved


def _of_same_office(matter: Matter, other: Matter) -> bool:
    if matter.task is None or other.task is None:
        return False
    same = matter.task.carriers, matter.task.optional, matter.task_area
    return same == (other.task.carriers, other.task.optional, other.task_area)
