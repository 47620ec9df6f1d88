"""What comes after the answer: handed in by whoever composes the service, as open searches are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from service.matching.background import Background

Gather = Callable[[Background, str], Mapping[str, Any] | None]
"""(answer, text) -> what the block "documents/_next_steps.html" shows; None where nothing is."""


class NextSteps(Struct, frozen=True):
    """Gathers whom to call, which drafts there are, and the way to an agreement."""

    gather: Gather
