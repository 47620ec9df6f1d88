"""From idea to agreement: steps, contents and checks of each legal form, with paragraph and page.

What the statutes were read to say on the page named in each row; the wording is our own. What was
not read is not in the table.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from data import schemas
from data.provenance import NOTHING_SEALED, Sealed
from data.terms import LegalForm

TABLE = "legal_steps.csv"
_ALL = "alle"


class Use(StrEnum):
    """What a row is: a step of the way, a content of the agreement, or something to check."""

    STEP = "schritt"
    CONTENT = "inhalt"
    CHECK = "pruefen"


SCHEMA = schemas.Schema(
    {
        "use": schemas.Column(str, schemas.one_of(use.value for use in Use)),
        "form": schemas.Column(str, schemas.one_of([_ALL, *(form.value for form in LegalForm)])),
        "title": schemas.Column(str, schemas.FILLED),
        "text": schemas.Column(str, schemas.FILLED),
        "legal_basis": schemas.Column(str, nullable=True),
        "source_url": schemas.Column(
            str, schemas.matches(r"https?://\S+", "muss eine Webadresse sein")
        ),
    }
)


class LegalStep(Struct, frozen=True):
    """One row: `form` is None where it holds for all; `legal_basis` is empty for mere practice."""

    use: Use
    form: LegalForm | None
    title: str
    text: str
    legal_basis: str
    source_url: str


class LegalSteps(Struct, frozen=True):
    """All rows, in the order in which they are taken."""

    rows: tuple[LegalStep, ...]

    def of(self, use: Use, form: LegalForm) -> tuple[LegalStep, ...]:
        """Return those of one use that hold for a legal form, in order."""
        return tuple(r for r in self.rows if r.use is use and r.form in (None, form))


def read_legal_steps(path: Path, sealed: Sealed = NOTHING_SEALED) -> LegalSteps:
    """Read and check the table; `sealed` as for `schemas.read_csv`.

    Raises
    ------
    data.DataError
        The file is missing or a cell breaks the schema; each problem names line and field.
    """
    table = schemas.read_csv(path, SCHEMA, sealed).fillna("")
    return LegalSteps(
        tuple(
            LegalStep(
                use=Use(row["use"]),
                form=None if row["form"] == _ALL else LegalForm.parse(row["form"]),
                title=row["title"],
                text=row["text"],
                legal_basis=row["legal_basis"],
                source_url=row["source_url"],
            )
            for row in table.to_dict("records")
        )
    )
