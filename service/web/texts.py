"""Characters that are no text: NUL and halves of characters, wherever a request carries them.

PostgreSQL takes neither, and a lone surrogate (a half of a UTF-16 pair) cannot be written as UTF-8,
so each would fail somewhere deep inside. They are refused where requests come in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from starlette.datastructures import Headers

from service.problems import ProblemError

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_SENTENCE = "Der Text enthält ungültige Zeichen."
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_PART_NAME = re.compile(rb'\bname="([^"\r\n]{0,100})"')
_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})')
_CHARSET = re.compile(r'charset="?([^";,\s]+)')


def check_address(path: str, query: bytes) -> None:
    """Look at the decoded path and the query as it was sent.

    Raises
    ------
    ProblemError
        400 for the path, 422 for a field of the query.
    """
    if _NO_TEXT.search(path):
        raise ProblemError(400, "Die Adresse enthält ungültige Zeichen.")
    _refuse(list(_in_form(query)))


def check_body(headers: Headers, body: bytes) -> None:
    """Look at a body as its Content-Type says it is to be read.

    Raises
    ------
    ProblemError
        422: names each field; 415: it is packed, or not in UTF-8, the only encoding that is read;
        400: JSON that holds NUL as a byte, which no JSON does.
    """
    packed = headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("", "identity"):
        sentence = (
            f"Der Inhalt muss unverpackt gesendet werden, ohne Content-Encoding: {packed[:20]}."
        )
        # What would be taken, by RFC 9110, section 12.5.3.
        raise ProblemError(415, sentence, headers={"Accept-Encoding": "identity"})
    kind = headers.get("Content-Type", "").lower()
    charset = _CHARSET.search(kind)
    if charset and charset[1] not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, "Der Inhalt muss in UTF-8 gesendet werden.")
    if kind.startswith(_FORM):
        _refuse(list(_in_form(body)))
    elif kind.startswith(_MULTIPART):
        boundary = _BOUNDARY.search(headers.get("Content-Type", ""))
        _refuse(list(_in_parts(body, boundary[1] if boundary else "")))
    elif b"\0" in body:
        raise ProblemError(
            400, "Der Inhalt der Anfrage ist nicht lesbar (erwartet: JSON in UTF-8)."
        )
    elif b"\\u" in body:
        _refuse(list(_in_json(body)))


def _refuse(names: list[str]) -> None:
    if not names:
        return
    told = [name.removeprefix("/")[:80] for name in names[:5]]
    named = ", ".join(f"„{name}“" for name in told if name) or "Der Inhalt der Anfrage"
    sentence = f"{named} enthält ungültige Zeichen (NUL oder ein halbes Zeichen)."
    raise ProblemError(422, sentence, [(name, _SENTENCE) for name in names])


def _shown(name: str) -> str:
    """Return a name without what is no text; where nothing is left, the sign for that."""
    return _NO_TEXT.sub("", name) or ("\ufffd" if name else "")


def _in_form(sent: bytes) -> Iterator[str]:
    # Only these escapes, or the bytes themselves, can stand for such characters.
    if b"\0" not in sent and b"%00" not in sent:
        return
    for name, value in parse_qsl(sent.decode("latin-1"), keep_blank_values=True):
        if "\0" in name or "\0" in value:
            yield "/" + _shown(unquote(name))


def _in_parts(body: bytes, boundary: str) -> Iterator[str]:
    if b"\0" not in body:
        return
    for part in body.split(b"--" + boundary.encode("latin-1", "replace")):
        if b"\0" in part:
            name = _PART_NAME.search(part)
            yield "/" + (_shown(name[1].decode("utf-8", "replace")) if name else "")


def _in_json(body: bytes) -> Iterator[str]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return  # whoever reads it says where it is broken
    waiting: list[tuple[str, object]] = [("", sent)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, str) and _NO_TEXT.search(value):
            yield pointer
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{i}", entry) for i, entry in enumerate(value)]
        elif isinstance(value, dict):
            for key, entry in value.items():
                name = _shown(key).replace("~", "~0").replace("/", "~1")
                if name != key and _NO_TEXT.search(key):
                    yield f"{pointer}/{name}"
                waiting.append((f"{pointer}/{name}", entry))
