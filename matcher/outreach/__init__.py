"""Proactive outreach: whom to approach about what, unasked. No I/O of its own, no HTTP."""

from matcher.outreach.coverage import AreaReading, Coverage, coverage
from matcher.outreach.fits import Chunk, Fits, input_keys, merge, plan, score_all, score_chunk
from matcher.outreach.opportunity import (
    Example,
    Letter,
    Opportunity,
    OutreachFilters,
    OutreachReason,
    Part,
    opportunity_id,
)
from matcher.outreach.outreach import Outreach
from matcher.outreach.prospects import Prospects
from matcher.outreach.service_centres import BACK_OFFICE, ServiceCentre, service_centres
from matcher.outreach.weights import Weights

__all__ = [
    "BACK_OFFICE",
    "AreaReading",
    "Chunk",
    "Coverage",
    "Example",
    "Fits",
    "Letter",
    "Opportunity",
    "Outreach",
    "OutreachFilters",
    "OutreachReason",
    "Part",
    "Prospects",
    "ServiceCentre",
    "Weights",
    "coverage",
    "input_keys",
    "merge",
    "opportunity_id",
    "plan",
    "score_all",
    "score_chunk",
    "service_centres",
]
