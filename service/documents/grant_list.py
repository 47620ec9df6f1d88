"""The state grant as a list to tick (guideline of 31 August 2021, as the offices describe it)."""

from __future__ import annotations

from matcher.german import german_date, number
from matcher.result import Funding
from service.matching.wording import ELIGIBLE


def grant_verdict(funding: Funding) -> str:
    """Return what the rule says of this group, with amount, reason and who decides."""
    most = "" if funding.max_eur is None else f", bis zu {number(funding.max_eur)} EUR"
    return f"{ELIGIBLE[funding.eligible]}{most}. {funding.why} Es entscheidet: {funding.authority}."


def grant_list(funding: Funding) -> tuple[str, ...]:
    """Return what an application has to show, one line each."""
    until = "" if funding.apply_until is None else (
        f" Anträge sind wohl bis {german_date(funding.apply_until)} möglich, amtlich ist das nicht."
    )  # fmt: skip
    return (
        f"Antrag vor Beginn: Nichts beauftragen, bevor bewilligt ist.{until}",
        "Neu: Die Beteiligten arbeiten in diesem Aufgabenbereich noch nicht zusammen.",
        "Beschlüsse der Räte oder Kreistage aller Beteiligten liegen bei.",
        "Auf mindestens fünf Jahre angelegt.",
        "15 % weniger Aufwand, 15 % mehr Ertrag oder ein deutlich besseres Angebot, mit Rechnung.",
        "Eigenanteil von mindestens 10 % ist eingeplant.",
        f"Richtlinie vom {german_date(funding.as_of)}; es gibt keinen Rechtsanspruch.",
    )
