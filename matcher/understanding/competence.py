"""Who carries the task of a text by law, and whether the searcher is one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from Stemmer import Stemmer

from data import CarriedTask, TaskArea
from matcher.german import listing

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_STEM = Stemmer("german")
_STEMMING = Lock()
# Of a keyword alone: shorter ones ("IT", "GIS") say little unless the task area agrees.
_TELLING = 9
_CARRIERS = {
    "klein": "die Gemeinde",
    "mittlere": "die Mittlere kreisangehörige Stadt",
    "grosse": "die Große kreisangehörige Stadt",
    "kreisfrei": "die kreisfreie Stadt",
    "kreis": "der Kreis",
    "landschaftsverband": "der Landschaftsverband",
    "bund": "der Bund",
    "land": "das Land",
}
_Phrase = tuple[str, ...]
Hits = dict[int, list[tuple[int, _Phrase]]]
"""Row of a task -> its phrases in a text, each with the number of its first word there."""
# Stems. A compound that ends with one of the first names what the keyword names; those of the
# second kind say only who does it: a "Feuerwehrmuseum" is none.
_OFFICES = ("stell", "amt", "behord", "archiv", "aufsicht", "kass", "zulass", "kolleg")
_MERE_OFFICES = ("stell", "amt", "behord", "wes", "verwalt")
_OF_OTHERS = ("landes", "bundes", "staats")
_UMLAUTS = str.maketrans("äöü", "aou")  # as the stemmer leaves them
_LEAST_PART = 3
_LEAST_COMPOUND = 6
_MOST_PARTS = 2
_MUNICIPAL = ("klein", "mittlere", "grosse")


@dataclass(frozen=True, slots=True)
class Competence:
    """Who carries the task that a text names.

    Attributes
    ----------
    task
        Its usual name.
    carriers
        Who carries it, as in `data.competences.CARRIERS`.
    own
        Whether the searcher carries it; None where that depends on an application or decision.
    carried_by
        Key of the body that carries it for the searcher (its Kreis), None where it is nobody's or
        the searcher's own.
    instructed
        Whether it is a Pflichtaufgabe zur Erfüllung nach Weisung.
    legal_basis, source_url
        Paragraph, and the page on which it was read.
    text
        German: who carries it, and who could then be a partner.
    """

    task: str
    carriers: tuple[str, ...]
    own: bool | None
    carried_by: str | None
    instructed: bool
    legal_basis: str
    source_url: str
    text: str


class TaskIndex:
    """Finds the tasks that a text names.

    Keywords match as whole words in any German ending: the stems of word and keyword are compared
    (Snowball stemmer for German, Porter 2001). A hyphen, a blank and nothing between parts are the
    same. Of compounds, two kinds count: the last part is a keyword that names an office
    ("Rettungsleitstelle"), or a keyword stands before the mere word for one ("Wohngeldstelle").

    Parameters
    ----------
    tasks
        The table; tasks that were not checked are left out.
    """

    def __init__(self, tasks: Sequence[CarriedTask]) -> None:
        self.tasks = tuple(task for task in tasks if task.checked)
        self._phrases: dict[_Phrase, list[int]] = {}
        derived: dict[_Phrase, list[int]] = {}
        for row, task in enumerate(self.tasks):
            for keyword in task.keywords:
                _add(self._phrases, _stems(keyword), row)
                for phrase in _written_otherwise(keyword):
                    _add(derived, phrase, row)
        # Where a keyword is written so itself, it decides alone.
        self._phrases = derived | self._phrases
        self._heads = {
            phrase[0]: rows
            for phrase, rows in self._phrases.items()
            if len(phrase) == 1 and phrase[0].endswith(_OFFICES)
        }
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    def find(self, text: str, areas: Collection[TaskArea]) -> CarriedTask | None:
        """Return the task that a text names, None where it names none for certain.

        Tasks of a likely area come first, then those with more different phrases, with a phrase of
        more words, and the one that is named first. A short word alone counts only where the task
        belongs to one of `areas`.

        Parameters
        ----------
        text
            Any length.
        areas
            Likely task areas of the text; empty where nothing is known of them.
        """
        return self.pick(self.hits(text), areas)

    def hits(self, text: str) -> Hits:
        """Return the tasks of which a text has phrases, whatever its area; see `pick`."""
        stems = _stems(text)
        found: Hits = {}
        for start in range(len(stems)):
            for length in range(1, self._longest + 1):
                phrase = stems[start : start + length]
                if len(phrase) < length:
                    break
                named = self._phrases.get(phrase)
                if named is None and length == 1:
                    phrase, named = self._by_last_part(phrase)
                for row in named or ():
                    found.setdefault(row, []).append((start, phrase))
        return found

    def pick(self, found: Hits, areas: Collection[TaskArea]) -> CarriedTask | None:
        """Return the task that `find` returns, from the hits of the text."""
        if not found:
            return None
        best = max(found, key=lambda row: self._weight(row, found[row], areas))
        agrees = self.tasks[best].task_area in areas
        phrases = {phrase for _, phrase in found[best]}
        letters = max(sum(map(len, phrase)) for phrase in phrases)
        several = len(phrases) > 1
        if agrees or (not areas and letters >= 3) or letters >= _TELLING or several:
            return self.tasks[best]
        return None

    def _by_last_part(self, phrase: _Phrase) -> tuple[_Phrase, list[int]]:
        """Return the keyword that a compound ends with, the longest first, and its tasks."""
        [word] = phrase
        if not word.endswith(_OFFICES) or word.startswith(_OF_OTHERS):
            return phrase, []
        for start in range(_LEAST_PART, len(word)):
            if word[start:] in self._heads:
                return (word[start:],), self._heads[word[start:]]
        return phrase, []

    def _weight(
        self, row: int, hits: list[tuple[int, _Phrase]], areas: Collection[TaskArea]
    ) -> tuple[bool, int, int, int]:
        phrases = {phrase for _, phrase in hits}
        first = min(start for start, _ in hits)
        return self.tasks[row].task_area in areas, len(phrases), max(map(len, phrases)), -first


def competence(
    task: CarriedTask, standing: str, own_district: str | None, district_name: str | None
) -> Competence:
    """Say who carries a task, seen from one searcher.

    Parameters
    ----------
    task
        What the text names.
    standing
        What the searcher is, one of `data.competences.CARRIERS`; anything else carries nothing.
    own_district, district_name
        Key and name of the searcher's Kreis, None for a Kreis, a kreisfreie Stadt and associations.
    """
    own: bool | None = standing in task.carriers
    if standing in task.optional:
        own = None
    carried_by = own_district if own is False and "kreis" in task.carriers else None
    return Competence(
        task=task.task,
        carriers=task.carriers,
        own=own,
        carried_by=carried_by,
        instructed=task.instructed,
        legal_basis=task.legal_basis,
        source_url=task.source_url,
        text=" ".join(_sentences(task, standing, own, carried_by, district_name)),
    )


def _sentences(
    task: CarriedTask, mine: str, own: bool | None, carried_by: str | None, district: str | None
) -> list[str]:
    basis = f" ({task.legal_basis})" if task.legal_basis else ""
    sentences = []
    if own is None:
        sentences.append(
            f"{task.task}: Ob {_CARRIERS[mine]} die Aufgabe selbst hat, hängt von einem Antrag "
            "oder "
            f"Beschluss ab{basis}."
        )
    elif own:
        sentences.append(f"{task.task}: Die suchende Stelle ist selbst zuständig{basis}.")
    elif carried_by is not None:
        sentences.append(
            f"{task.task}: Zuständig ist der Kreis{f' ({district})' if district else ''}, nicht "
            "die "
            f"suchende Kommune{basis}."
        )
        sentences.append(
            "Partner können hier die Träger untereinander sein, also Kreise und kreisfreie Städte; "
            "der erste Anruf geht an den eigenen Kreis."
        )
    elif mine == "kreis" and any(carrier in task.carriers for carrier in _MUNICIPAL):
        sentences.append(
            f"{task.task}: Zuständig sind die Gemeinden, nicht der Kreis{basis}. Er kann die "
            "Aufgabe "
            "übernehmen, wenn sie ihm die Gemeinden übertragen."
        )
    else:
        carriers = listing([_CARRIERS[carrier] for carrier in task.carriers])
        verb = "ist" if len(task.carriers) == 1 else "sind"
        sentences.append(f"{task.task}: Zuständig {verb} {carriers}{basis}.")
    if task.note:
        sentences.append(task.note)
    return sentences


def _add(phrases: dict[_Phrase, list[int]], phrase: _Phrase, row: int) -> None:
    rows = phrases.setdefault(phrase, [])
    if row not in rows:
        rows.append(row)


def _written_otherwise(keyword: str) -> Iterator[_Phrase]:
    """Yield a keyword with blanks for hyphens and the reverse, and with the word for an office."""
    parts = keyword.replace("-", " ").split()
    if 1 < len(parts) <= _MOST_PARTS and all(part[:1].isalnum() for part in parts):
        yield _stems(" ".join(parts))
        yield _stems("-".join(parts))
        if "-" in keyword:
            yield _stems("".join(parts))
    if " " not in keyword and len(keyword) >= _LEAST_COMPOUND:
        word = keyword.replace("ß", "ss").lower().translate(_UMLAUTS)
        for link in ("", "s", "n"):
            for office in _MERE_OFFICES:
                yield (f"{word}{link}{office}",)


def _stems(text: str) -> _Phrase:
    words = _WORD.findall(text.replace("ß", "ss").lower())
    # A number is its own stem; of all words it is seldom seen before.
    return tuple(word if word.isdigit() else _stem(word) for word in words)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on: one thread at a time.
    with _STEMMING:
        return str(_STEM.stemWord(word))
