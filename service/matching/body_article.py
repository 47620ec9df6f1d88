"""Names of bodies with their article: "die Stadt Werl", "mit dem Märkischen Kreis"."""

from __future__ import annotations

import re

from data import Kind
from matcher import Body

_ADJECTIVE = re.compile(r"ischer Kreis\b")


def nominative(body: Body) -> str:
    """Return a body as the subject of a sentence: "die Stadt Werl", "der Märkische Kreis"."""
    name = _ADJECTIVE.sub("ische Kreis", body.address)
    return f"{'die' if _feminine(body) else 'der'} {name}"


def dative(body: Body) -> str:
    """Return a body behind "mit": "der Stadt Werl", "dem Rheinisch-Bergischen Kreis"."""
    name = _ADJECTIVE.sub("ischen Kreis", body.address)
    return f"{'der' if _feminine(body) else 'dem'} {name}"


def nominative_in_text(body: Body) -> str:
    """Return a body as the subject in a sentence: "Werl", "der Märkische Kreis"."""
    return body.name if body.kind is Kind.MUNICIPALITY else nominative(body)


def accusative_in_text(body: Body) -> str:
    """Return a body as an object in a sentence: "Werl", "den Märkischen Kreis"."""
    if body.kind is Kind.MUNICIPALITY:
        return body.name
    return f"{'die' if _feminine(body) else 'den'} {_ADJECTIVE.sub('ischen Kreis', body.name)}"


def dative_in_text(body: Body) -> str:
    """Return a body behind "mit" in a sentence: "Werl", "dem Märkischen Kreis"."""
    return body.name if body.kind is Kind.MUNICIPALITY else dative(body)


def _feminine(body: Body) -> bool:
    return body.kind is Kind.MUNICIPALITY or body.name.startswith(("Städteregion", "StädteRegion"))
