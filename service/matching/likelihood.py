"""How likely a suggestion is, in three words instead of a number.

The probability is calibrated (`ece_shown` in the quality figures), so that a class says how often
suggestions like this one were right. The thresholds stand here alone: pages, files, interface and
the page on the method read them.
"""

from __future__ import annotations

from data.terms import Term


class Likelihood(Term):
    """A class of suggestions, the likeliest first."""

    CLOSE = "close", "naheliegend"
    POSSIBLE = "possible", "gut möglich"
    RARE = "rare", "eher selten"

    @property
    def least(self) -> float:
        """Smallest probability of the class, 0 … 1."""
        return _LEAST[self]

    @property
    def meaning(self) -> str:
        """German sentence on what the class says."""
        return _MEANING[self]

    @classmethod
    def of(cls, probability: float) -> Likelihood:
        """Return the class of a probability, 0 … 1."""
        return next((each for each, least in _LIKELIEST_FIRST if probability >= least), cls.RARE)


# By judgement: thirds and tenths are shares that one can say on the phone.
_LEAST = {Likelihood.CLOSE: 1 / 3, Likelihood.POSSIBLE: 1 / 10, Likelihood.RARE: 0.0}
_LIKELIEST_FIRST = tuple(_LEAST.items())  # asked of every body of an answer
_MEANING = {
    Likelihood.CLOSE: "Mindestens jeder dritte solche Vorschlag traf bisher zu.",
    Likelihood.POSSIBLE: "Mindestens jeder zehnte solche Vorschlag traf bisher zu.",
    Likelihood.RARE: "Weniger als jeder zehnte solche Vorschlag traf bisher zu.",
}
