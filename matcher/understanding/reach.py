"""Misspelt names far away: "Neheim", a part of Arnsberg, is hardly Nieheim, 85 km from there."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from matcher.german import listing
from matcher.understanding.gazetteer import Gazetteer
from matcher.understanding.name_candidates import Mention
from matcher.understanding.spellings import Body
from matcher.understanding.tokens import Token

_SURE = 9  # letters of a misspelt name that can be nothing else
_REACH_KM = 50  # the misspelt names of all labelled texts lie within 16 km of who searches
_KM_PER_DEGREE = 111.2


class Doubted(Struct, frozen=True):
    """A word of the text, and the name of the body that it may mean."""

    text: str
    name: str


def within_reach(
    tokens: Sequence[Token], mentions: Sequence[Mention], searcher: str, gazetteer: Gazetteer
) -> tuple[tuple[Mention, ...], tuple[Doubted, ...]]:
    """Return the mentions to believe, and those to ask about.

    A short word one letter off is a misspelt name where the body is within reach of who searches or
    of another body that the text surely names.
    """
    sure = [mention for mention in mentions if _is_sure(tokens, mention, gazetteer)]
    known = [gazetteer.bodies[key] for key in (searcher, *(mention.key for mention in sure))]
    kept, doubted = [], []
    for mention in mentions:
        body = gazetteer.bodies[mention.key]
        if mention in sure or min(_km(other, body) for other in known) <= _REACH_KM:
            kept.append(mention)
        else:
            words = tokens[mention.first : mention.last]
            doubted.append(Doubted(" ".join(word.text for word in words), body.name))
    return tuple(kept), tuple(doubted)


def _is_sure(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> bool:
    letters = sum(len(token.norm) for token in tokens[mention.first : mention.last])
    town = gazetteer.bodies[mention.key].kind == "municipality"
    return mention.spelt or not town or letters >= _SURE


def ask(doubted: Sequence[Doubted]) -> str | None:
    """Return a German sentence that asks what was meant, None where there is nothing to ask."""
    if not doubted:
        return None
    words = listing([f"„{one.text}“" for one in doubted])
    names = listing(list(dict.fromkeys(one.name for one in doubted)))
    return (
        f"{words} ist hier keine bekannte Kommune. Falls {names} gemeint ist, bitte so schreiben."
    )


def _km(one: Body, other: Body) -> float:
    """Return roughly how far apart two seats are in km, 0 where a place is not known."""
    if one.place is None or other.place is None:
        return 0.0
    middle = math.radians((one.place[1] + other.place[1]) / 2)
    east = (one.place[0] - other.place[0]) * math.cos(middle)
    return _KM_PER_DEGREE * math.hypot(east, one.place[1] - other.place[1])
