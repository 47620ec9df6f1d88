"""Put an import into a data folder: checked first, written in one step, described afterwards."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data import dataset, provenance
from data.build import write_geometry
from data.cooperations import Cooperation, read_cooperations, to_record
from data.errors import DataError, Problem
from data.importers import gv100ad
from data.land import LAND

_OWN = "cooperations_own.jsonl"


def install_fiscal_status(folder: Path, frame: pd.DataFrame, date: str) -> int:
    """Write new budget statuses into the register; returns the number of changed municipalities.

    Raises
    ------
    DataError
        The new register would break its schema; nothing is written.
    """
    table = _read_text(folder / "municipalities.csv").set_index("ags")
    fresh = frame.set_index("ags").astype(str)
    known = fresh.index.intersection(table.index)
    columns = ["fiscal_status_level", "fiscal_status"]
    changed = (table.loc[known, columns] != fresh.loc[known, columns]).any(axis=1)
    table.loc[known, columns] = fresh.loc[known, columns]
    _replace(folder, {"municipalities.csv": _csv(table.reset_index())}, date)
    return int(changed.sum())


def install_cooperations(folder: Path, cooperations: Sequence[Cooperation], date: str) -> int:
    """Append cooperations to the operator's own file; returns their number.

    Raises
    ------
    DataError
        An id or a participant clashes with what is there; nothing is written.
    """
    path = folder / _OWN
    kept = read_cooperations(path) if path.is_file() else []
    lines = [json.dumps(to_record(c), ensure_ascii=False) for c in [*kept, *cooperations]]
    _replace(folder, {_OWN: "\n".join(lines) + "\n"}, date)
    return len(cooperations)


def install_register(folder: Path, source: Path) -> int:
    """Update inhabitants, area and postal code from GV100AD; returns the municipalities changed.

    Raises
    ------
    DataError
        A municipality appeared or vanished: its profile and boundary have to come first.
    """
    register = gv100ad.read(source)
    places = register[
        (register["record"] == gv100ad.MUNICIPALITY) & register["ags"].str.startswith(LAND.prefix)
    ].set_index("ags")
    table = _read_text(folder / "municipalities.csv").set_index("ags")
    problems = [
        Problem(source.name, f"{ags} ({places['name'].get(ags, table['name'].get(ags))}) steht nur "
                f"{'im neuen' if ags in places.index else 'im alten'} Register", field="ags")
        for ags in sorted(set(places.index) ^ set(table.index))
    ]  # fmt: skip
    if problems:
        raise DataError(problems)
    places = places.loc[table.index]
    before = table[["population", "area_km2", "postal_code"]].copy()
    table["population"] = places["population"].astype(int).astype(str)
    table["area_km2"] = places["area_km2"].astype(float).map(lambda area: f"{area:g}")
    table["postal_code"] = places["postal_code"]
    changed = (before.astype(str) != table[before.columns]).any(axis=1)
    districts = _read_text(folder / "districts.csv").set_index("ags")
    sums = table.astype({"population": int, "area_km2": float}).groupby("district_ags")
    districts["population"] = sums["population"].sum().loc[districts.index].astype(str)
    districts["area_km2"] = sums["area_km2"].sum().loc[districts.index].round(2).astype(str)
    date = str(places["date"].iloc[0])
    contents = {
        "municipalities.csv": _csv(table.reset_index()),
        "districts.csv": _csv(districts.reset_index()),
    }
    _replace(folder, contents, date)
    return int(changed.sum())


def install_boundaries(folder: Path, full: gpd.GeoDataFrame, date: str) -> int:
    """Derive boundaries, borders and distances from full geometry; returns the municipalities.

    Raises
    ------
    DataError
        The geometry does not have exactly the municipalities of the register.
    """
    with tempfile.TemporaryDirectory() as made:
        write_geometry(Path(made), full)
        contents = {path.name: path.read_bytes() for path in Path(made).iterdir()}
    _replace(folder, contents, date)
    return len(full)


def _replace(folder: Path, contents: Mapping[str, str | bytes], date: str) -> None:
    """Try the new state on a copy of the folder; take it over only if everything loads."""
    with tempfile.TemporaryDirectory() as copy:
        trial = Path(copy) / "tables"
        shutil.copytree(folder, trial)
        for name, content in contents.items():
            provenance.write_atomically(trial / name, content)
        if _OWN in contents:
            _describe_own(trial, date)
        provenance.update_descriptor(trial, dict.fromkeys(contents, date))
        dataset.load(trial)
        # The descriptor goes last: until then its hashes tell that an update was interrupted.
        for name in [*contents, provenance.DESCRIPTOR]:
            provenance.write_atomically(folder / name, (trial / name).read_bytes())


def _describe_own(folder: Path, date: str) -> None:
    path = folder / provenance.DESCRIPTOR
    document = json.loads(path.read_text("utf-8"))
    if any(entry["path"] == _OWN for entry in document["resources"]):
        return
    document["resources"].append(
        {
            "name": "cooperations_own",
            "path": _OWN,
            "title": "Vom Betreiber eingelesene Kooperationen",
            "date": date,
            "sources": [{"title": "Tabelle des Betreibers, siehe source_url je Zeile"}],
            "licenses": [{"name": "nach Angabe des Betreibers"}],
            "hash": "",
        }
    )
    provenance.write_atomically(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _read_text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _csv(table: pd.DataFrame) -> str:
    return str(table.to_csv(index=False, lineterminator="\n"))
