"""A text to the numbers of its pieces, as the model was trained to read it."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import numpy.typing as npt

from models.derived import Arrays, Derived, code_of
from models.e5.weights import Vocabulary

_BLANK = "▁"
_BLANKS = re.compile(" {2,}")
_UNKNOWN_COSTS = 10.0  # SentencePiece: so much below the least likely piece
_BASE = 0x9E3779B97F4A7C15  # odd, its bits well mixed (2^64 / golden ratio)

Hashes = npt.NDArray[np.uint64]


class Pieces:
    """Cuts texts into the likeliest pieces.

    Kudo (2018), Subword Regularization: each piece has a probability of its own (unigram), and of
    all ways to cut a text the one with the greatest product is taken, by dynamic programming.

    Written out here because the library for it keeps 250,000 pieces in 260 MB and takes a second of
    every start. Here a piece is known by the sum of its characters times powers of a number, modulo
    2^64 (Karp and Rabin 1987): all spans of a text are looked up at once, in 4 MB.
    """

    def __init__(self, vocabulary: Vocabulary, version: str, derived: Derived) -> None:
        """Make the table of hashes, or take the one kept for this version of the weights."""
        self._vocabulary = vocabulary
        made_of = [version, *code_of(__file__, "pieces", "weights")]
        table = derived.get("pieces", made_of, lambda: _table(vocabulary))
        self._powers, self._hashes = table["powers"], table["hashes"]
        self._numbers = table["numbers"]
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_COSTS

    def of(self, text: str, most: int) -> list[int]:
        """Return the numbers of at most so many pieces, the marks of begin and end among them."""
        plain = unicodedata.normalize("NFC", text).translate(self._vocabulary.replaced)
        plain = _BLANK + _BLANKS.sub(" ", plain).removeprefix(" ").replace(" ", _BLANK)
        return [self._vocabulary.begin, *self._cut(plain)[: most - 2], self._vocabulary.end]

    def _cut(self, text: str) -> list[int]:
        best = [0.0] + [float("-inf")] * len(text)
        last = [(0, self._vocabulary.unknown)] * (len(text) + 1)
        spans = self._spans(text)
        for start in range(len(text)):
            unknown = (start + 1, self._vocabulary.unknown, self._unknown_score)
            for stop, number, score in (unknown, *spans[start]):
                if best[start] + score > best[stop]:
                    best[stop] = best[start] + score
                    last[stop] = (start, number)
        cut, at = [], len(text)
        while at:
            at, number = last[at]
            cut.append(number)
        return cut[::-1]

    def _spans(self, text: str) -> list[list[tuple[int, int, float]]]:
        """Return for each character the known pieces that begin there: end, number and score."""
        longest = len(self._powers)
        padded = np.concatenate([_codes(text), np.zeros(longest - 1, np.uint64)])
        windows = np.lib.stride_tricks.sliding_window_view(padded, longest)
        hashes = np.cumsum(windows * self._powers, axis=1, dtype=np.uint64)
        # Beyond the end nothing is added: a span would be found again as a longer one.
        hashes[np.arange(longest) >= len(text) - np.arange(len(text))[:, None]] = 0
        places = np.searchsorted(self._hashes, hashes).clip(max=len(self._hashes) - 1)
        starts, lengths = np.nonzero(self._hashes[places] == hashes)
        numbers = self._numbers[places[starts, lengths]]
        found: list[list[tuple[int, int, float]]] = [[] for _ in text]
        for start, stop, number, score in zip(
            starts.tolist(),
            (starts + lengths + 1).tolist(),
            numbers.tolist(),
            self._vocabulary.scores[numbers].tolist(),
            strict=True,
        ):
            found[start].append((stop, number, score))
        return found


def _table(vocabulary: Vocabulary) -> Arrays:
    """Return powers by place, and all pieces in the order of their hashes."""
    characters = np.frombuffer(vocabulary.text.decode().encode("utf-32-le"), np.uint32)
    starts, lengths = _in_characters(vocabulary)
    factors = np.full(lengths.max(), _BASE, np.uint64)
    factors[0] = 1
    powers: Hashes = np.cumprod(factors, dtype=np.uint64)
    hashes: Hashes = np.zeros(len(lengths), np.uint64)
    for place, power in enumerate(powers):
        longer = np.flatnonzero(lengths > place)
        hashes[longer] += characters[starts[longer] + place] * power
    # Marks such as "<s>" are no text, though somebody may write them.
    written = lengths > 0
    written[[vocabulary.begin, vocabulary.end, vocabulary.unknown]] = False
    numbers = np.flatnonzero(written)
    numbers = numbers[np.argsort(hashes[numbers])]
    return {"powers": powers, "hashes": hashes[numbers], "numbers": numbers.astype(np.int32)}


def _in_characters(vocabulary: Vocabulary) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return at which character of the text each piece begins, and how many it has."""
    # All bytes but those that go on with a character.
    begins = (np.frombuffer(vocabulary.text, np.uint8) & 0xC0) != 0x80
    before = np.zeros(len(begins) + 1, np.int32)
    np.cumsum(begins, out=before[1:])
    lengths = np.diff(before[vocabulary.bounds]).astype(np.int64)
    return np.cumsum(lengths) - lengths, lengths


def _codes(text: str) -> Hashes:
    """Return the characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
