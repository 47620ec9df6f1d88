"""From what the matcher returns to the JSON of version 1."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from data import Cooperation
from data.terms import Term
from matcher import Matcher, MatchResult
from matcher.result import Consortium, Match, SimilarCooperation
from service import schemas

_FIGURES = (
    "population_change_pct_2018_2021", "population_change_pct_2022_2024", "share_under_19",
    "share_67_plus", "fiscal_status_level", "fiscal_status", "regiostar7", "share_settlement",
    "share_agriculture", "share_forest",
)  # fmt: skip


def term(value: Term) -> schemas.TermAnswer:
    """Return code and label."""
    return schemas.TermAnswer(code=value.value, label=value.label)


def matches(result: MatchResult, request_id: str) -> schemas.MatchesAnswer:
    """Return the answer to POST /v1/matches."""
    guess = result.task_area
    return schemas.MatchesAnswer(
        request_id=request_id,
        degraded=result.degraded,
        model=schemas.ModelAnswer(version=result.model_version, text_model=result.text_model),
        data_version=result.data_version,
        task_area=None
        if guess is None
        else schemas.TaskAreaAnswer(
            code=guess.area.value,
            label=guess.area.label,
            probability=guess.probability,
            source=guess.source,
        ),
        base_value=result.base_value,
        matches=[_match(match) for match in result.matches],
        similar_cooperations=[similar(entry) for entry in result.similar_cooperations],
        consortium=None if result.consortium is None else _consortium(result.consortium),
    )


def similar(entry: SimilarCooperation) -> schemas.SimilarAnswer:
    """Return a similar cooperation."""
    return schemas.SimilarAnswer(
        id=entry.cooperation,
        title=entry.title,
        task_area=term(entry.task_area),
        legal_form=term(entry.legal_form),
        similarity=entry.similarity,
        year=entry.year,
        participants=list(entry.participants),
        source_url=entry.source_url,
    )


def body(matcher: Matcher, key: str) -> schemas.BodyAnswer:
    """Return a body in short."""
    row = matcher.record(key)
    return schemas.BodyAnswer(
        ags=key,
        name=str(row["name"]),
        kind=str(row["kind"]),
        legal_status=str(row["legal_status"]),
        district=_known(row["district_name"]),
        population=row["population"],
        longitude=row["longitude"],
        latitude=row["latitude"],
    )


def profile(matcher: Matcher, key: str) -> schemas.ProfileAnswer:
    """Return a body with figures, peers and known cooperations."""
    row = matcher.dataset.bodies.loc[key]
    return schemas.ProfileAnswer(
        **body(matcher, key).model_dump(),
        official_name=row["official_name"],
        ars=_known(row["ars"]),
        government_region=_known(row["government_region"]),
        landscape_association=_known(row["landscape_association"]),
        leader_region=_known(row["leader_region"]),
        area_km2=round(float(row["area_km2"]), 2),
        figures={name: _known(row[name]) for name in _FIGURES},
        sources=[r.source for r in matcher.dataset.resources if r.path == "municipalities.csv"],
        peers=[body(matcher, peer) for peer in matcher.peers(key)],
        cooperations=[cooperation(matcher, c) for c in matcher.cooperations_of(key)],
    )


def cooperation(
    matcher: Matcher, known: Cooperation, similarity: float | None = None
) -> schemas.CooperationAnswer:
    """Return a known cooperation with the names of its participants."""
    names = matcher.dataset.bodies["name"]
    return schemas.CooperationAnswer(
        id=known.id,
        title=known.title,
        description=known.description,
        task_area=term(known.task_area),
        legal_form=term(known.legal_form),
        status=known.status.value,
        start_year=known.start_year,
        participants=[
            schemas.TermAnswer(code=key, label=str(names[key])) for key in known.participants
        ],
        other_participants=list(known.other_participants),
        lead=known.lead,
        source_url=known.source_url,
        source_title=known.source_title,
        evidence_grade=known.evidence_grade,
        similarity=similarity,
    )


def _match(match: Match) -> schemas.MatchAnswer:
    return schemas.MatchAnswer(
        rank=match.rank,
        body=schemas.BodyAnswer(
            ags=match.body,
            name=match.name,
            kind=match.kind,
            legal_status=match.legal_status,
            district=match.district,
            population=match.population,
            longitude=match.longitude,
            latitude=match.latitude,
        ),
        score=match.score,
        probability=match.probability,
        distance_km=match.distance_km,
        adjacent=match.adjacent,
        same_district=match.same_district,
        reasons=[schemas.ReasonAnswer(**asdict(reason)) for reason in match.reasons],
        evidence=[schemas.EvidenceAnswer(**asdict(entry)) for entry in match.evidence],
    )


def _consortium(group: Consortium) -> schemas.ConsortiumAnswer:
    return schemas.ConsortiumAnswer(
        bodies=list(group.bodies),
        names=list(group.names),
        reasons=list(group.reasons),
        legal_forms=[
            schemas.LegalFormAnswer(code=s.form.value, label=s.form.label, share=s.share)
            for s in group.legal_forms
        ],
        funding=schemas.FundingAnswer(**asdict(group.grant)),
    )


def _known(value: Any) -> Any:
    """Return a cell as plain JSON, None where it is empty."""
    if value is None or pd.isna(value):
        return None
    plain = value.item() if hasattr(value, "item") else value
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain
