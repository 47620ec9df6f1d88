"""Whether geometry is that of the register: reference system, areas, seats, neighbours."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from data.errors import DataError, Problem
from data.geometry import UTM32, WGS84

AREA_TOLERANCE = 0.02  # share of the area in the register
_FITS = 0.9  # share of the seats that have to lie in their municipality
# Reference systems in which German offices deliver, for the sentence about a wrong label.
_CANDIDATES = {
    "EPSG:4326": "WGS 84, Grad",
    "EPSG:25832": "UTM 32N",
    "EPSG:4647": "UTM 32N mit Zonenkennung 32 vor dem Ostwert",
    "EPSG:25833": "UTM 33N",
    "EPSG:5650": "UTM 33N mit Zonenkennung 33 vor dem Ostwert",
    "EPSG:3857": "Web-Mercator",
    "EPSG:3035": "ETRS89-LAEA",
    "EPSG:31466": "Gauß-Krüger, 2. Streifen",
    "EPSG:31467": "Gauß-Krüger, 3. Streifen",
}


def check_reference_system(raw: gpd.GeoDataFrame, register: pd.DataFrame, file: str) -> None:
    """Refuse geometry whose coordinates are not in the system that it states.

    The seats of the register tell: they lie in their municipalities only in the true system.

    Parameters
    ----------
    raw
        Index `ags`, coordinates and system as the file has them.
    register
        Index `ags`, `longitude` and `latitude` of the seat.
    file
        Name for the error.

    Raises
    ------
    DataError
        The system is missing or another one, or the axes are swapped; the sentence says which.
    """
    places = raw[~(raw.geometry.is_empty | raw.geometry.isna())]
    places = places.loc[places.index.intersection(register.index)]
    seats = _seats(register.loc[places.index])
    if places.empty or (raw.crs is not None and _share_inside(places, seats, raw.crs) >= _FITS):
        return
    stated = _name(raw.crs)
    fitting = next((c for c in _CANDIDATES if _share_inside(places, seats, c) >= _FITS), None)
    swapped = next(
        (c for c in _CANDIDATES if _share_inside(places, seats, c, swapped=True) >= _FITS), None
    )
    if fitting is not None and raw.crs is None:
        message = (
            "das Koordinatensystem ist nicht angegeben (bei einem Shapefile fehlt die PRJ-Datei). "
            f"Die Koordinaten passen zu {fitting} ({_CANDIDATES[fitting]}); bitte so angeben."
        )
    elif fitting is not None:
        message = (
            f"das Koordinatensystem ist falsch angegeben: Angegeben ist {stated}, die Koordinaten "
            f"passen zu {fitting} ({_CANDIDATES[fitting]}). Bitte so angeben oder umrechnen."
        )
    elif swapped is not None:
        message = (
            "die Achsen sind vertauscht: Erst kommt die Breite (oder der Nordwert), dann die "
            f"Länge (oder der Ostwert). Bitte umgekehrt speichern, in {swapped}."
        )
    else:
        message = (
            f"die Grenzen liegen nicht dort, wo die Gemeinden des Registers liegen (angegeben: "
            f"{stated}). Bitte das Koordinatensystem prüfen."
        )
    raise DataError([Problem(file, message, field="geometry")])


def check_boundaries(
    full: gpd.GeoDataFrame,
    register: pd.DataFrame,
    present: gpd.GeoDataFrame | None,
    file: str,
) -> list[Problem]:
    """Return a problem for each municipality whose geometry is not that of the register.

    Parameters
    ----------
    full
        Index `ags`, geometry in UTM 32N.
    register
        Index `ags`; `name`, `area_km2` and the seat.
    present
        Boundaries in use, UTM 32N: where their generalisation has moved an area by more than the
        tolerance already, the new one may lie between theirs and the register's.
    file
        Name for the problems.
    """
    only = sorted(set(full.index) ^ set(register.index))
    problems = [
        Problem(file, f"{ags} steht nur in {'der Datei' if ags in full.index else 'dem Register'}",
                field="ags")
        for ags in only
    ]  # fmt: skip
    both = full.loc[full.index.intersection(register.index)]
    rows = register.loc[both.index]
    empty = both.geometry.is_empty | both.geometry.isna() | (both.area == 0)
    ratio = both.area / 1e6 / rows["area_km2"].astype(float)
    known = pd.Series(1.0, index=both.index)
    if present is not None:
        in_use = present.area / 1e6 / register["area_km2"].astype(float)
        known = in_use.reindex(both.index).fillna(1.0)
    low = np.minimum(known, 1.0) - AREA_TOLERANCE
    high = np.maximum(known, 1.0) + AREA_TOLERANCE
    outside = ~both.geometry.contains(_seats(rows).to_crs(UTM32))
    for ags in both.index:
        name = f"{ags} ({rows['name'][ags]})"
        if empty[ags]:
            problems.append(Problem(file, f"{name} hat keine Fläche", field="geometry"))
            continue
        if not low[ags] <= ratio[ags] <= high[ags]:
            message = (
                f"{name} hat {_km2(both.area[ags] / 1e6)}, im Register stehen "
                f"{_km2(rows['area_km2'][ags])} (erlaubt sind {AREA_TOLERANCE:.0%} Abweichung)"
            ).replace("%", " %")
            problems.append(Problem(file, message, field="geometry"))
        if outside[ags]:
            message = f"{name}: der Verwaltungssitz liegt außerhalb der Grenze"
            problems.append(Problem(file, message, field="geometry"))
    return problems


def _share_inside(
    places: gpd.GeoDataFrame, seats: gpd.GeoSeries, crs: object, swapped: bool = False
) -> float:
    points = seats.to_crs(crs)
    x, y = points.x.to_numpy(), points.y.to_numpy()
    if swapped:
        x, y = y, x
    return float(shapely.contains_xy(places.geometry.values, x, y).mean())


def _seats(register: pd.DataFrame) -> gpd.GeoSeries:
    points = gpd.points_from_xy(register["longitude"], register["latitude"])
    return gpd.GeoSeries(points, index=register.index, crs=WGS84)


def _name(crs: pyproj.CRS | None) -> str:
    if crs is None:
        return "keines"
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else str(crs.name)


def _km2(area: float) -> str:
    return f"{area:.2f} km²".replace(".", ",")
