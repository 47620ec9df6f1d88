"""How a feature is declared: once, beside its computation, with the reason that it speaks for.

Names, the grouping into reasons, the table of the model card and the matrix follow from this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from matcher.features.axis import Axis
from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from models import Shape

Compute = Callable[[Query, Knowledge], Any]
"""Returns what broadcasts to (searchers, bodies): (s, n), (s, 1), (n,) or one number."""
ComputeAll = Callable[[Query, Knowledge], Floats]
"""Returns k constants at once, (k, s, 1)."""


class Feature(Struct, frozen=True):
    """One column of the matrix.

    Attributes
    ----------
    reason
        Code of the reason that its contribution is summed into; see `matcher.reasons`.
    of_matter
        Whether it depends on the matter; else it is the same for all matters of a pair.
    meaning
        What it says, in words.
    shape
        What is certain about it before anything is learned.
    axis
        How its curve is drawn for officials; None where its values mean nothing to them.
    together
        Computes it with all that were declared beside it, see `Family.constants`; None: alone.
    """

    name: str
    reason: str
    of_matter: bool
    meaning: str
    shape: Shape
    compute: Compute
    axis: Axis | None = None
    together: ComputeAll | None = None


class Family(Struct, frozen=True):
    """Features of one subject, in the order in which they are declared.

    Parameters
    ----------
    name
        Subject, for studies that leave a family out.
    of_matter
        Whether its features depend on the matter.

    Examples
    --------
    >>> GEOGRAPHY = Family("geography", of_matter=False)
    >>> @GEOGRAPHY.feature("distance", Shape.FALLING)
    ... def log_seat_km(query, knowledge):
    ...     "Distance between the seats, log(1 + km)."
    ...     return np.log1p(knowledge.bodies.seat_km[query.searchers])
    """

    name: str
    of_matter: bool
    features: list[Feature] = field(default_factory=list)

    def feature(
        self, reason: str, shape: Shape = Shape.FREE, axis: Axis | None = None
    ) -> Callable[[Compute], Compute]:
        """Declare the function below as a feature of this family; its docstring is the meaning."""

        def declare(compute: Compute) -> Compute:
            meaning = (compute.__doc__ or "").strip()
            name = compute.__name__
            self.features.append(
                Feature(name, reason, self.of_matter, meaning, shape, compute, axis)
            )
            return compute

        return declare

    def constants(
        self, reason: str, meanings: Mapping[str, str]
    ) -> Callable[[ComputeAll], ComputeAll]:
        """Declare the function below as several constants of a search, each with its meaning.

        It computes all of them at once: many numbers read from the same few arrays would take
        many calls one by one.
        """

        def declare(compute: ComputeAll) -> ComputeAll:
            for place, (name, meaning) in enumerate(meanings.items()):
                alone = _one_of(compute, place)
                self.features.append(
                    Feature(
                        name, reason, self.of_matter, meaning, Shape.CONSTANT, alone,
                        together=compute,
                    )
                )  # fmt: skip
            return compute

        return declare

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its features."""
        return tuple(feature.name for feature in self.features)


def _one_of(compute: ComputeAll, place: int) -> Compute:
    def alone(query: Query, knowledge: Knowledge) -> Floats:
        one: Floats = compute(query, knowledge)[place]
        return one

    return alone
