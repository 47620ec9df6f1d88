"""A wording of wishes: one pattern, in the language of `grammar`, and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from matcher.understanding.grammar import Found, Pattern
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
    def pattern(self) -> Pattern:
        """The pattern itself."""
        return Pattern(self.notation)

    @property
    def telling(self) -> frozenset[str]:
        """Seldom kinds of which a line that matches holds one; none where any line may match."""
        return min(self.pattern.needed, key=_in_texts, default=frozenset())


def _in_texts(kinds: frozenset[str]) -> int:
    """Return a number that grows with how many texts hold one of some kinds."""
    return len(kinds) + _MANY * len(kinds & _COMMON)


_MANY = 200  # more than there are kinds
# Of the labelled texts one in seven or more holds each of them.
_COMMON = frozenset(
    {"w", "comma", "the", "stop", "und", "number", "want", "with", "colon", "one", "in", "are"}
    | {"placename", "serves", "we"}
)
