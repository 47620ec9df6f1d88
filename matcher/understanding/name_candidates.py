"""Words that may name a body, by their spellings: exact, misspelt, adjectives, short forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, structs
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.understanding.context import (
    is_institution,
    word_before,
)
from matcher.understanding.gazetteer import Gazetteer
from matcher.understanding.sound import sound
from matcher.understanding.spellings import ABBREVIATED, name_words
from matcher.understanding.tokens import Token, words

_OFFICES = words(
    "kollegen kolleginnen verwaltung stadtverwaltung kreisverwaltung rathaus bauhof feuerwehr "
    "nachbarn kollegium buergermeister buergermeisterin standesamt jugendamt sozialamt "
    "ordnungsamt archiv"
)
_LONG, _VERY_LONG = 5, 9  # letters from which one and two typing errors are forgiven
_SURE = 7  # letters from which a misspelt name needs no sign that a place is meant


class Mention(Struct, frozen=True):
    """A body at the tokens [first, last); `spelt` unless a typing error is supposed."""

    first: int
    last: int
    key: str
    sure: bool
    spelt: bool = True


def find_candidates(
    tokens: Sequence[Token], gazetteer: Gazetteer, strict: bool
) -> Iterator[Mention]:
    """Yield all words that may name a body; `strict` where capital letters mean something."""
    index, refused = 0, -1
    while index < len(tokens):
        mention = (
            _exact(tokens, index, gazetteer)
            or _mistyped_district(tokens, index, gazetteer)
            or _mistyped(tokens, index, gazetteer, strict)
        )
        if mention is None:
            index += 1
            continue
        # "Flughafen Köln/Bonn" and "Regierungsbezirk Köln oder Düsseldorf" name neither.
        goes_on = refused == index and tokens[index].glued
        goes_on = goes_on or _is_bezirk(tokens, refused, index) or _is_denied_bezirk(tokens, index)
        if goes_on or _belongs_to_institution(tokens, index, gazetteer):
            refused = mention.last
        else:
            yield _district_by_office(tokens, mention, gazetteer)
        index = mention.last


def _belongs_to_institution(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> bool:
    """Tell whether the word before makes it something else: "Universität …", "Südkreis …"."""
    before = word_before(tokens, index)
    if _is_signed(tokens, index):
        return True
    if before is None:
        return False
    part = before.norm in _PARTS_OF_DISTRICTS
    # "Region Aachen"
    part = part or (before.norm, tokens[index].norm) in gazetteer.regions
    area = tokens[index + 1].norm if index + 1 < len(tokens) else ""
    part = part or (tokens[index].norm, area) in gazetteer.regions  # "RVR-Gebiet"
    own = before.norm.startswith(("unser", "eigen")) or before.norm in {"our", "own"}
    other = before.norm == "bad"  # "Bad Essen"
    return is_institution(before.norm) or part or own or other


def _is_signed(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an initial or a title makes it a person: "M. Hagen", "Dr. Werl"."""
    last = index - 1
    if last > 0 and tokens[last].text == ".":
        last -= 1
    if last < 0 or not tokens[last].is_word:
        return False
    for_example = last > 0 and tokens[last - 1].norm == "z"  # "z. B. Herne"
    initial = len(tokens[last].text) == 1 and tokens[last].text.isupper() and not for_example
    return initial or (last < index - 1 and tokens[last].norm in {"dr", "prof", "gez", "ing"})


def _is_bezirk(tokens: Sequence[Token], refused: int, index: int) -> bool:
    """Tell whether a name follows that of a Regierungsbezirk in a list."""
    if not 0 < refused < index or tokens[refused - 2].norm not in _BEZIRKE:
        return False
    return {token.norm for token in tokens[refused:index]} <= {"und", "oder", "u", "o", "bzw"}


