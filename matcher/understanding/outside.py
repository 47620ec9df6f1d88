"""Places beyond the border of the Land that a text names as partners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct, structs
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.understanding.context import (
    DESIGNATIONS,
    is_institution,
    list_neighbours,
    names_a_place,
    word_before,
)
from matcher.understanding.gazetteer import Gazetteer, OutsidePlace
from matcher.understanding.mentions import find_mentions, has_case
from matcher.understanding.name_candidates import Mention
from matcher.understanding.roles import roles_of
from matcher.understanding.tokens import Token, normalize_word, words


@dataclass(frozen=True, slots=True)
class Outside:
    """A place beyond the border; `text` stands at [start, end), `where` is its Land or country."""

    text: str
    where: str
    start: int
    end: int

    @property
    def is_land(self) -> bool:
        """Whether the text names the Land or country, not a place in it: "hessischen"."""
        norm, land = normalize_word(self.text), normalize_word(self.where)
        same = norm in {land, land + "n", land + "s"} or norm in _OTHER_NAMES
        return same or _is_adjective(norm) or self.where == _ANY_LAND


class _Candidate(Struct, frozen=True):
    first: int
    last: int
    place: OutsidePlace


_ANY_LAND = "anderes Land"
_OTHER_NAMES = frozenset({"holland", "netherlands", "belgium", "rlp", "nds"})


def find_outside(
    text: str,
    gazetteer: Gazetteer,
    mentions: Sequence[Mention] | None = None,
    tokens: Sequence[Token] | None = None,
) -> tuple[Outside, ...]:
    """Return the places beyond the border that a text names, in its order.

    A name that a body of the Land has too is that body; a place that is only a model ("wie in
    Osnabrück") or excluded is left out.

    Parameters
    ----------
    text
        What was written.
    gazetteer
        Spellings of bodies and of places beyond the border.
    mentions
        Bodies named in the text, where they were looked for already.
    tokens
        Its tokens, where they were made already.
    """
    tokens = gazetteer.tokens(text) if tokens is None else tokens
    if mentions is None:
        mentions = find_mentions(tokens, gazetteer)
    taken = {index for mention in mentions for index in range(mention.first, mention.last)}
    strict = has_case(tokens)
    candidates = [c for c in _candidates(tokens, gazetteer, strict) if c.first not in taken]
    kept = [c for c in candidates if c.place.sure or _is_shown(tokens, c, strict)]
    kept = _join_lists(tokens, candidates, kept, taken)
    spans = sorted([(m.first, m.last) for m in mentions] + [(c.first, c.last) for c in kept])
    role_at = dict(zip(spans, roles_of(tokens, spans), strict=True))
    found = []
    for candidate in kept:
        if role_at[candidate.first, candidate.last] not in {"mentioned", "excluded"}:
            start, end = tokens[candidate.first].start, tokens[candidate.last - 1].end
            found.append(Outside(text[start:end], candidate.place.where, start, end))
    return tuple(sorted(found, key=lambda outside: outside.start))


def _candidates(
    tokens: Sequence[Token], gazetteer: Gazetteer, strict: bool
) -> Iterator[_Candidate]:
    index = 0
    while index < len(tokens):
        found = _longest(tokens, index, gazetteer, strict)
        before = word_before(tokens, index)
        if found is not None and (before is None or not is_institution(before.norm)):
            yield found
        index = index + 1 if found is None else found.last


def _longest(
    tokens: Sequence[Token], index: int, gazetteer: Gazetteer, strict: bool
) -> _Candidate | None:
    words: list[str] = []
    best = None
    for last in range(index, min(index + gazetteer.reach(tokens[index].norm), len(tokens))):
        if not tokens[last].is_word:
            break
        norm = tokens[last].norm
        words.append("sankt" if norm == "st" else norm)
        place = gazetteer.outside.get(tuple(words))
        if place is None and norm.endswith("s") and tokens[last].capital and len(norm) > 4:
            place = gazetteer.outside.get((*words[:-1], norm[:-1]))
        if place is not None and not (_is_adjective(norm) and not _before_body(tokens, last + 1)):
            best = _Candidate(index, last + 1, place)
    return best or _mistyped(tokens, index, gazetteer, strict)


def _mistyped(
    tokens: Sequence[Token], index: int, gazetteer: Gazetteer, strict: bool
) -> _Candidate | None:
    """Return a misspelt name: never sure, so that what stands around has to show a place."""
    token = tokens[index]
    if not token.is_word or (strict and not token.capital):
        return None
    joined, last = token.norm, index + 1
    if joined in _FIRST_PARTS and last < len(tokens) and tokens[last].is_word:
        joined, last = joined + tokens[last].norm, last + 1
    if len(joined) < _LONG or joined in gazetteer.ordinary or (joined,) in gazetteer.names:
        return None
    place = nearest_outside(joined, gazetteer)
    return None if place is None else _Candidate(index, last, structs.replace(place, sure=False))


_FIRST_PARTS = frozenset({"bad", "sankt"})
_LONG, _VERY_LONG = 6, 9  # letters from which one and two typing errors are forgiven


@lru_cache(maxsize=20_000)
def nearest_outside(word: str, gazetteer: Gazetteer) -> OutsidePlace | None:
    """Return the one place beyond the border that a misspelt word means, None for none or two."""
    found = process.extract(
        word,
        gazetteer.outside_typed.keys(),
        scorer=OSA.distance,
        score_cutoff=2 if len(word) >= _VERY_LONG else 1,
        limit=None,
    )
    near = [
        (gazetteer.outside_typed[name], away)
        for name, away, _ in found
        if name[0] == word[0] or name[:2] == word[1::-1]
    ]
    least = min((away for _, away in near), default=None)
    nearest = {place.where: place for place, away in near if away == least}
    return next(iter(nearest.values())) if len(nearest) == 1 else None


def _is_adjective(norm: str) -> bool:
    return norm.endswith(("ische", "ischen", "ischer", "ischem", "isches"))


def _before_body(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word for a body follows: "niederländische Gemeinden", not "… Grenze"."""
    return any(token.norm in _BODY_WORDS for token in tokens[index : index + 3])


_BODY_WORDS = DESIGNATIONS | words(
    "seite partnern kreise kreisen landkreise behoerden feuerwehr feuerwehren anrainer anrainern "
    "anliegern anrainerkommunen"
)


def _is_shown(tokens: Sequence[Token], candidate: _Candidate, strict: bool) -> bool:
    first = candidate.first
    before = word_before(tokens, first)
    if before is not None and before.norm in _UNIONS and before.text.isupper():
        return True
    return names_a_place(tokens, first, candidate.last, tokens[first].norm, strict, known=False)


_UNIONS = frozenset({"vg", "sg", "lk"})  # Verbandsgemeinde, Samtgemeinde, Landkreis


def _join_lists(
    tokens: Sequence[Token],
    candidates: Sequence[_Candidate],
    kept: Sequence[_Candidate],
    taken: set[int],
) -> list[_Candidate]:
    """Accept doubtful names that stand in a list with accepted ones or with bodies."""
    accepted = {candidate.first: candidate for candidate in kept}
    known = set(taken) | {i for c in kept for i in range(c.first, c.last)}
    for candidate in candidates:
        if candidate.first in accepted:
            continue
        before, after = list_neighbours(tokens, candidate.first, candidate.last)
        if tokens[candidate.first].capital and (before in known or after in known):
            accepted[candidate.first] = candidate
            known |= set(range(candidate.first, candidate.last))
    return list(accepted.values())
