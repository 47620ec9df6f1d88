"""Names as one types them on the command line, turned into filters or a German sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

from data import LegalStatus, TaskArea
from data.names import normalize
from data.terms import Term
from matcher import Directory
from service.web.named_bodies import find_district

AnyTerm = TypeVar("AnyTerm", bound=Term)
SEGMENTS = (LegalStatus.SMALL, LegalStatus.MEDIUM, LegalStatus.LARGE, LegalStatus.INDEPENDENT)
_NEAR, _FEW = 60, 3  # of 100 that names are alike; suggestions


class OptionError(ValueError):
    """A name is not known; the sentence says what may be meant."""


def task_areas(texts: Iterable[str]) -> tuple[TaskArea, ...]:
    """Return task areas by code or label.

    Raises
    ------
    OptionError
        One is unknown.
    """
    return _terms(texts, tuple(TaskArea), "Aufgabenbereich")


def segments(texts: Iterable[str]) -> tuple[LegalStatus, ...]:
    """Return segments of municipalities by code or label.

    Raises
    ------
    OptionError
        One is unknown, or is no segment of municipalities.
    """
    return _terms(texts, SEGMENTS, "Segment")


def government_regions(texts: Iterable[str], directory: Directory) -> tuple[str, ...]:
    """Return names of Regierungsbezirke, whatever their case, with or without that word.

    Raises
    ------
    OptionError
        One is unknown.
    """
    known = directory.government_regions
    by_name = {normalize(name): name for name in known}
    found = []
    for text in texts:
        name = by_name.get(normalize(text).removeprefix("regierungsbezirk "))
        if name is None:
            raise OptionError(
                _sentence(text, "Regierungsbezirk", dict(zip(known, known, strict=True)))
            )
        found.append(name)
    return tuple(dict.fromkeys(found))


def district_keys(texts: Iterable[str], directory: Directory) -> tuple[str, ...]:
    """Return keys of Kreise and kreisfreie Städte by key or name.

    Raises
    ------
    OptionError
        One is unknown, or is no Kreis.
    """
    allowed = {body.key: body.name for body in directory.district_level}
    found = []
    for text in texts:
        key, sentence = find_district(directory.name_index, text)
        if key is None:
            raise OptionError(sentence)
        if key not in allowed:
            own = allowed.get(key[:5])
            hint = f" Gemeint sein könnte: {own} ({key[:5]})." if own else ""
            raise OptionError(f"„{text.strip()}“ ist weder Kreis noch kreisfreie Stadt.{hint}")
        found.append(key)
    return tuple(dict.fromkeys(found))


def _terms(texts: Iterable[str], allowed: Sequence[AnyTerm], noun: str) -> tuple[AnyTerm, ...]:
    known = {name: term for term in allowed for name in (normalize(term), normalize(term.label))}
    names = {name: term.value for term in allowed for name in (term.value, term.label)}
    found = []
    for text in texts:
        term = known.get(normalize(text))
        if term is None:
            raise OptionError(_sentence(text, noun, names))
        found.append(term)
    return tuple(dict.fromkeys(found))


def _sentence(text: str, noun: str, names: Mapping[str, str]) -> str:
    """Say what may be meant; `names` leads from all names to those that are shown."""
    choices = {name: normalize(name) for name in names}
    near = process.extract(
        normalize(text), choices, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=2 * _FEW
    )
    meant = list(dict.fromkeys(names[str(name)] for _, _, name in near))[:_FEW]
    allowed = ", ".join(dict.fromkeys(names.values()))
    hint = f"Gemeint sein könnte: {', '.join(meant)}." if meant else f"Zulässig sind: {allowed}."
    return f"{noun} „{text.strip()[:60]}“ ist nicht bekannt. {hint}"
