"""What is known of a body and a matter, in German: what, by whom, and since when."""

from __future__ import annotations

from matcher.outreach.covered import Coverage
from matcher.outreach.group_profile import GroupProfile

_WORDS = {
    "law": "ist nach Gesetz nicht zuständig ({name})",
    "district": "ist über den Kreis versorgt („{name}“{since})",
    "institution": "ist versorgt („{name}“{since})",
    "carries": "erledigt es für andere („{name}“{since})",
    "bought": "lässt es von anderen erledigen („{name}“{since})",
    "association": "ist Mitglied eines Zweckverbands („{name}“{since})",
    "member": "ist an einer Kooperation beteiligt („{name}“{since})",
}


def told(view: GroupProfile, row: int) -> str:
    """Say what is known of one body of a group; "" where nothing is."""
    found = view.prospects.covered.about(view.matter_row, int(row))
    return " und ".join(dict.fromkeys(sentence(each) for each in found[:2]))


def sentence(fact: Coverage) -> str:
    """Return a fact as the rest of a sentence; without a year it says so."""
    since = ", Beginn nicht bekannt" if fact.since is None else f", seit {fact.since}"
    if fact.kind in ("district", "institution") and fact.since is not None:
        since = f", bekannt seit {fact.since}"
    return _WORDS[fact.kind].format(name=fact.name, since=since)
