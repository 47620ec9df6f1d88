"""What is certain about a feature before anything is learned."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """How the worth of a feature may run."""

    RISING = "rising"
    """More is never worse by itself."""
    FALLING = "falling"
    """More is never better by itself."""
    FREE = "free"
    LEVELS = "levels"
    """The numbers are names of levels, without an order."""
    CONSTANT = "constant"
    """The same for all bodies of a search: says how much other features count."""
    CONSTANT_LEVELS = "constant levels"
    """Likewise, and the numbers are names."""

    @property
    def constant(self) -> bool:
        """Whether all bodies of a search have the same value."""
        return self in (Shape.CONSTANT, Shape.CONSTANT_LEVELS)
