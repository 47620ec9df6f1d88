"""The checked schema of every table; a failed check becomes file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from msgspec import Struct

from data.errors import DataError, Problem
from data.land import LAND, LegalStatus
from data.provenance import NOTHING_SEALED, Sealed, is_sealed
from data.terms import LegalForm, Status, TaskArea

if TYPE_CHECKING:
    import pandera.pandas as pa

_AGS_MUNICIPALITY = r"\d{8}"
_AGS_DISTRICT = r"\d{5}"
_KEY = "|".join([_AGS_DISTRICT, _AGS_MUNICIPALITY, *(a.key for a in LAND.associations)])


Check = Callable[[], "pa.Check"]
"""Makes a check of cells. Pandera takes half a second to import and to prepare: only then."""


class Column(Struct, frozen=True):
    """What the cells of a column have to be.

    Attributes
    ----------
    dtype
        Their type, as pandas knows it.
    check
        What else is demanded of each.
    unique
        Whether each may stand there once alone.
    nullable
        Whether some may be empty.
    """

    dtype: type | str
    check: Check | None = None
    unique: bool = False
    nullable: bool = False


@dataclass(frozen=True, eq=False)
class Schema:
    """What a table has to look like: its columns, and columns that are unique together."""

    columns: Mapping[str, Column]
    unique: tuple[str, ...] = ()

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table that was checked before with the types that a check gives it."""
        types = {name: c.dtype for name, c in self.columns.items() if c.dtype not in (str, object)}
        return frame.astype(types)


def matches(pattern: str, message: str) -> Check:
    """Demand that a cell is all of a pattern; `message` says so in German."""
    return lambda: _pandera().Check.str_matches(rf"^(?:{pattern})$", error=message)


def between(low: float, high: float, unit: str) -> Check:
    """Demand a number from low to high."""
    message = f"muss zwischen {low:g} und {high:g} {unit} liegen"
    return lambda: _pandera().Check.in_range(low, high, error=message)


def one_of(values: Iterable[Any]) -> Check:
    """Demand one of the values; the message lists them."""
    allowed = list(values)
    shown = ", ".join(str(value) for value in allowed)
    return lambda: _pandera().Check.isin(allowed, error=f"ist unbekannt; zulässig: {shown}")


def length(least: int, most: int | None, message: str) -> Check:
    """Demand so many characters."""
    return lambda: _pandera().Check.str_length(least, most, error=message)


def _pandera() -> Any:
    import pandera.pandas

    return pandera.pandas


_SHARE = between(0, 100, "%")
FILLED = length(1, None, "darf nicht leer sein")

MUNICIPALITIES = Schema(
    {
        "ags": Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben"), unique=True),
        "ars": Column(str, matches(r"\d{12}", "muss 12 Ziffern haben"), unique=True),
        "name": Column(str, FILLED),
        "official_name": Column(str, FILLED),
        "designation": Column(str, one_of(["Stadt", "Gemeinde"])),
        "legal_status": Column(str, one_of(s.value for s in LegalStatus.of_municipalities())),
        "district_ags": Column(str, matches(_AGS_DISTRICT, "muss 5 Ziffern haben"), nullable=True),
        "government_region": Column(str, one_of(LAND.government_regions)),
        "landscape_association": Column(str, one_of(LAND.landscape_associations)),
        "nuts3": Column(str, matches(r"DE[A-Z0-9]{3}", "muss ein NUTS-3-Schlüssel sein")),
        "population": Column(int, between(100, 5_000_000, "Einwohner")),
        "area_km2": Column(float, between(0.1, 2_000, "km²")),
        "longitude": Column(float, between(*LAND.longitude, "Grad")),
        "latitude": Column(float, between(*LAND.latitude, "Grad")),
        "postal_code": Column(str, matches(r"\d{5}", "muss 5 Ziffern haben")),
        "population_change_pct_2018_2021": Column(float, between(-30, 30, "%")),
        "population_change_pct_2022_2024": Column(float, between(-30, 30, "%")),
        "share_under_19": Column(float, _SHARE),
        "share_67_plus": Column(float, _SHARE),
        "fiscal_status_level": Column(int, between(1, 7, "(Stufe)")),
        "fiscal_status": Column(str, FILLED),
        "regiostar7": Column(int, between(71, 77, "(RegioStaR 7)")),
        "share_settlement": Column(float, _SHARE),
        "share_agriculture": Column(float, _SHARE),
        "share_forest": Column(float, _SHARE),
        "leader_region": Column(str, nullable=True),
    }
)

DISTRICTS = Schema(
    {
        "ags": Column(str, matches(_AGS_DISTRICT, "muss 5 Ziffern haben"), unique=True),
        "name": Column(str, FILLED),
        "government_region": Column(str, one_of(LAND.government_regions)),
        "landscape_association": Column(str, one_of(LAND.landscape_associations)),
        "population": Column(int, between(50_000, 1_000_000, "Einwohner")),
        "area_km2": Column(float, between(100, 5_000, "km²")),
        "municipalities": Column(int, between(2, 50, "Gemeinden")),
        "seat_ags": Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben")),
    }
)

