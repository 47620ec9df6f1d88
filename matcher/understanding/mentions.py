"""Where a text names bodies: candidates, kept by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from matcher.understanding.ambiguous import AMBIGUOUS, Ordinary
from matcher.understanding.context import (
    DESIGNATIONS,
    LIST_MARKS,
    list_neighbours,
    names_a_place,
    word_before,
)
from matcher.understanding.gazetteer import Gazetteer
from matcher.understanding.name_candidates import Mention, district_of, find_candidates
from matcher.understanding.tokens import Token, words

PLURALS = frozenset({"kreise", "kreisen", "landkreise", "landkreisen"})


def find_mentions(tokens: Sequence[Token], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return all places where a body is named, the searcher too, in the order of the text."""
    strict = has_case(tokens)
    candidates = list(find_candidates(tokens, gazetteer, strict))
    places = {mention.first for mention in candidates}
    kept = [
        mention
        for mention in candidates
        if mention.sure
        or (
            _is_shown(tokens, mention, strict)
            and not _is_listed_with_things(tokens, mention, places)
        )
    ]
    kept = _join_lists(tokens, candidates, kept, strict)
    return tuple(sorted(_districts(tokens, kept, gazetteer), key=lambda m: (m.first, m.last)))


def has_case(tokens: Sequence[Token]) -> bool:
    """Tell whether capital letters mean something: neither all upper nor all lower case."""
    words = [token for token in tokens if token.is_word and len(token.text) > 3]
    shouting = sum(token.text.isupper() for token in words)
    capital = sum(token.capital for token in words)
    return bool(words) and shouting < 0.7 * len(words) and capital > 0.1 * len(words)


def _is_shown(tokens: Sequence[Token], mention: Mention, strict: bool) -> bool:
    norm = tokens[mention.first].norm
    known = mention.spelt
    return names_a_place(tokens, mention.first, mention.last, norm, strict, known)


def _is_listed_with_things(tokens: Sequence[Token], mention: Mention, places: set[int]) -> bool:
    """Tell whether a noun stands beside another that is no name: "mit Datteln und Gewürzen"."""
    kind = AMBIGUOUS.get(tokens[mention.first].norm, (None,))[0]
    if kind is not Ordinary.NOUN:
        return False
    following = tokens[mention.last : mention.last + 2]
    return (
        len(following) == 2
        and following[0].norm == "und"
        and following[1].capital
        and mention.last + 1 not in places
        and following[1].norm not in DESIGNATIONS
    )


def _join_lists(
    tokens: Sequence[Token], candidates: Sequence[Mention], kept: Sequence[Mention], strict: bool
) -> list[Mention]:
    """Accept doubtful names that stand in a list with accepted ones."""
    accepted = {mention.first: mention for mention in kept}
    ends = {mention.last - 1 for mention in kept}
    waiting = [
        mention
        for mention in candidates
        if mention.first not in accepted and not _is_noun_with_article(tokens, mention)
    ]
    changed = True
    while changed:
        changed = False
        for mention in list(waiting):
            before, after = list_neighbours(tokens, mention.first, mention.last)
            if before < 0 and mention.first - 1 in ends:
                before = mention.first - 1  # "Witten Wetter Herdecke", "Xanten-Alpen-Sonsbeck"
            if before < 0:
                before = _before_denial(tokens, mention.first)
            # Who writes one name small writes the others so, too: "mit inden und eschweiler".
            small = (before in ends and not tokens[before].capital) or (
                after in accepted and not tokens[after].capital
            )
            written = tokens[mention.first].capital or not strict or small
            if written and (before in ends or after in accepted):
                accepted[mention.first] = mention
                ends.add(mention.last - 1)
                waiting.remove(mention)
                changed = True
    return list(accepted.values())


def _before_denial(tokens: Sequence[Token], index: int) -> int:
    """Return the last token before ", nicht" and ", aber nicht": "Herdecke, nicht Wetter"."""
    left = index - 1
    if left < 0 or tokens[left].norm not in {"nicht", "not"}:
        return -1
    left -= tokens[left - 1].norm in {"aber", "but"}
    return left - 2 if left > 1 and tokens[left - 1].norm in {",", "und", "and"} else -1


def _is_noun_with_article(tokens: Sequence[Token], mention: Mention) -> bool:
    """Tell whether an article shows a noun: "in Essen und das Wetter"."""
    before = word_before(tokens, mention.first)
    kind = AMBIGUOUS.get(tokens[mention.first].norm, (None,))[0]
    return kind is Ordinary.NOUN and before is not None and before.norm in _ARTICLES


_ARTICLES = words("das der die dem den des ein eine einer einem")


def _districts(
    tokens: Sequence[Token], mentions: Sequence[Mention], gazetteer: Gazetteer
) -> Iterator[Mention]:
    """Turn towns behind "Kreise" into Kreise, and read "Kreis und Stadt Soest" as both."""
    plural_until = -1
    for mention in sorted(mentions, key=lambda m: m.first):
        before = word_before(tokens, mention.first)
        between = range(plural_until, mention.first)
        in_list = plural_until >= 0 and all(tokens[place].norm in LIST_MARKS for place in between)
        opens = tokens[mention.first].norm in PLURALS
        if opens or in_list or (before is not None and before.norm in PLURALS):
            plural_until = mention.last
            yield structs.replace(mention, key=district_of(tokens, mention, gazetteer))
            continue
        remark = [token.norm for token in tokens[mention.last : mention.last + 3]]
        if remark[:1] and remark[0] in {"district", "county"}:
            yield structs.replace(
                mention, last=mention.last + 1, key=district_of(tokens, mention, gazetteer)
            )
            continue
        if remark[:2] == ["als", "kreis"]:
            yield structs.replace(
                mention, last=mention.last + 2, key=district_of(tokens, mention, gazetteer)
            )
            continue
        closing = _says_kreis(tokens, mention.last)
        if closing:
            yield structs.replace(
                mention, last=closing, key=district_of(tokens, mention, gazetteer)
            )
            continue
        yield mention
        twin = _twin(tokens, mention, gazetteer)
        if twin is not None:
            yield structs.replace(mention, key=twin)


def _says_kreis(tokens: Sequence[Token], opening: int) -> int:
    """Return the token behind a bracket that says Kreis: "Düren (der Kreis, nicht die Stadt)".

    0 where there is none.
    """
    if opening >= len(tokens) or tokens[opening].text != "(":
        return 0
    inside = [token.norm for token in tokens[opening + 1 : opening + _LONGEST_REMARK]]
    if ")" not in inside:
        return 0
    said = inside[: inside.index(")")]
    kreis = [word for word in said if word not in _ARTICLES][:1] == ["kreis"]
    return opening + len(said) + 2 if kreis and set(said) <= _OF_KINDS else 0


_LONGEST_REMARK = 10
_OF_KINDS = _ARTICLES | words("kreis stadt gemeinde nicht also gemeint ist ,")


def _twin(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> str | None:
    """Return the body that a designation further left means: "Stadt und Kreis Soest"."""
    words = [token.norm for token in tokens[max(mention.first - 3, 0) : mention.first]]
    name = tuple(token.norm for token in tokens[mention.first : mention.last] if token.is_word)
    if words[-3:] == ["kreis", "und", "stadt"]:
        return gazetteer.names.get(("kreis", *name))
    if words[-2:] == ["stadt", "und"] and name[0] == "kreis":
        return gazetteer.names.get(name[1:])
    return None
