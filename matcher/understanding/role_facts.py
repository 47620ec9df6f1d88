"""Signs that a body is spoken of without any wish: what it told, did, or who comes from there."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.understanding.tokens import words

_ADVISED = words(
    "geraten empfohlen nahegelegt abgeraten berichtet erzaehlt hingewiesen recommended advised"
)
_ADVISES = words("beraten beraet begleiten begleitet moderieren moderiert advise")
_AUXILIARY = words("soll sollen wird werden kann koennte beraet begleitet moderiert will moechte")
_GAVE_UP = words(
    "geschlossen aufgegeben eingestellt verkauft abgeschafft aufgeloest privatisiert saniert "
    "renoviert modernisiert gebaut eroeffnet geoeffnet verloren"
)
_GIVES_UP = words("schliesst schliessen verkauft eroeffnet saniert baut")
_HAVE = words("hat haben hatte has have")
_ITS = words("sein seine seinen ihr ihre ihren die das den its their")
_BOND = words("mit vertrag vereinbarung kooperation kooperationsvertrag buendnis with")
_PEOPLE = words(
    "kinder kindern kind schueler schuelern schuelerinnen buerger buergern buergerinnen einwohner "
    "einwohnern bewohner bewohnern patienten besucher besuchern gaeste gaesten badegaeste kunden "
    "pendler pendlern jugendliche jugendlichen senioren familien eltern azubis nutzer touristen "
    "gefluechtete gefluechteten menschen leute leuten"
)
_STAFF = (
    "kaemmerer", "kaemmerin", "leiter", "leiterin", "beamter", "beamte", "beamtin", "mitarbeiter",
    "mitarbeiterin", "kollege", "kollegin", "azubi", "chef", "chefin", "bearbeiter",
    "bearbeiterin", "meister", "meisterin", "archivar", "archivarin", "ingenieur", "ingenieurin",
)  # fmt: skip
_MOVES = words("wechselt wechselte gewechselt versetzt umgezogen gegangen abgewandert")
_GOES = words("geht gehen ging gingen zieht zog")
_WAYS = ("strasse", "weg", "linie", "bahn", "strecke", "verbindung", "buslinie")
_HERE = words("hier uns here us")
_JOINT = ("gemeinsam", "zusammen", "interkommunal", "joint")


def is_fact(before: Sequence[str], after: Sequence[str], beside_us: bool) -> bool:
    """Tell whether the words around a name only tell of the body.

    Parameters
    ----------
    before, after
        Words of the clause before and behind the name.
    beside_us
        Whether the searcher stands in the same list: "für Kinder aus Soest und Bad Sassendorf".
    """
    if "mit" not in before[-2:] and (_advises(after) or _gave_up(after)):
        return True
    if before[-1:] == ["nach"] and _leads_there(before, after):
        return True
    if before[-2:-1] and before[-1] == "bis" and before[-2] in _HERE:
        return True  # "nicht weiter als von hier bis Paderborn"
    joint = any(word.startswith(_JOINT) for word in (*before, *after))
    from_there = before[-1:] == ["aus"] and before[-2:-1] != [] and before[-2] in _PEOPLE
    also_ours = beside_us or (after[:1] == ["und"] and after[1:2] and after[1].startswith("uns"))
    return from_there and not joint and not also_ours


def _advises(after: Sequence[str]) -> bool:
    """Tell whether it gives advice: "hat uns geraten", "soll das Archiv beraten"."""
    if after[:1] != [] and after[0] in _HAVE and _ADVISED & set(after):
        return True
    return after[:1] != [] and after[0] in _AUXILIARY and bool(_ADVISES & set(after))


def _gave_up(after: Sequence[str]) -> bool:
    """Tell whether it did something with what is its own: "hat seine Musikschule geschlossen"."""
    if len(after) < 2 or after[1] not in _ITS or _BOND & set(after):
        return False
    return (after[0] in _HAVE and bool(_GAVE_UP & set(after))) or after[0] in _GIVES_UP


def _leads_there(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether somebody or a way goes there: "wechselt nach Werl", "Radweg nach Soest"."""
    said = {*before[-5:], *after[:2]}
    if "wir" in {*before, *after}:
        return False
    if before[-2:-1] and before[-2].endswith(_WAYS):
        return True
    return bool(_MOVES & said) or (
        bool(_GOES & said) and any(word.endswith(_STAFF) for word in before)
    )
