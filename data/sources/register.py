"""Inhabitants, areas, postal codes and names from the register that Destatis publishes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import DataError, Problem
from data.formats import gv100ad, gv_isys
from data.formats.workbook import is_workbook
from data.land import LAND
from data.sources.source import Reading
from data.update import read_cells, replace_tables, to_csv

title = "Gemeindeverzeichnis: GV100AD (Text) oder GV-ISys (XLSX)"
_FIGURES = ["population", "area_km2", "postal_code", "name", "official_name"]


def read(path: Path, folder: Path) -> Reading[pd.DataFrame]:
    """Read the register, of one Land or of all, and compare it with the municipalities known.

    Returns
    -------
    Reading
        Rows of the municipalities of this Land, index `ags`, in the order of the table.

    Raises
    ------
    DataError
        The file is unreadable, or a municipality appeared or vanished: its profile and boundary
        have to come first.
    """
    records = (gv_isys if is_workbook(path) else gv100ad).read(path)
    places = records[
        (records["record"] == gv100ad.MUNICIPALITY) & records["ags"].str.startswith(LAND.prefix)
    ].set_index("ags")
    if places.empty:
        message = f"enthält keine Gemeinde mit AGS {LAND.prefix}…"
        raise DataError([Problem(path.name, message, field="ags")])
    twice = places.index[places.index.duplicated()]
    problems = [Problem(path.name, f"{ags} kommt mehrfach vor", field="ags") for ags in twice]
    table = read_cells(folder / "municipalities.csv").set_index("ags")
    problems += _moved(path.name, places, table)
    if problems:
        raise DataError(problems)
    places = places.loc[table.index]
    return Reading(places, f"{len(records)} Sätze gelesen.", _renamed(places, table))


def install(folder: Path, reading: Reading[pd.DataFrame], date: str) -> str:
    """Write the figures and names into the tables; the date is that of the register."""
    places = reading.content
    table = read_cells(folder / "municipalities.csv").set_index("ags")
    before = table[_FIGURES].copy()
    table["population"] = places["population"].astype(int).astype(str)
    table["area_km2"] = places["area_km2"].astype(float).map(lambda area: f"{area:g}")
    table["postal_code"] = places["postal_code"]
    renamed = _base(places["name"]) != _base(table["official_name"])
    table.loc[renamed, "name"] = _base(places["name"])[renamed]
    other = places["name"].map(_words) != table["official_name"].map(_words)
    table.loc[other, "official_name"] = places["name"][other]
    changed = (before != table[_FIGURES]).any(axis=1)
    districts = read_cells(folder / "districts.csv").set_index("ags")
    sums = table.astype({"population": int, "area_km2": float}).groupby("district_ags")
    districts["population"] = sums["population"].sum().loc[districts.index].astype(str)
    districts["area_km2"] = sums["area_km2"].sum().loc[districts.index].round(2).astype(str)
    contents = {
        "municipalities.csv": to_csv(table.reset_index()),
        "districts.csv": to_csv(districts.reset_index()),
    }
    replace_tables(folder, contents, str(places["date"].iloc[0]))
    return f"{int(changed.sum())} Gemeinden geändert."


def _moved(file: str, places: pd.DataFrame, table: pd.DataFrame) -> list[Problem]:
    """Name municipalities that only one of both registers has; one name is one new key."""
    new = places["name"][~places.index.isin(table.index)]
    old = table["official_name"][~table.index.isin(places.index)]
    heirs = {_words(name): ags for ags, name in new.items()}
    problems = []
    for ags, name in old.items():
        heir = heirs.pop(_words(name), None)
        message = (
            f"{ags} ({name}) hat einen neuen Schlüssel: {heir}"
            if heir
            else f"{ags} ({name}) steht nur im alten Register"
        )
        problems.append(Problem(file, message, field="ags"))
    problems += [
        Problem(file, f"{ags} ({places['name'][ags]}) steht nur im neuen Register", field="ags")
        for ags in heirs.values()
    ]
    if problems:
        message = (
            "Zuerst sind Kennzahlen (municipalities.csv) und Grenze dieser Gemeinden nachzuführen; "
            "nichts wurde übernommen."
        )
        problems.append(Problem(file, message))
    return problems


def _renamed(places: pd.DataFrame, table: pd.DataFrame) -> tuple[str, ...]:
    old, new = table["official_name"], places["name"]
    other = old.map(_words) != new.map(_words)
    return tuple(
        f"{ags} heißt jetzt „{new[ags]}“ (bisher „{old[ags]}“)." for ags in table.index[other]
    )


def _base(names: pd.Series) -> pd.Series:
    """Return names without what follows the comma ("Soest, Stadt")."""
    return names.map(_words).str.split(",").str[0]


def _words(name: str) -> str:
    return " ".join(name.split())
