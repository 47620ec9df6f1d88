"""All that is read from a text about partners, in one pass."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.understanding.gazetteer import Gazetteer
from matcher.understanding.named import Named, find_mentions, with_roles
from matcher.understanding.outside import Outside, find_outside
from matcher.understanding.wish import Wish
from matcher.understanding.wishes import find_wishes


@dataclass(frozen=True, slots=True)
class Understood:
    """Wishes, bodies and places beyond the border that a text names, each with its place in it."""

    wishes: tuple[Wish, ...]
    named: tuple[Named, ...]
    outside: tuple[Outside, ...]


def understand(text: str, searcher: str, gazetteer: Gazetteer) -> Understood:
    """Read a text.

    Parameters
    ----------
    text
        What was written; places are character positions in it.
    searcher
        Key of the searching body.
    gazetteer
        Spellings of bodies, regions and places beyond the border.

    Examples
    --------
    >>> understand("Archiv mit Werl, ohne den Kreis", "05974040", gazetteer).named[0].name
    'Werl'
    """
    tokens = gazetteer.tokens(text)
    mentions = find_mentions(tokens, gazetteer)
    named = with_roles(text, tokens, mentions, gazetteer, searcher)
    on_board = sum(body.role == "on_board" for body in named)
    return Understood(
        find_wishes(text, gazetteer.bodies[searcher], gazetteer, mentions, on_board, tokens),
        named,
        find_outside(text, gazetteer, mentions, tokens),
    )
