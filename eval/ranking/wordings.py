"""Requests as people really type them: cut, as keywords, mistyped, in capitals, long, in English.

`english.jsonl` holds translations written for this evaluation, of a seeded sample: the identifiers
of `data/tables/cooperations.jsonl`, sorted, then
`numpy.random.default_rng(20261).choice(identifiers, 80, replace=False)`, sorted again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path

import numpy as np

from data import Cooperation

ENGLISH_TEXTS = Path(__file__).parent / "english.jsonl"
_WORDS = 8
_LETTERS_AN_ERROR = 12
_ADDED_CHARACTERS = 6_000
# What carries grammar or says that somebody asks, not what about.
_FUNCTION_WORDS = frozenset(
    """
    ab aber alle allein allem allen aller alles als also am an andere anderen anderer anderes ans
    auch auf aus außerdem bei beim bereits bevor bis bisher bitte bzw da dabei dadurch dafür dagegen
    daher damit danach daran darauf darf dass davon dazu dem den denn der deren des deshalb dessen
    die dies diese diesem diesen dieser dieses doch dort durch dürfen ein eine einem einen einer
    eines einzeln er erst es etwa etwas für ganz gar geben gegen gemeinsam gern gerne gesucht gibt
    hat hatte haben hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja je
    jede jedem jeden jeder jedes jedoch jetzt kann kaum kein keine keinem keinen keiner könnte
    könnten können künftig lässt lassen lieber man mehr mein meine mich mir mit möchte möchten
    müssen muss nach nicht nichts noch nun nur ob oder ohne schon sehr sei sein seine seinen seiner
    seit selbst sich sie sind so sogar soll sollen sollte sollten sondern sonst soweit sowie statt
    streben suche suchen sucht trotz über um und uns unser unsere unserem unseren unserer unseres
    unter viel viele vielen vom von vor wäre wären wann warum was wegen weil weiter welche welchem
    welchen welcher welches wenn wer werden wie wieder will wir wird wo wobei wofür wollen worden
    wurde wurden würde würden wünsche wünschen wünscht zu zudem zum zur zusammen zwar zwischen
    """.split()  # noqa: SIM905 - a block of words reads better than quoted ones
)
_KEYBOARD_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
_WITHOUT_DOTS = {"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U"}
_BOILERPLATE = (
    "Für Rückfragen steht die Verwaltung während der üblichen Dienstzeiten zur Verfügung.",
    "Die Angaben beruhen auf dem derzeitigen Stand der internen Abstimmung und können sich im "
    "weiteren Verfahren noch ändern.",
    "Über die Einzelheiten entscheidet zu gegebener Zeit das zuständige Gremium.",
    "Eine rechtliche Verpflichtung entsteht aus diesem Schreiben nicht.",
    "Unterlagen werden auf Wunsch nachgereicht, sobald sie vollständig vorliegen und geprüft sind.",
    "Wir bitten um Verständnis, dass mündliche Auskünfte bis dahin unverbindlich bleiben.",
    "Der Eingang einer Antwort wird schriftlich bestätigt und zu den Akten genommen.",
    "Sollten sich Ansprechpersonen ändern, wird dies rechtzeitig mitgeteilt.",
    "Die Mitzeichnung der beteiligten Stellen ist eingeleitet, aber noch nicht abgeschlossen.",
    "Ein Vermerk über den bisherigen Verlauf liegt dem Vorgang bei.",
    "Fristen werden, soweit erforderlich, im gegenseitigen Einvernehmen festgelegt.",
    "Dieses Schreiben wurde maschinell erstellt und ist ohne Unterschrift gültig.",
    "Nachrichten an die Verfasser dieser Zeilen richten Sie bitte an die Poststelle.",
    "Das Aktenzeichen ist bei jeder Antwort anzugeben, damit sie zugeordnet werden kann.",
)


def first_words(text: str, seed: int) -> str:
    """Keep the first eight words."""
    return " ".join(text.split()[:_WORDS])


def keywords(text: str, seed: int) -> str:
    """Keep at most eight words of matter, nouns before others, in their order, without grammar."""
    words = re.findall(r"\w+(?:[-/]\w+)*", text)
    places = [i for i, word in enumerate(words) if word.lower() not in _FUNCTION_WORDS]
    nouns = [i for i in places if words[i][0].isupper()]
    others = [i for i in places if not words[i][0].isupper()]
    return " ".join(words[i] for i in sorted((nouns + others)[:_WORDS]))


def typing_errors(text: str, seed: int) -> str:
    """Make about one error in twelve letters; the first letter stays.

    Parameters
    ----------
    text
        What was meant.
    seed
        Of the errors; the same text and seed give the same errors.

    Returns
    -------
    str
        The text with letters swapped, dropped, doubled, hit beside the right key or without dots.
    """
    rng = np.random.default_rng(seed)
    typed: list[str] = []
    place, first = 0, True
    while place < len(text):
        letter, following = text[place], text[place + 1 : place + 2]
        place += 1
        if first or not letter.isalpha() or rng.random() * _LETTERS_AN_ERROR >= 1:
            typed.append(letter)
            first = first and not letter.isalpha()
            continue
        kinds = _errors(letter, following)
        kind = kinds[int(rng.integers(len(kinds)))]
        wrong, used = kind[int(rng.integers(len(kind)))]
        typed.append(wrong)
        place += used - 1
    return "".join(typed)


def upper_case(text: str, seed: int) -> str:
    """Write all in capitals."""
    return text.upper()


def very_long(text: str, seed: int) -> str:
    """Add whole sentences, some 6,000 characters, that say nothing about the matter."""
    sentences: list[str] = []
    length = 0
    for sentence in cycle(_BOILERPLATE):
        if length >= _ADDED_CHARACTERS:
            break
        sentences.append(sentence)
        length += len(sentence) + 1
    return f"{text}\n\n{' '.join(sentences)}"


WORDINGS: dict[str, Callable[[str, int], str]] = {
    "first eight words": first_words,
    "keywords": keywords,
    "typing errors": typing_errors,
    "upper case": upper_case,
    "very long": very_long,
}


def english(cooperations: Iterable[Cooperation]) -> dict[str, str]:
    """Return the English requests by identifier, of the given cooperations that have one."""
    lines = ENGLISH_TEXTS.read_text("utf-8").splitlines()
    known = {cooperation.id for cooperation in cooperations}
    texts = {record["id"]: record["request"] for record in map(json.loads, lines)}
    return {key: text for key, text in texts.items() if key in known}


def _errors(letter: str, following: str) -> list[list[tuple[str, int]]]:
    """List by kind what can be typed for a letter, and how many letters of the text it uses up."""
    kinds = [[("", 1)], [(letter * 2, 1)]]
    if following.isalpha() and following != letter:
        kinds.append([(following + letter, 2)])
    if letter in _WITHOUT_DOTS:
        kinds.append([(_WITHOUT_DOTS[letter], 1)])
    near = _neighbours(letter.lower())
    if near:
        kinds.append([(key.upper() if letter.isupper() else key, 1) for key in near])
    return kinds


def _neighbours(letter: str) -> str:
    """Return the keys left and right of a letter."""
    for row in _KEYBOARD_ROWS:
        at = row.find(letter)
        if at >= 0:
            return row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    return ""