def _is_denied_bezirk(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a Regierungsbezirk is left out: "Regierungsbezirk Detmold, nicht Arnsberg"."""
    left = index - 1
    if tokens[index].norm not in _SEATS or left < 0 or tokens[left].norm != "nicht":
        return False
    while left > 0 and tokens[left].norm in _BETWEEN_SEATS:
        left -= 1
    return tokens[left].norm in _BEZIRKE


_BEZIRKE = words(
    "regierungsbezirk regierungsbezirks regierungsbezirke regierungsbezirken rb bezirk"
)
_SEATS = words("arnsberg detmold duesseldorf koeln muenster")
_BETWEEN_SEATS = _SEATS | words("und oder bzw , nicht aber")


def _district_by_office(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> Mention:
    """Read "Kreisarchiv Viersen" as the Kreis."""
    before = word_before(tokens, mention.first)
    if before is None or not (before.norm.startswith(_KREIS) or before.norm == "kr"):
        return mention
    if not mention.spelt and before.norm in _KREIS_ALONE:  # "Kreis Seinfurt"
        key = district_of(tokens, mention, gazetteer)
        return (
            mention
            if key == mention.key
            else structs.replace(mention, first=mention.first - 1, key=key)
        )
    if before.norm in _NO_OFFICES:
        return mention
    return structs.replace(mention, key=district_of(tokens, mention, gazetteer))


_PARTS_OF_DISTRICTS = words("nordkreis suedkreis westkreis ostkreis altkreis kernkreis")
_KREIS = ("kreis", "landkreis", "krs", "nachbarkreis")
_KREIS_ALONE = words("kreis kreises landkreis landkreises krs kr")
_NO_OFFICES = words("landkreis landkreises krs kr") | words(
    "kreis kreises kreise kreisen kreisfrei kreisfreie kreisfreien kreisstadt"
)


def _exact(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> Mention | None:
    if not tokens[index].is_word:
        return None
    words: list[str] = []
    best: Mention | None = None
    reach = gazetteer.reach("sankt" if tokens[index].norm == "st" else tokens[index].norm)
    for last in range(index, min(index + reach + 1, len(tokens)) if reach else index):
        token = tokens[last]
        if token.norm == "(" and words:
            continue
        if not token.is_word:
            break
        words.append("sankt" if token.norm == "st" else token.norm)
        spelling = tuple(words)
        key = gazetteer.names.get(spelling)
        if key is None and len(token.norm) > 4 and token.norm.endswith("s"):
            spelling = (*words[:-1], token.norm[:-1])
            sure_name = token.capital and spelling not in gazetteer.common
            key = gazetteer.names.get(spelling) if sure_name else None
        if key is not None:
            if _abbreviated_small(tokens[index : last + 1]):
                continue
            genitive = spelling != tuple(words)
            sure = genitive or spelling not in gazetteer.shaky
            closed = last + 2 <= len(tokens) - 1 and tokens[last + 1].norm == ")"
            inside = any(t.norm == "(" for t in tokens[index:last])
            best = Mention(index, last + (2 if closed and inside else 1), key, sure)
    return best or _adjective(tokens, index, gazetteer) or _short_kreis(tokens, index, gazetteer)


def _abbreviated_small(tokens: Sequence[Token]) -> bool:
    """Tell whether an abbreviation stands in small letters: "Kreis re" is no Kreis."""
    return any(token.norm in ABBREVIATED and not token.text.isupper() for token in tokens)


def _adjective(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> Mention | None:
    norm = tokens[index].norm
    key = gazetteer.adjectives.get(norm) or gazetteer.adjectives.get(norm.removesuffix("n"))
    if key is None or not tokens[index].capital:
        return None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    before = word_before(tokens, index)
    # "die Soester" are the town, "die Soester Börde" is not.
    people = before is not None and before.norm in {"die", "den"}
    people = people and not (following is not None and following.is_word and following.capital)
    if people or (following is not None and following.norm in _OFFICES):
        return Mention(index, index + 1, key, sure=True)
    return None


def _short_kreis(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> Mention | None:
    """Read "mit dem Märkischen" as the Kreis; "aus dem Märkischen" is a landscape."""
    last = short_kreis_until(tokens, index, gazetteer)
    if last is None:
        return None
    before = [token.norm for token in tokens[max(index - 2, 0) : index]]
    if before[-1:] not in (["dem"], ["der"]) or before[:1] in (["aus"], ["in"]):
        return None
    key = gazetteer.short[tuple(token.norm for token in tokens[index:last])]
    return Mention(index, last, key, sure=True)


def short_kreis_until(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> int | None:
    """Return where the short name of a Kreis ends: one with no noun behind, "im Märkischen"."""
    if "isch" not in tokens[index].norm:
        return None  # all of them are adjectives in -isch
    for last in range(min(index + 2, len(tokens)), index, -1):
        if tuple(token.norm for token in tokens[index:last]) in gazetteer.short:
            following = tokens[last] if last < len(tokens) else None
            noun = following is not None and following.is_word and following.capital
            return None if noun else last
    return None


def _mistyped(
    tokens: Sequence[Token], index: int, gazetteer: Gazetteer, strict: bool
) -> Mention | None:
    token = tokens[index]
    joined, last = token.norm, index + 1
    if token.norm in _FIRST_PARTS and last < len(tokens) and tokens[last].is_word:
        joined, last = _FIRST_PARTS[token.norm] + tokens[last].norm, last + 1
    if not token.is_word or (strict and not token.capital) or len(joined) < _LONG:
        return None
    if joined in gazetteer.ordinary or (token.norm,) in gazetteer.outside:
        return None
    if token.norm in gazetteer.adjectives or token.norm.removesuffix("n") in gazetteer.adjectives:
        return None  # "Arnsberger Straße"
    key = nearest_name(joined, gazetteer)
    sure = strict and len(joined) >= _SURE
    return None if key is None else Mention(index, last, key, sure, spelt=False)


def _mistyped_district(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> Mention | None:
    """Read "Kreis Borkenn" and "ärkischer Kreis": beside "Kreis" a name can only be one of few."""
    if index + 1 == len(tokens):
        return None
    one, other = tokens[index], tokens[index + 1]
    if not (one.is_word and other.is_word):
        return None
    if one.norm in _KREIS_ALONE:
        spelling = f"kreis{other.norm}" if other.capital else ""
    else:
        spelling = f"{one.norm}kreis" if other.norm in {"kreis", "kreises"} else ""
    if len(spelling) < len("kreis") + _LONG or spelling in gazetteer.ordinary:
        return None
    key = nearest_name(spelling, gazetteer)
    is_kreis = key is not None and gazetteer.bodies[key].kind == "district"
    return Mention(index, index + 2, str(key), sure=True, spelt=False) if is_kreis else None


_FIRST_PARTS = {"bad": "bad", "sankt": "sankt", "st": "sankt"}


@lru_cache(maxsize=20_000)
def nearest_name(word: str, gazetteer: Gazetteer) -> str | None:
    """Return the one body whose name sounds so, or is one error away (two from nine letters)."""
    if len(word) < _LONG:
        return None
    allowed = 2 if len(word) >= _VERY_LONG else 1
    heard = gazetteer.heard.get(sound(word)) or gazetteer.beheaded.get(word)
    if heard is not None:
        return heard
    found = process.extract(
        word, gazetteer.typed.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None
    )
    near = [
        (gazetteer.typed[name], away)
        for name, away, _ in found
        if name[0] == word[0] or name[:2] == word[1::-1]
    ]
    least = min((away for _, away in near), default=None)
    nearest = {key for key, away in near if away == least}
    return nearest.pop() if len(nearest) == 1 else None


def district_of(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> str:
    """Return the key of the Kreis that is called like what was mentioned, where there is one."""
    words = tuple(token.norm for token in tokens[mention.first : mention.last] if token.is_word)
    if not mention.spelt:
        words = name_words(gazetteer.bodies[mention.key].name)
    return gazetteer.names.get(("kreis", *words), mention.key)
