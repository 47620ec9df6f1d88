"""Ranks likely partners: requests in, explained matches out. No I/O of its own, no HTTP."""

from matcher.directory import Body, Directory
from matcher.matcher import Matcher
from matcher.request import Filters, MatchRequest, RequestError
from matcher.result import (
    Consortium,
    Evidence,
    Factor,
    Match,
    MatchResult,
    Reason,
    SimilarCooperation,
    TaskAreaGuess,
)

__all__ = [
    "Body",
    "Consortium",
    "Directory",
    "Evidence",
    "Factor",
    "Filters",
    "Match",
    "MatchRequest",
    "MatchResult",
    "Matcher",
    "Reason",
    "RequestError",
    "SimilarCooperation",
    "TaskAreaGuess",
]
