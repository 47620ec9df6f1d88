"""Names as one types them on the command line, turned into filters or a German sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process

from data import LegalStatus, TaskArea
from data.names import NameIndex, normalize
from data.terms import Term
from matcher import Matcher
from service.outreach.query import districts, regions
from service.places import find_district

AnyTerm = TypeVar("AnyTerm", bound=Term)
SEGMENTS = (LegalStatus.SMALL, LegalStatus.MEDIUM, LegalStatus.LARGE, LegalStatus.INDEPENDENT)
_NEAR, _FEW = 60, 3  # of 100 that names are alike; suggestions


class WishError(ValueError):
    """A name is not known; the sentence says what may be meant."""


@dataclass(frozen=True, slots=True)
class Places:
    """What the filters by place need of the data."""

    regions: tuple[str, ...]
    districts: Mapping[str, str]
    names: NameIndex

    @classmethod
    def of(cls, matcher: Matcher) -> Places:
        """Read them once."""
        names = NameIndex(matcher.dataset.bodies)
        return cls(tuple(regions(matcher)), dict(districts(matcher)), names)


def task_areas(texts: Iterable[str]) -> tuple[TaskArea, ...]:
    """Return task areas by code or label.

    Raises
    ------
    WishError
        One is unknown.
    """
    return _terms(texts, tuple(TaskArea), "Aufgabenbereich")


def segments(texts: Iterable[str]) -> tuple[LegalStatus, ...]:
    """Return segments of municipalities by code or label.

    Raises
    ------
    WishError
        One is unknown, or is no segment of municipalities.
    """
    return _terms(texts, SEGMENTS, "Segment")


def government_regions(texts: Iterable[str], places: Places) -> tuple[str, ...]:
    """Return names of Regierungsbezirke, whatever their case, with or without that word.

    Raises
    ------
    WishError
        One is unknown.
    """
    by_name = {normalize(name): name for name in places.regions}
    found = []
    for text in texts:
        name = by_name.get(normalize(text).removeprefix("regierungsbezirk "))
        if name is None:
            raise WishError(_sentence(text, "Regierungsbezirk", {r: r for r in places.regions}))
        found.append(name)
    return tuple(dict.fromkeys(found))


def district_keys(texts: Iterable[str], places: Places) -> tuple[str, ...]:
    """Return keys of Kreise and kreisfreie Städte by key or name.

    Raises
    ------
    WishError
        One is unknown, or is no Kreis.
    """
    found = []
    for text in texts:
        key, sentence = find_district(places.names, text)
        if key is None:
            raise WishError(sentence)
        if key not in places.districts:
            own = places.districts.get(key[:5])
            hint = f" Gemeint sein könnte: {own} ({key[:5]})." if own else ""
            raise WishError(f"„{text.strip()}“ ist weder Kreis noch kreisfreie Stadt.{hint}")
        found.append(key)
    return tuple(dict.fromkeys(found))


def _terms(texts: Iterable[str], allowed: Sequence[AnyTerm], noun: str) -> tuple[AnyTerm, ...]:
    known = {name: term for term in allowed for name in (normalize(term), normalize(term.label))}
    names = {name: term.value for term in allowed for name in (term.value, term.label)}
    found = []
    for text in texts:
        term = known.get(normalize(text))
        if term is None:
            raise WishError(_sentence(text, noun, names))
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
