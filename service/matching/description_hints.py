"""What a description of a matter still lacks: help for whoever writes it, never a hurdle."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_HINTS = 3
_FEWEST_WORDS = 4
# Below this, more often than not another task area is right.
_UNCLEAR = 0.4

# Stems in ASCII (ä = ae): "Fachkräftemangel" and "Fachkraefte" are meant alike. What stands here
# is found inside compounds too; what would also be found in other words stands below, as starts.
_WHY = re.compile(
    "fachkraeft|personalnot|mangel|engpass|nachfolge|ruhestand|ueberlast|vertretung|"
    "kosten|einspar|wirtschaftlich|haushalt|pflicht|vorgabe|gesetz|rechtsanspruch|"
    r"synergie|effizien|\bfehl|\bspar|\bteuer|\bozg\b|\bfrist|\bdruck|\bweil\b|\bdamit\b|"
    r"\bwegen\b|\bum\b.+\bzu\b|\bausfall|\bausfaell|\brente|\bpension"
)
_HOW = re.compile(
    "zweckverband|vereinbarung|rechtsform|arbeitsgemeinschaft|kommunalunternehmen|vertrag|"
    r"\baoer\b|\bgmbh\b|nachbar|umland|\bkreis|\bregion|"
    r"\d|\b(zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn)\b|"
    r"\b(januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember)\b|"
    "quartal|halbjahr|jahreswechsel|naechstes jahr|naechsten jahr"
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A friendly German sentence on what to add and what it is good for."""

    code: str
    text: str


_SHORT = Hint(
    "short",
    "Beschreiben Sie in ein, zwei Sätzen, was gemeinsam erledigt werden soll. Je genauer der Text "
    "ist, desto besser passen die Vorhaben, mit denen er verglichen wird.",
)
_TASK = Hint(
    "task",
    "Nennen Sie die Aufgabe beim Namen, zum Beispiel „Standesamt“ oder „Bauhof“. Daran ist "
    "erkennbar, wer auf diesem Gebiet schon zusammenarbeitet.",
)
_REASON = Hint(
    "reason",
    "Schreiben Sie gern dazu, was Sie bewegt, etwa fehlende Fachkräfte, Kosten oder eine neue "
    "Pflicht. Wer denselben Druck spürt, erkennt sich darin wieder.",
)
_FORM = Hint(
    "form",
    "Falls Sie es schon wissen: mit wie vielen Partnern, in welcher Rechtsform, ab wann? So können "
    "andere schneller einschätzen, ob das Vorhaben für sie passt.",
)


def hints(text: str, task_probability: float | None) -> list[Hint]:
    """Return what could be added to a description, the most useful first.

    Parameters
    ----------
    text
        The matter in words; a blank text gets no hints, as nothing has been tried yet.
    task_probability
        Probability of the likeliest task area, 0 … 1; None where none was predicted (no text
        model), which says nothing about the text.

    Returns
    -------
    list of Hint
        At most `MOST_HINTS`.
    """
    plain = _plain(text)
    if not plain:
        return []
    found = []
    if len(re.findall(r"\w+", plain)) < _FEWEST_WORDS:
        found.append(_SHORT)
    if task_probability is not None and task_probability < _UNCLEAR:
        found.append(_TASK)
    if not _WHY.search(plain):
        found.append(_REASON)
    if not _HOW.search(plain):
        found.append(_FORM)
    return found[:MOST_HINTS]


def _plain(text: str) -> str:
    """Return the text in lower case, with ae for ä and single spaces."""
    composed = unicodedata.normalize("NFC", text).casefold()
    spelled = composed.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return " ".join(spelled.split())
