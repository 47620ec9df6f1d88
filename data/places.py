"""Regions by name and places beyond the border of the Land: tables for reading texts."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from data import schemas
from data.dataset import TABLES
from data.provenance import NOTHING_SEALED, Sealed

REGIONS = schemas.Schema(
    {
        "region": schemas.Column(str, schemas.FILLED, unique=True),
        "spellings": schemas.Column(str, schemas.FILLED),
        "prefixes": schemas.Column(
            str,
            schemas.matches(
                r"\d{2,8}( \d{2,8})*", "müssen Anfänge von AGS sein, durch Leerzeichen getrennt"
            ),
        ),
        "source": schemas.Column(str, schemas.FILLED),
    }
)
PLACES_OUTSIDE = schemas.Schema(
    {
        "name": schemas.Column(str, schemas.FILLED, unique=True),
        "where": schemas.Column(str, schemas.FILLED),
        "sure": schemas.Column(str, schemas.one_of(["ja", "nein"])),
    }
)


class NamedRegion(Struct, frozen=True):
    """A region: how it is written, and the AGS prefixes of its bodies ("057", "05958")."""

    name: str
    spellings: tuple[str, ...]
    prefixes: tuple[str, ...]


class PlaceOutside(Struct, frozen=True):
    """A place, Land or country beyond the border; `sure` where the name means nothing else."""

    name: str
    where: str
    sure: bool


def read_regions(folder: Path = TABLES, sealed: Sealed = NOTHING_SEALED) -> tuple[NamedRegion, ...]:
    """Read the regions; `sealed` as for `schemas.read_csv`.

    Raises
    ------
    DataError
        The table is missing or breaks its schema.
    """
    table = schemas.read_csv(folder / "regions.csv", REGIONS, sealed)
    return tuple(
        NamedRegion(
            str(row.region), tuple(str(row.spellings).split("|")), tuple(str(row.prefixes).split())
        )
        for row in table.itertuples()
    )


def read_places_outside(
    folder: Path = TABLES, sealed: Sealed = NOTHING_SEALED
) -> tuple[PlaceOutside, ...]:
    """Read the places beyond the border; `sealed` as for `schemas.read_csv`.

    Raises
    ------
    DataError
        The table is missing or breaks its schema.
    """
    table = schemas.read_csv(folder / "places_outside.csv", PLACES_OUTSIDE, sealed)
    return tuple(
        PlaceOutside(str(name), str(where), sure == "ja")
        for name, where, sure in zip(table["name"], table["where"], table["sure"], strict=True)
    )
