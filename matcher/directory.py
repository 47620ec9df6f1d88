"""The directory of bodies: what one asks about a body by its key, and whom there is.

Arrays are for computing; here are names, places and figures, typed, None where nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
from msgspec import Struct

from data import Dataset, Kind, LegalStatus
from data.laender import is_beyond, land_name
from data.names import NameIndex

FIGURES = (
    "population_change_pct_2018_2021", "population_change_pct_2022_2024", "share_under_19",
    "share_67_plus", "fiscal_status_level", "fiscal_status", "regiostar7", "share_settlement",
    "share_agriculture", "share_forest",
)  # fmt: skip
"""Columns of the census, the budget and the land use that a body is described by."""


class Body(Struct, frozen=True):
    """A municipality, a Kreis or an association.

    Attributes
    ----------
    key
        AGS; of an association its short name.
    row
        Its place in every array over bodies.
    ars
        12 digits; None for associations.
    district, district_name
        Key and name of the Kreis that a municipality belongs to; None where it belongs to none.
    area_km2, longitude, latitude
        Area, and the seat in WGS 84.
    figures
        One value a name of `FIGURES`, None where it is unknown.
    union
        Key of the union of municipalities that it belongs to, beyond the border.
    carried
        Whether that union administers it, so that it is the one to approach.
    standing
        What the law of another Land calls it, None where that is not known.
    """

    key: str
    row: int
    ars: str | None
    name: str
    official_name: str
    designation: str
    kind: Kind
    legal_status: LegalStatus
    district: str | None
    district_name: str | None
    government_region: str | None
    landscape_association: str | None
    leader_region: str | None
    population: int
    area_km2: float
    longitude: float
    latitude: float
    figures: Mapping[str, float | int | str | None]
    union: str | None = None
    carried: bool = False
    standing: str | None = None

    @property
    def land(self) -> str:
        """Name of the Land in which it lies."""
        return land_name(self.key)

    @property
    def beyond_border(self) -> bool:
        """Whether it lies beyond the border of the Land whose cooperations are known."""
        return is_beyond(self.key)

    @property
    def address(self) -> str:
        """The name as in an address: "Stadt Köln", "Kreis Olpe"."""
        if self.kind is Kind.MUNICIPALITY:
            return f"{self.designation} {self.name}"
        return self.name

    @property
    def own_district(self) -> str:
        """Key of the Kreis it counts to: its own for a Kreis, itself for a kreisfreie Stadt."""
        return self.district or self.key


@dataclass(frozen=True)
class Directory:
    """All bodies, in the order of every array about them.

    Attributes
    ----------
    bodies
        Row i is body i.
    shapes
        The same as a GeoDataFrame (WGS 84, index `key`) for what draws or measures areas.

    Examples
    --------
    >>> directory = Matcher.load().directory
    >>> directory["05974008"].name
    'Bad Sassendorf'
    >>> [body.name for body in directory.members("05974")][:2]
    ['Anröchte', 'Bad Sassendorf']
    """

    bodies: tuple[Body, ...]
    shapes: gpd.GeoDataFrame

    @classmethod
    def of(cls, dataset: Dataset) -> Directory:
        """Read it from the dataset once."""
        table = dataset.bodies
        records = table.drop(columns="geometry").to_dict("records")
        return cls(
            tuple(
                _body(str(key), row, record)
                for row, (key, record) in enumerate(zip(table.index, records, strict=True))
            ),
            table,
        )

    def __len__(self) -> int:
        return len(self.bodies)

    def __iter__(self) -> Iterator[Body]:
        return iter(self.bodies)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Body:
        """Return the body with this key; KeyError where there is none."""
        return self._by_key[key]

    def get(self, key: str | None) -> Body | None:
        """Return the body with this key, None where there is none."""
        return None if key is None else self._by_key.get(key)

    def find(self, number: str) -> Body | None:
        """Return the body with this key or ARS (12 digits), None where there is none."""
        return self._by_key.get(number) or self._by_ars.get(number)

    def name(self, key: str) -> str:
        """Return the name of a body; the key itself where it is no longer in the directory."""
        body = self._by_key.get(key)
        return key if body is None else body.name

    def names_of(self, keys: Iterable[str]) -> list[str]:
        """Return the names of several bodies, as `name` does."""
        return [self.name(key) for key in keys]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of all bodies, in row order."""
        return tuple(body.key for body in self.bodies)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all bodies, in row order."""
        return tuple(body.name for body in self.bodies)

    @cached_property
    def name_index(self) -> NameIndex:
        """Finds bodies by what one types."""
        return NameIndex(self.shapes)

    @cached_property
    def municipalities(self) -> tuple[Body, ...]:
        """All municipalities, in row order."""
        return self._of_kind(Kind.MUNICIPALITY)

    @cached_property
    def districts(self) -> tuple[Body, ...]:
        """All Kreise, by name."""
        return _by_name(self._of_kind(Kind.DISTRICT))

    @cached_property
    def independent_cities(self) -> tuple[Body, ...]:
        """All kreisfreie Städte, by name."""
        return _by_name(b for b in self.bodies if b.legal_status is LegalStatus.INDEPENDENT)

    @cached_property
    def district_level(self) -> tuple[Body, ...]:
        """Kreise and kreisfreie Städte, by name without the word "Kreis"."""
        both = (*self._of_kind(Kind.DISTRICT), *self.independent_cities)
        ordered = sorted(both, key=lambda body: body.row)
        return tuple(sorted(ordered, key=lambda body: body.name.removeprefix("Kreis ")))

    @cached_property
    def associations(self) -> tuple[Body, ...]:
        """All associations, in row order."""
        return self._of_kind(Kind.ASSOCIATION)

    @cached_property
    def government_regions(self) -> tuple[str, ...]:
        """Names of the Regierungsbezirke, by name."""
        return tuple(sorted({b.government_region for b in self.bodies if b.government_region}))

    def members(self, district: str) -> tuple[Body, ...]:
        """Return the municipalities of a Kreis, by name; none for other bodies."""
        return _by_name(body for body in self.bodies if body.district == district)

    def _of_kind(self, kind: Kind) -> tuple[Body, ...]:
        return tuple(body for body in self.bodies if body.kind is kind)

    @cached_property
    def _by_key(self) -> dict[str, Body]:
        return {body.key: body for body in self.bodies}

    @cached_property
    def _by_ars(self) -> dict[str, Body]:
        return {body.ars: body for body in self.bodies if body.ars is not None}


def _by_name(bodies: Iterable[Body]) -> tuple[Body, ...]:
    return tuple(sorted(bodies, key=lambda body: body.name))


def _body(key: str, row: int, record: Mapping[Any, Any]) -> Body:
    known: dict[str, Any] = {
        name: None if value != value else value for name, value in record.items()
    }  # NaN
    return Body(
        key=key,
        row=row,
        ars=known["ars"],
        name=known["name"],
        official_name=known["official_name"],
        designation=known["designation"],
        kind=Kind.parse(known["kind"]),
        legal_status=LegalStatus.parse(known["legal_status"]),
        district=known["district_ags"],
        district_name=known["district_name"],
        government_region=known["government_region"],
        landscape_association=known["landscape_association"],
        leader_region=known["leader_region"],
        population=int(known["population"]),
        area_km2=float(known["area_km2"]),
        longitude=float(known["longitude"]),
        latitude=float(known["latitude"]),
        figures={name: known[name] for name in FIGURES},
        union=known.get("union"),
        carried=bool(known.get("carried", False)),
        standing=known.get("standing"),
    )
