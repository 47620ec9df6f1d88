"""German sentences with the facts behind a group: what is known, and what is not known."""

from __future__ import annotations

import numpy as np

from matcher.directory import Body
from matcher.german import count, listing, number
from matcher.known.bodies import Ints
from matcher.outreach.call import against, matter_sentence, now_sentence, these
from matcher.outreach.group_profile import SHAPE_WORDS, GroupProfile
from matcher.outreach.known_facts import told
from matcher.outreach.opportunity import OutreachReason
from matcher.outreach.shape import LARGEST

_SECURED = "haushaltssicherung"
_RECENT_YEARS = 10


def reasons(view: GroupProfile) -> tuple[OutreachReason, ...]:
    """Return the sentences for a call first, then the facts, as one would tell them."""
    made = [
        OutreachReason("these", "fit", these(view)),
        OutreachReason("matter", "evidence", matter_sentence(view)),
        OutreachReason("now", "evidence", now_sentence(view)),
        OutreachReason("against", "need", against(view)),
        OutreachReason("unknown", "need", unknown(view)),
        OutreachReason("peers", "need", peers(view)),
        OutreachReason("elsewhere", "evidence", elsewhere(view)),
        OutreachReason("proximity", "fit", proximity(view)),
        OutreachReason("ties", "fit", ties(view)),
        OutreachReason("situation", "need", situation(view)),
    ]
    return tuple(reason for reason in made if reason.text)


def unknown(view: GroupProfile) -> str:
    """Say that no cooperation is known, what is known of whom, and what that does not mean."""
    text = f"{view.subject} ist keine gemeinsame Kooperation dieser Gruppe bekannt"
    known = [f"{view.name(row)} {sentence}" for row in view.rows if (sentence := told(view, row))]
    if known:
        text += f"; bekannt ist: {'; '.join(known)}"
    return f"{text}. Nicht bekannt heißt nicht, dass es keine gibt."


def peers(view: GroupProfile) -> str:
    """Say how many structurally alike bodies have what is not known here."""
    have = np.zeros(len(view.bodies.keys), bool)
    have[np.flatnonzero(view.knowledge.participation[view.in_matter].any(axis=0))] = True
    open_places = view.municipalities[~have[view.municipalities]]
    if not len(open_places):
        return ""
    total = view.need.peers.shape[1]
    shares = [f"{view.name(row)}: {int(have[view.need.peers[row]].sum())}" for row in open_places]
    return (
        f"Von den je {total} nach Alter, Fläche, Entwicklung und Größe ähnlichsten Kommunen haben "
        f"bekanntermaßen eine solche Kooperation: {', '.join(shares)}."
    )


def elsewhere(view: GroupProfile) -> str:
    """Count known cooperations of the matter, those of the same shape, and with a Kreis."""
    inside, shape = view.in_matter, view.group.shape
    same = int((view.shapes.of_cooperation[inside] == shape).sum())
    newest = view.prospects.now
    recent = int((view.knowledge.years[inside] > newest - _RECENT_YEARS).sum())
    text = (
        f"{view.subject} {_are_known(len(inside))} landesweit bekannt, davon "
        f"{same} mit höchstens {LARGEST} Beteiligten in dieser Form ({SHAPE_WORDS[shape]}) und "
        f"{recent} mit bekanntem Beginn ab {newest - _RECENT_YEARS + 1}"
    )
    if view.district is not None:
        above = view.knowledge.participation[inside][:, view.bodies.is_district].any(axis=1)
        text += f"; an {int(above.sum())} ist ein Kreis beteiligt"
    return f"{text}."


def proximity(view: GroupProfile) -> str:
    """Say how far the seats lie apart, who borders on whom, and in which Kreis they lie."""
    bodies, places = view.bodies, view.municipalities
    first, second = np.triu_indices(len(places), k=1)
    pairs = (places[first], places[second])
    farthest = float(bodies.seat_km[pairs].max())
    touching = int((bodies.border_km[pairs] > 0).sum())
    districts = list(dict.fromkeys(_district(view.body(int(row))) for row in places))
    where = (
        f"{'beide' if len(places) == 2 else 'alle'} im selben Kreis ({districts[0]})"
        if len(districts) == 1
        else f"in {listing(districts)}"
    )
    if len(places) == 2:
        border = "mit gemeinsamer Grenze" if touching else "ohne gemeinsame Grenze"
        return (
            f"Die Verwaltungssitze liegen {number(farthest, 1)} km auseinander, {border}, {where}."
        )
    return (
        f"Die Verwaltungssitze liegen höchstens {number(farthest, 1)} km auseinander, {touching} "
        f"von {len(first)} Paaren haben eine gemeinsame Grenze, {where}."
    )


def ties(view: GroupProfile, left_out: Ints | None = None) -> str:
    """Say what the group is known to do together otherwise, and in which LEADER region."""
    rows, took_part = view.rows, view.knowledge.participation.copy()
    took_part[view.in_matter if left_out is None else left_out] = 0
    first, second = np.triu_indices(len(rows), k=1)
    shared = (took_part[:, rows].T @ took_part[:, rows])[first, second] > 0
    if not shared.any():
        text = "Auch bei anderen Vorhaben ist keine gemeinsame Kooperation bekannt."
        return f"{text}{_leader(view)}"
    members = took_part[:, rows].sum(axis=1)
    best = max(
        np.flatnonzero(members >= 2),
        key=lambda i: (members[i], -view.knowledge.patterns.size[i], -i),
    )
    cooperation = view.knowledge.cooperations[int(best)]
    start = "" if cooperation.start_year is None else f", seit {cooperation.start_year}"
    number_of = f"{int(shared.sum())} von {len(first)} Paaren der Gruppe arbeiten"
    if len(first) == 1:
        number_of = "Beide arbeiten"
    return (
        f"{number_of} bei anderen Vorhaben bekanntermaßen zusammen, zum Beispiel "
        f"„{cooperation.title}“ ({cooperation.task_area.label}{start}).{_leader(view)}"
    )


def situation(view: GroupProfile) -> str:
    """State size, standing, age and budget; figures, no judgement."""
    bodies = [view.body(int(row)) for row in view.municipalities]
    people = [body.population for body in bodies]
    older = [_older(body) for body in bodies]
    everyone = [_older(body) for body in view.directory.municipalities]
    standing = list(dict.fromkeys(body.legal_status.label for body in bodies))
    text = (
        f"{number(min(people))} bis {number(max(people))} Einwohner ({listing(standing)}); "
        f"{number(min(older), 1)} bis {number(max(older), 1)} % sind 67 Jahre oder älter (Mittel "
        f"der Kommunen {number(float(np.mean(everyone)), 1)} %)"
    )
    secured = [b.name for b in bodies if b.figures["fiscal_status"] == _SECURED]
    if secured:
        text += f"; in Haushaltssicherung: {listing(secured)}"
    return f"{text}."


def _older(body: Body) -> float:
    return float(body.figures["share_67_plus"] or 0)


def _district(body: Body) -> str:
    return body.district_name or f"{body.name} (kreisfrei)"


def _leader(view: GroupProfile) -> str:
    names = {view.body(int(row)).leader_region for row in view.municipalities}
    if len(names) > 1 or None in names:
        return ""
    both = "Beide" if len(view.municipalities) == 2 else "Alle"
    return f" {both} gehören zur LEADER-Region {names.pop()}."


def _are_known(total: int) -> str:
    verb = "ist" if total == 1 else "sind"
    return f"{verb} {count(total, 'Kooperation', 'Kooperationen')}"
