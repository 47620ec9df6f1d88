"""What one says on the telephone: why these, why this matter, why now, and what speaks against."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data import Status
from matcher.german import count, listing, number
from matcher.known.bodies import Ints
from matcher.outreach.group_profile import GroupProfile
from matcher.outreach.odds import RECENT

_NEAR_KM = 30.0  # of a provider, by judgement: half an hour by car
_NAMED = 2
_UNLIKE = 4.0  # times as many inhabitants: no longer equals, by judgement
_FEW = 3  # cooperations of a matter that are few
_SECURED = "haushaltssicherung"


def these(view: GroupProfile) -> str:
    """Say why these bodies: neighbours, one Kreis, what they do together already."""
    bodies, places = view.bodies, view.municipalities
    first, second = np.triu_indices(len(places), k=1)
    km = float(bodies.seat_km[places[first], places[second]].max())
    touching = bodies.border_km[places[first], places[second]] > 0
    kreise = {view.body(int(row)).district_name for row in places}
    near = "Nachbarn" if touching.all() else "nahe beieinander"
    name = next(iter(kreise)) if len(kreise) == 1 else None
    where = in_district(name) if name else "über Kreisgrenzen"
    shared = np.flatnonzero(view.knowledge.participation[:, view.rows].sum(axis=1) >= 2)
    text = f"Warum diese: {near} {where}, Verwaltungssitze höchstens {number(km)} km auseinander"
    if not len(shared):
        return f"{text}; eine gemeinsame Kooperation ist noch nicht bekannt."
    best = _most_telling(view, shared)
    return (
        f"{text}; {'beide' if len(view.rows) == 2 else 'mindestens zwei von ihnen'} arbeiten schon "
        f"bei {count(len(shared), 'Vorhaben', 'Vorhaben')} zusammen, etwa „{best}“."
    )


def matter_sentence(view: GroupProfile) -> str:
    """Say why this matter: how often it is done, who does it nearby, who could provide."""
    total = len(view.in_matter)
    text = f"Warum dieses Vorhaben: {count(total, 'Kooperation ist', 'Kooperationen sind')} bekannt"
    carrying = [row for row in view.rows if view.prospects.covered.carriers[view.matter_row, row]]
    if carrying:
        who = view.name(int(carrying[0]))
        return f"{text}; {who} erledigt es schon für andere und könnte es auch hier."
    near = [(name, title) for name, title in _around(view) if name]
    if near:
        named = "; ".join(f"{name} („{title}“)" for name, title in near[:_NAMED])
        return f"{text}, die nächsten bei {named}."
    usual = number(float(view.prospects.usual_size[view.matter_row]))
    return f"{text}, meist mit rund {usual} Beteiligten; in der Nähe ist keine bekannt."


def now_sentence(view: GroupProfile) -> str:
    """Say why now: what began nearby of late, what ended, whose budget presses; or that nothing."""
    now = view.prospects.now
    years, inside = view.knowledge.years, view.in_matter
    recent = inside[(years[inside] > now - RECENT) & (years[inside] <= now)]
    causes = []
    near = [(i, names) for i in recent if (names := _near_members(view, int(i)))]
    if near:
        index, names = max(near, key=lambda each: (years[each[0]], -each[0]))
        planned = view.knowledge.cooperations[int(index)].status is Status.PLANNED
        began = "wurde das in der Nähe geplant" if planned else "fing man damit in der Nähe an"
        causes.append(f"{years[index]} {began} ({listing(names[:3])})")
    elif len(recent):
        causes.append(
            f"seit {now - RECENT + 1} {'begann' if len(recent) == 1 else 'begannen'} "
            f"{count(len(recent), 'solche Kooperation', 'solche Kooperationen')} im Land"
        )
    ended = _ended(view)
    if ended:
        causes.append(f"„{ended}“ ist beendet")
    bodies = [view.body(int(row)) for row in view.municipalities]
    secured = [body.name for body in bodies if body.figures["fiscal_status"] == _SECURED]
    if secured:
        causes.append(f"in Haushaltssicherung: {listing(secured)}")
    if not causes:
        return "Warum jetzt: Ein besonderer Anlass ist nicht bekannt."
    return f"Warum jetzt: {'; '.join(causes)}."


def against(view: GroupProfile) -> str:
    """Say what could speak against: unlike size, few or ended precedents, what is covered."""
    doubts = []
    bodies = [view.body(int(row)) for row in view.municipalities]
    people = sorted(body.population for body in bodies)
    if people[-1] > _UNLIKE * people[0]:
        doubts.append("die Größen sind sehr verschieden")
    total = len(view.in_matter)
    if total < _FEW:
        doubts.append(f"landesweit ist das erst {count(total, 'Mal', 'Mal')} belegt")
    known = [view.knowledge.cooperations[int(i)] for i in view.in_matter]
    gone = sum(cooperation.status is Status.ENDED for cooperation in known)
    if gone:
        doubts.append(f"{gone} der {total} bekannten {'ist' if gone == 1 else 'sind'} beendet")
    task = view.matter.task
    if task is not None and any(body.legal_status.value in task.optional for body in bodies):
        doubts.append("ob die Stadt die Aufgabe selbst hat, ist vorher zu klären")
    if view.matter.caveat:
        doubts.append(view.matter.caveat)
    doubts.append("eigene Lösungen, die niemand veröffentlicht hat, sind hier nicht bekannt")
    return f"Was dagegen sprechen kann: {'; '.join(doubts)}."


def in_district(name: str) -> str:
    """Return "im Märkischen Kreis", "im Kreis Olpe", "in der StädteRegion Aachen"."""
    if name.casefold().startswith("städteregion"):
        return f"in der {name}"
    return (
        f"im {name.removesuffix('er Kreis')}en Kreis" if name.endswith("er Kreis") else f"im {name}"
    )


def _around(view: GroupProfile) -> Iterator[tuple[str, str]]:
    """Yield names of the nearest bodies outside the group that have the matter, with a title."""
    inside = view.in_matter
    running = [i for i in inside if view.knowledge.cooperations[int(i)].status is not Status.ENDED]
    seen: set[str] = set()
    for row in _by_distance(view):
        for index in running:
            title = view.knowledge.cooperations[int(index)].title
            if view.knowledge.participation[index, row] > 0 and title not in seen:
                seen.add(title)
                yield view.name(int(row)), title
                break


def _by_distance(view: GroupProfile) -> Ints:
    distance = view.bodies.seat_km[view.municipalities].min(axis=0)
    outside = view.bodies.is_municipality & (distance <= _NEAR_KM)
    outside[view.rows] = False
    rows = np.flatnonzero(outside)
    return np.asarray(rows[np.argsort(distance[rows], kind="stable")], np.int64)


def _near_members(view: GroupProfile, index: int) -> list[str]:
    near = _by_distance(view)
    return [view.name(int(row)) for row in near if view.knowledge.participation[index, row] > 0]


def _ended(view: GroupProfile) -> str:
    for index in view.in_matter:
        cooperation = view.knowledge.cooperations[int(index)]
        if (
            cooperation.status is Status.ENDED
            and view.knowledge.participation[index, view.rows].any()
        ):
            return cooperation.title
    return ""


def _most_telling(view: GroupProfile, shared: Ints) -> str:
    """Return the title of what most of the group share with the fewest others."""
    members = view.knowledge.participation[:, view.rows].sum(axis=1)
    best = max(shared, key=lambda i: (members[i], -view.knowledge.patterns.size[i], -i))
    return view.knowledge.cooperations[int(best)].title
