"""What the office is shown: whom to approach about what, why, and with which letter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import Struct

from data import LegalForm, LegalStatus, TaskArea
from matcher.outreach.groups import MAX_PLACES, MIN_PLACES
from matcher.result import Grant, LegalFormShare


class OutreachFilters(Struct, frozen=True):
    """Which opportunities are listed; an empty tuple means all.

    Attributes
    ----------
    task_areas
        Wanted task areas; "Sonstiges" is listed only where it is named.
    government_regions, districts
        Names of Regierungsbezirke, AGS of Kreise: at least one municipality of the group lies in
        one of them (a kreisfreie Stadt is its own Kreis here).
    legal_status
        Segments: all municipalities of the group belong to one of them.
    min_group, max_group
        Municipalities in a group, 2 … 5; the Kreis does not count.
    matters
        Codes of wanted matters.
    max_per_body, max_per_area, max_per_matter
        Lines in which one body, one task area, one matter may appear; the last two
        do not hold where an area or a matter is named.
    limit
        Length of the list.
    """

    task_areas: tuple[TaskArea, ...] = ()
    government_regions: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    legal_status: tuple[LegalStatus, ...] = ()
    min_group: int = MIN_PLACES
    max_group: int = MAX_PLACES
    max_per_body: int = 5
    max_per_area: int = 10
    limit: int = 50
    matters: tuple[str, ...] = ()
    max_per_matter: int = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One additive part of a score in log-odds, with a German label."""

    code: str
    label: str
    contribution: float


@dataclass(frozen=True, slots=True)
class OutreachReason:
    """One German sentence with the facts behind a part (`fit`, `need` or `evidence`)."""

    code: str
    part: str
    text: str


class Example(Struct, frozen=True):
    """A known cooperation to cite.

    `same_shape` tells that its group has the shape of the one proposed; `lead` is the name of the
    body that carries the task out for the others, None where there is none or it is not known;
    `situation` says how large the municipalities are.
    """

    cooperation: str
    title: str
    members: int
    lead: str | None
    year: int | None
    legal_form: LegalForm
    source_url: str
    same_shape: bool
    situation: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft for the office to edit; paragraphs of `text` are parted by empty lines."""

    recipients: tuple[str, ...]
    subject: str
    text: str


class Opportunity(Struct, frozen=True):
    """A matter and a group that is not known to cooperate in it.

    Attributes
    ----------
    id
        Stable across runs: a hash of the task area and the keys.
    rank
        Place in the list, from 1.
    matter, matter_name
        Code of the matter, and how an official says it.
    bodies, names
        Keys and names: the municipalities, then the Kreis where it is approached too.
    score, parts
        score = sum of the contributions, log-odds.
    """

    id: str
    rank: int
    task_area: TaskArea
    bodies: tuple[str, ...]
    names: tuple[str, ...]
    with_district: bool
    score: float
    parts: tuple[Part, ...]
    reasons: tuple[OutreachReason, ...]
    examples: tuple[Example, ...]
    legal_forms: tuple[LegalFormShare, ...]
    grant: Grant
    letter: Letter
    matter: str = ""
    matter_name: str = ""


def opportunity_id(area: TaskArea, keys: Iterable[str], matter: str = "") -> str:
    """Return the id of a group in a matter of an area, whatever the order of the keys."""
    text = "|".join([area.value, *([matter] if matter else []), *sorted(keys)])
    return f"o{hashlib.sha256(text.encode()).hexdigest()[:12]}"
