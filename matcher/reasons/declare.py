"""How a reason is declared: code, factor and sentence in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matcher.features import FEATURES
from matcher.reasons.pair import Pair
from matcher.result import Factor

Sentence = Callable[[Pair], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reason.

    Attributes
    ----------
    code
        Stable: clients and stored feedback know it.
    factor
        The word in which officials reason about partners.
    sentence
        Tells the fact behind it, in German.
    """

    code: str
    factor: Factor
    sentence: Sentence

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the features whose contributions it sums up."""
        return tuple(feature.name for feature in FEATURES if feature.reason == self.code)


KINDS: dict[str, Kind] = {}
"""All kinds by their code, in the order of `MatchResult.to_frame` and of the model card."""


def reason(code: str, factor: Factor) -> Callable[[Sentence], Sentence]:
    """Declare the function below as the sentence of a kind of reason."""

    def declare(sentence: Sentence) -> Sentence:
        KINDS[code] = Kind(code, factor, sentence)
        return sentence

    return declare
