"""Wishes about partners that stand in a text: who, where, how many, who not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import structs

from matcher.understanding import (
    doubts,
    doubts_beside,
    doubts_counted,
    doubts_measured,
    doubts_told,
    doubts_where,
    scope,
)
from matcher.understanding.gazetteer import Gazetteer
from matcher.understanding.grammar import Found
from matcher.understanding.mentions import find_mentions
from matcher.understanding.name_candidates import Mention
from matcher.understanding.reading import Reading, read
from matcher.understanding.rule import Doubt, Rule
from matcher.understanding.rules import RULES
from matcher.understanding.spellings import Body
from matcher.understanding.standing import standing_wishes, towns_alone
from matcher.understanding.tokens import Token
from matcher.understanding.wish import Value, Wish, denies, opposite, prefixes


def find_wishes(
    text: str,
    searcher: Body,
    gazetteer: Gazetteer,
    mentions: Sequence[Mention] | None = None,
    on_board: int = 0,
    tokens: Sequence[Token] | None = None,
) -> tuple[Wish, ...]:
    """Return the wishes of a text in the order in which they stand there, one of a kind.

    Parameters
    ----------
    text
        What was written.
    searcher
        The searching body: "unser Kreis" means its Kreis, for a Kreis its members.
    gazetteer
        Spellings of bodies and regions.
    mentions
        Bodies named in the text, where they were looked for already.
    on_board
        Bodies that the text says to be on board: "zwei weitere" are two more than these.
    tokens
        Its tokens, where they were made already.
    """
    tokens = gazetteer.tokens(text) if tokens is None else tokens
    if mentions is None:
        mentions = find_mentions(tokens, gazetteer)
    return wishes_in(read(text, tokens, mentions, searcher, gazetteer, on_board))


def wishes_in(reading: Reading) -> tuple[Wish, ...]:
    """Return the wishes of a text that is a line of kinds already; see `find_wishes`."""
    found: dict[str, Wish] = {}
    for wish in (*_by_rules(reading), *standing_wishes(reading), *towns_alone(reading)):
        if wish.code in found:
            found[wish.code] = _both(reading.text, found[wish.code], wish)
        elif not _says_nothing_new(wish, found):
            found[wish.code] = wish
    return tuple(sorted(found.values(), key=lambda wish: (wish.start, wish.code)))


def _both(text: str, one: Wish, other: Wish) -> Wish:
    """Return one of two wishes of a kind; a region and what is left out of it are asked together.

    "aus dem Regierungsbezirk Köln, aber nicht aus dem Rhein-Erft-Kreis". The later one corrects
    the other: "zwei Partner, nein: drei".
    """
    earlier, later = sorted((one, other), key=lambda wish: wish.start)
    if one.code in _CORRECTED and _CORRECTS.match(text, earlier.end):
        return later
    if one.code != "region" or denies(one.value) == denies(other.value):
        return one
    inside, outside = (other, one) if denies(one.value) else (one, other)
    return structs.replace(inside, value=(*prefixes(inside.value), *prefixes(outside.value)))


_CORRECTED = frozenset({"max_distance_km", "group_size", "min_population", "max_population"})
_CORRECTS = re.compile(
    r"[\s,;.(–-]*(?:oder |ach |doch |halt[,:]? )?"
    r"(?:nein|lieber|besser|vielmehr|korrektur|genauer|beziehungsweise eher|eher)\b",
    re.IGNORECASE,
)


def _says_nothing_new(wish: Wish, found: Mapping[str, Wish]) -> bool:
    """Tell whether a standing only excludes others than Kreise where Kreise alone are wanted."""
    kinds = found.get("kinds")
    return kinds is not None and kinds.value == ("district",) and wish.code == "legal_status"


def _by_kind() -> Mapping[str, Sequence[int]]:
    """Return for kinds of words the places of rules that need one; under "" of those without."""
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(RULES):
        for kind in rule.telling or ("",):
            places.setdefault(kind, []).append(place)
    return places


_BY_KIND = _by_kind()


def rules_telling(kinds: Sequence[str]) -> list[Rule]:
    """Return the rules that may match a line of these kinds, in their order.

    One in ten: to look at all of them takes as long as to try these.
    """
    found = [_BY_KIND.get(kind, ()) for kind in {"", *kinds}]
    return [RULES[place] for place in sorted(set(chain.from_iterable(found)))]


def _by_rules(reading: Reading) -> Iterator[Wish]:
    taken: dict[str, list[Found]] = {}
    for rule in rules_telling(reading.line.kinds):
        if rule.searcher not in (None, reading.searcher.kind):
            continue
        if not rule.pattern.may_match(reading.line):  # sooner told than gone through
            continue
        family = "population" if rule.code.endswith("population") else rule.code
        for found in rule.pattern.find_all(reading.line):
            if any(_clash(found, other) for other in taken.get(family, ())):
                continue
            if any(doubt(reading, found) for doubt in _DOUBTS.get(rule.code, _ANY_DOUBT)):
                continue
            if rule.unless is not None and rule.unless(reading, found):
                taken.setdefault(family, []).append(found)
                continue
            value = rule.value(reading, found) if callable(rule.value) else rule.value
            if value is not None:
                whole, wish = _asked(reading, rule, value, found)
                taken.setdefault(family, []).append(whole)
                if wish is not None:
                    yield wish


_ANY_DOUBT = (
    scope.is_indifferent, scope.is_taken_back, scope.need_not, scope.asks_whether,
)  # fmt: skip
_DOUBTS: Mapping[str, tuple[Doubt, ...]] = {
    "max_distance_km": (
        *_ANY_DOUBT,
        doubts_where.starts_elsewhere,
        doubts_measured.is_no_way_to_partners,
        doubts_told.is_told_of_a_thing,
        doubts_told.leads_elsewhere,
        doubts_told.is_no_length,
    ),
    "adjacent": (*_ANY_DOUBT, doubts_beside.borders_a_thing),
    "group_size": (*_ANY_DOUBT, doubts_counted.counts_things, doubts_counted.is_too_few),
    "region": (*_ANY_DOUBT, scope.is_possible_too),
    "own_district": (
        *_ANY_DOUBT,
        doubts_where.lies_between,
        doubts_told.is_told_of_a_thing,
        doubts_told.says_how_we_are,
        doubts_told.would_not_belong,
        doubts_told.may_but_need_not,
        doubts_told.contradicts_itself,
    ),
    "with_district": (*_ANY_DOUBT, doubts.is_where_others_are, doubts.has_no_kreis),
}  # fmt: skip
"""Why what any rule of a wish found may be none, whatever its wording."""


def _asked(reading: Reading, rule: Rule, value: Value, found: Found) -> tuple[Found, Wish | None]:
    """Return the words of a wish with what denies them, and what is asked, None for nothing."""
    if scope.is_denied_behind(reading, found):
        return found, opposite(reading.wish(rule.code, value, found))
    first = scope.denied_from(reading, found)
    if first is None:
        return found, reading.wish(rule.code, value, found)
    whole = structs.replace(found, first=first)
    return whole, opposite(reading.wish(rule.code, value, whole))


def _clash(one: Found, other: Found) -> bool:
    """Tell whether two finds overlap without being the same words ("10.000 bis 20.000")."""
    same = (one.first, one.last) == (other.first, other.last)
    return one.first < other.last and other.first < one.last and not same
