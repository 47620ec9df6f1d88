"""The role in which a text names a body, from the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from matcher.understanding.context import DESIGNATIONS, LIST_MARKS, clause
from matcher.understanding.tokens import Token, words

Role = Literal["wanted", "on_board", "excluded", "mentioned"]
Span = tuple[int, int]

_BETWEEN = (
    LIST_MARKS
    | DESIGNATIONS
    | words(
        "der die das den dem des mit von aus in im bei the kreis kreises kreise kreisen auch "
        "noch with zu zum zur"
    )
)
# Right before the name, articles and prepositions apart.
_MODELS = words(
    "vorbild modell muster analog aehnlich angelehnt orientiert orientieren vorbilds beispiel"
)
_TOGETHER = words("zusammengeschlossen fusioniert vorgemacht zusammengetan")
_PRAISED = words(
    "gefaellt gefallen ueberzeugt beeindruckt bewaehrt funktioniert klappt gelesen gesehen "
    "besichtigt kennengelernt gezeigt vorgestellt praesentiert"
)
_TELLING = words("laeuft hat haben gibt macht machen wurde funktioniert klappt ist")
_SOUGHT = words("interesse partner jemand jemanden mitmachen wir gesucht")
_COMPARED = words("groesser kleiner gross klein mehr weniger")
_FORMER = words("frueher bisher bislang ehemals damals formerly")
_GO = words("kommen kommt pendeln pendelt fahren faehrt ziehen zieht wandern strasse strecke linie")
_EXCLUDED_BEFORE = words(
    "ohne ausser ausgenommen statt anstelle anstatt keinesfalls kein keine keinen nichts nicht "
    "weder "
    "without except not ausnahme niemals ausschluss"
)
_BESIDE = frozenset(["neben", "zusaetzlich", "ausserdem", "besides"])
_AGREED = words(
    "mitglied zugesagt zugestimmt dabei boot bord beigetreten gewonnen zusage zusagen vereinbart "
    "signalisiert eingewilligt agreed board beschlossen unterschrieben einig handelseinig gesetzt"
)
_ALREADY = frozenset(["schon", "bereits", "already", "laengst", "ebenfalls"])
_REFUSED = words(
    "nein aussen draussen abgesagt ausgestiegen absage raus desinteresse verweigert ausgenommen "
    "abgelehnt abgewunken dagegen ausgeschlossen ausgeschieden entfaellt declined"
)
_REFUSES = (("lehnt", "ab"), ("lehnen", "ab"), ("sagt", "ab"), ("scheidet", "aus"),
            ("scheiden", "aus"), ("winkt", "ab"), ("steigt", "aus"), ("faellt", "weg"),
            ("faellt", "aus"))  # fmt: skip
_TOO = {("zu", "gross"), ("zu", "klein"), ("zu", "weit"), ("zu", "teuer"), ("eher", "ungern")}
_NOT = words("nicht kein keine keinen keinesfalls not nie niemals keinem niemand keiner")
_OPEN = words("unentschieden offen ueberlegt ueberlegen unentschlossen zoegert geklaert")
_LIKEWISE = frozenset({"auch", "ebenfalls", "ebenso", "genauso", "too"})
_WISHES = words(
    "soll sollen sollte sollten koennte koennten wuerde wuerden waere waeren moechten wollen "
    "suchen gesucht should"
)
_FACTS = words(
    "hilft haben hat ist sind macht machen laeuft besteht kooperieren kooperiert traegt tragen "
    "betreibt betreiben nutzt nutzen arbeitet arbeiten wirkt wirken finanziert finanzieren steht "
    "stehen fuehrt fuehren gehoert gehoeren"
)

_WILL = words("will wollen moechte moechten macht machen kann koennen interessiert")

_JOINT_WORK = words(
    "zusammenarbeit kooperation partnerschaft verbund interesse vorschlag vorschlaege partner"
)
_PARTICIPATION = words("beteiligung mitwirkung federfuehrung involvement")
_CLOSING = words("und oder u o sowie bzw and or &")
_AND_NOT = {("und", "nicht"), ("and", "not")}
_TO_JOIN = words("anschliessen andocken dazukommen dazustossen einsteigen beitreten join")
VOCABULARY = (
    _MODELS | _TOGETHER | _EXCLUDED_BEFORE | _BESIDE | _AGREED | _ALREADY | _REFUSED | _NOT | _OPEN
    | _LIKEWISE | _WISHES | _FACTS | _PARTICIPATION | _CLOSING | _TO_JOIN
)  # fmt: skip
"""Words from which a role is told."""


def roles_of(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Role]:
    """Return the role of each name.

    Names in one list share their role; the clause around the list decides.

    Parameters
    ----------
    tokens
        The whole text.
    spans
        [first, last) of all names, in the order of the text.
    """
    roles: list[Role] = []
    for first, last in _lists(tokens, spans):
        before = roles[-1] if roles else "wanted"
        role = _role_of_list(tokens, spans[first][0], spans[last][1], before)
        roles += [role] * (last - first + 1)
    return roles


def _role_of_list(tokens: Sequence[Token], start: int, end: int, previous: Role) -> Role:
    left, right = clause(tokens, start, end)
    before = _without_need([token.norm for token in tokens[left:start]])
    after = [token.norm for token in tokens[end:right]]
    if not after:
        after = _remark(tokens, end, alone=not before) or _behind_bracket(tokens, end)
    after = _without_need(after)
    if tuple(after[:2]) in _AND_NOT:
        after = []  # "mit Herdecke und nicht Wetter"
    if _is_model(before, after):
        return "mentioned"
    if _is_excluded(before, after):
        return "excluded"
    if _asks_to_join(tokens, end) and not set(after) & _AGREED:
        return "wanted"
    if after[:1] and after[0] in _LIKEWISE and len(after) <= 2:
        return previous
    return "on_board" if _is_on_board(before, after) else "wanted"


def _without_need(before: list[str]) -> list[str]:
    """Return the words before a name without "zur Not", which is no English "not"."""
    need = [i for i, pair in enumerate(pairwise(before)) if pair == ("zur", "not")]
    return [word for i, word in enumerate(before) if i not in need and i - 1 not in need]


def _asks_to_join(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether the sentence goes on with wanting to join: "…, wir würden uns anschließen"."""
    for place in range(end, len(tokens)):
        if tokens[place].norm == "stop" and tokens[place].text in ".!?":
            break
        if tokens[place].norm in _TO_JOIN:
            left, right = clause(tokens, place, place + 1)
            return bool({token.norm for token in tokens[left:right]} & {"wir", "uns", "we"})
    return False


