"""All that is read from a text about partners, in one pass."""

from __future__ import annotations

from dataclasses import replace

from msgspec import Struct

from matcher.understanding.asides import asides
from matcher.understanding.gazetteer import Gazetteer
from matcher.understanding.mentions import find_mentions
from matcher.understanding.named import Named, with_roles
from matcher.understanding.outside import Outside, find_outside
from matcher.understanding.reach import Doubted, ask, within_reach
from matcher.understanding.reading import read
from matcher.understanding.unread import find_unread, hint
from matcher.understanding.wish import Wish
from matcher.understanding.wishes import wishes_in


class Understood(Struct, frozen=True):
    """Wishes, bodies and places beyond the border that a text names, each with its place in it.

    `unread` holds what looks like a condition and was not understood, `doubted` words that may be
    misspelt names of bodies far away, `asides` where sentences speak of partners alone.
    """

    wishes: tuple[Wish, ...]
    named: tuple[Named, ...]
    outside: tuple[Outside, ...]
    unread: tuple[str, ...] = ()
    doubted: tuple[Doubted, ...] = ()
    asides: tuple[tuple[int, int], ...] = ()

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """[start, end) of all that is said of partners."""
        read: tuple[Wish | Named | Outside, ...] = (*self.wishes, *self.named, *self.outside)
        return (*((one.start, one.end) for one in read), *self.asides)

    @property
    def hint(self) -> str | None:
        """A German text on what was not understood, None where there is nothing."""
        sentences = (hint(self.unread), ask(self.doubted))
        return " ".join(sentence for sentence in sentences if sentence) or None


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
    mentions, doubted = within_reach(tokens, find_mentions(tokens, gazetteer), searcher, gazetteer)
    named = with_roles(text, tokens, mentions, gazetteer, searcher)
    on_board = sum(body.role == "on_board" for body in named)
    reading = read(text, tokens, mentions, gazetteer.bodies[searcher], gazetteer, on_board)
    wishes = wishes_in(reading)
    outside = find_outside(text, gazetteer, mentions, tokens)
    named = tuple(
        _left_out(body, wishes) for body in named if not _says_where(body, wishes, gazetteer)
    )
    unread = find_unread(reading, wishes, outside)
    return Understood(wishes, named, outside, unread, doubted, asides(reading, wishes))


def _left_out(body: Named, wishes: tuple[Wish, ...]) -> Named:
    """Return the own Kreis as left out where a wish says so: "den Kreis Soest heraushalten"."""
    denied = any(
        wish.code == "with_district"
        and wish.value is False
        and wish.start <= body.start
        and body.end <= wish.end
        for wish in wishes
    )
    return replace(body, role="excluded") if denied else body


def _says_where(body: Named, wishes: tuple[Wish, ...], gazetteer: Gazetteer) -> bool:
    """Tell whether a Kreis is only where a wish looks: "Kommunen aus dem Kreis Soest"."""
    return gazetteer.bodies[body.ags].kind == "district" and any(
        wish.code in _WHERE and wish.start <= body.start and body.end <= wish.end for wish in wishes
    )


_WHERE = frozenset({"own_district", "region"})
