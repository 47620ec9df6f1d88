"""Wishes made of a short question and its answer: "Städte? Lieber nicht."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.understanding.tokens import words

_ASKED = words(
    "stadt gemeinde ort kommune nbplace nbkreis nb kreise kreis ownkreis kreisname grossstadt "
    "kleinstadt mittelstadt borderer borderline kreisfrei kreisang verband number placename region"
)
_BESIDE = words(
    "the our own other one adj further all nbadj bordering direct klein gross mittel smaller "
    "bigger similar over less more upto max min ab than between people thousand km weg far from in "
    "inside outside with und also partner we us"
)
_ASKED_ALONE = _ASKED | _BESIDE
_YES = words("ja unbedingt klar jederzeit natuerlich yes")


def find_answered(kinds: Sequence[str], norms: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Yield question marks that an answer goes on from, and whether the answer is a bare yes.

    Only a question without a verb asks of partners alone: "Der Kreis? Der soll draußen bleiben."

    Parameters
    ----------
    kinds, norms
        Kind and plain word of each item of a text; a question mark is "?".
    """
    first = 0
    for item, kind in enumerate(kinds):
        if kind not in {"stop", "colon"}:
            continue
        asked = set(kinds[first:item])
        if norms[item] == "?" and _ASKED & asked and asked <= _ASKED_ALONE:
            answer = norms[item + 1 : item + 2]
            if answer and answer[0] != "stop":
                yield item, answer[0] in _YES
        first = item + 1
