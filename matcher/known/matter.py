"""A matter in words, seen from the known cooperations: how alike each is, and what to expect."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from matcher.known.bodies import Floats, Ints
from matcher.known.forecast import Expectation, Forecast, ridged
from models import TextSpace, likeness


class Matter(Struct, frozen=True):
    """What a text says.

    Attributes
    ----------
    to_descriptions, to_requests
        (c,) likeness to each known cooperation, -1 … 1.
    expectation
        What the words foretell about the group.
    """

    to_descriptions: Floats
    to_requests: Floats
    expectation: Expectation

    def among(self, indices: Ints) -> Matter:
        """Return the same matter where only the cooperations with these indices are known."""
        return Matter(self.to_descriptions[indices], self.to_requests[indices], self.expectation)


class Reader(Struct, frozen=True):
    """Reads texts in the light of the known cooperations."""

    space: TextSpace
    forecast: Forecast

    def gist(self, text: str) -> str:
        """Return what of a new text is to be encoded and read; see `TextSpace.gist`."""
        return self.space.gist(text)

    def read(self, vector: Floats, text: str) -> Matter:
        """Read the gist of a new text; `vector` (d,) is its unit vector, encoded as a query."""
        return self.matter(*self.space.compare(vector[None, :], [text]))

    def matter(self, meaning: Floats, wording: Floats) -> Matter:
        """Return a matter from its cosines with all known texts, (1, 2c) each, requests first."""
        alike, count = likeness(meaning, wording)[0], len(self.space)
        expectation = self.forecast.foretell((meaning + wording)[0])
        return Matter(alike[count:], alike[:count], expectation)

    def read_known(self, groups: Ints) -> list[Matter]:
        """Read the requests of the known cooperations, each as if its group were not known.

        Parameters
        ----------
        groups
            (c,) cooperations with the same number are left out together.
        """
        meaning, wording = self.space.compare_known()
        alike, count = likeness(meaning, wording), len(self.space)
        # Kept by nobody: only training asks for it, and it is as large as all else together.
        kernel = (meaning + wording).astype(np.float64)
        inverse = np.asarray(np.linalg.inv(ridged(kernel)), np.float64)
        expectations: dict[int, Expectation] = {}
        for group in np.unique(groups):
            members = np.flatnonzero(groups == group).astype(np.int64)
            expectations |= zip(
                members.tolist(), self.forecast.held_out(members, inverse), strict=True
            )
        return [Matter(alike[i, count:], alike[i, :count], expectations[i]) for i in range(count)]
