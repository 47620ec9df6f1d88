"""A wording of wishes: one pattern, in the language of `grammar`, and what it asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from matcher.understanding import grammar
from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.wish import Value

Compute = Callable[[Reading, Found], Value | None]
Doubt = Callable[[Reading, Found], bool]


@dataclass(frozen=True)
class Rule:
    """A pattern and the wish that it stands for.

    Attributes
    ----------
    code, value
        Of the wish; a function computes the value from the text, None for no wish.
    notation
        The pattern, in the language of `grammar`.
    searcher
        Kind of body for which alone it holds.
    unless
        Tells from the words around that no wish is meant.
    """

    code: str
    value: Value | Compute
    notation: str
    searcher: str | None = None
    unless: Doubt | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return grammar.compile_pattern(self.notation)

    @cached_property
    def _needed(self) -> tuple[int, ...]:
        return tuple(grammar.mask(kinds) for kinds in grammar.needed(self.notation))

    @property
    def telling(self) -> frozenset[str]:
        """Seldom kinds of which a line that matches holds one; none where any line may match."""
        return min(grammar.needed(self.notation), key=_in_texts, default=frozenset())

    def may_match(self, present: int) -> bool:
        """Tell whether a line with kinds of this `grammar.mask` has all that the pattern needs."""
        for kinds in self._needed:  # noqa: SIM110 - a loop is three times as fast
            if not kinds & present:
                return False
        return True


def _in_texts(kinds: frozenset[str]) -> int:
    """Return a number that grows with how many texts hold one of some kinds."""
    return len(kinds) + _MANY * len(kinds & _COMMON)


_MANY = 200  # more than there are kinds
# Of the labelled texts one in seven or more holds each of them.
_COMMON = frozenset(
    {"w", "comma", "the", "stop", "und", "number", "want", "with", "colon", "one", "in", "are"}
    | {"placename", "serves", "we"}
)
