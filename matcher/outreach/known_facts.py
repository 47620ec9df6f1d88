"""What is known of a body and a matter, in German: what, by whom, and since when."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.outreach.covered import Coverage
from matcher.outreach.group_profile import GroupProfile

_MOST = 2
_WORDS = {
    "law": "ist nach Gesetz nicht zuständig",
    "district": "ist über den Kreis versorgt",
    "institution": "ist versorgt",
    "carries": "erledigt es für andere",
    "bought": "lässt es von anderen erledigen",
    "association": "ist Mitglied eines Zweckverbands",
    "member": "ist an einer Kooperation beteiligt",
    "planned": "plant oder plante eine Kooperation",
}


def told(view: GroupProfile, row: int) -> str:
    """Say what is known of one body of a group; "" where nothing is."""
    return known(view.prospects.covered.about(view.matter_row, int(row)))


def known(facts: Sequence[Coverage]) -> str:
    """Say the first two facts as the rest of a sentence, what is alike in both only once."""
    by_kind: dict[str, list[str]] = {}
    for fact in facts[:_MOST]:
        by_kind.setdefault(fact.kind, []).append(_source(fact))
    return " und ".join(
        f"{_WORDS[kind]} ({'; '.join(dict.fromkeys(sources))})" for kind, sources in by_kind.items()
    )


def sentence(fact: Coverage) -> str:
    """Return a fact as the rest of a sentence; without a year it says so."""
    return f"{_WORDS[fact.kind]} ({_source(fact)})"


def _source(fact: Coverage) -> str:
    if fact.kind == "law":
        return fact.name
    if fact.since is None:
        return f"„{fact.name}“, Beginn nicht bekannt"
    known = "bekannt " if fact.kind in ("district", "institution") else ""
    return f"„{fact.name}“, {known}seit {fact.since}"
