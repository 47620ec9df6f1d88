"""Lengths of vectors. As np.linalg.norm, whose checks take longer than one text's vector does."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def lengths(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the lengths of m vectors (m, d), (m, 1)."""
    return np.asarray(np.sqrt(np.add.reduce(rows * rows, axis=1, keepdims=True)))


def unit(rows: npt.NDArray[Any]) -> Floats:
    """Return m vectors (m, d) in the length of one; such without any length stay as they are."""
    return np.ascontiguousarray(rows / np.maximum(lengths(rows), 1e-9), np.float32)
