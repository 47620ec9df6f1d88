"""Which arrays grow with the square of a size: what stops a matcher that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from msgspec import Struct

from matcher import Matcher

Row = dict[str, Any]


def dense_tables(matcher: Matcher) -> list[Row]:
    """Name the arrays that grow with the square: bodies x bodies, cooperations x either."""
    knowledge = matcher.knowledge
    n, c = len(knowledge.bodies), len(knowledge.cooperations)
    sizes = {n: "n", c: "c", 2 * c: "2c"}
    found = []
    for path, table in _arrays(
        {
            "Dataset": matcher.dataset,
            "Bodies": knowledge.bodies,
            "Binning": knowledge.patterns.binnings,
            "Knowledge": knowledge,
            "Forecast": knowledge.reader.forecast if knowledge.reader else None,
        }
    ):
        named = [sizes.get(length) for length in table.shape]
        if table.ndim == 2 and table.shape[0] in sizes and table.shape[1] >= min(n, c):
            found.append(
                {
                    "table": path,
                    "shape": f"{named[0]} x {named[1] or table.shape[1]}",
                    "bytes_a_cell": table.itemsize,
                    "mb": table.nbytes / 1e6,
                }
            )
    return found


def _arrays(given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in given.items():
        if isinstance(value, Struct):
            pairs = [(name, getattr(value, name)) for name in value.__struct_fields__]
        elif is_dataclass(value):
            pairs = [(f.name, getattr(value, f.name)) for f in fields(value)]
        elif isinstance(value, dict):
            pairs = [(key, getattr(part, "bins", None)) for key, part in value.items()]
        else:
            continue
        for key, table in pairs:
            if isinstance(table, np.ndarray):
                yield f"{name}.{key}", table
