"""Words of the trade: names of matters in plain language, abbreviations, and labelled texts."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from data.errors import DataError, Problem
from data.provenance import NOTHING_SEALED, Sealed, is_sealed
from data.terms import TaskArea

MATTER_WORDS = "matter_words.csv"
ABBREVIATIONS = "abbreviations.csv"
FAMILIES = "matter_families.csv"
TEXTS = "matter_texts.jsonl"


class MatterName(Struct, frozen=True):
    """One matter and the words by which people name it.

    `words` name it alone; of `weak_words` two are needed. Words are in small letters, the parts of
    a compound written with a hyphen apart.
    """

    name: str
    task_area: TaskArea
    words: tuple[str, ...]
    weak_words: tuple[str, ...]


class Abbreviation(Struct, frozen=True):
    """One abbreviation of the trade, what it means, and the law it comes from, if any."""

    term: str
    meaning: str
    task_area: TaskArea
    law: str


class LabelledText(Struct, frozen=True):
    """One text written for training.

    `cooperation` is the known cooperation whose matter the text asks for; `is_matter` says whether
    a town hall could mean a matter for cooperation with it.
    """

    id: str
    text: str
    is_matter: bool
    cooperation: str | None
    task_area: TaskArea | None
    style: str


@dataclass(frozen=True)
class MatterTables:
    """What is known about words: matters, abbreviations, families of matters, labelled texts.

    Attributes
    ----------
    matters, abbreviations
        Names of matters, short and long.
    version
        A hash over the four files.
    folder
        Where they lie.
    """

    matters: tuple[MatterName, ...]
    abbreviations: tuple[Abbreviation, ...]
    version: str
    folder: Path

    @cached_property
    def families(self) -> tuple[re.Pattern[str], ...]:
        """Patterns (German, ignoring case), read when somebody trains.

        Two cooperations that one pattern finds may be of the same matter, so that neither counts
        as an example of another matter for the other.
        """
        return tuple(_families(self.folder))

    @cached_property
    def texts(self) -> tuple[LabelledText, ...]:
        """Labelled texts, read when somebody trains."""
        return tuple(_texts(self.folder))


def read_matter_tables(folder: Path, sealed: Sealed = NOTHING_SEALED) -> MatterTables:
    """Read and check the four tables.

    What only training needs is read at once where it is not among the `sealed` files, which were
    checked when they were written.

    Raises
    ------
    DataError
        A table is missing or a line is broken; names file, line and field.
    """
    digest = hashlib.sha256()
    for name in (MATTER_WORDS, ABBREVIATIONS, FAMILIES, TEXTS):
        if not (folder / name).is_file():
            raise DataError([Problem(name, f"Die Datei fehlt ({folder / name}).")])
        content = (folder / name).read_bytes()
        try:
            content.decode()
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise DataError([Problem(name, "ist kein UTF-8", line)]) from None
        digest.update(content)
    tables = MatterTables(
        tuple(_matters(folder)),
        tuple(_abbreviations(folder)),
        digest.hexdigest()[:12],
        folder,
    )
    if not is_sealed(folder / FAMILIES, sealed):
        _ = tables.families
    if not is_sealed(folder / TEXTS, sealed):
        _ = tables.texts
    return tables


def _rows(path: Path, columns: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise DataError([Problem(path.name, "die Spalte fehlt", 1, name) for name in missing])
        for row in reader:
            if None in row or None in row.values():
                message = "Die Zeile hat mehr oder weniger Felder als die Kopfzeile."
                raise DataError([Problem(path.name, message, reader.line_num)])
            yield reader.line_num, row


def _area(code: str, file: str, line: int) -> TaskArea:
    try:
        return TaskArea.parse(code)
    except ValueError as error:
        raise DataError([Problem(file, str(error), line, "task_area")]) from None


def _matters(folder: Path) -> Iterator[MatterName]:
    for line, row in _rows(folder / MATTER_WORDS, ("matter", "task_area", "words", "weak_words")):
        words, weak = (tuple(w for w in row[k].split("|") if w) for k in ("words", "weak_words"))
        if not words:
            message = "Mindestens ein Wort ist nötig."
            raise DataError([Problem(MATTER_WORDS, message, line, "words")])
        yield MatterName(row["matter"], _area(row["task_area"], MATTER_WORDS, line), words, weak)


def _abbreviations(folder: Path) -> Iterator[Abbreviation]:
    for line, row in _rows(folder / ABBREVIATIONS, ("term", "meaning", "task_area", "law")):
        area = _area(row["task_area"], ABBREVIATIONS, line)
        yield Abbreviation(row["term"], row["meaning"], area, row["law"])


def _families(folder: Path) -> Iterator[re.Pattern[str]]:
    for line, row in _rows(folder / FAMILIES, ("pattern",)):
        try:
            yield re.compile(row["pattern"], re.IGNORECASE)
        except re.error as error:
            message = f"kein gültiges Suchmuster ({error})"
            raise DataError([Problem(FAMILIES, message, line, "pattern")]) from None


def _texts(folder: Path) -> Iterator[LabelledText]:
    for line, content in enumerate((folder / TEXTS).read_text("utf-8").splitlines(), start=1):
        try:
            record: dict[str, Any] = json.loads(content)
            area = record["task_area"]
            yield LabelledText(
                record["id"],
                record["text"],
                record["kind"] == "matter",
                record["cooperation"],
                _area(area, TEXTS, line) if area else None,
                record["style"],
            )
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise DataError([Problem(TEXTS, f"keine gültige Zeile ({error})", line)]) from None
