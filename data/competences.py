"""Who carries a municipal task by law: a table of tasks, their words, carriers and paragraphs."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from data import schemas
from data.provenance import NOTHING_SEALED, Sealed
from data.terms import TaskArea

CARRIERS = (
    "klein", "mittlere", "grosse", "kreisfrei", "kreis", "landschaftsverband", "bund", "land",
)  # fmt: skip
_DUTIES = ("pflicht", "freiwillig", "auftrag")
_YES_NO = ("ja", "nein")
_LIST = rf"(?:{'|'.join(CARRIERS)})(?:\|(?:{'|'.join(CARRIERS)}))*"

SCHEMA = schemas.Schema(
    {
        "task": schemas.Column(str, schemas.FILLED, unique=True),
        "keywords": schemas.Column(str, schemas.FILLED),
        "task_area": schemas.Column(str, schemas.one_of(area.label for area in TaskArea)),
        "carriers": schemas.Column(str, schemas.matches(_LIST, "muss eine Liste von Trägern sein")),
        "optional": schemas.Column(
            str, schemas.matches(_LIST, "muss eine Liste von Trägern sein"), nullable=True
        ),
        "duty": schemas.Column(str, schemas.one_of(_DUTIES)),
        "instructed": schemas.Column(str, schemas.one_of(_YES_NO)),
        "legal_basis": schemas.Column(str, nullable=True),
        "note": schemas.Column(str, nullable=True),
        "source_url": schemas.Column(
            str, schemas.matches(r"https?://\S+", "muss eine Webadresse sein"), nullable=True
        ),
        "official": schemas.Column(str, schemas.one_of(_YES_NO)),
        "checked": schemas.Column(str, schemas.one_of(_YES_NO)),
    }
)


class CarriedTask(Struct, frozen=True):
    """A task and who carries it by law.

    Attributes
    ----------
    task
        Its usual name.
    keywords
        Words that stand for it; they match as whole words.
    task_area
        Where it belongs.
    carriers
        Some of `CARRIERS`: the standings of municipalities, "kreis", "landschaftsverband", "bund",
        "land".
    optional
        Those of the carriers that carry it only on application or by decision.
    duty
        "pflicht", "freiwillig" or "auftrag".
    instructed
        Whether it is a Pflichtaufgabe zur Erfüllung nach Weisung (§ 3 Abs. 2 GO NRW).
    legal_basis, source_url
        Paragraph, and the page on which it was read.
    note
        One German sentence on what the law allows besides; empty where nothing was read.
    official
        Whether that page is one of a public body.
    checked
        Whether it was read at all; what was not is never shown as a fact.
    """

    task: str
    keywords: tuple[str, ...]
    task_area: TaskArea
    carriers: tuple[str, ...]
    optional: tuple[str, ...]
    duty: str
    instructed: bool
    legal_basis: str
    note: str
    source_url: str
    official: bool
    checked: bool


def read_competences(path: Path, sealed: Sealed = NOTHING_SEALED) -> tuple[CarriedTask, ...]:
    """Read and check the table; `sealed` as for `schemas.read_csv`.

    Raises
    ------
    data.DataError
        The file is missing or a cell breaks the schema; each problem names line and field.
    """
    table = schemas.read_csv(path, SCHEMA, sealed).fillna("")
    areas = {area.label: area for area in TaskArea}
    return tuple(
        CarriedTask(
            task=row["task"],
            keywords=_split(row["keywords"]),
            task_area=areas[row["task_area"]],
            carriers=_split(row["carriers"]),
            optional=_split(row["optional"]),
            duty=row["duty"],
            instructed=row["instructed"] == "ja",
            legal_basis=row["legal_basis"],
            note=row["note"],
            source_url=row["source_url"],
            official=row["official"] == "ja",
            checked=row["checked"] == "ja",
        )
        for row in table.to_dict("records")
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
