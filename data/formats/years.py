"""The year in which something began, as people write it."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")
_SHORT_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{2})")
_CENTURY_TURN = 50  # "01.01.24" is 2024, "01.01.78" is 1978


def parse_year(text: str) -> int | None:
    """Return the first year in a text, None if there is none.

    Examples
    --------
    >>> [parse_year(text) for text in ("01.01.2024", "2024.0", "seit 2012", "2012–2015", "bald")]
    [2024, 2024, 2012, 2012, None]
    """
    found = _YEAR.search(text)
    if found:
        return int(found.group())
    short = _SHORT_DATE.fullmatch(text.strip())
    if short is None:
        return None
    year = int(short.group(1))
    return year + (2000 if year < _CENTURY_TURN else 1900)
