"""Words that are spelt right though they lie near to a word or name that texts are searched for."""

from __future__ import annotations

from pathlib import Path

from data import schemas
from data.dataset import TABLES
from data.provenance import NOTHING_SEALED, Sealed

SPELT_RIGHT = "spelt_right.csv"
WORDS = schemas.Schema({"word": schemas.Column(str, schemas.FILLED, unique=True)})


def read_spelt_right(folder: Path = TABLES, sealed: Sealed = NOTHING_SEALED) -> frozenset[str]:
    """Read the words, in plain small letters ("ueber"); `sealed` as for `schemas.read_csv`.

    Raises
    ------
    DataError
        The table is missing or breaks its schema.
    """
    return frozenset(schemas.read_csv(folder / SPELT_RIGHT, WORDS, sealed)["word"])
