"""What is answered: ranked bodies with reasons, evidence and a proposed group."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from data import LegalForm, TaskArea


class Factor(StrEnum):
    """The words in which officials reason about partners (gpaNRW 2025, section 1.2.7)."""

    PROXIMITY = "proximity"
    EQUALITY = "equality"
    TRUST = "trust"
    PRESSURE = "pressure"
    TASK = "task"

    @property
    def label(self) -> str:
        """German word for the factor."""
        return _FACTOR_LABELS[self]


_FACTOR_LABELS = {
    Factor.PROXIMITY: "Nähe",
    Factor.EQUALITY: "Augenhöhe",
    Factor.TRUST: "Vertrauen",
    Factor.PRESSURE: "Handlungsdruck",
    Factor.TASK: "fachliche Passung",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One additive part of a score: `contribution` in log-odds, `text` the fact behind it."""

    code: str
    factor: Factor
    text: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A past cooperation that speaks for a result.

    `similarity` is the likeness of the matter to the cooperation's description (None without
    text model); `shared` tells that searcher and candidate both took part.
    """

    cooperation: str
    title: str
    similarity: float | None
    year: int | None
    source_url: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Match:
    """One ranked body. `score` = base value + sum of all contributions, in log-odds."""

    rank: int
    body: str
    name: str
    kind: str
    legal_status: str
    district: str | None
    population: int
    longitude: float
    latitude: float
    score: float
    probability: float
    distance_km: float
    adjacent: bool
    same_district: bool
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TaskAreaGuess:
    """The task area of a matter; `source` is "given" or "predicted"."""

    area: TaskArea
    probability: float
    source: str


@dataclass(frozen=True, slots=True)
class SimilarCooperation:
    """A past cooperation like the one asked for.

    `similarity` is a likeness, -1 … 1: unrelated texts are near 0.
    """

    cooperation: str
    title: str
    task_area: TaskArea
    legal_form: LegalForm
    similarity: float
    year: int | None
    participants: tuple[str, ...]
    source_url: str


@dataclass(frozen=True, slots=True)
class LegalFormShare:
    """How often a legal form fits such a group: a share of 1."""

    form: LegalForm
    share: float


@dataclass(frozen=True, slots=True)
class Grant:
    """State grant by rule: upper bound in EUR, the rule in words, its date (ISO) and source."""

    max_eur: int
    rule: str
    as_of: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Consortium:
    """A proposed group, the searcher first."""

    bodies: tuple[str, ...]
    names: tuple[str, ...]
    reasons: tuple[str, ...]
    legal_forms: tuple[LegalFormShare, ...]
    grant: Grant


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The whole answer to one `MatchRequest`."""

    body: str
    degraded: bool
    model_version: str
    text_model: str | None
    data_version: str
    task_area: TaskAreaGuess | None
    base_value: float
    matches: tuple[Match, ...]
    similar_cooperations: tuple[SimilarCooperation, ...]
    consortium: Consortium | None

    def to_frame(self) -> pd.DataFrame:
        """Return one row a match, with a column `reason:<code>` for each contribution."""
        rows = []
        for match in self.matches:
            row: dict[str, Any] = {
                key: value
                for key, value in asdict(match).items()
                if key not in ("reasons", "evidence")
            }
            row |= {f"reason:{r.code}": r.contribution for r in match.reasons}
            row["evidence"] = ", ".join(e.cooperation for e in match.evidence)
            rows.append(row)
        return pd.DataFrame(rows).fillna(
            {c: 0.0 for r in rows for c in r if c.startswith("reason:")}
        )
