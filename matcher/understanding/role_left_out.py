"""Signs that a body is left out, in the clause that names it, and that it must not be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matcher.understanding.role_signs import (
    ELIGIBLE,
    JOINT_WORK,
    NEVER,
    NOT,
    OPEN,
    close,
    is_undecided,
)
from matcher.understanding.role_words import REFUSED, REFUSES, pairs
from matcher.understanding.tokens import words

_PLANS = words("moechte moechten will wollen wuenschen wuenscht planen plant suchen brauchen")
_EXCLUDED_BEFORE = words(
    "ohne ausser ausserhalb ausgenommen statt anstelle anstatt keinesfalls kein keine keinen "
    "nichts nicht weder nie "
    "without except not never ausnahme niemals ausschluss"
)
_ELSEWHERE = words("partner partnerin loesung")
_ANYONE = words("anyone anybody everyone everybody all")
_REPLACED = words("ersatz nachfolger nachfolge nachfolgerin replacement")
_NONE = words("kein keine keinen")
_NOBODY = words("niemand niemandem niemanden keiner keinem nobody none")
_STRIKE = words("streichen streicht streiche vergessen vergesst uebergehen ueberspringen")
_LEAVE = words(
    "lassen lasst lass nehmen nehmt nimm klammern klammert sparen schliessen schliesst halten"
)
_REJECT = words("lehnt lehnen lehnte lehnten")
_FORGET = frozenset({"vergessen", "abschreiben"})
_DO_WITHOUT = _FORGET | words(
    "fehlen verzichten weglassen rauslassen auslassen auszuschliessen ausschliessen ausklammern "
    "uebergehen leer ablehnen streichen missen entbehren miss forgotten"
)
_LET_IN = words("rein hinein mitmachen dabei zu teilnehmen")
_OBJECTS = words("spricht sprechen vorbehalte bedenken etwas einwaende einiges vieles")
_SOON = 2
_OUT = words("weg aus raus heraus fort fern")
_STAYS = words("bleibt bleiben")
_WITH_ITS = words("seinem seiner ihrem ihrer seinen ihren eigenen")
_TOO = pairs("zu gross, zu klein, zu weit, zu teuer, eher ungern")
_WITHOUT = NOT | {"ohne"}
_STRUCK = _LEAVE | _STRIKE | _REJECT
VOCABULARY = (
    _EXCLUDED_BEFORE | _STRUCK | _DO_WITHOUT | _OBJECTS | _STAYS
    | {"ungern", "abzusehen", "sauer", "boese"}
)  # fmt: skip
"""Words of these signs."""


def is_excluded(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether the words before and behind a name leave the body out: "ohne Soest"."""
    near = close(before)
    if is_indispensable(before, after) or is_missed(before, after):
        return False
    if "nicht" in after and "abgeneigt" in after:
        return False
    if any(pair in _TOO for pair in pairwise(after)):
        return True
    if "gibt" in after:
        return False
    if near[:1] and near[0] in _EXCLUDED_BEFORE:
        return True
    if set(near[:2]) & _STRIKE or (_FORGET & set(after) and "koennen" in after):
        return True  # "streichen Sie Werl", "Werl können Sie vergessen"
    if near[:1] == ["gegen"] and _OBJECTS & {*before, *after} and "nichts" not in after:
        return True  # "Gegen Werl spricht einiges", "Vorbehalte gegen Werl"
    if near[:2] in (["als", "andere"], ["einmal", "nicht"], ["auf", "sauer"], ["auf", "boese"]):
        return True  # "jeder andere als Werl", "nicht einmal Werl würde mitmachen"
    if "von" in before[-5:] and ({"nase", "voll"} <= set(after) or "abzusehen" in after):
        return True
    if _LEAVE & set(before) and _OUT & set(after[:3]):
        return True  # "lassen wir Werl weg"
    if _STAYS & set(after[:3]) and _WITH_ITS & set(after):
        return True  # "bleibt bei seinem Dienstleister"
    if near[:1] == ["mehr"] and set(before[-5:]) & _NONE:
        return True  # "kein gemeinsames Archiv mehr mit Werl"
    if near[:1] == ["but"] and set(near[1:2]) & _ANYONE:
        return True  # "anyone but Werl"
    if near[:1] == ["fuer"] and set(near[1:2]) & _REPLACED:
        return True  # "Ersatz für Werl"
    if near[:2] in (["nach", "nicht"], ["an", "nicht"]):
        return True  # "nicht nach Düsseldorf abgeben"
    if set(before[-2:]) & {"auf", "von"} and set(after[:4]) & {"verzichten", "absehen"}:
        return True
    if near[:1] and near[0] in JOINT_WORK and near[1:2] and near[1] in _WITHOUT:
        return True  # "keine Zusammenarbeit mit …"
    if {"lehnt", "lehnen"} & set(before) and after[-1:] == ["ab"]:
        return True  # "Der Rat lehnt eine Zusammenarbeit mit Werl ab"
    if near[:2] == ["fall", "keinen"] or list(before[-2:]) == ["bis", "auf"]:
        return True
    if "mit" in before[-2:] and near[1:2] and near[1] in _NONE and _PLANS & set(before):
        return True  # "Wir möchten keine Leitstelle mit Hamm"
    if "absage" in before[-5:] or ("schlechte", "erfahrungen") in pairwise(after):
        return True
    if "ausnahme" in near[:2] or "weder" in before[-4:]:
        return True
    refused = [place for place, word in enumerate(after) if word in REFUSED]
    if refused:
        return "nicht" not in after[: refused[0]]  # "hat abgesagt und soll nicht mehr …"
    if "schon" in after and "genug" in after:
        return True  # "haben wir schon genug Projekte"
    if set(after) & {"schon", "bereits"} and "hat" in after[:1] and set(after) & _ELSEWHERE:
        return True  # "hat bereits einen Partner"
    if any(one in after and other in after for one, other in REFUSES):
        return True
    negated = [index for index, word in enumerate(after) if word in NOT]
    if not negated:
        return False
    beyond = after[negated[0] + 1 :]
    undecided = set(after) & OPEN or is_undecided(before, after)
    return not (undecided or "nur" in beyond[:1])


def is_missed(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether to leave the body out is denied: "darf nicht fehlen", "nicht verzichten"."""
    if set(before[-4:]) & NEVER and set(after[:2]) & _DO_WITHOUT:
        return True  # "wir können nicht auf Werl verzichten"
    if NOT & set(after) and _DO_WITHOUT & set(after):
        return True
    denied = next((place for place, word in enumerate(after) if word in NOT), None)
    if denied is None or denied > _SOON:
        return False
    struck = _STRUCK & set(before)
    return bool(struck) and not _LET_IN & set(after[denied + 1 :])


def is_indispensable(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether nothing is done without the body: "nicht ohne Werl", "niemand außer Werl"."""
    near = close(before)
    if near[:1] in (["ohne"], ["without"]):
        # "Ohne Bochum geht es nicht", "auf keinen Fall ohne Werl"
        return bool({"nicht", "nichts"} & set(after) or (near[1:2] and near[1] in NEVER))
    if near[:1] not in (["ausser"], ["except"]):
        return False
    said = {*before, *after}
    return bool(said & _NOBODY or (set(after) & _NONE and set(after) & ELIGIBLE))
