"""Signs of the role of a body in the clause that names it: model, undecided or on board."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from matcher.understanding.context import DESIGNATIONS, LIST_MARKS
from matcher.understanding.role_words import AGREED, AGREES, CONSENTS, REFUSED
from matcher.understanding.tokens import words

BETWEEN = (
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
_COMPARED = words("groesser kleiner gross klein mehr weniger weg weiter entfernt entfernter naeher")
_FORMER = words("frueher bisher bislang ehemals damals formerly")
_ENDED = words(
    "ende beendet beenden beendigung kuendigung aufgekuendigt gekuendigt ausstieg trennung"
)
_MOVE = words("pendeln pendelt fahren faehrt ziehen zieht wandern")
_GO = _MOVE | words(
    "fuhr fuhren kommen kommt strasse strecke linie autobahn bahnlinie buslinie zug"
)
_LIVES = words(
    "wohnt wohnen lebt leben studiert gelernt gearbeitet geboren aufgewachsen geheiratet umgezogen "
    "sitzt kostet gesperrt ausgebildet gewesen stationiert"
)
_FIRMS = words(
    "firma buero ingenieurbuero planungsbuero agentur unternehmen anbieter dienstleister kanzlei "
    "hersteller planer architekt gutachter anwalt verlag professor presse zeitung"
)
_VENUES = ("ort", "sitz", "standort")
_BESIDE = frozenset(["neben", "zusaetzlich", "ausserdem", "besides"])
_ALREADY = frozenset(["schon", "bereits", "already", "laengst", "ebenfalls"])
_AWAITED = words("warten hoffen hoffe erwarten fehlt keine ohne steht")
NEVER = words("nicht keinesfalls nie niemals fall not never")
ELIGIBLE = words("frage infrage betracht")
_LONGER = words("mehr laenger weiter weiterhin wieder again")
_STILL = words("noch bisher bislang")
_STRESSES = words("immer gar lange ueberhaupt")
_NOT_YET = words("nicht nichts kein keine keinen")
_MAY = words("darf duerfen soll sollen sollte sollten kann koennen may")
_MUST = words("muss muessen muesste muessten")
_NECESSARILY = words("unbedingt zwingend notwendigerweise necessarily")
NOT = words("nicht kein keine keinen keinesfalls not nie niemals keinem niemand keiner")
OPEN = words("unentschieden offen ueberlegt ueberlegen unentschlossen zoegert geklaert")
_WISHES = words(
    "soll sollen sollte sollten koennte koennten wuerde wuerden waere waeren moechten wollen "
    "suchen gesucht should"
)
_FACTS = words(
    "hilft haben hat ist sind macht machen laeuft besteht kooperieren kooperiert traegt tragen "
    "betreibt betreiben nutzt nutzen arbeitet arbeiten wirkt wirken finanziert finanzieren steht "
    "stehen fuehrt fuehren gehoert gehoeren"
)


JOINT_WORK = words(
    "zusammenarbeit kooperation partnerschaft verbund interesse vorschlag vorschlaege partner "
    "vereinbarung vertrag"
)
_PARTICIPATION = words("beteiligung mitwirkung federfuehrung involvement")
VOCABULARY = (
    _MODELS | _TOGETHER | _BESIDE | AGREED | _ALREADY | REFUSED | NOT | OPEN | _WISHES | _FACTS
    | _PARTICIPATION
)  # fmt: skip
"""Words of these signs."""


_SOUGHT_OR_REFUSED = _SOUGHT | REFUSED
_AROUND = words("raum grossraum umland gegend naehe umgebung")


def close(before: Sequence[str]) -> list[str]:
    """Return the words right before a list, the nearest first, without articles."""
    near = [
        w
        for w in reversed(before)
        if (w not in BETWEEN and w not in _AROUND and w != "aber") or w == "weder"
    ]
    # "ohne Beteiligung des Kreises" is "ohne den Kreis", "nicht mehr mit" is "nicht mit".
    told = [
        word
        for word, earlier in zip_longest(near[:6], near[1:6], fillvalue="")
        if word not in _PARTICIPATION and not (word in _LONGER and earlier in NEVER)
    ]
    return told[:3]


def is_model(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether the words before and behind a name make it no partner: "wie in Soest"."""
    near = close(before)[:2]
    if (
        (set(after) & _PRAISED and not set(after) & NOT)
        or "rolle" in after
        or _says_where_people_go(before, after)
    ):
        return True
    if set(near) & _FORMER or near[:1] == ["richtung"]:
        return True
    if list(before[-2:]) == ["rund", "um"] or (before[-1:] == ["von"] and "entfernt" in after[:1]):
        return True  # "Gemeinden rund um Hamm", "20 km von Hamm entfernt"
    if near[:1] == ["bis"] and "von" not in before:
        return True  # "Partner bis Köln" says how far
    if near[:1] and near[0] in JOINT_WORK and set(near[1:]) & _ENDED:
        return True  # "Ende der Zusammenarbeit mit Soest"
    if before[-1:] == ["als"] and set(before[-3:]) & _COMPARED:
        return True  # "keine größer als Lemgo"
    if near[:1] == ["als"] and {"lieber", "eher", "besser"} & set(before):
        return True  # "lieber Werl als Soest"
    told = list(before) == ["in"] and after[:1] and after[0] in _TELLING
    if told and not set(after) & _SOUGHT_OR_REFUSED:
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
    if not partners and _tells_of_people_or_things(before, after):
        return True
    if before[-1:] == ["von"] and after[:1] in (["entfernt"], ["weg"]) and "liegen" in before:
        return True  # "Wir liegen 25 km von Münster entfernt"
    goes = _GO & set(before[-5:]) or _MOVE & set(after[:1])  # "nach Soest ziehen viele"
    return bool(goes and to_or_from and not partners)


