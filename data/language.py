"""What reading a text needs beside the register: tasks by law, regions, places, trade words."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from data.competences import CarriedTask, read_competences
from data.dataset import TABLES
from data.matter_tables import MatterTables, read_matter_tables
from data.places import NamedRegion, PlaceOutside, read_places_outside, read_regions
from data.provenance import NOTHING_SEALED, sealed
from data.spelling import SPELT_RIGHT, read_spelt_right


class Language(Struct, frozen=True):
    """The tables for reading texts.

    Attributes
    ----------
    tasks
        Who carries which task by law.
    regions, places_outside
        Names beside those of bodies.
    trade
        Names of matters, abbreviations, and labelled texts.
    spelt_right
        Words that are no misspelt ones, near as they lie to words of the rules.
    """

    tasks: tuple[CarriedTask, ...]
    regions: tuple[NamedRegion, ...]
    places_outside: tuple[PlaceOutside, ...]
    trade: MatterTables
    spelt_right: frozenset[str]


def load_language(folder: Path | None = None, trusting: bool = False) -> Language:
    """Read and check the tables; those that a data folder lacks are the shipped ones.

    `trusting` as for `data.load`.

    Raises
    ------
    data.DataError
        A table breaks its schema.
    """

    def holding(name: str) -> Path:
        return folder if folder is not None and (folder / name).is_file() else TABLES

    files = sealed(TABLES, folder or TABLES) if trusting else NOTHING_SEALED
    return Language(
        tasks=read_competences(holding("competences.csv") / "competences.csv", files),
        regions=read_regions(holding("regions.csv"), files),
        places_outside=read_places_outside(holding("places_outside.csv"), files),
        trade=read_matter_tables(holding("matter_words.csv"), files),
        spelt_right=read_spelt_right(holding(SPELT_RIGHT), files),
    )
