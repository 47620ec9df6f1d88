"""What people write: names, addresses and texts that can be stored and put into a mail."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 100
MAX_EMAIL = 254
MAX_MESSAGE = 5_000
# Plain addresses alone: no display name, no quoted part, no second address, no line break.
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_NO_LINE = r"\u0000-\u001f\u007f-\u009f\u2028\u2029"
_LINE, _IN_LINE = f"[^{_NO_LINE}]", rf"[^\s{_NO_LINE}]"
_NO_TEXT = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
_TEXT, _IN_TEXT = f"[^{_NO_TEXT}]", rf"[^\s{_NO_TEXT}]"
LINE_SCHEMA = {"minLength": 1, "pattern": rf"^[ \t]*{_LINE}*{_IN_LINE}{_LINE}*[ \t]*$"}
"""How `line` is described in the OpenAPI document."""
TEXT_PATTERN = rf"^{_TEXT}*$"
PARAGRAPHS_SCHEMA = {"minLength": 1, "pattern": rf"^{_TEXT}*{_IN_TEXT}{_TEXT}*$"}
EMAIL_SCHEMA = {"minLength": 6, "format": "email", "pattern": rf"^[ \t]*{_EMAIL.pattern}[ \t]*$"}
_BREAKS = ("Cc", "Zl", "Zp", "Cs")


def line(value: str) -> str:
    """Return one line of text, trimmed.

    Raises
    ------
    ValueError
        It is blank, or holds a line break or another control character, which could add headers
        to a mail.
    """
    plain = value.strip(" \t")
    if any(unicodedata.category(character) in _BREAKS for character in plain):
        raise ValueError("Zeilenumbrüche und Steuerzeichen sind hier nicht zulässig.")
    if not plain.strip():
        raise ValueError("Diese Angabe fehlt.")
    return plain


def paragraphs(value: str) -> str:
    """Return a text of several lines with plain line ends, trimmed.

    Raises
    ------
    ValueError
        It is blank, or holds control characters that no database or mail takes.
    """
    plain = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in plain if c not in "\n\t"):
        raise ValueError("Steuerzeichen sind hier nicht zulässig.")
    if not plain:
        raise ValueError("Diese Angabe fehlt.")
    return plain


def email_address(value: str) -> str:
    """Return a single plain e-mail address, trimmed.

    Raises
    ------
    ValueError
        It is something else.
    """
    plain = value.strip(" \t")
    local = plain.partition("@")[0]
    if len(plain) > MAX_EMAIL or len(local) > 64 or not _EMAIL.fullmatch(plain):
        raise ValueError(
            "Bitte eine E-Mail-Adresse angeben, zum Beispiel vorname.nachname@kommune.de."
        )
    return plain


def mailbox_of(address: str) -> str:
    """Return the mailbox behind an address: case and what follows a plus sign do not count.

    With `+tag` (RFC 5233, subaddressing) one mailbox has as many addresses as its owner likes.
    """
    local, _, domain = address.strip().lower().partition("@")
    return f"{local.partition('+')[0] or local}@{domain}"
