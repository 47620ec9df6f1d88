"""State grant for a new cooperation, by guideline and date."""

from __future__ import annotations

from datetime import date

from data.land import GUIDELINES
from matcher.german import number
from matcher.result import Grant


def grant(partners: int, on: date | None = None) -> Grant:
    """Return the highest regular grant for a number of partners.

    Parameters
    ----------
    partners
        Bodies in the group, the searcher included; at least 2.
    on
        Day whose guideline counts; default the newest.

    Raises
    ------
    ValueError
        Fewer than two partners, or a day before the first guideline.
    """
    if partners < 2:
        raise ValueError("A cooperation has at least two partners.")
    valid = [g for g in GUIDELINES if on is None or g.since <= on]
    if not valid:
        raise ValueError(f"No guideline known for {on}.")
    guideline = valid[-1]
    amount = guideline.two_partners + guideline.each_further * (partners - 2)
    rule = (
        f"Regelzuwendung bis {number(guideline.two_partners)} EUR für zwei Beteiligte und "
        f"{number(guideline.each_further)} EUR für jeden weiteren, {guideline.terms}"
    )
    return Grant(amount, rule, guideline.since.isoformat(), guideline.source_url)
