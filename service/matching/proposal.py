"""The proposed group in a sentence, and what else one could do: smaller, with the Kreis, abroad."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from data import Kind
from matcher.german import listing
from matcher.outreach.shape import connected
from matcher.result import Consortium
from matcher.understanding.outside import Outside
from service.matching.background import Background
from service.matching.body_article import (
    accusative_in_text,
    dative_in_text,
    nominative,
    nominative_in_text,
)
from service.matching.partner_sentence import ALIKE
from service.matching.wording import lying_in

_MOST_NAMES = 5


class Alternative(Struct, frozen=True):
    """Another group: `code` is smaller, with_district, without_district or across_border."""

    code: str
    label: str
    bodies: tuple[str, ...]
    sentence: str


class Proposal(Struct, frozen=True):
    """A group as an official would put it to the mayor.

    Attributes
    ----------
    partners
        Keys of the group without the searcher.
    heading
        Names of the partners, shortened where there are many.
    why
        Why these, in one sentence.
    remark
        What to do first, or why it is no larger; mostly "".
    alternatives
        What else one could do.
    """

    partners: tuple[str, ...]
    heading: str
    why: str
    remark: str
    alternatives: tuple[Alternative, ...]

    @property
    def sentence(self) -> str:
        """What is told to the searcher; drafts for others take `why` alone."""
        return f"{self.why} {self.remark}".rstrip()


def proposal(known: Background) -> Proposal | None:
    """Return the proposal of an answer, None where nobody is proposed."""
    group = known.result.consortium
    if group is None or len(group.bodies) < 2:
        return None
    partners = group.bodies[1:]
    return Proposal(
        partners,
        _names(known, partners),
        _why(group, known),
        _remark(group, known),
        tuple(_alternatives(group, known)),
    )


def _why(group: Consortium, known: Background) -> str:
    """Say what holds the group together: who shares the task, borders, Kreis, ties, size."""
    if group.existing:
        return (
            "Diese Gruppe macht das schon zusammen mit Ihnen: sprechen Sie sie an, statt neu zu "
            "gründen."
        )
    if group.carrier is not None:
        name = nominative(known.directory[group.carrier])
        return f"{name[0].upper()}{name[1:]} ist für diese Aufgabe zuständig."
    rows = np.array([known.directory[key].row for key in group.bodies])
    holds = [*_where(rows, known), *_trust(rows, known), *_size(group, known)]
    who = "Beide" if len(rows) == 2 else "Alle drei" if len(rows) == 3 else "Sie alle"
    if not holds:
        return "Diese Stellen passen nach Lage und Erfahrung am besten zu Ihrem Vorhaben."
    return f"{who} {listing(holds)}."


def _remark(group: Consortium, known: Background) -> str:
    """Say whom to speak with first, or why a group is smaller than the text wants it."""
    if group.carrier is not None:
        kreis = nominative(known.directory[group.carrier])
        return f"Sprechen Sie zuerst mit {'ihm' if kreis.startswith('der') else 'ihr'}."
    wishes = {wish.code: wish.value for wish in known.result.understood.wishes}
    size = wishes.get("group_size")
    if size is None or group.existing:
        return ""
    least = int(float(str(size[0] if isinstance(size, tuple) else size)))
    return "" if len(group.bodies) > least else "Mehr passen nicht zu Ihren Wünschen."


def _where(rows: np.ndarray[tuple[int], np.dtype[np.int64]], known: Background) -> Iterator[str]:
    bodies = known.knowledge.bodies
    if len({int(d) for d in bodies.district[rows]}) == 1:
        # A Kreis does not lie in itself.
        among = (bodies.kind[rows] == Kind.DISTRICT.row).any()
        yield f"{'gehören zum' if among else 'liegen im'} selben Kreis"
    touching = bodies.border_km[np.ix_(rows, rows)] > 0
    if int(touching.sum()) == len(rows) * (len(rows) - 1):
        yield "grenzen aneinander"
    elif connected(touching):
        yield "bilden ein zusammenhängendes Gebiet"  # a chain: its ends do not touch


def _trust(rows: np.ndarray[tuple[int], np.dtype[np.int64]], known: Background) -> Iterator[str]:
    tied = known.knowledge.shared_with(rows)[:, rows] > 0
    if int(tied.sum()) == len(rows) * (len(rows) - 1):
        yield "arbeiten in anderen Aufgaben schon zusammen"


def _size(group: Consortium, known: Background) -> Iterator[str]:
    bodies = [known.directory[key] for key in group.bodies]
    counts = [body.population for body in bodies]
    alike = max(counts) <= ALIKE * min(counts)
    if len({body.kind for body in bodies}) == 1 and alike:
        yield "sind ähnlich groß"


def _alternatives(group: Consortium, known: Background) -> Iterator[Alternative]:
    if group.existing or group.carrier is not None:
        yield from _abroad(known)
        return
    yield from _smaller(group, known)
    yield from _district(group, known)
    yield from _abroad(known)


def _smaller(group: Consortium, known: Background) -> Iterator[Alternative]:
    # A group is put together one by one, the best first: its beginning is the best smaller one.
    if len(group.bodies) < 3:
        return
    first = group.on_board or group.bodies[1:2]  # who agreed is not left out
    rest = tuple(key for key in group.bodies[1:] if key not in first)
    if not rest:
        return
    yield Alternative(
        "smaller",
        "Kleiner",
        (group.bodies[0], *first),
        f"Mit {known.names(first, dative_in_text, _MOST_NAMES, 'weiteren')} beginnen; "
        f"{_subjects(known, rest)} {'kann' if len(rest) == 1 else 'können'} später dazukommen.",
    )


def _district(group: Consortium, known: Background) -> Iterator[Alternative]:
    mine, own = known.searcher, group.district
    inside = [key for key in group.bodies[1:] if known.directory[key].kind is Kind.DISTRICT]
    if inside:
        others = tuple(key for key in group.bodies if key not in inside)
        if len(others) > 1:
            yield Alternative(
                "without_district",
                "Ohne Kreis",
                others,
                f"Nur mit {known.names(others[1:], dative_in_text, _MOST_NAMES, 'weiteren')}.",
            )
        return
    if own is None:
        return
    place = f" (Platz {group.district_rank})" if group.district_rank else ""
    name = known.said(own, accusative_in_text)
    yield Alternative(
        "with_district",
        "Mit dem Kreis",
        (*group.bodies, own),
        f"{name[0].upper()}{name[1:]}{place} dazunehmen, etwa als Träger für "
        f"{'beide' if len(group.bodies) == 2 else 'alle'}."
        if mine.kind is Kind.MUNICIPALITY
        else "",
    )


def _abroad(known: Background) -> Iterator[Alternative]:
    said = known.result.understood
    served = {named.start for named in said.named}
    found = [place for place in said.outside if place.start not in served]
    if found:
        yield Alternative(
            "across_border",
            "Über die Grenze",
            (known.result.body,),
            f"{beyond_the_border(found)}: bitte selbst anrufen und die Bezirksregierung früh "
            "fragen.",
        )


def beyond_the_border(places: Sequence[Outside]) -> str:
    """Say where places lie and that nobody is known there, each Land once.

    Examples
    --------
    >>> beyond_the_border([Outside("Enschede", "Niederlande", 0, 8)])
    'Enschede liegt in den Niederlanden. Dort kennt der Dienst niemanden'
    """
    lying: dict[str, dict[str, None]] = {}
    for place in places:
        if not place.is_land:
            lying.setdefault(place.where, {})[place.text] = None
    lands = dict.fromkeys(
        lying_in(place.where) for place in places if place.is_land and place.where not in lying
    )
    told = ", ".join(
        f"{listing(list(names))} {'liegen' if len(names) > 1 else 'liegt'} {lying_in(where)}"
        for where, names in lying.items()
    )
    where = listing(["dort", *lands] if lying else list(lands))
    return f"{told}{'. ' if told else ''}{where[0].upper()}{where[1:]} kennt der Dienst niemanden"


def _subjects(known: Background, keys: tuple[str, ...]) -> str:
    return _shortened([known.said(key, nominative_in_text) for key in keys])


def _names(known: Background, keys: tuple[str, ...]) -> str:
    return _shortened([known.directory.name(key) for key in keys])


def _shortened(names: list[str]) -> str:
    if len(names) > _MOST_NAMES + 1:
        return f"{', '.join(names[:_MOST_NAMES])} und {len(names) - _MOST_NAMES} weitere"
    return listing(names)
