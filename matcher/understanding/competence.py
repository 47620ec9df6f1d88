"""Who carries the task of a text by law, and whether the searcher is one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from snowballstemmer import stemmer

from data import CarriedTask, TaskArea
from matcher.german import listing

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_STEM = stemmer("german")
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
    (Snowball stemmer for German, Porter 2001).

    Parameters
    ----------
    tasks
        The table; tasks that were not checked are left out.
    """

    def __init__(self, tasks: Sequence[CarriedTask]) -> None:
        self.tasks = tuple(task for task in tasks if task.checked)
        self._phrases: dict[tuple[str, ...], list[int]] = {}
        for row, task in enumerate(self.tasks):
            for keyword in task.keywords:
                stems = self._phrases.setdefault(_stems(keyword), [])
                if row not in stems:
                    stems.append(row)
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
        stems = _stems(text)
        found: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        for start in range(len(stems)):
            for length in range(1, self._longest + 1):
                phrase = stems[start : start + length]
                for row in self._phrases.get(phrase, ()) if len(phrase) == length else ():
                    found.setdefault(row, []).append((start, phrase))
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

    def _weight(
        self, row: int, hits: list[tuple[int, tuple[str, ...]]], areas: Collection[TaskArea]
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


def _stems(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(text.replace("ß", "ss").lower()))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on: one thread at a time.
    with _STEMMING:
        return str(_STEM.stemWord(word))
