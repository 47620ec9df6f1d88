"""Whether a text holds a matter for cooperation; if not, one sentence and one question."""

from __future__ import annotations

import re

import numpy as np
from msgspec import Struct

from data import TaskArea
from matcher.understanding.general import is_general
from matcher.understanding.matter_texts import SIGN_NAMES, ReadTexts
from matcher.understanding.noise import is_noise
from models.is_matter import Floats, IsMatter

_WITHOUT_SUBJECT = re.compile(
    r"\b(?:partner\w*|kooperation\w*|zusammen\w*|gemeinsam\w*|interkommunal\w*|ikz|nachbar\w*)\b"
)
_PRIVATE = re.compile(r"\b(?:ich|mein|meine|meinen|meinem|meiner|mir|mich)\b")
_HARDLY_KNOWN = 0.25  # of the words
# "Personal", "Recht": each noun of the names of task areas.
_AREAS = frozenset(
    word.lower()
    for area in TaskArea
    for word in area.label.split()
    if word[0].isupper() and word.isalpha() and area is not TaskArea.SONSTIGES
)
_TELLING = ("known_words", "named_best")
_NAMED = 0.5  # of a matter's name: "mit" and "gemeinsam" are in some
_LETTERS = re.compile(r"[^\W\d_]{2,}")
GENERAL = (
    "In dem Text ist keine Aufgabe zu erkennen, die Kommunen gemeinsam erledigen. "
    "Um welche Aufgabe geht es, zum Beispiel Standesamt, Bauhof oder Informationssicherheit?"
)
NO_SUBJECT = (
    "Der Text sagt, dass Partner gesucht werden, aber nicht wofür. "
    "Welche Aufgabe möchten Sie gemeinsam erledigen?"
)
PRIVATE = (
    "Das klingt nach einem persönlichen Anliegen; hier finden Kommunen Partner für ihre Aufgaben. "
    "Welche Aufgabe Ihrer Verwaltung möchten Sie mit anderen gemeinsam erledigen?"
)
UNREADABLE = (
    "Der Text ist nicht zu verstehen. "
    "Können Sie in ein paar Worten schreiben, welche Aufgabe Sie gemeinsam erledigen möchten?"
)


class MatterFound(Struct, frozen=True):
    """Whether a text is a matter, how surely, and what to ask where it is none.

    `probability` is None where nothing was learned to judge by.
    """

    is_matter: bool
    probability: float | None
    hint: str | None


def find_matter(
    model: IsMatter,
    text: str,
    beside: str,
    gist: str,
    vector: Floats,
    reading: ReadTexts,
    wording: Floats,
) -> MatterFound:
    """Decide on one text.

    Letters without meaning are none, nor is what speaks of partners alone, and the bare name of a
    task area is one, whatever was learned.

    Parameters
    ----------
    model
        Learned to judge.
    text, beside
        As written, and what is left of it beside all that it says of partners.
    gist, vector, reading
        What is read of it, the vector of that (d,), and how it was read.
    wording
        (1,) what its words alone say; see `IsMatter.wording`.
    """
    chance = float(model.probability(vector[None, :], reading.signs, wording)[0])
    known, named = (float(reading.signs[0, SIGN_NAMES.index(name)]) for name in _TELLING)
    if not known and not named and is_noise(text):
        return MatterFound(False, 0.0, UNREADABLE)
    if text.strip(" .!?").lower() in _AREAS:
        return MatterFound(True, max(chance, float(model.threshold)), None)
    if named < _NAMED and is_general(beside.lower()):
        said_more = beside.split() != text.split()
        return MatterFound(False, 0.0, NO_SUBJECT if said_more else _hint(gist, known))
    if chance >= model.threshold:
        return MatterFound(True, chance, None)
    return MatterFound(False, chance, _hint(gist, known))


def blend(chance_of_partner: Floats, matter: MatterFound) -> Floats:
    """Return what remains of probabilities where the text may be no matter: P(partner) · P(matter).

    A body is a partner only where there is a matter, so both multiply.
    """
    certainty = 1.0 if matter.probability is None else matter.probability
    return np.asarray(chance_of_partner * np.float32(certainty), np.float32)


def _hint(text: str, known: float) -> str:
    small = text.lower()
    if _PRIVATE.search(small):
        return PRIVATE
    if _WITHOUT_SUBJECT.search(small):
        return NO_SUBJECT
    return UNREADABLE if not _LETTERS.search(small) or known < _HARDLY_KNOWN else GENERAL
