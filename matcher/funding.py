"""State grant for a new cooperation, by guideline and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.german import number
from matcher.result import Grant


@dataclass(frozen=True, slots=True)
class Guideline:
    """One version of the funding guideline: amounts in EUR."""

    since: date
    two_partners: int
    each_further: int
    source_url: str


# Richtlinie für Zuwendungen des Landes NRW zur Förderung der interkommunalen Zusammenarbeit.
GUIDELINES = (
    Guideline(
        date(2019, 7, 18),
        150_000,
        30_000,
        "https://interkommunales.nrw/faq/",
    ),
    Guideline(
        date(2021, 8, 31),
        175_000,
        35_000,
        "https://recht.nrw.de/lmi/owa/br_bes_text?anw_nr=1&aufgehoben=N&bes_id=46868",
    ),
)


def grant(partners: int, on: date | None = None) -> Grant:
    """Return the highest regular grant for a number of partners in NRW.

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
        f"{number(guideline.each_further)} EUR für jeden weiteren, höchstens 90 % der Ausgaben; "
        "Voraussetzung sind unter anderem eine neue Zusammenarbeit auf mindestens fünf Jahre und "
        "15 % Einsparung oder ein deutlicher Gewinn für den Service. Kein Rechtsanspruch."
    )
    return Grant(amount, rule, guideline.since.isoformat(), guideline.source_url)
