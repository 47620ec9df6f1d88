"""How long open searches are kept: the privacy page says the same as what is done."""

UNCONFIRMED_DAYS = 7
"""Then a search that nobody confirmed is deleted."""
EXPIRED_DAYS = 30
"""So long after its end it can still be prolonged, then it is deleted."""
