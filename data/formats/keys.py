"""Official keys as spreadsheets leave them: a number, without its zero, with blanks or dots."""

from __future__ import annotations

import re

# Digits of AGS (Kreis, municipality) and ARS of a Land whose number begins with zero, less it.
_WITHOUT_ZERO = (4, 7, 11)
_NUMBER = re.compile(r"\d+[.,]0+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")


def mend_key(text: str) -> str:
    """Return an AGS or ARS in its official form; any other text only stripped.

    Examples
    --------
    >>> mend_key("5974008.0"), mend_key("05 9 74 008"), mend_key("Soest")
    ('05974008', '05974008', 'Soest')
    """
    plain = text.strip()
    if _SCIENTIFIC.fullmatch(plain):
        plain = str(int(float(plain.replace(",", "."))))
    elif _NUMBER.fullmatch(plain):
        plain = re.split(r"[.,]", plain)[0]
    digits = re.sub(r"[\s.,'’/_-]", "", plain)
    if not digits.isdigit() or not digits.isascii():
        return plain
    return f"0{digits}" if len(digits) in _WITHOUT_ZERO else digits
