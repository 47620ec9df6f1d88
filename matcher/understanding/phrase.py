"""The whole phrase around a wish, as one shows it: "am liebsten mit Nachbarstädten"."""

from __future__ import annotations

from collections.abc import Sequence

_MARKS = frozenset({"comma", "und", "dash", "amp", "stop", "colon"})
# Ends of a phrase before: "unter 10.000 [Einwohnern im Münsterland]".
_HEADS = frozenset({"people", "weg", "km"})
_WHERE = frozenset({"from", "in", "inside", "the"})
_ADJECTIVES = frozenset({"gross", "klein", "mittel", "similar"})
_BODIES = frozenset({"stadt", "gemeinde", "ort", "kommune", "nbplace", "kreise"})
_MODALS = frozenset({"moechten", "moechte", "wollen", "will"})


def whole(
    kinds: Sequence[str], words: Sequence[str], first: int, last: int, code: str
) -> tuple[int, int]:
    """Return the items [first, last) of the phrase whose core was found at [first, last).

    Parameters
    ----------
    kinds, words
        Kind and plain word of each item of the text.
    code
        Of the wish.
    """
    while last - first > 1 and kinds[first] in _MARKS:
        first += 1
    if code == "region" and kinds[first] in _HEADS and set(kinds[first + 1 : first + 2]) & _WHERE:
        first += 1
    while last - first > 2 and words[last - 1] in _MODALS:
        last -= 1
    return _opening(kinds, words, first, last), _closing(kinds, words, first, last)


def _opening(kinds: Sequence[str], words: Sequence[str], first: int, last: int) -> int:
    """Return where the phrase begins: words that only lead to it belong to it."""
    before = words[max(first - 1, 0) : first]
    if words[first] in {"liebsten", "besten", "ehesten"} and before == ["am"]:
        return first - 1
    if kinds[max(first - 2, 0) : first] in (["far", "than"], ["more", "than"]):
        return first - 2
    distance = {"radius", "weg"} & {kinds[first], kinds[last - 1]}
    alike = kinds[first] in _ADJECTIVES and before == ["so"]
    return first - 1 if alike or (distance and before in (["im"], ["in"])) else first


def _closing(kinds: Sequence[str], words: Sequence[str], first: int, last: int) -> int:
    """Return where the phrase ends: an adjective takes its noun along, "nicht" its "sein"."""
    following = words[last : last + 1]
    if kinds[last - 1] in _ADJECTIVES and set(kinds[last : last + 1]) & _BODIES:
        return last + 1
    shall = {"shall", "want"} & set(kinds[first:last])
    if following == ["sein"] and (shall or words[last - 1] == "nicht"):
        return last + 1
    opened = words[first:last].count("(") > words[first:last].count(")")
    return last + 1 if opened and following == [")"] else last
