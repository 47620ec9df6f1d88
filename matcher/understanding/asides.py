"""Sentences that speak of partners alone: they say nothing of the matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.understanding.reading import Reading
from matcher.understanding.tokens import words
from matcher.understanding.wish import Wish

_NAMES = frozenset({"placename", "kreisname", "verbandname"})
# Verbs that lead a wish: "Als Partner kommen nur Kreise in Frage."
_LEADING = words("kommen kommt finden wuenschen wuerden hierfuer hierzu uns dafuer")


def asides(reading: Reading, wishes: Sequence[Wish]) -> tuple[tuple[int, int], ...]:
    """Return [start, end) of each sentence that holds a wish and no word beside it.

    "Die Partner sollen höchstens 20 km entfernt sein." is one, "Archiv, höchstens 20 km" is none.
    """
    return tuple(
        (start, end)
        for first, last in _sentences(reading)
        if not any(_tells(reading, item) for item in range(first, last))
        for start, end in [_place(reading, first, last)]
        if any(start <= wish.start and wish.end <= end for wish in wishes)
    )


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    first = 0
    for item, kind in enumerate((*reading.line.kinds, "stop")):
        if kind in {"stop", "colon"}:
            if first < item:
                yield first, item
            first = item + 1


def _tells(reading: Reading, item: int) -> bool:
    """Tell whether an item is a word of the matter or a name."""
    kind = reading.line.kinds[item]
    norm = reading.norm(item)
    return kind in _NAMES or (kind == "w" and norm not in _LEADING)


def _place(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Return where a sentence stands, with the marks that end it: "nur Nachbarn!!"."""
    while last + 1 < len(reading.spans) and reading.line.kinds[last + 1] == "stop":
        last += 1
    until = reading.spans[last][1] if last < len(reading.spans) else len(reading.tokens)
    return reading.tokens[reading.spans[first][0]].start, reading.tokens[until - 1].end
