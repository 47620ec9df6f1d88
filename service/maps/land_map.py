"""A small map of the Land as SVG: outlines of the Kreise, and marks for searcher and partners."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from msgspec import Struct

from data.geometry import UTM32
from data.laender import is_beyond

_WIDTH = 1000
_LEAST = 1 / 4
_MARGIN = 40  # around the outermost marks
_TOLERANCE_M = 1_200  # outlines are background; marks are placed exactly


class Mark(Struct, frozen=True):
    """A body on the map: `role` is searcher, group or partner."""

    x: float
    y: float
    label: str
    name: str
    role: str


class LandMap:
    """Projects bodies into the picture; outlines are computed once.

    Parameters
    ----------
    bodies
        `Dataset.bodies`.
    """

    def __init__(self, bodies: gpd.GeoDataFrame) -> None:
        self._keys = bodies.index
        # Outlined is the Land; marks may lie beyond its border.
        inside = np.array([not is_beyond(str(key)) for key in bodies.index])
        places = bodies[(bodies["kind"] == "municipality") & inside]
        district = places["district_ags"].where(places["district_ags"].notna(), places.index)
        outlines = places.to_crs(UTM32).dissolve(by=np.asarray(district))
        west, south, east, north = outlines.total_bounds
        self._west, self._north = west, north
        self._scale = _WIDTH / (east - west)
        self.width = _WIDTH
        self.height = round((north - south) * self._scale)
        simple = shapely.coverage_simplify(outlines.geometry.values, _TOLERANCE_M)
        # Of each Kreis and each kreisfreie Stadt, by its key.
        self.shapes = {
            str(key): self._path(shape) for key, shape in zip(outlines.index, simple, strict=True)
        }
        self.outline = "".join(self.shapes.values())
        points = gpd.GeoSeries(
            gpd.points_from_xy(bodies["longitude"], bodies["latitude"]), crs=4326
        ).to_crs(UTM32)
        self._x = (np.asarray(points.x) - west) * self._scale
        self._y = (north - np.asarray(points.y)) * self._scale

    def marks(
        self,
        searcher: str,
        ranked: Sequence[tuple[str, str]],
        group: set[str],
        first: int = 1,
        searcher_name: str = "",
        agreed: Sequence[tuple[str, str]] = (),
    ) -> list[Mark]:
        """Return marks, the searcher last so that it lies on top.

        Parameters
        ----------
        searcher
            Key of the searching body.
        ranked
            (key, name) of partners in order of rank.
        group
            Keys in the proposed group.
        first
            Number of the first partner.
        searcher_name
            Name of the searching body, where it stands on the map.
        agreed
            (key, name) of those of the group that are on board already: they have no rank.
        """
        marks = [
            self._mark(key, str(rank), name, "group" if key in group else "partner")
            for rank, (key, name) in enumerate(ranked, start=first)
        ]
        marks = [*(self._mark(key, "", name, "group") for key, name in agreed), *marks]
        return [*reversed(marks), self._mark(searcher, "", searcher_name, "searcher")]

    def view(
        self, marks: Sequence[Mark], least: float = _LEAST
    ) -> tuple[float, float, float, float]:
        """Return the part of the picture that holds all marks, as x, y, width, height.

        At least a quarter of the Land wide, so that it stays clear where one is; `least` is another
        share of its width.
        """
        x, y = np.array([m.x for m in marks]), np.array([m.y for m in marks])
        side = max(np.ptp(x), np.ptp(y)) + 2 * _MARGIN
        side = float(np.clip(side, _WIDTH * least, max(self.width, self.height)))
        left, top = (x.max() + x.min() - side) / 2, (y.max() + y.min() - side) / 2
        return round(float(left), 1), round(float(top), 1), round(side, 1), round(side, 1)

    def _mark(self, key: str, label: str, name: str, role: str) -> Mark:
        row = self._keys.get_loc(key)
        x, y = round(float(self._x[row]), 1), round(float(self._y[row]), 1)
        return Mark(x, y, label, name, role)

    def _path(self, shape: shapely.Geometry) -> str:
        rings = []
        for part in shapely.get_parts(shape):
            xy = shapely.get_coordinates(part.exterior)
            x = np.round((xy[:, 0] - self._west) * self._scale).astype(int)
            y = np.round((self._north - xy[:, 1]) * self._scale).astype(int)
            rings.append("M" + "L".join(f"{a} {b}" for a, b in zip(x, y, strict=True)) + "Z")
        return "".join(rings)