def _tells_of_people_or_things(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a place only says where somebody lives, a firm sits or a meeting is."""
    if before[-1:] == ["in"] and _LIVES & {*before[-4:], *after}:
        return True  # "der Kollege hat früher in Hamm studiert"
    if before[-1:] == ["aus"] and _FIRMS & set(before[-3:]):
        return True
    return before[-1:] == ["ist"] and before[-2:-1] != [] and before[-2].endswith(_VENUES)


def is_undecided(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether an answer is still awaited: "hat noch nicht zugesagt"."""
    if ELIGIBLE & set(after):
        return False
    said = [word for word in after if word not in _STRESSES]
    if any(one in _STILL and other in _NOT_YET for one, other in pairwise(said)):
        return True
    if "yet" in after and "not" in after:
        return True
    due = {"fehlt", "fehlen"} & set(after) or (after[-1:] == ["aus"] and "steht" in after)
    return bool(due) and bool({"zusage", "zusagen"} & {*before, *after})


def is_optional(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether the body need not take part, but may: "Es muss nicht Soest sein"."""
    near = close(before)
    modal = ["must" if word in _MUST else word for word in before if word in _MUST | _MAY]
    denied = near[1:2] if near[:1] and near[0] in _NECESSARILY else near[:1]
    if denied in (["nicht"], ["not"]) and (denied != near[:1] or modal[-1:] == ["must"]):
        return True
    return after[:1] != [] and after[0] in _MUST and after[1:2] == ["nicht"] and "mehr" not in after


def is_on_board(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether they say that the body takes part already: "Soest hat zugesagt"."""
    following = set(after)
    near = close(before)
    if near[:1] and near[0] in _BESIDE:
        return True
    if following & _WISHES and not following & {"zugesagt", "zugestimmt", "bereits", "schon"}:
        return False
    if following & AGREED or any(pair in AGREES for pair in pairwise(after)):
        return True
    if any(following.issuperset(pair) for pair in CONSENTS):
        return True
    if set(before[-4:]) & {"zusage", "zusagen"} and not set(before) & _AWAITED:
        return True  # "die Zusage von Werl haben wir"
    if near[:1] == ["dabei"]:
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
