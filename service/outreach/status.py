"""Where the office stands with an opportunity."""

from __future__ import annotations

from data.terms import Term


class OutreachStatus(Term):
    """From a fresh line to its end; all but the first mean that its bodies were approached."""

    NEW = "neu", "neu"
    APPROACHED = "angesprochen", "angesprochen"
    INTERESTED = "interesse", "Interesse"
    TALKING = "in-gespraechen", "in Gesprächen"
    DONE = "umgesetzt", "umgesetzt"
    DECLINED = "abgelehnt", "abgelehnt"
    DORMANT = "ruht", "ruht"
