"""Known cooperations by text, task area, body and legal form, for interface and page alike."""

from __future__ import annotations

import re

from msgspec import Struct

from data import Cooperation, LegalForm, Status, TaskArea
from data.names import normalize
from data.terms import Term
from matcher import Matcher
from service.problems import ProblemError
from service.web.named_bodies import known_key

Found = list[tuple[Cooperation, float | None]]
"""Cooperations, each with its likeness to what was asked, None where nothing was compared."""


_WHOLE_WORD = 3  # letters up to which a text is looked for as a word: "IT" is in "Mitarbeit"
_LONG = 6  # letters from which a word is looked for without its ending
_ENDING = re.compile(r"(?:ern|er|en|es|em|e|n|s)$")
_UMLAUT = re.compile(r"(?<=[aou])e")


class Wanted(Struct, frozen=True):
    """What is looked for, as it was typed; None and "" mean anything.

    `since` and `until` are the years between which a cooperation began.
    """

    q: str = ""
    task_area: str | None = None
    body: str | None = None
    legal_form: str | None = None
    status: str | None = None
    since: int | None = None
    until: int | None = None


def find_cooperations(matcher: Matcher, wanted: Wanted) -> Found:
    """Return the cooperations that pass all filters, with their likeness to `q`, best first.

    Raises
    ------
    ProblemError
        422: a filter is unknown; names the field.
    """
    area = _term(TaskArea, wanted.task_area, "/task_area")
    form = _term(LegalForm, wanted.legal_form, "/legal_form")
    status = _term(Status, wanted.status, "/status")
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise ProblemError.of_fields([("/since", "Der Beginn des Zeitraums liegt nach dem Ende.")])
    body = wanted.body
    key = None if body is None else known_key(matcher.directory.name_index, body)
    return [
        (cooperation, similarity)
        for cooperation, similarity in _ranked(matcher, wanted.q)
        if (area is None or cooperation.task_area == area)
        and (form is None or cooperation.legal_form == form)
        and (status is None or cooperation.status == status)
        and (key is None or key in cooperation.participants)
        and _began_between(cooperation.start_year, wanted.since, wanted.until)
    ]


def cooperation_of(matcher: Matcher, identifier: str) -> Cooperation | None:
    """Return the known cooperation with an id, None where there is none."""
    return next((c for c in matcher.dataset.cooperations if c.id == identifier), None)


def not_known(identifier: str) -> ProblemError:
    """Return what is said where no cooperation has an id."""
    return ProblemError(404, f"Die Kooperation „{identifier[:60]}“ ist nicht bekannt.")


def _ranked(matcher: Matcher, q: str) -> Found:
    known = matcher.dataset.cooperations
    if not q.strip():
        return [(cooperation, None) for cooperation in known]
    words = _stem(_plain(q))
    literal = {c.id for c in known if _holds(_plain(f"{c.title} {c.description}"), words)}
    similarity = {s.cooperation: s.similarity for s in matcher.listener.similar(q, len(known))}
    # Without a text model only the words count.
    hits = [c for c in known if c.id in literal or c.id in similarity]
    hits.sort(key=lambda c: (c.id not in literal, -similarity.get(c.id, 0.0)))
    return [(c, similarity.get(c.id)) for c in hits]


def _plain(text: str) -> str:
    """Return a text without umlauts: the plural of "Amt" is "Ämter", and either may be typed."""
    return _UMLAUT.sub("", normalize(text))


def _stem(words: str) -> str:
    """Return words without the ending of the last one, which says only how many."""
    return _ENDING.sub("", words) if len(words) >= _LONG else words


def _holds(text: str, words: str) -> bool:
    if len(words) > _WHOLE_WORD:
        return words in text
    return f" {words} " in f" {text} "


def _began_between(year: int | None, since: int | None, until: int | None) -> bool:
    """Tell whether a year lies between two; one that is not on record lies between none."""
    if since is None and until is None:
        return True
    return year is not None and (since or 0) <= year <= (until or year)


def _term(vocabulary: type[Term], text: str | None, pointer: str) -> Term | None:
    if text is None:
        return None
    try:
        return vocabulary.parse(text)
    except ValueError as error:
        raise ProblemError.of_fields([(pointer, str(error))]) from None
