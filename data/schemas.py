"""The checked schema of every table; a failed check becomes file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from data.errors import DataError, Problem
from data.land import LAND, LegalStatus
from data.terms import LegalForm, Status, TaskArea

_AGS_MUNICIPALITY = r"\d{8}"
_AGS_DISTRICT = r"\d{5}"
_KEY = "|".join([_AGS_DISTRICT, _AGS_MUNICIPALITY, *(a.key for a in LAND.associations)])


def matches(pattern: str, message: str) -> pa.Check:
    """Demand that a cell is all of a pattern; `message` says so in German."""
    return pa.Check.str_matches(rf"^(?:{pattern})$", error=message)


def between(low: float, high: float, unit: str) -> pa.Check:
    """Demand a number from low to high."""
    return pa.Check.in_range(low, high, error=f"muss zwischen {low:g} und {high:g} {unit} liegen")


def one_of(values: Iterable[Any]) -> pa.Check:
    """Demand one of the values; the message lists them."""
    allowed = list(values)
    shown = ", ".join(str(value) for value in allowed)
    return pa.Check.isin(allowed, error=f"ist unbekannt; zulässig: {shown}")


_SHARE = between(0, 100, "%")
FILLED = pa.Check.str_length(min_value=1, error="darf nicht leer sein")

MUNICIPALITIES = pa.DataFrameSchema(
    {
        "ags": pa.Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben"), unique=True),
        "ars": pa.Column(str, matches(r"\d{12}", "muss 12 Ziffern haben"), unique=True),
        "name": pa.Column(str, FILLED),
        "official_name": pa.Column(str, FILLED),
        "designation": pa.Column(str, one_of(["Stadt", "Gemeinde"])),
        "legal_status": pa.Column(str, one_of(s.value for s in LegalStatus.of_municipalities())),
        "district_ags": pa.Column(
            str, matches(_AGS_DISTRICT, "muss 5 Ziffern haben"), nullable=True
        ),
        "government_region": pa.Column(str, one_of(LAND.government_regions)),
        "landscape_association": pa.Column(str, one_of(LAND.landscape_associations)),
        "nuts3": pa.Column(str, matches(r"DE[A-Z0-9]{3}", "muss ein NUTS-3-Schlüssel sein")),
        "population": pa.Column(int, between(100, 5_000_000, "Einwohner")),
        "area_km2": pa.Column(float, between(0.1, 2_000, "km²")),
        "longitude": pa.Column(float, between(*LAND.longitude, "Grad")),
        "latitude": pa.Column(float, between(*LAND.latitude, "Grad")),
        "postal_code": pa.Column(str, matches(r"\d{5}", "muss 5 Ziffern haben")),
        "population_change_pct_2018_2021": pa.Column(float, between(-30, 30, "%")),
        "population_change_pct_2022_2024": pa.Column(float, between(-30, 30, "%")),
        "share_under_19": pa.Column(float, _SHARE),
        "share_67_plus": pa.Column(float, _SHARE),
        "fiscal_status_level": pa.Column(int, between(1, 7, "(Stufe)")),
        "fiscal_status": pa.Column(str, FILLED),
        "regiostar7": pa.Column(int, between(71, 77, "(RegioStaR 7)")),
        "share_settlement": pa.Column(float, _SHARE),
        "share_agriculture": pa.Column(float, _SHARE),
        "share_forest": pa.Column(float, _SHARE),
        "leader_region": pa.Column(str, nullable=True),
    },
    coerce=True,
)

DISTRICTS = pa.DataFrameSchema(
    {
        "ags": pa.Column(str, matches(_AGS_DISTRICT, "muss 5 Ziffern haben"), unique=True),
        "name": pa.Column(str, FILLED),
        "government_region": pa.Column(str, one_of(LAND.government_regions)),
        "landscape_association": pa.Column(str, one_of(LAND.landscape_associations)),
        "population": pa.Column(int, between(50_000, 1_000_000, "Einwohner")),
        "area_km2": pa.Column(float, between(100, 5_000, "km²")),
        "municipalities": pa.Column(int, between(2, 50, "Gemeinden")),
        "seat_ags": pa.Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben")),
    },
    coerce=True,
)

ADJACENCY = pa.DataFrameSchema(
    {
        "ags_a": pa.Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben")),
        "ags_b": pa.Column(str, matches(_AGS_MUNICIPALITY, "muss 8 Ziffern haben")),
        "shared_border_km": pa.Column(float, pa.Check.gt(0, error="muss größer als 0 km sein")),
    },
    coerce=True,
    unique=["ags_a", "ags_b"],
)


def _keys(values: object) -> bool:
    return (
        isinstance(values, list)
        and len(values) > 0
        and len(set(map(str, values))) == len(values)
        and all(re.fullmatch(_KEY, str(value)) for value in values)
    )


COOPERATIONS = pa.DataFrameSchema(
    {
        "id": pa.Column(str, matches(r"[a-z]\d{4,}", "muss wie c0001 aussehen"), unique=True),
        "title": pa.Column(str, FILLED),
        "description": pa.Column(str, pa.Check.str_length(20, 4_000, error="20 bis 4.000 Zeichen")),
        "request": pa.Column(str, pa.Check.str_length(20, 4_000, error="20 bis 4.000 Zeichen")),
        "task_area": pa.Column(str, one_of(area.label for area in TaskArea)),
        "legal_form": pa.Column(str, one_of(form.label for form in LegalForm)),
        "status": pa.Column(str, one_of(status.value for status in Status)),
        "start_year": pa.Column("Int64", between(1800, 2100, "(Jahr)"), nullable=True),
        "participants": pa.Column(
            object,
            pa.Check(
                lambda column: column.map(_keys),
                error=f"muss eine Liste verschiedener Schlüssel sein ({LAND.key_words})",
            ),
        ),
        "other_participants": pa.Column(object),
        "lead": pa.Column(str, matches(_KEY, "muss ein Schlüssel sein"), nullable=True),
        "source_url": pa.Column(str, matches(r"https?://\S+", "muss eine Webadresse sein")),
        "source_title": pa.Column(str, FILLED),
        "evidence_grade": pa.Column(str, one_of(["A", "B", "C"])),
    },
    coerce=True,
)


def check(
    frame: pd.DataFrame, schema: pa.DataFrameSchema, file: str, first_line: int
) -> pd.DataFrame:
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
    try:
        return schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise DataError(_problems(error.failure_cases, file, first_line)) from None


def read_csv(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Read and check a CSV table (UTF-8, comma, header in line 1).

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
