"""What every peer is given: the same vectors, partners, places and figures, as plain arrays.

Nothing of this project is imported here: what a peer costs is measured without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Inputs:
    """What is known, without anything that this project computes from it.

    Attributes
    ----------
    passages
        (c, d) float32 unit vectors of the descriptions of known cooperations.
    participation
        (c, n) float32, 1 where the body takes part.
    seats
        (n, 2) longitude and latitude, degrees.
    seats_km
        (n, 2) the same in a plane, km.
    figures
        (n, p) z-scores of structure, size and budget; unknown is average.
    """

    passages: Floats
    participation: Floats
    seats: npt.NDArray[np.float64]
    seats_km: npt.NDArray[np.float64]
    figures: Floats

    @property
    def profiles(self) -> Floats:
        """(n, d) unit vectors of the bodies: the mean of what they take part in; 0 if nothing."""
        summed = self.participation.T @ self.passages
        length = np.linalg.norm(summed, axis=1, keepdims=True)
        return np.asarray(summed / np.maximum(length, 1e-9), np.float32)


@dataclass(frozen=True, slots=True)
class Question:
    """One search: the row of the body that asks, and the (d,) unit vector of its text."""

    searcher: int
    vector: Floats
