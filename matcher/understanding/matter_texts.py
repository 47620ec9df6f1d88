"""A new text beside all known cooperations: numbers for each pair, and signs of the text itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from matcher.understanding.matter_signs import WORDED

Floats = npt.NDArray[np.float32]

# The length of a text is none of them: how long labelled texts are tells who wrote them.
PAIR_NAMES = (
    "meaning_request", "meaning_description", "meaning_title",
    "wording_request", "wording_description", "wording_title",
    "log_area", "behind_nearest",
    "named_share", "named_cosine", "names_any", "named_best", "named_missing",
    "meaning_best", "wording_best", "meaning_in_area", "meaning_unnamed", "named_cosine_any",
    "ahead_of_matters", "matter_ahead", "matter_named", "matter_named_ahead",
)  # fmt: skip
SIGN_NAMES = (
    "meaning_request", "meaning_description", "ten_descriptions", "ten_requests",
    "wording_description", "wording_request", "log_area", "area_margin", "area_entropy",
    "known_words", "log_length", "words", "named_best", "named_sum", "abbreviation",
    *WORDED,
)  # fmt: skip


class ReadTexts(Struct, frozen=True):
    """Texts in the light of c known cooperations.

    Attributes
    ----------
    pairs
        (m, c, f) float32 in the order of `PAIR_NAMES`.
    signs
        (m, s) float32 in the order of `SIGN_NAMES`.
    meaning, wording
        (m, 2c) cosines with all known texts, requests first, as of `TextSpace.compare`.
    shares
        (m, areas) probability of each task area.
    """

    pairs: Floats
    signs: Floats
    meaning: Floats
    wording: Floats
    shares: Floats


class WordedTexts(Struct, frozen=True):
    """What the words of m texts say beside c known cooperations, before their meaning is known.

    Attributes
    ----------
    wording
        (m, 2c) cosines with all known texts, requests first.
    pairs
        Those of `PAIR_NAMES` that words alone tell, each (m, c).
    areas
        (m, areas) what they say for each task area; see `TaskAreaModel.wording`.
    signs
        (m, k) those of `SIGN_NAMES` that words alone tell, which are the last k.
    """

    wording: Floats
    pairs: Mapping[str, Floats]
    areas: Floats
    signs: Floats
