"""GV-ISys, the quarterly extract of the register as an XLSX ("Auszug aus dem GV").

The header spans several rows with merged cells; keys are split into Land, RB, Kreis, VB and Gem.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data.errors import DataError, Problem
from data.formats.gv100ad import MUNICIPALITY, RECORDS
from data.formats.workbook import Rows, read_sheets
from data.names import normalize

# Word of the header (one word of any of its rows) -> field; digits of each part of the key.
_HEADERS = {
    "satzart": "record", "land": "land", "rb": "region", "kreis": "district", "vb": "union",
    "gem": "municipality", "gemeindename": "name", "flaeche km2": "area_km2",
    "insgesamt": "population", "postleitzahl": "postal_code", "textkennzeichen": "type",
}  # fmt: skip
_DIGITS = {"land": 2, "region": 1, "district": 2, "union": 4, "municipality": 3}
_REQUIRED = ("record", "land", "municipality", "name", "area_km2", "population", "postal_code")
_DATE = re.compile(r"(\d{2})\.(\d{2})\.(20\d{2})")


def read(path: Path) -> pd.DataFrame:
    """Read the sheet that lists the municipalities.

    Returns
    -------
    DataFrame
        As `gv100ad.read`; the seat is not part of the extract.

    Raises
    ------
    DataError
        The workbook is unreadable, no sheet has the columns of the extract, its date is nowhere
        named, or a figure is no number.
    """
    sheets = read_sheets(path)
    for name, rows in sheets.items():
        first = next((i for i, (_, cells) in enumerate(rows) if cells[0] in RECORDS), None)
        columns = _columns(rows[:first]) if first else {}
        if first and set(_REQUIRED) <= set(columns):
            label = path.name if len(sheets) == 1 else f"{path.name}, Blatt „{name}“"
            return _frame(rows[first:], columns, _date(path, sheets), label)
    message = (
        "enthält kein Blatt mit den Spalten des Gemeindeverzeichnisses (Satzart, Land, RB, Kreis, "
        "VB, Gem, Gemeindename, Fläche km², insgesamt, Postleitzahl)."
    )
    raise DataError([Problem(path.name, message)])


def _columns(header: Rows) -> dict[str, int]:
    """Find each field by any cell of its column; the lowest row says most."""
    found: dict[str, int] = {}
    for _, cells in reversed(header):
        for column, cell in enumerate(cells):
            # "Satz-art", "Fläche km² 1)": hyphens and numbers of footnotes are not part of it.
            word = normalize(re.sub(r"\s*\d\)|(?<=[a-z])-\s*(?=[a-z])", "", cell))
            field = _HEADERS.get(word)
            if field is not None:
                found.setdefault(field, column)
    return found


def _date(path: Path, sheets: dict[str, Rows]) -> str:
    """Return the reference date, which stands in a title ("Gebietsstand: 31.12.2024")."""
    for rows in sheets.values():
        for _, cells in rows[:20]:
            found = next((match for cell in cells if (match := _DATE.search(cell))), None)
            if found:
                return f"{found[3]}-{found[2]}-{found[1]}"
    message = "nennt keinen Gebietsstand (TT.MM.JJJJ). Bitte die Datei mit ihrem Titel verwenden."
    raise DataError([Problem(path.name, message)])


def _frame(rows: Rows, columns: dict[str, int], date: str, file: str) -> pd.DataFrame:
    problems: list[Problem] = []
    records = []
    for line, cells in rows:
        field = {name: cells[column] for name, column in columns.items()}
        if field["record"] not in RECORDS:
            continue  # footnotes
        part = {name: field.get(name, "").zfill(n) if field.get(name) else ""
                for name, n in _DIGITS.items()}  # fmt: skip
        place = field["record"] == MUNICIPALITY
        district = part["land"] + part["region"] + part["district"]
        figures = {
            name: _number(field[name], name, line, file, problems) if place else None
            for name in ("area_km2", "population")
        }
        records.append(
            {
                "record": field["record"],
                "date": date,
                "ags": district + part["municipality"],
                "ars": district + part["union"] + part["municipality"] if place else "",
                "name": field["name"],
                "seat": "",
                "type": field.get("type", ""),
                **figures,
                "postal_code": field["postal_code"].zfill(5) if place else "",
            }
        )
    if problems:
        raise DataError(problems)
    return pd.DataFrame(records)


def _number(text: str, name: str, line: int, file: str, problems: list[Problem]) -> float | None:
    plain = re.sub(r"[\s\u2009]", "", text)
    if "," in plain:  # German notation: 1.234,56
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        problems.append(Problem(file, f"„{text}“ ist keine Zahl", line, name))
        return None
