"""What stands around a name: designation, preposition, list, clause."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.understanding.ambiguous import AMBIGUOUS, PLACE_PREPOSITIONS, Ordinary
from matcher.understanding.role_words import PARTNER_VERBS
from matcher.understanding.tokens import TICKS, Token, words

LIST_MARKS = words(
    ", / & + und u oder o sowie bzw and or beziehungsweise noch entweder weder plus auch "
    "eventuell evtl vielleicht gegebenenfalls ggf"
)
DESIGNATIONS = words(
    "stadt gemeinde kreisstadt hansestadt bundesstadt ort kommune nachbarstadt "
    "nachbargemeinde nachbarkommune nachbarort nachbar nachbarn partner partnern staedte "
    "staedten gemeinden kommunen orte orten nachbarstaedte nachbarstaedten nachbargemeinden "
    "nachbarkommunen stadtverwaltung gemeindeverwaltung rathaus samtgemeinde verbandsgemeinde "
    "landkreis landkreises town city municipality towns cities municipalities domstadt "
    "landeshauptstadt universitaetsstadt kaiserstadt klingenstadt kurstadt nachbarkreis "
    "nachbarkreises"
)
# "Bezirksregierung Arnsberg" is not Arnsberg.
_INSTITUTIONS = words(
    "herr herrn frau dr dipl buergermeister buergermeisterin landrat landraetin schloss "
    "bezirksregierung bezirk bez rb regbez regierungsbezirk regierungsbezirke regierungsbezirken "
    "regierungsbezirks regierungsbezirkes "
    "universitaet uni hochschule fachhochschule fh th rwth studieninstitut flughafen airport "
    "bistum erzbistum landgericht amtsgericht verwaltungsgericht oberverwaltungsgericht "
    "oberlandesgericht finanzamt arbeitsagentur agentur ihk handwerkskammer sparkasse "
    "volksbank kreissparkasse sparkassen jobcenter autobahnkreuz bahnhof polizeipraesidium "
    "uniklinik universitaetsklinikum klinikum krankenhaus hospital sozialgericht arbeitsgericht "
    "gericht staatsanwaltschaft polizei kirchenkreis dekanat caritas diakonie awo drk zoo messe "
    "firma fa gez gruessen gruesse gruss "
    "theater stadion kaserne kraftwerk talsperre forstamt regionalforstamt hauptzollamt"
)
SUBJECT_VERBS = words(
    "hat haben ist sind macht machen will wollen moechte moechten wuerde wuerden waere waeren "
    "soll sollen kann koennen koennte koennten beteiligt beteiligen sagt sagen ueberlegt "
    "kommt kommen bitte has agreed is will darf signalisiert zeigt lehnt scheidet steht"
)
AGAINST = words("dagegen hingegen")
_AFTER_BUT = SUBJECT_VERBS | {"nicht"}
_BEFORE_BUT = words(
    "sich ist sind war hat haben will wollen lehnt lehnen macht machen sagt wir uns lassen "
    "moechten soll sollen sollte sollten kommt kommen scheidet steht"
)
_PARTING = TICKS | {",", "(", "–", "-"}
_BUT = words("aber jedoch sondern doch allerdings dagegen hingegen but however")


_LONGEST_CLAUSE = 60  # a text without marks would be gone through for each name


def is_institution(word: str) -> bool:
    """Tell whether a place behind this word is where something sits: "Verwaltungsgerichts Köln"."""
    return any(word.removesuffix(ending) in _INSTITUTIONS for ending in ("", "s", "es"))


def word_before(tokens: Sequence[Token], index: int) -> Token | None:
    """Return the token before, if it is a word."""
    return tokens[index - 1] if index > 0 and tokens[index - 1].is_word else None


def sentence(tokens: Sequence[Token], index: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a token, [start, end)."""
    start = index
    while start > 0 and not tokens[start - 1].stops:
        start -= 1
    end = index
    while end < len(tokens) and not tokens[end].stops:
        end += 1
    return start, end


