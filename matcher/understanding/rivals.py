"""How each known cooperation's matter stands against all other matters, for a new text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from models.unit import lengths

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_SMOOTHING = 0.5  # of lengths: a single word of the trade is no full agreement


class Rivals(Struct, frozen=True):
    """Known cooperations by matter.

    Many are of one matter (51 run an adult education centre), so that the nearest of all says
    little against the next: what counts is how near another matter comes.

    Attributes
    ----------
    matter
        (c,) place of each cooperation's matter among the k matters.
    order, starts
        (c,) cooperations sorted by matter, (k,) where each matter begins among them.
    names
        (k, w) how clearly cooperations of each matter name each of w names of the trade, in mean.
    length
        (k,) length of its rows.
    """

    matter: Ints
    order: Ints
    starts: Ints
    names: Floats
    length: Floats

    @classmethod
    def of(cls, matters: Sequence[str], named: Floats) -> Self:
        """Sort cooperations by their matters.

        Parameters
        ----------
        matters
            Code of the matter of each of the c cooperations.
        named
            (c, w) how clearly each names each name of the trade, weighed by rarity.
        """
        codes, matter = np.unique(np.array(matters), return_inverse=True)
        order = np.argsort(matter, kind="stable")
        starts = np.searchsorted(matter[order], np.arange(len(codes)))
        sizes = np.diff([*starts, len(matter)])
        names = np.add.reduceat(named[order], starts, axis=0) / sizes[:, None]
        return cls(
            matter.astype(np.int64), order.astype(np.int64), starts.astype(np.int64),
            names.astype(np.float32), np.linalg.norm(names, axis=1).astype(np.float32),
        )  # fmt: skip

    def likeness(self, alike: Floats) -> tuple[Floats, Floats]:
        """Return by how much each cooperation, and the best of its matter, beat all other matters.

        Parameters
        ----------
        alike
            (m, c) likeness of each text to each cooperation.

        Returns
        -------
        ahead, matter_ahead : ndarray
            (m, c) likeness less that of the best cooperation of another matter; negative where
            one comes nearer.
        """
        best = np.maximum.reduceat(alike.take(self.order, axis=1), self.starts, axis=1)
        others = _best_other(best).take(self.matter, axis=1)
        return alike - others, best.take(self.matter, axis=1) - others

    def words(self, asked: Floats) -> tuple[Floats, Floats]:
        """Return how alike the names of a text are to those of each matter, and by how much more.

        Parameters
        ----------
        asked
            (m, w) how clearly each text names each name of the trade, weighed by rarity.

        Returns
        -------
        cosine, ahead : ndarray
            (m, c) smoothed cosine to the matter of each cooperation, and that less the greatest of
            another matter.
        """
        cosine = asked @ self.names.T
        cosine /= (lengths(asked) + _SMOOTHING) * (self.length + _SMOOTHING)
        ahead = cosine - _best_other(cosine)
        return cosine.take(self.matter, axis=1), ahead.take(self.matter, axis=1)


def _best_other(scores: Floats) -> Floats:
    """Return for each of k columns the greatest of all other columns, (m, k)."""
    if scores.shape[1] == 1:
        return np.zeros_like(scores)
    here, first = np.arange(len(scores)), scores.argmax(axis=1)
    others = scores.copy()
    others[here, first] = -np.inf
    best = np.empty_like(scores)
    best[:] = scores[here, first][:, None]
    best[here, first] = others.max(axis=1)
    return best
