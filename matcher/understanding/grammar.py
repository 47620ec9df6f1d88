"""Patterns over kinds of words: a small language in which the rules of wishes are written.

Each token has one kind ("nur", "kreis", "number", …; see `lexicon`). A pattern is a regular
expression whose letters are kinds of words:

- `nur (the|other)* kreise` – words in this order, a group repeated (four times at most);
- `n=number km` – the token is captured under the name n;
- `{place}` – a group of kinds that has a name in `MACROS`;
- `any` – any token, but no mark that ends a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

MACROS: Mapping[str, str] = {
    "place": "(stadt|gemeinde|ort|kommune|nbplace)",
    "body": "(stadt|gemeinde|ort|kommune|nbplace|kreis|kreise|nbkreis|nb|partner|grossstadt"
    "|kleinstadt|mittelstadt|office)",
    "det": "(the|our|other|adj|further|all|nbadj|klein|gross|mittel|kreisang|und|stadt|gemeinde)",
    "up": "(upto (to|max)?|max|less (than|from)?|(not|no) are? (more|bigger|weg|over) are? than?"
    "|(not|no) (far|further) weg? are? than?|(not|no) far|in most|smaller than)",
    "low": "(in? min from?|more are? than?|ab|over|bigger are? than|outside the?|(not|no) are? "
    "(less|smaller) are? than?)",
    "own": "(the|our|own)*",
    "district": "(kreis|ownkreis)",
    "we": "(we|self|us)",
    "yes": "((?!not|no|comma)any)",
    "end": "(?=comma|stop|colon|but|butonly|und|$)",
    "from": "(from|in|inside|the)",
    "counted": "((klein|mittel|gross) kreisang|further|other|adj|nbadj|klein|mittel|gross|direct"
    "|bordering|kreisfrei|comma|und)*"
    " (stadt|gemeinde|ort|kommune|nbplace|partner|nb|kreise|kreis|nbkreis|office|members|grossstadt"
    "|mittelstadt|kleinstadt)",
    "people": "thousand? people",
    "none": "(no|nobody|except|not in want (are|w)?|not)",
    # "gesucht werden …", "Partner sollten … sein", "am liebsten wären uns …"; "… gesucht"
    "asked": "(nur|want|(partner|we) (shall|are)|partner colon|shall|interest)"
    " (with|toward|to|for|we|us|are|shall|want|the|our|all|other|number|colon|nur)*",
    "wanted": "(are|we|us|shall|also){0,3} want",
    "kreise": "(the|kreise|kreis)* (ownkreis|kreisname) ((und|comma)+ (from|in|the|kreis)* "
    "(ownkreis|kreisname))+",
    "regions": "(the|our|own|nbadj|kreise|kreis)* (kreisname|region) ((und|comma)+ "
    "(from|in|the)* (kreisname|region))*",
}
_MACRO = re.compile(r"\{([a-z]+)\}")
_KIND = re.compile(r"(?:(?P<slot>[a-z]+)=)?(?P<kind>[a-z_]+)")
_SEPARATOR = ";"
_MOST = 4  # repetitions of a group that are looked at


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern matched.

    Attributes
    ----------
    first, last
        Tokens [first, last).
    slots
        Name of a captured token -> its index.
    """

    first: int
    last: int
    slots: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """Kinds of the words of a text, as one string that patterns are matched with."""

    kinds: tuple[str, ...]
    written: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, kinds: Sequence[str]) -> Line:
        """Make the line from the kind of each token."""
        offsets, position = [], 0
        for kind in kinds:
            offsets.append(position)
            position += len(kind) + len(_SEPARATOR)
        return cls(tuple(kinds), "".join(kind + _SEPARATOR for kind in kinds), tuple(offsets))


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Translate a pattern into a regular expression over a `Line`."""
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: MACROS[found[1]], pattern)

    def word(found: re.Match[str]) -> str:
        any_word = found["kind"] == "any"
        kind = rf"(?!(?:stop|colon){_SEPARATOR})[a-z_]+" if any_word else found["kind"]
        opening = f"?P<{found['slot']}>" if found["slot"] else "?:"
        return f"({opening}{kind}{_SEPARATOR})"

    # "(" groups only; "(?!" and "(?=" look ahead, as in any regular expression.
    grouped = re.sub(r"\((?!\?)", "(?:", pattern)
    translated = _KIND.sub(word, grouped).replace(" ", "")
    # Without a bound, a text of ten thousand equal words would be tried in all its divisions.
    bounded = translated.replace(")*", f"){{0,{_MOST}}}").replace(")+", f"){{1,{_MOST}}}")
    return re.compile(r"(?<![a-z_])" + bounded)


_BITS: dict[str, int] = {}


def mask(kinds: Iterable[str]) -> int:
    """Return a set of kinds of words as the bits of a number: each kind has one of its own."""
    found = 0
    for kind in kinds:
        found |= _BITS.setdefault(kind, 1 << len(_BITS))
    return found


def needed(pattern: str) -> tuple[frozenset[str], ...]:
    """Return sets of kinds, of each of which a line that matches holds one: a quick look before.

    Examples
    --------
    >>> needed("no (the|other)* (nb|kreis) far?")
    (frozenset({'no'}), frozenset({'nb', 'kreis'}))
    """
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: MACROS[found[1]], pattern)
    return tuple(
        frozenset(found["kind"] for found in _KIND.finditer(element))
        for element in _elements(pattern)
        if not element.endswith(("?", "*", "}")) and not _may_be_empty(element)
    )


def _elements(pattern: str) -> Iterator[str]:
    """Yield the parts of a pattern that follow each other, alternatives at the top as one."""
    depth, start = 0, 0
    for place, letter in enumerate(f"{pattern} "):
        depth += (letter == "(") - (letter == ")")
        if letter == " " and depth == 0:
            if start < place:
                yield pattern[start:place]
            start = place + 1


def _may_be_empty(element: str) -> bool:
    """Tell whether a part can match nothing, or any word, or looks ahead."""
    open_ended = "(?" in element or re.search(r"\bany\b", element) is not None
    return open_ended or compile_pattern(element).fullmatch("") is not None


def find_all(pattern: re.Pattern[str], line: Line) -> Iterator[Found]:
    """Yield where a pattern matches, from left to right, without overlap."""
    for found in pattern.finditer(line.written):
        first = bisect_left(line.offsets, found.start())
        last = bisect_left(line.offsets, found.end())
        slots = {
            name: bisect_left(line.offsets, found.start(name))
            for name, value in found.groupdict().items()
            if value is not None
        }
        yield Found(first, last, slots)
