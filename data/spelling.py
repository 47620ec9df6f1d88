"""Words that are spelt right though they lie near to a word or name that texts are searched for."""

from __future__ import annotations

from pathlib import Path

import pandera.pandas as pa

from data import schemas
from data.dataset import TABLES

SPELT_RIGHT = "spelt_right.csv"
WORDS = pa.DataFrameSchema({"word": pa.Column(str, schemas.FILLED, unique=True)}, coerce=True)


def read_spelt_right(folder: Path = TABLES) -> frozenset[str]:
    """Read the words, in plain small letters ("ueber").

    Raises
    ------
    DataError
        The table is missing or breaks its schema.
    """
    return frozenset(schemas.read_csv(folder / SPELT_RIGHT, WORDS)["word"])
