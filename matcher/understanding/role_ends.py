"""Signs that a cooperation with a body ends: "Wir kündigen die Zusammenarbeit mit Soest"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.understanding.tokens import words

_BONDS = (
    "zusammenarbeit", "kooperation", "partnerschaft", "vereinbarung", "vertrag", "vertrags",
    "vertrages", "verbund", "mitgliedschaft", "abkommen", "cooperation", "agreement", "contract",
)  # fmt: skip
_END = words(
    "kuendigen kuendigt kuendigten gekuendigt beenden beendet beendeten aufkuendigen aufgekuendigt "
    "aufloesen aufgeloest aufheben aufgehoben "
    "verlassen eingestellt"
)
_RUNS_OUT = _END | words(
    "auslaeuft auslaufe endet enden endete endeten ausgelaufen auslaufen abgelaufen ablaufen "
    "vorbei geschichte vergangenheit ends ended expires expired"
)
_ENDS = words("beendet kuendigt beenden kuendigen verlaesst verlassen")
_OUT = words("laeuft laufen lief liefen")
_LENGTHEN = words(
    "verlaengert verlaengern verlaengerte fortsetzen fortgesetzt fortfuehren fortgefuehrt weiter"
)
_PART = words("loesen geloest trennen getrennt trennten verabschieden verabschiedet abnabeln")
_LEAVE = words("steigen steige treten scheiden ausgestiegen ausgetreten aussteigen austreten")
_FROM = words("von vom from")
_NEAR = 6


def is_ended(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether what binds to a body ends or shall end.

    Parameters
    ----------
    before, after
        Words of the clause around the name, up to the next names.
    """
    if _parts_with(before, after) or _ends_it(after):
        return True
    if not _is_bound(before):
        return False
    if _LEAVE & {*before, *after} and "aus" in {*before[:-1], *after}:
        return True  # "Wir steigen aus der Kooperation mit Soest aus"
    if "nicht" in {*before, *after}:
        return bool(_LENGTHEN & set(after)) and not _RUNS_OUT & set(after)
    out = bool(_OUT & {*before, *after}) and "aus" in after
    return out or bool(_END & set(before)) or bool(_RUNS_OUT & set(after))


def _ends_it(after: Sequence[str]) -> bool:
    """Tell whether the body ends it: "Soest beendet die Zusammenarbeit mit uns"."""
    ends = after[:1] != [] and after[0] in _ENDS
    return ends and any(word.endswith(_BONDS) for word in after)


def is_kept(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether what binds to a body shall not end: "den Vertrag mit Soest nicht kündigen"."""
    said = {*before, *after}
    return _is_bound(before) and "nicht" in said and bool((_END | _RUNS_OUT) & said)


def _is_bound(before: Sequence[str]) -> bool:
    near = before[-_NEAR:]
    return bool({"mit", "with"} & set(near[-3:])) and any(word.endswith(_BONDS) for word in near)


def _parts_with(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether they part from it: "uns von Soest lösen", "von Soest trennen wir uns"."""
    said = {*before, *after}
    return bool(_FROM & set(before[-3:]) and _PART & said and {"wir", "uns", "sich"} & said)