ADJACENCY = Schema(
    {
        "ags_a": Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben")),
        "ags_b": Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben")),
        "shared_border_km": Column(
            float, lambda: _pandera().Check.gt(0, error="muss größer als 0 km sein")
        ),
    },
    unique=("ags_a", "ags_b"),
)


def _keys(values: object) -> bool:
    return (
        isinstance(values, list)
        and len(values) > 0
        and len(set(map(str, values))) == len(values)
        and all(re.fullmatch(_KEY, str(value)) for value in values)
    )


COOPERATIONS = Schema(
    {
        "id": Column(str, matches(r"[a-z]\d{4,}", "muss wie c0001 aussehen"), unique=True),
        "title": Column(str, FILLED),
        "description": Column(str, length(20, 4_000, "20 bis 4.000 Zeichen")),
        "request": Column(str, length(20, 4_000, "20 bis 4.000 Zeichen")),
        "task_area": Column(str, one_of(area.label for area in TaskArea)),
        "legal_form": Column(str, one_of(form.label for form in LegalForm)),
        "status": Column(str, one_of(status.value for status in Status)),
        "start_year": Column("Int64", between(1800, 2100, "(Jahr)"), nullable=True),
        "participants": Column(
            object,
            lambda: _pandera().Check(
                lambda column: column.map(_keys),
                error=f"muss eine Liste verschiedener Schlüssel sein ({LAND.key_words})",
            ),
        ),
        "other_participants": Column(object),
        "lead": Column(str, matches(_KEY, "muss ein Schlüssel sein"), nullable=True),
        "source_url": Column(str, matches(r"https?://\S+", "muss eine Webadresse sein")),
        "source_title": Column(str, FILLED),
        "evidence_grade": Column(str, one_of(["A", "B", "C"])),
    }
)


def check(frame: pd.DataFrame, schema: Schema, file: str, first_line: int) -> pd.DataFrame:
    """Return `frame` with the schema's types, or refuse it.

    Parameters
    ----------
    frame
        Table as read, index 0 … n-1.
    schema
        What it has to look like.
    file
        Name to put into the error.
    first_line
        Line of the file that row 0 stands on (2 behind a header, 1 in JSON lines).

    Raises
    ------
    DataError
        With one problem per broken cell.
    """
    from pandera.errors import SchemaErrors

    try:
        checked: pd.DataFrame = _prepared(schema).validate(frame, lazy=True)
        return checked
    except SchemaErrors as error:
        raise DataError(_problems(error.failure_cases, file, first_line)) from None


@cache
def _prepared(schema: Schema) -> pa.DataFrameSchema:
    pandera = _pandera()
    columns = {
        name: pandera.Column(
            column.dtype,
            column.check() if column.check else None,
            unique=column.unique,
            nullable=column.nullable,
        )
        for name, column in schema.columns.items()
    }
    made: pa.DataFrameSchema = pandera.DataFrameSchema(
        columns, coerce=True, unique=list(schema.unique) or None
    )
    return made


def read_csv(path: Path, schema: Schema, sealed: Sealed = NOTHING_SEALED) -> pd.DataFrame:
    """Read and check a CSV table (UTF-8, comma, header in line 1).

    Parameters
    ----------
    path, schema
        The file, and what it has to look like.
    sealed
        Files that were checked when they were written: such a one is only read.

    Raises
    ------
    DataError
        The file is missing, no CSV, or breaks its schema.
    """
    if not path.is_file():
        raise DataError([Problem(path.name, f"Die Datei fehlt ({path}).")])
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        message = "ist keine lesbare CSV-Datei (UTF-8, Komma, Kopfzeile in Zeile 1)"
        raise DataError([Problem(path.name, message)]) from None
    if is_sealed(path, sealed):
        return schema.typed(frame)
    return check(frame, schema, path.name, first_line=2)


def _problems(cases: pd.DataFrame, file: str, first_line: int) -> list[Problem]:
    problems: dict[tuple[int | None, object], Problem] = {}
    # Where a value is of the wrong type, the other checks of its column fail on the type alone.
    untyped = set(cases.loc[cases["check"].astype(str).str.startswith("coerce"), "column"])
    for case in cases.to_dict("records"):
        row, field, value = case["index"], case["column"], case["failure_case"]
        line = None if pd.isna(row) else int(row) + first_line
        if line is None and field in untyped:
            continue
        if case["check"] == "column_in_dataframe":
            field, message = str(value), "die Spalte fehlt"
        elif case["check"] == "not_nullable" or (
            str(case["check"]).startswith("coerce") and str(value) == "nan"
        ):
            message = "darf nicht leer sein"
        elif str(case["check"]).startswith(("coerce_dtype", "dtype")):
            message = f"„{value}“ hat den falschen Typ (erwartet: {_type_word(str(case['check']))})"
        elif "unique" in str(case["check"]):
            message = f"„{value}“ kommt mehrfach vor"
        else:
            message = f"„{value}“ {case['check']}"
        problems.setdefault((line, field), Problem(file, message, line, str(field)))
    return sorted(problems.values(), key=lambda problem: (problem.line or 0, problem.field or ""))


def _type_word(check_name: str) -> str:
    lowered = check_name.lower()
    if "int" in lowered:
        return "ganze Zahl"
    return "Zahl" if "float" in lowered else "Text"
