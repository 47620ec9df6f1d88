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
from functools import cache, cached_property

from msgspec import Struct

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
    "we": "(we|self|us|our own? (stadt|gemeinde|ort|kommune))",
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
_ANY = re.compile(r"\bany\b")
_SEPARATOR = ";"
_MOST = 4  # repetitions of a group that are looked at


class Found(Struct, frozen=True):
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


class Line(Struct, frozen=True):
    """Kinds of the words of a text, as one string that patterns are matched with.

    Attributes
    ----------
    kinds
        Of each token.
    written
        All of them, one after the other.
    offsets
        Where each begins there.
    present
        Which kinds occur, as a `mask`.
    """

    kinds: tuple[str, ...]
    written: str
    offsets: tuple[int, ...]
    present: int

    @classmethod
    def of(cls, kinds: Sequence[str]) -> Line:
        """Make the line from the kind of each token."""
        offsets, position = [], 0
        for kind in kinds:
            offsets.append(position)
            position += len(kind) + len(_SEPARATOR)
        written = "".join(kind + _SEPARATOR for kind in kinds)
        return cls(tuple(kinds), written, tuple(offsets), mask(kinds))


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern, translated when a line first may match it: most lines match few.

    Attributes
    ----------
    notation
        In the language of this module.
    """

    notation: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression over `Line.written`."""
        return _translate(self.notation)

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """Sets of kinds, of each of which a line that matches holds one.

        Examples
        --------
        >>> Pattern("no (the|other)* (nb|kreis) far?").needed
        (frozenset({'no'}), frozenset({'nb', 'kreis'}))
        """
        return tuple(
            frozenset(found["kind"] for found in _KIND.finditer(element))
            for element in _elements(_written_out(self.notation))
            if not _may_be_empty(element)
        )

    @cached_property
    def _masks(self) -> tuple[int, ...]:
        return tuple(map(mask, self.needed))

    def may_match(self, line: Line) -> bool:
        """Tell whether a line holds all that is `needed`: a quick look before."""
        for kinds in self._masks:  # noqa: SIM110 - a loop is three times as fast
            if not kinds & line.present:
                return False
        return True

    def match(self, line: Line, token: int) -> int:
        """Return how many tokens match from this one on, 0 where none do."""
        if not self.may_match(line):
            return 0
        found = self.compiled.match(line.written, line.offsets[token])
        return 0 if found is None else found.group().count(_SEPARATOR)

    def find_all(self, line: Line) -> Iterator[Found]:
        """Yield where the pattern matches, from left to right, without overlap."""
        if not self.may_match(line):
            return
        for found in self.compiled.finditer(line.written):
            first = bisect_left(line.offsets, found.start())
            last = bisect_left(line.offsets, found.end())
            slots = {
                name: bisect_left(line.offsets, found.start(name))
                for name, value in found.groupdict().items()
                if value is not None
            }
            yield Found(first, last, slots)


def _written_out(pattern: str) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda found: MACROS[found[1]], pattern)
    return pattern


def _translate(pattern: str) -> re.Pattern[str]:
    def word(found: re.Match[str]) -> str:
        any_word = found["kind"] == "any"
        kind = rf"(?!(?:stop|colon){_SEPARATOR})[a-z_]+" if any_word else found["kind"]
        opening = f"?P<{found['slot']}>" if found["slot"] else "?:"
        return f"({opening}{kind}{_SEPARATOR})"

    # "(" groups only; "(?!" and "(?=" look ahead, as in any regular expression.
    grouped = re.sub(r"\((?!\?)", "(?:", _written_out(pattern))
    translated = _KIND.sub(word, grouped).replace(" ", "")
    # Without a bound, a text of ten thousand equal words would be tried in all its divisions.
    bounded = translated.replace(")*", f"){{0,{_MOST}}}").replace(")+", f"){{1,{_MOST}}}")
    return re.compile(r"(?<![a-z_])" + bounded)


_BITS: dict[str, int] = {}


def mask(kinds: Iterable[str]) -> int:
    """Return a set of kinds of words as the bits of a number: each kind has one of its own."""
    found = 0
    for kind in kinds:
        bit = _BITS.get(kind)
        if bit is None:
            bit = _BITS.setdefault(kind, 1 << len(_BITS))
        found |= bit
    return found


def _elements(pattern: str) -> Iterator[str]:
    """Yield the parts of a pattern that follow each other, alternatives at the top as one."""
    return _apart(pattern, " ")


def _apart(pattern: str, by: str) -> Iterator[str]:
    """Yield the parts of a pattern between blanks or bars, none within a group."""
    depth, start = 0, 0
    for place, letter in enumerate(f"{pattern}{by}"):
        depth += (letter == "(") - (letter == ")")
        if letter == by and depth == 0:
            if start < place:
                yield pattern[start:place]
            start = place + 1


@cache  # rules share their groups
def _may_be_empty(element: str) -> bool:
    """Tell whether a part can match nothing, or any word, or looks ahead, or may do so."""
    if element.endswith(("?", "*", "}", "$")) or "(?" in element or _ANY.search(element):
        return True
    if not element.startswith("("):
        return False
    inside = element.removesuffix("+")[1:-1]
    return any(all(map(_may_be_empty, _elements(one))) for one in _apart(inside, "|"))