def clause(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the clause around the span [start, end).

    Commas, brackets and ends of sentences part clauses; so do "aber", "jedoch", "sondern". It
    reaches `_LONGEST_CLAUSE` tokens at most to either side.
    """
    left, least = start, max(start - _LONGEST_CLAUSE, 0)
    while left > least and (not _parts(tokens[left - 1]) or _belongs(tokens, left - 1)):
        left -= 1
    right, most = end, min(end + _LONGEST_CLAUSE, len(tokens))
    while right < most and (
        not _parts(tokens[right])
        or _is_against(tokens, right)
        or (right == end and (tokens[right].norm in AGAINST or _only_denies(tokens, right)))
    ):
        right += 1
    return left, right


def _belongs(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "aber" only stresses what is denied: "Soest, nicht aber Werl"."""
    return tokens[index].norm == "aber" and index > 0 and tokens[index - 1].norm == "nicht"


def _only_denies(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "aber nicht" ends what is said of a name: "die Nachbarn, Werl aber nicht"."""
    after = tokens[index + 1 : index + 3]
    denied = tokens[index].norm in _BUT and after[:1] != [] and after[0].norm in {"nicht", "not"}
    return denied and (len(after) < 2 or not after[1].is_word)


def _is_against(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "dagegen" stands behind the verb: "hat sich dagegen entschieden"."""
    if tokens[index].norm not in _BUT or index == 0:
        return False
    # "Bonn dagegen soll außen vor bleiben", "Werl hat jedoch abgesagt"
    following = tokens[index + 1].norm if index + 1 < len(tokens) else ""
    subject = tokens[index].norm in AGAINST and following in _AFTER_BUT
    ends = index + 1 == len(tokens) or not tokens[index + 1].is_word  # "Werl leider dagegen"
    if tokens[index].norm == "dagegen" and ends:
        return True
    return subject or tokens[index - 1].norm in _BEFORE_BUT


def _parts(token: Token) -> bool:
    return token.stops or token.norm in _BUT or token.norm in _PARTING


def names_a_place(
    tokens: Sequence[Token], start: int, end: int, norm: str, strict: bool, known: bool = True
) -> bool:
    """Tell whether what stands around [start, end) shows that a place is meant.

    Parameters
    ----------
    norm
        The name in plain letters; `AMBIGUOUS` may restrict its prepositions.
    strict
        Whether a capital letter is asked for (the text is not all in lower or upper case).
    known
        Whether the word is spelt like the name, not a likely misspelling of it.
    """
    before = word_before(tokens, start)
    if before is not None and before.norm in DESIGNATIONS:
        return True
    capital = tokens[start].capital or not strict
    kind, _, allowed = AMBIGUOUS.get(norm, (None, "", PLACE_PREPOSITIONS))
    following = tokens[end] if end < len(tokens) else None
    if following is not None and following.is_number:
        return False
    if strict and tokens[start].capital and known and _stands_as_name(tokens, start, kind):
        return True
    if capital and [token.norm for token in tokens[max(start - 2, 0) : start]] == ["wir", "und"]:
        return True
    if capital and before is not None and before.norm in allowed:
        # "in Lage versetzt", "mit Essen auf Rädern": a noun right behind makes it no place.
        return following is None or not (following.is_word and following.capital and strict)
    if capital and following is not None and following.norm in AGAINST:
        return True  # "Essen dagegen nicht"
    if capital and before is not None and before.norm == "mit" and _is_verb(following):
        return True  # "Mit Essen haben wir …"
    if capital and following is not None and following.norm in SUBJECT_VERBS:
        first, last = sentence(tokens, start)
        return any(token.norm in PARTNER_VERBS for token in tokens[first:last])
    return False


def _is_verb(token: Token | None) -> bool:
    return token is not None and token.norm in {"haben", "sind", "reden", "sprechen", "wollen"}


def _stands_as_name(tokens: Sequence[Token], start: int, kind: Ordinary | None) -> bool:
    """Tell whether a capital letter alone shows that no verb and no misspelt word is meant."""
    if kind is Ordinary.SLIP:
        return True
    before = word_before(tokens, start)
    nominal = before is not None and before.norm in _BEFORE_VERBS
    return kind is Ordinary.VERB and not tokens[start].opens and not nominal


_BEFORE_VERBS = frozenset({"das", "zum", "beim", "am", "vom", "dem", "des", "im", "ein", "und"})


def list_neighbours(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Return the last index before and the first after the list marks around a span.

    -1 and len(tokens) where no list mark stands there.
    """
    left = start - 1
    while left >= 0 and (
        (tokens[left].glued and len(tokens[left].text) == 1)  # "Neunkirchen-S."
        or tokens[left].norm in _MARKS
        or tokens[left].norm in _BETWEEN
    ):
        left -= 1
    right = end
    while right < len(tokens) and tokens[right].norm in _BETWEEN_BEHIND:
        right += 1
    before = left if left < start - 1 and _any_mark(tokens[left + 1 : start]) else -1
    after = right if right > end and _any_mark(tokens[end:right]) else len(tokens)
    return before, after


_ARTICLES = words("der die das den dem des mit the kreis kreises kreise kreisen")
_DASHES = frozenset({"-", "–"})
_MARKS = LIST_MARKS | _DASHES
_BETWEEN = DESIGNATIONS | _ARTICLES
_BETWEEN_BEHIND = _MARKS | _ARTICLES | words("stadt gemeinde kreis nicht not with")


def _any_mark(tokens: Sequence[Token]) -> bool:
    return any(token.norm in _MARKS for token in tokens)
