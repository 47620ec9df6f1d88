"""How a reason is declared: code, factor and sentence in one place."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from msgspec import Struct

from matcher.features import FEATURES
from matcher.reasons.asked import Asked
from matcher.reasons.pair import Pair
from matcher.result import Factor

Sentence = Callable[[Pair], str]
MatterSentence = Callable[[Pair, Asked], str]


class Kind(Struct, frozen=True):
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
    sentence: MatterSentence

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the features whose contributions it sums up."""
        return tuple(feature.name for feature in FEATURES if feature.reason == self.code)


KINDS: dict[str, Kind] = {}
"""All kinds by their code, in the order of `MatchResult.to_frame` and of the model card."""


def reason(code: str, factor: Factor) -> Callable[[Sentence], Sentence]:
    """Declare the function below as the sentence of a kind of reason, whatever the matter."""

    def declare(sentence: Sentence) -> Sentence:
        def told(pair: Pair, asked: Asked) -> str:
            text = pair.told.get(code)
            if text is None:
                text = pair.told[code] = sentence(pair)
            return text

        KINDS[code] = Kind(code, factor, told)
        return sentence

    return declare


def matter_reason(
    code: str, factor: Factor, same_for: Callable[[Pair], Hashable] | None = None
) -> Callable[[MatterSentence], MatterSentence]:
    """Declare the function below likewise, where the sentence depends on the matter.

    Parameters
    ----------
    code, factor
        See `Kind`.
    same_for
        Of a pair: where it is the same, so is the sentence. Default: it is told of each anew.
    """

    def declare(sentence: MatterSentence) -> MatterSentence:
        def told(pair: Pair, asked: Asked) -> str:
            key = code, same_for(pair) if same_for else pair.candidate
            text = asked.told.get(key)
            if text is None:
                text = asked.told[key] = sentence(pair, asked)
            return text

        KINDS[code] = Kind(code, factor, told)
        return sentence

    return declare
