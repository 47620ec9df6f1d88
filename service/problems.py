"""Errors for whoever asked: a status, and a German sentence that names the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from matcher.german import number

KnownFields = Callable[[Sequence[str | int]], Sequence[str]]
"""Location of a field -> names of all that are known beside it."""
_SENTENCES = {
    "missing": "Diese Angabe fehlt.",
    "string_type": "Hier wird Text erwartet.",
    "string_unicode": "Der Text enthält ungültige Zeichen.",
    "int_type": "Hier wird eine ganze Zahl erwartet.",
    "int_parsing": "Hier wird eine ganze Zahl erwartet.",
    "int_from_float": "Hier wird eine ganze Zahl erwartet.",
    "float_type": "Hier wird eine Zahl erwartet.",
    "float_parsing": "Hier wird eine Zahl erwartet.",
    "finite_number": "Hier wird eine endliche Zahl erwartet.",
    "list_type": "Hier wird eine Liste erwartet.",
    "dict_type": "Hier wird ein JSON-Objekt erwartet.",
    "model_type": "Hier wird ein JSON-Objekt erwartet.",
    "model_attributes_type": "Hier wird ein JSON-Objekt erwartet.",
    "extra_forbidden": "Dieses Feld ist nicht bekannt.",
}


class ProblemError(Exception):
    """An error for the client.

    Parameters
    ----------
    status
        HTTP status.
    detail
        German sentence.
    errors
        For 422: (JSON pointer, German sentence) of each field.
    headers
        More headers, e.g. Allow.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers
        super().__init__(detail)

    @classmethod
    def of_fields(cls, errors: Sequence[tuple[str, str]]) -> ProblemError:
        """Return a 422 whose detail is the first sentence."""
        detail = errors[0][1] if len(errors) == 1 else f"{len(errors)} Angaben sind nicht gültig."
        return cls(422, detail, errors)


class LimitError(ProblemError):
    """429: a quota is used up, told to people in words and to programs in headers.

    Sends Retry-After, and RateLimit-Policy and RateLimit by the IETF draft "RateLimit header fields
    for HTTP" (draft-ietf-httpapi-ratelimit-headers, work in progress).

    Parameters
    ----------
    detail
        German sentence.
    policy
        Name of the quota.
    quota
        How many are allowed within the window.
    window_s, wait_s
        Seconds of the window, and until the next one is allowed.
    """

    def __init__(self, detail: str, policy: str, quota: int, window_s: int, wait_s: int) -> None:
        headers = {
            "Retry-After": str(wait_s),
            "RateLimit-Policy": f'"{policy}";q={quota};w={window_s}',
            "RateLimit": f'"{policy}";r=0;t={wait_s}',
        }
        super().__init__(429, detail, headers=headers)


def from_validation(
    errors: Sequence[Any], body: object, known: KnownFields | None = None
) -> ProblemError:
    """Translate errors of request validation, one sentence a field.

    Parameters
    ----------
    errors, body
        As the framework tells them.
    known
        Names of the fields that are known where one is not; None: nobody can tell.
    """
    broken = next((e for e in errors if e["type"] == "json_invalid"), None)
    if broken is not None:
        return ProblemError(400, _json_sentence(broken, body))
    whole = next((error for error in errors if error["loc"] == ("body",)), None)
    # FastAPI hands over what is not declared as JSON unread, as bytes.
    if whole is not None and isinstance(whole["input"], bytes):
        return ProblemError(415, "Der Inhalt muss als application/json gesendet werden.")
    if whole is not None and whole["type"] == "missing":
        return ProblemError(400, "Der Inhalt der Anfrage fehlt; erwartet wird ein JSON-Objekt.")
    found = {_pointer(error["loc"]): _sentence(error, known) for error in errors}
    return ProblemError.of_fields(list(found.items()))


def _pointer(location: Sequence[str | int]) -> str:
    parts = location[1:] if location and location[0] in ("body", "query", "path") else location
    return "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _sentence(error: Mapping[str, Any], known: KnownFields | None) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden" and known is not None:
        return f"{_SENTENCES[kind]}{_meant(str(error['loc'][-1]), known(error['loc']))}"
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if kind == "string_too_long":
        given = len(error["input"])
        return f"Höchstens {context['max_length']} Zeichen, angegeben sind {given}."
    if kind == "too_long":
        return f"Höchstens {context['max_length']} Einträge."
    if kind == "greater_than_equal":
        return f"Der Wert muss mindestens {_number(context['ge'])} sein."
    if kind == "less_than_equal":
        return f"Der Wert darf höchstens {_number(context['le'])} sein."
    if kind == "literal_error":
        values = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"Zulässig sind: {values}."
    if kind == "value_error":
        return str(context["error"])
    return "Diese Angabe ist nicht gültig."


def _meant(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name.lower(), known, n=1)
    if near:
        return f" Meinten Sie „{near[0]}“?"
    return f" Bekannt sind: {', '.join(known)}." if known else ""


def _number(value: float) -> str:
    return number(value) if value == int(value) else f"{value:g}".replace(".", ",")


def _json_sentence(error: Mapping[str, Any], body: object) -> str:
    position = error["loc"][-1]
    if not isinstance(body, str) or not isinstance(position, int):
        return "Der Inhalt der Anfrage ist kein gültiges JSON."
    before = body[:position]
    line, column = before.count("\n") + 1, position - before.rfind("\n")
    return f"Der Inhalt der Anfrage ist kein gültiges JSON (Zeile {line}, Spalte {column})."
