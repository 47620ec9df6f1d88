"""German words for what was understood of a text and for what exists already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from data import Kind, LegalStatus, Status
from data.terms import Term
from matcher.german import german_date, listing, number
from matcher.result import Eligible, Funding
from matcher.understanding.wish import Value, Wish

ROLES: Mapping[str, str] = {
    "wanted": "als Partner gewünscht",
    "on_board": "schon an Bord",
    "excluded": "soll nicht dabei sein",
    "mentioned": "nur erwähnt",
}
ELIGIBLE: Mapping[Eligible, str] = {
    Eligible.YES: "Nach der Richtlinie möglich",
    Eligible.NO: "Nach der Richtlinie nicht möglich",
    Eligible.CHECK: "Vorab zu klären",
}
_PLURALS = {
    Kind.MUNICIPALITY.value: "Städte und Gemeinden",
    Kind.DISTRICT.value: "Kreise",
    Kind.ASSOCIATION.value: "Verbände",
    LegalStatus.SMALL.value: "kleine kreisangehörige Kommunen",
    LegalStatus.MEDIUM.value: "mittlere kreisangehörige Städte",
    LegalStatus.LARGE.value: "große kreisangehörige Städte",
    LegalStatus.INDEPENDENT.value: "kreisfreie Städte",
    LegalStatus.DISTRICT.value: "Kreise",
    LegalStatus.ASSOCIATION.value: "Verbände",
}
# Lands and countries whose names take an article.
_LYING = {
    "Niederlande": "in den Niederlanden",
    "Saarland": "im Saarland",
    "anderes Land": "in einem anderen Land",
}
_YES_NO = {
    "own_district": ("nur im eigenen Kreis", "nicht im eigenen Kreis"),
    "adjacent": ("nur direkte Nachbarn", "keine direkten Nachbarn"),
    "with_district": ("mit einem Kreis", "ohne Kreis"),
}
_RULED_OUT = {
    "filters": "Ihre Filter schließen die Stelle aus.",
    "excluded": "Ihr Text sagt: soll nicht dabei sein.",
    "not_served": "Die Stelle liegt weit jenseits der Landesgrenze oder außerhalb des Gebiets, für "
    "das dieser Dienst da ist, oder ein Verband führt ihre Verwaltung und ist selbst zu fragen.",
    "on_board": "Die Stelle ist schon an Bord oder sucht selbst.",
}
_NUMBERS = {
    "max_distance_km": "höchstens {} km",
    "min_population": "mindestens {} Einwohner",
    "max_population": "höchstens {} Einwohner",
}


_TO_SEARCHER = (
    ("Die suchende Stelle ist", "Sie sind"),
    ("nicht die suchende Kommune", "nicht Sie"),
    ("der erste Anruf geht an den eigenen Kreis", "rufen Sie zuerst Ihren Kreis an"),
)


class Standing(Protocol):
    """How a searcher stands to a known cooperation."""

    @property
    def relation(self) -> str:
        """Return "member", "joinable" or "ended"."""

    @property
    def status(self) -> str:
        """Return its state, a value of `data.Status`."""

    @property
    def year(self) -> int | None:
        """Return when it began."""


def lying_in(where: str) -> str:
    """Return where a place lies: "in Hessen", "in den Niederlanden"."""
    return _LYING.get(where, f"in {where}")


def wish_label(wish: Wish) -> str:
    """Return what a wish asks in a few words: "höchstens 20 km".

    Where the value alone says little to a reader (a region is a list of key prefixes), the words
    of the text are quoted.
    """
    if wish.code in _YES_NO:
        return _YES_NO[wish.code][0 if wish.value else 1]
    if wish.code in _NUMBERS and isinstance(wish.value, int | float):
        decimals = 0 if wish.value == int(wish.value) else 1
        return _NUMBERS[wish.code].format(number(wish.value, decimals))
    if wish.code in ("kinds", "legal_status"):
        return f"nur {listing([_PLURALS.get(value, value) for value in _words(wish.value)])}"
    if wish.code == "group_size":
        return _group_size(wish.value)
    return f"„{wish.text}“"


def plural(term: Term) -> str:
    """Return the word for several bodies of a kind or standing: "Kreise"."""
    return _PLURALS[term.value]


def relation_label(known: Standing) -> str:
    """Return how the searcher stands to a known cooperation: "Sie sind dabei seit 2015"."""
    since = f" seit {known.year}" if known.year else ""
    planned = known.status == Status.PLANNED.value
    if known.relation == "member":
        begin = f" (Beginn {known.year})" if known.year else ""
        return f"Ihre Beteiligung ist geplant{begin}" if planned else f"Sie sind dabei{since}"
    if known.relation == "joinable":
        return "geplant, noch ohne Sie" if planned else f"besteht{since}, noch ohne Sie"
    return f"Sie waren dabei, beendet{f', begann {known.year}' if known.year else ''}"


def told_to_searcher(text: str) -> str:
    """Return a sentence on who carries a task as the searcher is told it, not others."""
    for of_others, of_you in _TO_SEARCHER:
        text = text.replace(of_others, of_you)
    return text


def ruled_out_by(code: str, wishes: Mapping[str, Wish]) -> str:
    """Return what keeps a body out of the suggestions, for a code of `Match.filtered_by`."""
    if code in wishes:
        return f"Ihr Text sagt: {wish_label(wishes[code])}."
    return _RULED_OUT.get(code, "Eine Angabe im Text schließt die Stelle aus.")


def year_and_state(title: str, status: str, year: int | None) -> str:
    """Return year and state of a cooperation for behind its title: "2015, beendet"; "" if none.

    A year that stands in the title is not said twice.
    """
    told = [str(year)] if year and str(year) not in title else []
    if status in (Status.PLANNED.value, Status.ENDED.value):
        told.append(Status.parse(status).label)
    return ", ".join(told)


def deadline(funding: Funding) -> str:
    """Return until when one may apply; "" where that is told already or nobody may."""
    if funding.apply_until is None or funding.eligible is Eligible.NO:
        return ""
    day = german_date(funding.apply_until)
    return (
        "" if day in funding.why else f"Anträge sind wohl bis {day} möglich, amtlich ist das nicht."
    )


def _group_size(value: Value) -> str:
    if isinstance(value, tuple) and len(value) == 2:
        least, most = (int(each) for each in value)
        if least <= 1 < most:
            return f"höchstens {most} Partner"
        if least != most:
            return f"{least} bis {most} Partner"
        value = least
    return f"{number(float(str(value)))} Partner"


def _words(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
