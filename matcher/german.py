"""Numbers, counts, dates and lists as German readers write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_GERMAN = str.maketrans(",.-", ".,−")


def number(value: float, decimals: int = 0) -> str:
    """Return a number with comma, dots and a minus: 11659 -> "11.659", -9.38 -> "−9,4"."""
    return f"{value:,.{decimals}f}".translate(_GERMAN)


def percent(share: float) -> str:
    """Return a share of 1 in whole percent: 0.634 -> "63 %"."""
    return f"{number(100 * share)} %"


def listing(words: Sequence[str]) -> str:
    """Return words joined by commas, the last by "und"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} und {words[-1]}"


def count(value: int, one: str, many: str) -> str:
    """Return a count with its noun: "1 Vorhaben", "keine Kooperationen"."""
    if value == 0:
        return f"keine {many}"
    return f"{number(value)} {one if value == 1 else many}"


def german_date(iso: str) -> str:
    """Return an ISO date as German readers write it: "2021-08-31" -> "31.08.2021"."""
    return date.fromisoformat(iso).strftime("%d.%m.%Y")
