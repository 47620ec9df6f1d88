"""Shared service centres: who already provides for others, and who nearby might join.

Some tasks run in the background the same way everywhere. Where a body is known to carry one out
for others, bodies nearby without a known cooperation in it can be offered to join.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from data import TaskArea
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.outreach.fits import Fits
from matcher.outreach.need import Need
from matcher.outreach.weights import Weights, need_table

BACK_OFFICE = (
    TaskArea.PERSONAL,
    TaskArea.STANDESAMT,
    TaskArea.FINANZEN,
    TaskArea.BESCHAFFUNG,
    TaskArea.IT,
    TaskArea.ARCHIV,
)
"""Payroll and personnel, registry office, accounting, procurement, IT, archive."""
RADIUS_KM = 40.0  # by judgement
CANDIDATES = 10  # of a provider
_BEST = 5  # candidates whose mean tells how promising a provider is


class Candidate(Struct, frozen=True):
    """A municipality that might join; `score` = fit + need, log-odds."""

    body: str
    name: str
    distance_km: float
    same_district: bool
    score: float


class ServiceCentre(Struct, frozen=True):
    """A body that is known to carry out a task for others.

    Attributes
    ----------
    cooperations
        Ids of the cooperations in which it does so.
    served
        Keys of those it does it for, as far as known.
    candidates
        Municipalities without a known cooperation in the area, most fitting first.
    score
        log(1 + served) + mean score of the best five candidates.
    """

    task_area: TaskArea
    provider: str
    name: str
    cooperations: tuple[str, ...]
    served: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    score: float


def service_centres(
    knowledge: Knowledge,
    fits: Fits,
    need: Need,
    names: Sequence[str],
    areas: Sequence[TaskArea] = BACK_OFFICE,
    radius_km: float = RADIUS_KM,
    most: int = CANDIDATES,
    weights: Weights | None = None,
) -> tuple[ServiceCentre, ...]:
    """Return providers with candidates, most promising first.

    Parameters
    ----------
    knowledge, fits, need
        What is known, and how it fits.
    names
        Names of the bodies, in the order of the arrays.
    areas
        Task areas looked at; those that `fits` does not hold are left out.
    radius_km
        Candidates lie within this distance, or in the Kreis of the provider.
    most
        Candidates of a provider.
    weights
        How fit and need are weighed; default those that ship.
    """
    weights = weights or Weights()
    alone = need_table(need, weights)
    found: list[ServiceCentre] = []
    for area in areas:
        if area not in fits.areas:
            continue
        score = weights.fit * fits.table[fits.areas.index(area)] + alone[area.row]
        found += _centres(knowledge, area, score, need, names, radius_km, most)
    return tuple(sorted(found, key=lambda c: (-c.score, c.task_area.value, c.provider)))


def _centres(
    knowledge: Knowledge,
    area: TaskArea,
    score: Floats,
    need: Need,
    names: Sequence[str],
    radius_km: float,
    most: int,
) -> list[ServiceCentre]:
    bodies, row = knowledge.bodies, area.row
    leads = knowledge.lead * knowledge.areas[:, row][:, None]
    made = []
    for provider in np.flatnonzero(leads.sum(axis=0)).tolist():
        inside = np.flatnonzero(leads[:, provider])
        joined = knowledge.participation[inside].sum(axis=0) > 0
        joined &= np.arange(len(bodies)) != provider
        same = bodies.district == bodies.district[provider]
        near = (bodies.seat_km[provider] <= radius_km) | same
        able = bodies.is_municipality & near & need.without[row] & np.isfinite(score[provider])
        order = np.argsort(-score[provider], kind="stable")
        chosen = [int(c) for c in order[able[order]][:most]]
        if not chosen:
            continue
        candidates = tuple(
            Candidate(
                str(bodies.keys[c]),
                names[c],
                float(bodies.seat_km[provider, c]),
                bool(same[c]),
                float(score[provider, c]),
            )
            for c in chosen
        )
        promise = float(score[provider, chosen[:_BEST]].mean())
        made.append(
            ServiceCentre(
                area,
                str(bodies.keys[provider]),
                names[provider],
                tuple(knowledge.cooperations[i].id for i in inside),
                tuple(str(key) for key in bodies.keys[joined]),
                candidates,
                float(np.log1p(joined.sum())) + promise,
            )
        )
    return made
