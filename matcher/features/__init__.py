"""The feature families, and the one matrix that the ranker sees.

A family is a module with `NAMES` and `features(query, knowledge) -> (n_bodies, len(NAMES))`.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from types import ModuleType

import numpy as np

from matcher.features import geography, query, segment, task, ties, words
from matcher.features.query import Query, make_query
from matcher.known import bodies, forecast, matter, patterns, similar
from matcher.known import knowledge as knowledge_module
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from models import space

__all__ = ["FAMILIES", "NAMES", "Query", "feature_matrix", "fingerprint", "make_query"]

FAMILIES: dict[str, ModuleType] = {
    "geography": geography,
    "segment": segment,
    "ties": ties,
    "task": task,
    "words": words,
}
NAMES: tuple[str, ...] = tuple(name for family in FAMILIES.values() for name in family.NAMES)
_SOURCES = (
    *FAMILIES.values(),
    query,
    bodies,
    patterns,
    similar,
    forecast,
    matter,
    knowledge_module,
    space,
)


def feature_matrix(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n_bodies, len(NAMES)) float32, families side by side in the order of `NAMES`."""
    return np.hstack([family.features(query, knowledge) for family in FAMILIES.values()])


def fingerprint() -> str:
    """Return a hash of the code that computes the features, blind to comments and docstrings.

    A ranker trained with other code is stale even where all names are the same.
    """
    digest = hashlib.sha256()
    for module in _SOURCES:
        tree = ast.parse(inspect.getsource(module))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
                first = node.body[0]
                if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                    node.body = node.body[1:]
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()[:12]
