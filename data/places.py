"""Regions by name and places beyond the border of the Land: tables for reading texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandera.pandas as pa

from data import schemas
from data.dataset import TABLES

REGIONS = pa.DataFrameSchema(
    {
        "region": pa.Column(str, schemas.FILLED, unique=True),
        "spellings": pa.Column(str, schemas.FILLED),
        "prefixes": pa.Column(
            str,
            pa.Check.str_matches(
                r"^\d{2,8}( \d{2,8})*$",
                error="müssen Anfänge von AGS sein, durch Leerzeichen getrennt",
            ),
        ),
        "source": pa.Column(str, schemas.FILLED),
    },
    coerce=True,
)
PLACES_OUTSIDE = pa.DataFrameSchema(
    {
        "name": pa.Column(str, schemas.FILLED, unique=True),
        "where": pa.Column(str, schemas.FILLED),
        "sure": pa.Column(str, schemas.one_of(["ja", "nein"])),
    },
    coerce=True,
)


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """A region: how it is written, and the AGS prefixes of its bodies ("057", "05958")."""

    name: str
    spellings: tuple[str, ...]
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceOutside:
    """A place, Land or country beyond the border; `sure` where the name means nothing else."""

    name: str
    where: str
    sure: bool


def read_regions(folder: Path = TABLES) -> tuple[NamedRegion, ...]:
    """Read the regions.

    Raises
    ------
    DataError
        The table is missing or breaks its schema.
    """
    table = schemas.read_csv(folder / "regions.csv", REGIONS)
    return tuple(
        NamedRegion(
            str(row.region), tuple(str(row.spellings).split("|")), tuple(str(row.prefixes).split())
        )
        for row in table.itertuples()
    )


def read_places_outside(folder: Path = TABLES) -> tuple[PlaceOutside, ...]:
    """Read the places beyond the border.

    Raises
    ------
    DataError
        The table is missing or breaks its schema.
    """
    table = schemas.read_csv(folder / "places_outside.csv", PLACES_OUTSIDE)
    return tuple(
        PlaceOutside(str(name), str(where), sure == "ja")
        for name, where, sure in zip(table["name"], table["where"], table["sure"], strict=True)
    )
