"""The map of a dossier: a group in its surroundings, drawn as vectors from the boundaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from reportlab.graphics.shapes import Circle, Drawing, Line, Path, Rect, String
from reportlab.lib.colors import HexColor, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from data.geometry import UTM32

_TOLERANCE_M = 250  # outlines on paper, at some 3 km a centimetre
_OVERVIEW_TOLERANCE_M = 2_500
_LEAST_WIDTH_M = 38_000  # of the part shown, so that it stays clear where one is
_AROUND = 1.5  # part shown, as a multiple of the group's extent
_OVERVIEW_PT = 74.0
_LAND, _PLACE_EDGE, _EDGE = HexColor("#F3F5F8"), HexColor("#CDD5DF"), HexColor("#7A899B")
_GROUP, _GROUP_EDGE, _INK = HexColor("#A9C4E6"), HexColor("#173A6B"), HexColor("#16202C")
_QUIET = HexColor("#55657A")
_STEPS_KM = (2, 5, 10, 20, 50)

Box = tuple[float, float, float, float]


class DossierMap:
    """Draws groups; boundaries are simplified once, neighbours keep touching.

    Parameters
    ----------
    bodies
        `Dataset.bodies`.
    font, bold
        Names of registered fonts.
    """

    def __init__(self, bodies: gpd.GeoDataFrame, font: str, bold: str) -> None:
        self._font, self._bold = font, bold
        places = bodies[bodies["kind"] == "municipality"].to_crs(UTM32)
        simple = shapely.coverage_simplify(places.geometry.values, _TOLERANCE_M)
        self._places: dict[str, Any] = dict(zip(places.index, simple, strict=True))
        owner = places["district_ags"].where(places["district_ags"].notna(), places.index)
        keys = np.asarray(owner, str)
        self._districts = {
            str(key): shapely.coverage_union_all(simple[keys == key]) for key in np.unique(keys)
        }
        self._names: Mapping[str, str] = dict(zip(bodies.index, bodies["name"], strict=True))
        shapes = list(self._districts.values())
        self._overview = shapely.coverage_simplify(np.array(shapes), _OVERVIEW_TOLERANCE_M)
        self._bounds: Box = tuple(shapely.total_bounds(self._overview))

    def draw(self, keys: Sequence[str], width: float, height: float) -> Drawing:
        """Return the drawing of a group, in points.

        Parameters
        ----------
        keys
            Keys of municipalities and Kreise.
        width, height
            Size in points.
        """
        shapes = [self._places.get(key, self._districts.get(key)) for key in keys]
        known = [shape for shape in shapes if shape is not None]
        own = [self._places[key] for key in keys if key in self._places] or known
        view = _view(tuple(shapely.total_bounds(np.array(own))), width / height)
        frame = _Frame(view, width, height)
        drawing = Drawing(width, height)
        drawing.add(Rect(0, 0, width, height, fillColor=white, strokeColor=None))
        self._add_land(drawing, frame, set(keys))
        taken = self._add_names(drawing, frame, keys)
        self._add_districts(drawing, frame, taken, shapely.union_all(own))
        self._add_scale(drawing, frame)
        self._add_overview(drawing, width, own)
        drawing.add(Rect(0, 0, width, height, fillColor=None, strokeColor=_EDGE, strokeWidth=0.6))
        return drawing

    def _add_land(self, drawing: Drawing, frame: _Frame, chosen: set[str]) -> None:
        for key, shape in self._places.items():
            if key not in chosen:
                frame.add(drawing, shape, fillColor=_LAND, strokeColor=None)
                frame.add(drawing, shape, fillColor=None, strokeColor=_PLACE_EDGE, strokeWidth=0.4)
        for key in chosen & self._places.keys():
            frame.add(drawing, self._places[key], fillColor=_GROUP, strokeColor=None)
        for shape in self._districts.values():
            frame.add(drawing, shape, fillColor=None, strokeColor=_EDGE, strokeWidth=1.0)
        for key in sorted(chosen & self._places.keys()):
            frame.add(
                drawing, self._places[key], fillColor=None, strokeColor=_GROUP_EDGE, strokeWidth=1.2
            )
        for key in sorted(chosen & (self._districts.keys() - self._places.keys())):
            frame.add(
                drawing,
                self._districts[key],
                fillColor=None,
                strokeColor=_GROUP_EDGE,
                strokeWidth=2.0,
                strokeDashArray=[5, 3],
            )

    def _add_names(self, drawing: Drawing, frame: _Frame, keys: Sequence[str]) -> list[Box]:
        """Write the names of the municipalities, and where needed move them apart."""
        taken = [(frame.width - _OVERVIEW_PT - 10, 0.0, frame.width, _OVERVIEW_PT + 10)]
        for key in keys:
            if key not in self._places:
                continue
            x, y = frame.point(self._places[key].representative_point())
            drawing.add(Circle(x, y, 1.6, fillColor=_GROUP_EDGE, strokeColor=None))
            name, size = self._names[key], 8.0
            half = stringWidth(name, self._bold, size) / 2
            x = min(max(x, half + 3), frame.width - half - 3)
            below = y - size - 3
            spots = [y + 4, below, y + 14, below - 10, y + 24, below - 20]
            boxes = [(x - half, spot, x + half, spot + size) for spot in spots]
            box = next((b for b in boxes if not any(_overlap(b, t) for t in taken)), boxes[0])
            taken.append(box)
            _add_text(drawing, x, box[1] + 1.5, name, self._bold, size, _INK)
        return taken

    def _add_districts(self, drawing: Drawing, frame: _Frame, taken: list[Box], group: Any) -> None:
        """Write the names of Kreise where there is room, beside the group rather than on it."""
        for key, shape in self._districts.items():
            part = frame.part(shape)
            if part.is_empty or part.area < 0.04 * frame.area:
                continue
            beside = shapely.difference(part, group)
            part = beside if beside.area > 0.02 * frame.area else part
            name, size = self._names[key], 7.0
            half = stringWidth(name, self._font, size) / 2
            x, y = frame.point(part.representative_point())
            for move in (0, 12, -12, 24, -24, 36, -36):
                box = (x - half, y + move - 2, x + half, y + move + size)
                inside = box[0] > 2 and box[2] < frame.width - 2 and 2 < box[1] < frame.height - 10
                if inside and not any(_overlap(box, t) for t in taken):
                    taken.append(box)
                    _add_text(drawing, x, y + move, name, self._font, size, _QUIET)
                    break

    def _add_scale(self, drawing: Drawing, frame: _Frame) -> None:
        fitting = [km for km in _STEPS_KM if km * 1000 * frame.scale <= frame.width / 4]
        km = fitting[-1] if fitting else _STEPS_KM[0]
        length = km * 1000 * frame.scale
        drawing.add(Rect(4, 4, length + 48, 14, fillColor=white, strokeColor=None, fillOpacity=0.8))
        for x1, y1, x2, y2 in (
            (8, 9, 8 + length, 9),
            (8, 7, 8, 11),
            (8 + length, 7, 8 + length, 11),
        ):
            drawing.add(Line(x1, y1, x2, y2, strokeColor=_INK, strokeWidth=0.8))
        text = String(12 + length, 7, f"{km} km", fontName=self._font, fontSize=7, fillColor=_INK)
        drawing.add(text)

    def _add_overview(self, drawing: Drawing, width: float, own: Sequence[Any]) -> None:
        """Show in a corner where in the Land the group lies."""
        west, south, east, north = self._bounds
        size = _OVERVIEW_PT
        frame = _Frame(_view((west, south, east, north), 1.0, least=0.0, around=1.06), size, size)
        left = width - size - 4
        drawing.add(
            Rect(left, 4, size, size, fillColor=white, strokeColor=_PLACE_EDGE, strokeWidth=0.5)
        )
        for shape in self._overview:
            frame.add(
                drawing, shape, (left, 4.0), fillColor=_LAND, strokeColor=_PLACE_EDGE,
                strokeWidth=0.3,
            )  # fmt: skip
        x, y = frame.point(shapely.union_all(own).centroid)
        drawing.add(Circle(left + x, 4 + y, 3, fillColor=_GROUP_EDGE, strokeColor=white))


class _Frame:
    """A part of the Land (metres) on a piece of paper (points)."""

    def __init__(self, view: Box, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._west, self._south, east, _ = view
        self.scale = width / (east - self._west)
        self._box = shapely.box(*view)
        self.area = float(self._box.area)

    def point(self, point: Any) -> tuple[float, float]:
        return (point.x - self._west) * self.scale, (point.y - self._south) * self.scale

    def part(self, shape: Any) -> Any:
        """Return what of a shape lies in the part shown."""
        return shapely.intersection(shape, self._box)

    def add(
        self, drawing: Drawing, shape: Any, shift: tuple[float, float] = (0, 0), **style: Any
    ) -> None:
        """Draw what of a shape lies in the part shown."""
        if not shapely.intersects(shape, self._box):
            return
        path = Path(**style)
        # OpportunityList are cut as lines: a cut area would have the edge of the map as an edge.
        cut = self.part(shape if style.get("fillColor") is not None else shape.boundary)
        for part in shapely.get_parts(cut):
            for ring in (
                (part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,)
            ):
                xy = (shapely.get_coordinates(ring) - (self._west, self._south)) * self.scale
                first, *others = np.round(xy + shift, 2).tolist()
                path.moveTo(*first)
                for point in others:
                    path.lineTo(*point)
                if part.geom_type == "Polygon":
                    path.closePath()
        if path.points:
            drawing.add(path)


def _view(bounds: Box, ratio: float, least: float = _LEAST_WIDTH_M, around: float = _AROUND) -> Box:
    """Return the part to show, with the wanted ratio of width to height."""
    west, south, east, north = bounds
    width = max((east - west) * around, (north - south) * around * ratio, least)
    x, y = (west + east) / 2, (south + north) / 2
    return x - width / 2, y - width / ratio / 2, x + width / 2, y + width / ratio / 2


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _add_text(
    drawing: Drawing, x: float, y: float, text: str, font: str, size: float, ink: Any
) -> None:
    """Write text with a white rim, so that it can be read over lines."""
    half = stringWidth(text, font, size) / 2
    drawing.add(
        Rect(
            x - half - 1.5, y - 2, 2 * half + 3, size + 1,
            fillColor=white, fillOpacity=0.7, strokeColor=None,
        )
    )  # fmt: skip
    drawing.add(
        String(x, y, text, fontName=font, fontSize=size, fillColor=ink, textAnchor="middle")
    )
