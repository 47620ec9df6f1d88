"""What is answered: ranked bodies with reasons, evidence and a proposed group."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd
from msgspec import Struct, structs

from data import LegalForm, TaskArea
from matcher.understanding.competence import Competence
from matcher.understanding.named import Named
from matcher.understanding.outside import Outside
from matcher.understanding.wish import Wish


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


# Not frozen: an answer has thousands of them, and freezing would make each three times as dear.
@dataclass(slots=True)
class Reason:
    """One additive part of a score: `contribution` in log-odds, `text` the fact behind it."""

    code: str
    factor: Factor
    text: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A known cooperation that speaks for a result, or that merely ties two bodies.

    `similarity` is the likeness of the matter to the cooperation's description (None without
    text model); `shared` tells that searcher and candidate both took part; `status` whether it
    runs, is planned or has ended.
    """

    cooperation: str
    title: str
    similarity: float | None
    year: int | None
    source_url: str
    shared: bool
    status: str


class Match(Struct, frozen=True):
    """One ranked body. `score` = base value + sum of all contributions, in log-odds.

    `probability` is that of the score times that of the text being a matter. `evidence` is of the
    same or a related matter; `ties` are cooperations of searcher and body in other matters.
    `together` tells that both share this matter already; `filtered_by` what rules the body out,
    where it was asked for all the same. `beyond_border` tells that the body lies in another Land,
    and `border_note` what is other there.
    """

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
    ties: tuple[Evidence, ...] = ()
    together: bool = False
    filtered_by: tuple[str, ...] = ()
    beyond_border: bool = False
    border_note: str | None = None


class TaskAreaGuess(Struct, frozen=True):
    """The task area of a matter; `source` is "given" or "predicted"."""

    area: TaskArea
    probability: float
    source: str


class SimilarCooperation(Struct, frozen=True):
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
    status: str = "unbekannt"


class LegalFormShare(Struct, frozen=True):
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


class Eligible(StrEnum):
    """Whether the rule decides, and how."""

    YES = "yes"
    NO = "no"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Funding:
    """The state grant, decided as far as its rule does.

    Attributes
    ----------
    eligible
        "yes" by the rule, "no", or "check" where the rule does not decide.
    max_eur
        Upper bound in EUR, None where there is none or it is not certain.
    why
        German: what decides, and what is still to be shown.
    rule, as_of, source_url
        The rule in German, its date (ISO) and page.
    apply_until
        Last day of applications (ISO), None where unknown.
    authority
        Who decides.
    """

    eligible: Eligible
    max_eur: int | None
    why: str
    rule: str
    as_of: str
    apply_until: str | None
    authority: str
    source_url: str


@dataclass(frozen=True, slots=True)
class ExistingCooperation:
    """A known cooperation in the same matter.

    `relation`: "member" (the searcher takes part), "joinable" (a body within reach takes part, and
    the searcher could join), "ended" (the searcher took part).
    """

    cooperation: str
    title: str
    probability: float
    status: str
    relation: str
    year: int | None
    bodies: tuple[str, ...]
    source_url: str
    legal_form: LegalForm = LegalForm.UNKNOWN


class Interpretation(Struct, frozen=True):
    """What a text says beside its matter, and whether it is one.

    `probability` is None where no text model judges; `hint` is one German sentence with a question
    where the text is no matter.
    """

    is_matter: bool
    probability: float | None
    hint: str | None
    wishes: tuple[Wish, ...]
    named: tuple[Named, ...]
    outside: tuple[Outside, ...]


class Consortium(Struct, frozen=True):
    """A proposed group, the searcher first; `checks` are sentences on what the law asks to check.

    `existing` tells that the group is that of a known cooperation, not a new one; `carrier` is the
    Kreis that has the task by law, where the proposal is to speak with it; `district` is the
    searcher's Kreis where it is not in the group and could be, `district_rank` its place among all
    who may be proposed; `on_board` are the members that
    agreed already, without the searcher.
    """

    bodies: tuple[str, ...]
    names: tuple[str, ...]
    reasons: tuple[str, ...]
    legal_forms: tuple[LegalFormShare, ...]
    funding: Funding
    checks: tuple[str, ...] = ()
    existing: bool = False
    carrier: str | None = None
    district: str | None = None
    on_board: tuple[str, ...] = ()
    district_rank: int | None = None


class SearchCurve(Struct, frozen=True):
    """What a quantity is worth in one search, on average over bodies of a kind.

    Attributes
    ----------
    code
        "nearness" or "size".
    kind
        Of the bodies, a value of `data.Kind`.
    at
        Where the curve is read, ascending: the natural logarithm of 1 + km between the seats, or of
        inhabitants.
    worth
        Log-odds there.
    """

    code: str
    kind: str
    at: tuple[float, ...]
    worth: tuple[float, ...]


class MatchResult(Struct, frozen=True):
    """The whole answer to one `MatchRequest`.

    `leaving_nobody` tells by codes of wishes and filters why there are no matches for a matter.
    """

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
    understood: Interpretation
    existing: tuple[ExistingCooperation, ...]
    competence: Competence | None
    curves: tuple[SearchCurve, ...] = ()
    leaving_nobody: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a match, with a column `reason:<code>` for each contribution."""
        rows = []
        for match in self.matches:
            row: dict[str, Any] = {
                key: value
                for key, value in structs.asdict(match).items()
                if key not in ("reasons", "evidence", "ties", "filtered_by")
            }
            row |= {f"reason:{r.code}": r.contribution for r in match.reasons}
            row["evidence"] = ", ".join(e.cooperation for e in match.evidence)
            rows.append(row)
        return pd.DataFrame(rows).fillna(
            {c: 0.0 for r in rows for c in r if c.startswith("reason:")}
        )
