"""Bodies beyond the border of the Land, put behind its own.

What is known of them is the register, outlines and borders: no census figures of structure, no
fiscal status, no cooperations of their own. Columns without a value stay empty.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from msgspec import Struct
from scipy.sparse import csr_array, vstack

from data import bodies as body_table
from data.beyond_outlines import NEAR_KM, unpack_outlines
from data.errors import DataError, Problem
from data.geometry import UTM32, WGS84
from data.region import Region
from data.terms import Kind

BODIES, PAIRS = "beyond.csv.gz", "beyond.npz"

Gap = Callable[[int, npt.NDArray[np.int64]], npt.NDArray[np.float32]]
_AGS = 8  # digits of the key of a municipality
_RENEW = "„ikz data build --region DE“ erzeugt sie."


class Ground(Struct, frozen=True):
    """Bodies and what lies between their municipalities.

    Attributes
    ----------
    bodies, members
        As in `Dataset`.
    borders
        (m, m) km of common border of municipalities.
    gap
        Returns the row of a municipality at some of them, ascending, km between nearest borders.
    """

    bodies: gpd.GeoDataFrame
    members: csr_array
    borders: csr_array
    gap: Gap


def extend(land: Ground, folder: Path, region: Region) -> Ground:
    """Put the bodies of a region behind those of the Land.

    Raises
    ------
    DataError
        The files are missing or damaged.
    """
    table, arrays = _read(folder)
    table = _chosen(table, land.bodies, region)
    places = table[table["key"].str.len().eq(_AGS).to_numpy()]
    outlines = unpack_outlines(arrays)
    known = [k for k in land.bodies.index if len(k) == _AGS]
    keys = pd.Index([*known, *places["key"]])
    members = _members(land, places, table, len(known))
    return Ground(
        bodies=_bodies(land.bodies, table, places, outlines),
        members=members,
        borders=_borders(land, arrays, keys),
        gap=_gaps(land, arrays, keys, places),
    )


def _read(folder: Path) -> tuple[pd.DataFrame, dict[str, npt.NDArray[Any]]]:
    for name in (BODIES, PAIRS):
        if not (folder / name).is_file():
            raise DataError([Problem(name, f"Die Datei fehlt ({folder / name}). {_RENEW}")])
    try:
        raw = gzip.decompress((folder / BODIES).read_bytes())
        text = {"key": str, "ars": str, "district_ags": str, "union": str}
        table = pd.read_csv(io.BytesIO(raw), dtype=text)
        with np.load(folder / PAIRS, allow_pickle=False) as stored:
            return table, {name: stored[name] for name in stored.files}
    except Exception:  # a damaged archive breaks gzip, zip, pandas or numpy: many hierarchies
        raise DataError([Problem(BODIES, f"ist beschädigt. {_RENEW}")]) from None


def _chosen(table: pd.DataFrame, home: gpd.GeoDataFrame, region: Region) -> pd.DataFrame:
    if region.within_km:
        border = home[home["kind"] == Kind.ASSOCIATION.value].to_crs(UTM32).union_all()
        points = gpd.GeoSeries(
            gpd.points_from_xy(table["longitude"], table["latitude"]), crs=WGS84
        ).to_crs(UTM32)
        near = (points.distance(border) <= region.within_km * 1000).to_numpy()
        # Who is near brings the Kreis and the union that it belongs to, and these all members.
        whole = set(table.loc[near, "district_ags"].dropna()) | set(table.loc[near, "key"])
        whole |= set(table.loc[near, "union"].dropna())
        inside = table["district_ags"].isin(whole) | table["union"].isin(whole)
        return table[table["key"].isin(whole) | inside].reset_index(drop=True)
    if region.prefix is None:
        return table
    return table[table["key"].str.startswith(region.prefix)].reset_index(drop=True)


def _bodies(
    home: gpd.GeoDataFrame,
    table: pd.DataFrame,
    places: pd.DataFrame,
    outlines: dict[str, shapely.Geometry],
) -> gpd.GeoDataFrame:
    frame = table.set_index("key")
    own = {key: outlines.get(key, shapely.Polygon()) for key in places["key"]}
    for column in ("district_ags", "union"):
        for above, keys in places.groupby(column)["key"]:
            parts = [outlines[k] for k in keys if k in outlines]
            # Side by side, not merged: rounded outlines are no exact coverage; this is drawn.
            own[str(above)] = shapely.multipolygons([p for part in parts for p in part.geoms])
    names = frame.loc[frame["kind"] == Kind.DISTRICT.value, "name"]
    frame["district_name"] = frame["district_ags"].map(names)
    frame["geometry"] = [own[key] for key in frame.index]
    frame["carried"] = frame["union"].notna()
    frame["landscape_association"] = None
    frame["leader_region"] = None
    frame["fiscal_status"] = None
    both = pd.concat([home, frame.drop(columns="independent")])
    both["carried"] = both["carried"].fillna(False).astype(bool)
    both.index.name = "key"
    return gpd.GeoDataFrame(both, geometry="geometry", crs=WGS84)


def _members(land: Ground, places: pd.DataFrame, table: pd.DataFrame, known: int) -> csr_array:
    """Return (n, m) membership of both, municipalities of the Land first."""
    row = {key: index for index, key in enumerate(table["key"])}
    own = np.arange(len(places))
    pairs = [(np.array([row[key] for key in places["key"]]), own)]
    for column in ("district_ags", "union"):
        inside = places[column].isin(row).to_numpy()
        above = np.array([row[key] for key in places.loc[inside, column]], np.int64)
        pairs.append((above, own[inside]))
    rows = np.concatenate([above for above, _ in pairs])
    columns = np.concatenate([place for _, place in pairs]) + known
    shape = (len(table), known + len(places))
    fresh = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    old = csr_array(
        (land.members.data, land.members.indices, land.members.indptr),
        shape=(land.members.shape[0], shape[1]),
    )
    joined = csr_array(vstack([old, fresh]))
    joined.sort_indices()
    return joined


def _borders(land: Ground, arrays: dict[str, npt.NDArray[Any]], keys: pd.Index) -> csr_array:
    first, second, km = _listed(arrays, keys, "border", arrays["border_metres"] / 1000)
    own = land.borders.tocoo()
    rows, columns = own.coords
    return csr_array(
        (
            np.concatenate([own.data, km, km]),
            (np.concatenate([rows, first, second]), np.concatenate([columns, second, first])),
        ),
        shape=(len(keys), len(keys)),
    )


def _gaps(
    land: Ground, arrays: dict[str, npt.NDArray[Any]], keys: pd.Index, places: pd.DataFrame
) -> Gap:
    """Return what gives the row of a municipality: measured where near, else estimated.

    Farther away two areas count as circles around their seats, no nearer than what is measured.
    """
    first, second, km = _listed(arrays, keys, "gap", arrays["gap_decametres"] / 100)
    near = csr_array(
        (
            np.concatenate([km, km]).astype(np.float32),
            (np.concatenate([first, second]), np.concatenate([second, first])),
        ),
        shape=(len(keys), len(keys)),
    )
    home = len(keys) - len(places)
    columns = ["longitude", "latitude", "area_km2"]
    figures = pd.concat([land.bodies.iloc[:home][columns], places[columns]])
    axes = np.ascontiguousarray(body_table.seats(gpd.GeoDataFrame(figures)).T)
    radius = np.sqrt(figures["area_km2"].to_numpy(np.float64) / np.pi)

    def row(place: int, places: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        east, north = (axis[places] - axis[place] for axis in axes)
        apart = np.sqrt(east * east + north * north) - radius[place] - radius[places]
        gap = np.maximum(apart, NEAR_KM).astype(np.float32)
        if place < home:
            inside = int(np.searchsorted(places, home))
            gap[:inside] = land.gap(place, places[:inside])
        own = slice(near.indptr[place], near.indptr[place + 1])
        measured = np.searchsorted(places, near.indices[own]).clip(max=len(places) - 1)
        asked = places[measured] == near.indices[own]
        gap[measured[asked]] = near.data[own][asked]
        gap[places == place] = 0
        return np.asarray(gap, np.float32)

    return row


def _listed(
    arrays: dict[str, npt.NDArray[Any]], keys: pd.Index, name: str, km: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[Any]]:
    """Return pairs as rows of the municipalities loaded, those of others left out."""
    place = keys.get_indexer(arrays["keys"])
    first, second = place[arrays[f"{name}_first"]], place[arrays[f"{name}_second"]]
    kept = (first >= 0) & (second >= 0)
    return first[kept], second[kept], km[kept]
