"""Matters: what a town would call about ("Gemeinsame Vollstreckung"), finer than a task area.

The table was made by hand from the texts of the known cooperations and read line by line; which
cooperation belongs to which matter stands in a second table. What neither names (a cooperation that
an office added) is read by its keywords, and is "other of its area" where none is found.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from data.competences import CarriedTask
from data.cooperations import Cooperation
from data.errors import DataError, Problem
from data.terms import TaskArea

MATTERS, MEMBERS, PROVIDERS = "matters.csv", "matter_cooperations.csv", "known_providers.csv"
_YES_NO = {"ja": True, "nein": False}
_OTHER = "es nennt keine Aufgabe"


class Matter(Struct, frozen=True):
    """One matter.

    Attributes
    ----------
    code, name
        Its key, and how an official says it.
    task_area
        Where it belongs.
    also_in
        Further task areas in which its cooperations stand.
    keywords
        Parts of words, in small letters, by which a title tells it.
    task
        The task of `competences.csv` that tells who carries it by law; None where no law does, or
        where it is not in that table.
    instead
        Name of what it has in common with other matters of which one is enough: who has a common
        treasury needs no common enforcement. Empty where nothing stands in for it.
    several
        Whether a body can well have it twice, with different partners: a second business park, but
        no second adult education centre.
    proposed
        Whether an office would call about it.
    caveat
        German, the rest of a sentence: what has to be asked first of a matter that is proposed;
        of one that is not, why: the Land or a law decides, a programme picks its members, all
        have it, each town has a company of its own for it, or it names no single task.
    """

    code: str
    name: str
    task_area: TaskArea
    also_in: tuple[TaskArea, ...]
    keywords: tuple[str, ...]
    task: CarriedTask | None
    instead: str
    several: bool
    proposed: bool
    caveat: str = ""

    def covers(self, area: TaskArea) -> bool:
        """Whether cooperations of this area may belong to it."""
        return area is self.task_area or area in self.also_in


class KnownProvider(Struct, frozen=True):
    """An institution that is known to carry a matter, and is on no other record.

    `bodies` are keys of those it does it for; a Kreis stands for its municipalities.
    `since` is the year from which it is known, None where the source tells none.
    """

    matter: str
    bodies: tuple[str, ...]
    name: str
    since: int | None
    source_url: str


@dataclass(frozen=True)
class Matters:
    """All matters, and what belongs to each.

    Attributes
    ----------
    all
        Matters in the order of the table, then one "other" for each task area.
    of_cooperation
        Codes by id, as they were read by hand.
    providers
        What institutions are known to carry.
    """

    all: tuple[Matter, ...] = ()
    of_cooperation: Mapping[str, str] = field(default_factory=dict)
    providers: tuple[KnownProvider, ...] = ()

    def __getitem__(self, code: str) -> Matter:
        """Return a matter by its code; KeyError where there is none."""
        return self._by_code[code]

    def __contains__(self, code: str) -> bool:
        """Whether there is a matter of this code."""
        return code in self._by_code

    def of(self, cooperation: Cooperation) -> Matter:
        """Return the matter of a cooperation: by hand, else by its title, its text, its area."""
        known = self.of_cooperation.get(cooperation.id)
        if known is not None:
            return self[known]
        area = cooperation.task_area
        for text in (cooperation.title.lower(), cooperation.description.lower()):
            for matter in self.all:
                if matter.covers(area) and any(word in text for word in matter.keywords):
                    return matter
        return self[other_of(area)]

    @property
    def _by_code(self) -> dict[str, Matter]:
        # A frozen object without slots: the table is made once and kept beside the fields.
        if "_codes" not in self.__dict__:
            self.__dict__["_codes"] = {matter.code: matter for matter in self.all}
        codes: dict[str, Matter] = self.__dict__["_codes"]
        return codes


def other_of(area: TaskArea) -> str:
    """Return the code of what belongs to no matter of an area."""
    return f"sonstiges-{area.value}"


def read_matters(folder: Path, tasks: Iterable[CarriedTask]) -> Matters:
    """Read and check the three tables.

    Raises
    ------
    DataError
        A table is missing or a line is broken; names file, line and field.
    """
    by_name = {task.task: task for task in tasks}
    listed = tuple(_matter(line, row, by_name) for line, row in _rows(folder / MATTERS))
    others = tuple(
        Matter(other_of(a), f"Anderes: {a.label}", a, (), (), None, "", True, False, _OTHER)
        for a in TaskArea
    )
    codes = [matter.code for matter in (*listed, *others)]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise DataError(
            [Problem(MATTERS, f"„{code}“ steht zweimal", field="matter") for code in twice]
        )
    members: dict[str, str] = {}
    for line, row in _rows(folder / MEMBERS):
        _known(row["matter"], codes, MEMBERS, line)
        members[row["cooperation"]] = row["matter"]
    return Matters((*listed, *others), members, tuple(_providers(folder / PROVIDERS, codes)))


def _matter(line: int, row: dict[str, str], tasks: Mapping[str, CarriedTask]) -> Matter:
    for name in ("several", "proposed"):
        if row[name] not in _YES_NO:
            raise DataError([Problem(MATTERS, "muss ja oder nein sein", line, name)])
    if row["proposed"] == "nein" and not row["caveat"]:
        message = "fehlt: Wer ein Vorhaben nicht vorschlägt, sagt warum."
        raise DataError([Problem(MATTERS, message, line, "caveat")])
    if row["task"] and row["task"] not in tasks:
        message = f"„{row['task']}“ steht nicht in competences.csv"
        raise DataError([Problem(MATTERS, message, line, "task")])
    try:
        area, *more = (TaskArea.parse(code) for code in row["task_areas"].split("|"))
    except ValueError as error:
        raise DataError([Problem(MATTERS, str(error), line, "task_areas")]) from None
    return Matter(
        code=row["matter"],
        name=row["name"],
        task_area=area,
        also_in=tuple(more),
        keywords=tuple(word for word in row["keywords"].split("|") if word),
        task=tasks.get(row["task"]),
        instead=row["instead"],
        several=_YES_NO[row["several"]],
        proposed=_YES_NO[row["proposed"]],
        caveat=row["caveat"],
    )


def _providers(path: Path, codes: list[str]) -> Iterator[KnownProvider]:
    for line, row in _rows(path):
        _known(row["matter"], codes, PROVIDERS, line)
        if row["since"] and not row["since"].isdigit():
            raise DataError([Problem(PROVIDERS, "muss ein Jahr sein oder leer", line, "since")])
        since = int(row["since"]) if row["since"] else None
        bodies = tuple(key for key in row["bodies"].split("|") if key)
        yield KnownProvider(row["matter"], bodies, row["name"], since, row["source_url"])


def _known(code: str, codes: list[str], file: str, line: int) -> None:
    if code not in codes:
        raise DataError([Problem(file, f"„{code}“ steht nicht in {MATTERS}", line, "matter")])


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise DataError([Problem(path.name, f"Die Datei fehlt ({path}).")])
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if None in row or None in row.values():
                message = "Die Zeile hat mehr oder weniger Felder als die Kopfzeile."
                raise DataError([Problem(path.name, message, reader.line_num)])
            yield reader.line_num, row
