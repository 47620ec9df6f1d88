"""Rows made by hand, as the protocol would ask them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matcher.training import Rows


def rows_of(
    labels: npt.ArrayLike, cooperation: Sequence[int], searcher: npt.ArrayLike | None = None
) -> Rows:
    """Return rows without features; the searcher is the first body without a label, unless told."""
    table = np.array(labels, np.float32)
    weights = 1 / np.bincount(cooperation)[cooperation]
    asking = np.argmax(np.isnan(table), axis=1) if searcher is None else np.array(searcher)
    return Rows(
        np.zeros((*table.shape, 1), np.float32), table, weights.astype(np.float32),
        np.array(cooperation), asking,
    )  # fmt: skip