def _remark(tokens: Sequence[Token], end: int, alone: bool) -> list[str]:
    """Return what is said right behind: "Herne (nein)", "Herne: nein", "Herne, die zugesagt hat".

    A colon counts behind names alone.
    """
    opening = tokens[end].text if end < len(tokens) else ""
    related = opening == "," and _is_relative(tokens[end + 1 : end + 3])
    if not (opening == "(" or (opening == ":" and alone) or related):
        return []
    _, right = clause(tokens, end + 1, end + 1)
    remark = [token.norm for token in tokens[end + 1 : right] if token.norm != ")"]
    telling = _REFUSED | _AGREED | _OPEN | {"interesse"}
    refuses = bool(_NOT & set(remark) and _WILL & set(remark))  # "(will nicht)"
    return remark if refuses or telling & set(remark) else []


def _is_relative(following: Sequence[Token]) -> bool:
    """Tell whether a relative clause begins: "…, die noch überlegen", not "…, die Stadt Hamm"."""
    if len(following) < 2 or following[0].norm not in _RELATIVE:
        return False
    return following[1].is_word and not following[1].capital


_RELATIVE = words("die der das welche welcher who which")


def _behind_bracket(tokens: Sequence[Token], end: int) -> list[str]:
    """Return the rest of the clause behind a bracket: "in Haan (Repair-Café) gefällt uns"."""
    if end >= len(tokens) or tokens[end].text != "(":
        return []
    closing = next((i for i in range(end, len(tokens)) if tokens[i].text == ")"), len(tokens))
    _, right = clause(tokens, closing + 1, closing + 1)
    return [token.norm for token in tokens[closing + 1 : right]]


