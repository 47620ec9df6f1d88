"""GV100AD, the register of municipalities as Destatis publishes it (fixed width).

Positions are those of the record layout that comes with GV-ISys; the file is UTF-8 today and was
latin-1 in older editions. Regions between Regierungsbezirk and Kreis exist in Baden-Württemberg.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import DataError, Problem
from data.formats.text import read_text

STATE, GOVERNMENT_REGION, REGION, DISTRICT, UNION, MUNICIPALITY = "10", "20", "30", "40", "50", "60"
RECORDS = {STATE, GOVERNMENT_REGION, REGION, DISTRICT, UNION, MUNICIPALITY}
_FIELDS = {
    "record": (1, 2), "date": (3, 10), "land": (11, 12), "region": (13, 13), "district": (14, 15),
    "municipality": (16, 18), "union": (19, 22), "name": (23, 72), "seat": (73, 122),
    "type": (123, 124), "area": (129, 139), "population": (140, 150), "postal_code": (166, 170),
}  # fmt: skip


def read(path: Path) -> pd.DataFrame:
    """Read a GV100AD file.

    Returns
    -------
    DataFrame
        One row a record: `record`, `date` (ISO), `ags`, `ars`, `union` (9 digits, from type 50 on),
        `name`, `seat`, `type` (Textkennzeichen), `area_km2`, `population`, `postal_code`; figures
        only in type 60.

    Raises
    ------
    DataError
        The file is missing, empty, or a line is too short, of unknown type or not numeric.
    """
    text = read_text(path)
    problems: list[Problem] = []
    rows = [
        _parse(line, number, path.name, problems)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    if not rows:
        problems.append(Problem(path.name, "Die Datei ist leer."))
    if problems:
        raise DataError(problems)
    return pd.DataFrame(rows)


def _parse(line: str, number: int, file: str, problems: list[Problem]) -> dict[str, object]:
    field = {name: line[a - 1 : b].strip() for name, (a, b) in _FIELDS.items()}
    if field["record"] not in RECORDS:
        problems.append(Problem(file, f"unbekannte Satzart „{field['record']}“", number, "record"))
    if not field["name"]:
        problems.append(Problem(file, "der Name fehlt (Zeile zu kurz?)", number, "name"))
    is_place = field["record"] == MUNICIPALITY
    for name in ("area", "population") if is_place else ():
        if not field[name].isdigit():
            problems.append(Problem(file, f"„{field[name]}“ ist keine Zahl", number, name))
            field[name] = "0"
    district = field["land"] + field["region"] + field["district"]
    date = field["date"]
    if len(date) != 8 or not date.isdigit():
        problems.append(Problem(file, f"„{date}“ ist kein Datum (JJJJMMTT)", number, "date"))
    return {
        "record": field["record"],
        "date": f"{date[:4]}-{date[4:6]}-{date[6:]}",
        "ags": district + field["municipality"],
        "ars": district + field["union"] + field["municipality"] if is_place else "",
        "union": district + field["union"] if len(field["union"]) == 4 else "",
        "name": field["name"],
        "seat": field["seat"],
        "type": field["type"],
        "area_km2": int(field["area"]) / 100 if is_place else None,
        "population": int(field["population"]) if is_place else None,
        "postal_code": field["postal_code"],
    }
