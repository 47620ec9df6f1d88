"""Whether a text that is to be published or watched says what it is about."""

from __future__ import annotations

from matcher import Matcher


def missing_matter(matcher: Matcher, text: str) -> str | None:
    """Return the question that the search page asks of a text without a matter; None of others."""
    said, _, _ = matcher.listener.understand(text.strip(), None)
    return None if said.is_matter else said.hint
