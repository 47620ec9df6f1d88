"""Bodies that a text names, each with its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.understanding.context import LIST_MARKS
from matcher.understanding.gazetteer import Gazetteer
from matcher.understanding.mentions import PLURALS, find_mentions
from matcher.understanding.name_candidates import Mention
from matcher.understanding.role_words import REFUSED, Role
from matcher.understanding.roles import roles_of
from matcher.understanding.tokens import Token, words


@dataclass(frozen=True, slots=True)
class Named:
    """A body that the text names; `text` stands at [start, end) of it."""

    ags: str
    name: str
    role: Role
    text: str
    start: int
    end: int


def find_named(text: str, gazetteer: Gazetteer, searcher: str) -> tuple[Named, ...]:
    """Return the bodies that a text names, in the order of the text, each with its role.

    Parameters
    ----------
    text
        What was written.
    gazetteer
        Spellings of all bodies.
    searcher
        Key of the searching body, which is left out.
    """
    tokens = gazetteer.tokens(text)
    mentions = find_mentions(tokens, gazetteer)
    return with_roles(text, tokens, mentions, gazetteer, searcher)


def _left_out_lists(tokens: Sequence[Token], mentions: Sequence[Mention]) -> set[int]:
    """Return where names begin whose list ends so: "aus dem Kreis Unna, Schwerte ausgenommen"."""
    found: set[int] = set()
    end, refused = len(tokens), False  # of the list that goes on behind a name
    for mention in reversed(mentions):
        place = mention.last
        while place < end and tokens[place].norm in _LISTED:
            place += 1
        if place < end:
            refused = tokens[place].norm in REFUSED
        if refused:
            found.add(mention.first)
        end = mention.first
    return found


def with_roles(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    searcher: str,
) -> tuple[Named, ...]:
    """Return what was mentioned with its role, each body once and without the searcher."""
    spans = [(mention.first, mention.last) for mention in mentions]
    found: dict[str, Named] = {}
    where_until = 0
    left_out = _left_out_lists(tokens, mentions)
    own = {span for span, m in zip(spans, mentions, strict=True) if m.key == searcher}
    for mention, role in zip(mentions, roles_of(tokens, spans, own), strict=True):
        if mention.key == searcher:
            continue
        between = range(where_until, mention.first)
        listed = where_until > 0 and all(tokens[place].norm in _LISTED for place in between)
        listed = listed and mention.first not in left_out
        if role in ("wanted", "excluded") and (
            listed or _is_where_others_are(tokens, mention, gazetteer)
        ):
            role, where_until = "mentioned", mention.last
        start, end = tokens[mention.first].start, tokens[mention.last - 1].end
        fresh = Named(
            mention.key, gazetteer.bodies[mention.key].name, role, text[start:end], start, end
        )
        kept = found.get(mention.key)
        # A body named twice has the role that says more than that it is wanted.
        if kept is None or (kept.role == "wanted" != fresh.role and fresh.role != "mentioned"):
            found[mention.key] = fresh
    return tuple(sorted(found.values(), key=lambda named: named.start))


def _is_where_others_are(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> bool:
    """Tell whether a Kreis says where partners are: "Kommunen aus dem Kreis Soest".

    "Keine Kommunen aus dem Kreis Soest" leaves the Kreis out too, and is no such case.
    """
    if gazetteer.bodies[mention.key].kind != "district":
        return False
    before = [token.norm for token in tokens[max(mention.first - 7, 0) : mention.first]]
    if _is_denied(before):
        return False
    before = before[-3:]
    if before[-1:] in (["im"], ["in"], ["aus"], ["from"]):
        return True
    if before[-2:-1] in (["ausserhalb"], ["jenseits"], ["outside"]):
        return True  # "außerhalb von Lippe", "outside the Märkischer Kreis"
    if before[-1:] and before[-1] in _BEFORE_SEVERAL:
        before.pop()
    if before[-1:] and before[-1] in {"dem", "des", "d", "der", "den"}:
        return before[-2:-1] != [] and before[-2] in _WHERE
    return False


def _is_denied(before: Sequence[str]) -> bool:
    """Tell whether a word denies what follows; "nicht nur" and "nicht zwingend" do not."""
    return any(
        word in _DENIALS and not (word == "nicht" and following in _NOT_ALONE)
        for word, following in pairwise([*before, ""])
    )


_DENIALS = words("nicht kein keine keinen ohne keinesfalls niemals nie")
_NOT_ALONE = words("nur ausschliesslich allein zwingend unbedingt notwendigerweise")
_BEFORE_SEVERAL = PLURALS | words("benachbarten angrenzenden")
_LISTED = LIST_MARKS | words("aus dem im in den")
_WHERE = words("aus in innerhalb ausserhalb jenseits kommunen gemeinden staedte partner")
