"""What has to be checked before a group takes a task on together, by the law as far as read.

Dates and paragraphs: GO NRW § 3 Abs. 2, 5, 6, and the law of 10 July 2025 (GV. NRW. S. 618) that
rewrote Abs. 5 and 6. Its wording has not been read: no sentence here says what it allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data import CarriedTask
from matcher.german import listing

# § 27 Abs. 22a UStG: the end of the transition to § 2b UStG.
VAT_TRANSITION_ENDS = date(2026, 12, 31)
_INSTRUCTED = (
    "Pflichtaufgabe zur Erfüllung nach Weisung: Bis 2025 ließ § 3 Abs. 5, 6 GO NRW dafür nur eine "
    "öffentlich-rechtliche Vereinbarung mit einer benachbarten Gemeinde zu; ein Gesetz vom "
    "10.07.2025 hat die Absätze neu gefasst."
)
_INSTRUCTED_DISTRICTS = (
    "Pflichtaufgabe zur Erfüllung nach Weisung: Für Kreise sind die Formen der Zusammenarbeit "
    "durch "
    "§ 2 KrO NRW beschränkt; ein Gesetz vom 10.07.2025 hat das Kommunalrecht geändert."
)


def to_check(
    task: CarriedTask | None,
    distant: Sequence[str],
    zweckverband_likely: bool,
    among_districts: bool,
    today: date,
) -> tuple[str, ...]:
    """Return German sentences on what the group has to have checked; none where nothing is known.

    Parameters
    ----------
    task
        What the text names, None where that is not certain.
    distant
        Names of members that border on no other member of the group.
    zweckverband_likely
        Whether a Zweckverband or a joint company is among the likeliest forms.
    among_districts
        Whether Kreise and kreisfreie Städte are among themselves.
    today
        Day of the answer: the transition of § 2b UStG ends.
    """
    sentences = []
    if task is not None and task.instructed:
        first = _INSTRUCTED_DISTRICTS if among_districts else _INSTRUCTED
        doubts = []
        if distant and not among_districts:
            doubts.append(f"die Beteiligung ohne gemeinsame Grenze ({listing(list(distant))})")
        if zweckverband_likely:
            doubts.append("ein Zweckverband")
        if doubts:
            sentences.append(
                f"{first} Ob {listing(doubts)} heute zulässig ist, bitte vorab mit der "
                "Kommunalaufsicht klären."
            )
        else:
            sentences.append(f"{first} Die Form bitte vorab mit der Kommunalaufsicht klären.")
    if today > VAT_TRANSITION_ENDS:
        sentences.append(
            "Umsatzsteuer: Die Übergangsfrist zu § 2b UStG endete am 31.12.2026; ob Leistungen "
            "untereinander steuerbar sind, vor der Unterschrift klären."
        )
    else:
        sentences.append(
            "Umsatzsteuer: Die Übergangsfrist zu § 2b UStG endet am 31.12.2026; ab dann gilt § "
            "2b für "
            "Leistungen untereinander. Vor der Unterschrift klären."
        )
    return tuple(sentences)