def _lists(tokens: Sequence[Token], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the first and last name of each list.

    "und" and "oder" close a list: behind "mit A und B, C" begins another clause. So does a comma
    where the names behind it are the subject of a verb: "mit A, B ist dabei".
    """
    first, closed = 0, False
    for last in range(len(spans)):
        if last + 1 < len(spans):
            between = [token.norm for token in tokens[spans[last][1] : spans[last + 1][0]]]
            apart = closed and "," in between
            apart = apart or (between == [","] and _begins_clause(tokens, spans, last + 1))
            if _joins(between) and not apart:
                closed = closed or bool(_CLOSING & set(between))
                continue
        yield first, last
        first, closed = last + 1, False


def _begins_clause(tokens: Sequence[Token], spans: Sequence[Span], index: int) -> bool:
    """Tell whether the name behind a comma is the subject of what follows.

    One name is where a verb in the singular follows; two that "und" joins are where one in the
    plural does and a preposition carries the only name before: "mit A, B und C sind dabei".
    """
    end = spans[index][1]
    if _norm(tokens, end) in _SINGULAR:
        return True
    if index + 1 >= len(spans):
        return False
    joined = [token.norm for token in tokens[end : spans[index + 1][0]]]
    carried = _norm(tokens, spans[index - 1][0] - 1) in {"mit", "with"}
    return (
        joined in (["und"], ["and"]) and carried and _norm(tokens, spans[index + 1][1]) in _PLURAL
    )


def _norm(tokens: Sequence[Token], index: int) -> str | None:
    return tokens[index].norm if 0 <= index < len(tokens) else None


_SINGULAR = words(
    "ist hat macht will war hatte moechte kommt zieht lehnt sagt winkt steigt scheidet is has"
)
_PLURAL = words("sind haben machen wollen waren hatten moechten kommen ziehen are have")


def _joins(between: Sequence[str]) -> bool:
    return all(word in _BETWEEN for word in between) and len(between) <= 5


def _close(before: Sequence[str]) -> list[str]:
    """Return the words right before a list, the nearest first, without articles."""
    near = [w for w in reversed(before) if (w not in _BETWEEN and w != "aber") or w == "weder"]
    # "ohne Beteiligung des Kreises" is "ohne den Kreis".
    return [word for word in near[:4] if word not in _PARTICIPATION][:3]


def _is_model(before: Sequence[str], after: Sequence[str]) -> bool:
    near = _close(before)[:2]
    if set(after) & _PRAISED or "rolle" in after or _says_where_people_go(before, after):
        return True
    if set(near) & _FORMER:
        return True
    if before[-1:] == ["als"] and set(before[-3:]) & _COMPARED:
        return True  # "keine größer als Lemgo"
    if list(before) == ["in"] and after[:1] and after[0] in _TELLING and not set(after) & _SOUGHT:
        return True  # "In Nieheim läuft ein gutes Modell"
    if before[-1:] == ["in"] and ("gibt" in before[-5:] or after[:1] == ["gibt"]):
        return not {"interesse", "partner", "jemand", "jemanden"} & {*before, *after}
    if after[:1] and after[0] in {"macht", "machen"} and after[-1] == "vor":
        return True
    if set(after) & _TOGETHER and not {"wir", "uns"} & set(after):
        return True
    if set(before[-8:]) & _MODELS and "zum" not in before[-3:]:
        return True
    if near[:1] == ["wie"] and near[1:2] and near[1].endswith(_BODIES):
        return False
    # "Gemeinden wie Soest" are examples of whom one wants; "wie in Soest" is a model.
    return "wie" in near and not (near[0] == "wie" and "in" not in before[-2:] and not after)


_BODIES = ("staedte", "staedten", "gemeinden", "kommunen", "orte", "orten", "kreise", "nachbarn")


def _says_where_people_go(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether somebody else comes from there: "unsere Azubis kommen aus Hamm"."""
    partners = {"partner", "partnern", "frage", "mit"} & {*before[-6:], *after}
    to_or_from = {"aus", "nach"} & set(before[-3:])
    if before[-1:] == ["von"] and after[:1] in (["entfernt"], ["weg"]) and "liegen" in before:
        return True  # "Wir liegen 25 km von Münster entfernt"
    return bool(_GO & set(before[-5:]) and to_or_from and not partners)


def _is_excluded(before: Sequence[str], after: Sequence[str]) -> bool:
    near = _close(before)
    if "ohne" in near[:1] and "nicht" in after:
        return False  # "Ohne Bochum geht es nicht"
    if any(pair in _TOO for pair in pairwise(after)):
        return True
    if "gibt" in after:
        return False
    if near[:1] and near[0] in _EXCLUDED_BEFORE:
        return not (near[0] == "nicht" and near[1:2] == ["nur"])
    if near[:2] in (["nach", "nicht"], ["an", "nicht"]):
        return True  # "nicht nach Düsseldorf abgeben"
    if set(before[-2:]) & {"auf", "von"} and set(after[:4]) & {"verzichten", "absehen"}:
        return True
    if near[:1] and near[0] in _JOINT_WORK and near[1:2] and near[1] in _NOT | {"ohne"}:
        return True  # "keine Zusammenarbeit mit …"
    if near[:2] == ["fall", "keinen"] or list(before[-2:]) == ["bis", "auf"]:
        return True
    if "absage" in before[-5:] or ("schlechte", "erfahrungen") in pairwise(after):
        return True
    if "ausnahme" in near[:2] or "weder" in before[-4:]:
        return True
    if any(word in _REFUSED for word in after):
        return "nicht" not in after
    if any(one in after and other in after for one, other in _REFUSES):
        return True
    negated = [index for index, word in enumerate(after) if word in _NOT]
    if not negated:
        return False
    beyond = after[negated[0] + 1 :]
    undecided = set(after) & _OPEN or after[negated[0] - 1 : negated[0]] == ["noch"]
    return not (undecided or "nur" in beyond[:1])


def _is_on_board(before: Sequence[str], after: Sequence[str]) -> bool:
    following = set(after)
    near = _close(before)
    if near[:1] and near[0] in _BESIDE:
        return True
    if following & _WISHES and not following & {"zugesagt", "zugestimmt", "bereits", "schon"}:
        return False
    if following & _AGREED:
        return True
    if set(near) & {"vereinbart", "gewonnen"} or (set(near[:2]) & _ALREADY and "wer" not in before):
        return True
    if ("macht" in following or "machen" in following) and (
        "mit" in following or "schon" in following
    ):
        return not following & {"wir"} or bool(following & _ALREADY)
    if following & {"zieht", "ziehen"} and "mit" in following:
        return True
    if following & _ALREADY and following & {"zusammen", "gemeinsam"}:
        return True
    if list(after[:2]) in (["ist", "partner"], ["sind", "partner"]):
        return True
    if following & _ALREADY and following & _FACTS:
        return True
    return (
        "partner" in following
        and bool(following & {"unsere", "unser"})
        and bool(following & {"sind", "ist"})
    )
