"""Features: what the ranker sees of a searcher, a body and a matter."""

from matcher.features.chosen import features_of
from matcher.features.declare import Family, Feature
from matcher.features.families import FAMILIES, FEATURES, NAMES, columns, features
from matcher.features.query import Askers, Query, Searchers, make_query
from matcher.features.version import fingerprint

__all__ = [
    "FAMILIES",
    "FEATURES",
    "NAMES",
    "Askers",
    "Family",
    "Feature",
    "Query",
    "Searchers",
    "columns",
    "features",
    "features_of",
    "fingerprint",
    "make_query",
]
