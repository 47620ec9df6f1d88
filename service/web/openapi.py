"""The OpenAPI document: what FastAPI derives, and what each operation may answer besides.

Which errors an operation has follows from its shape: one with a body can be too large, one with an
id can be about nothing, one that asks for a secret can refuse it. So the rules stand here once.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from service.web.problem_json import PROBLEM, TITLES

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_FRAMEWORK = ("HTTPValidationError", "ValidationError")
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})
_REQUEST_ID = {
    "description": "Kennung der Anfrage; steht auch im Protokoll.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
}
_RETRY_AFTER = {"description": "Sekunden bis zum nächsten Versuch.", "schema": {"type": "integer"}}
_HEADERS: Mapping[int, Mapping[str, Any]] = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: {
        "Retry-After": _RETRY_AFTER,
        "RateLimit": {"schema": {"type": "string"}},
        "RateLimit-Policy": {"schema": {"type": "string"}},
    },
    503: {"Retry-After": _RETRY_AFTER},
}


class DescribedApp(FastAPI):
    """An application whose document names every status of every operation."""

    def openapi(self) -> dict[str, Any]:
        """Return the document; made once."""
        if self.openapi_schema is None:
            self.openapi_schema = described(super().openapi())
        return self.openapi_schema


def described(document: dict[str, Any]) -> dict[str, Any]:
    """Add the errors to each operation and the header that every answer carries."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _FRAMEWORK:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in _METHODS:
                _describe(path, operation)
    return document


def _describe(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in _errors(path, operation):
        answer = responses.setdefault(str(status), {})
        answer["description"] = TITLES[status]
        answer["content"] = {"application/problem+json": {"schema": _PROBLEM}}
    for status, answer in responses.items():
        own = _HEADERS.get(int(status), {})
        answer["headers"] = {"X-Request-ID": _REQUEST_ID, **answer.get("headers", {}), **own}
    operation["responses"] = dict(sorted(responses.items()))


def _errors(path: str, operation: Mapping[str, Any]) -> list[int]:
    """Return what an operation may answer where it does not do what was asked."""
    found = {400, 500}
    if not path.endswith("/live"):
        found.add(503)
    if path.startswith("/v1"):
        found.add(429)
    if operation.get("parameters") or operation.get("requestBody"):
        found.add(422)
    if operation.get("requestBody"):
        found |= {411, 413, 415}
    if "{" in path:
        found.add(404)
    if operation.get("security"):
        found |= {401, 403}
    # What a route declares itself, without a word about it.
    found |= {int(s) for s in operation["responses"] if int(s) >= HTTPStatus.BAD_REQUEST}
    return sorted(found)
