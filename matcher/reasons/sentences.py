"""One German sentence for each reason: the fact behind it, never a judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data import LegalStatus, TaskArea
from data.land import LAND
from matcher.features import Query
from matcher.german import count, number, percent
from matcher.known.bodies import Landscape, Relation
from matcher.known.forecast import SCALARS
from matcher.known.knowledge import Knowledge

_NEAR = 10  # of the most similar cooperations: those that a sentence counts
_FISCAL = {
    "ausgeglichen": "Haushalt ausgeglichen",
    "ausgeglichen_fiktiv": "Haushalt fiktiv ausgeglichen",
    "ruecklage_genehmigt": "Verringerung der allgemeinen Rücklage genehmigt",
    "fehlbetragsvortrag": "Fehlbetrag wird vorgetragen",
    "haushaltssicherung": "Haushaltssicherung",
}
_RELATIONS = {
    Relation.OWN_DISTRICT: "der eigene Kreis",
    Relation.MEMBER: "kreisangehörige Kommunen",
    Relation.ASSOCIATION: LAND.association_words,
    Relation.NEIGHBOUR_SAME_DISTRICT: "Nachbarn im selben Kreis",
    Relation.SAME_DISTRICT: "weitere Kommunen desselben Kreises",
    Relation.NEIGHBOUR: "Nachbarn jenseits der Kreisgrenze",
    Relation.OTHER_DISTRICT: "ein anderer Kreis",
    Relation.SAME_REGION: "Partner aus demselben Regierungsbezirk ohne gemeinsame Grenze",
    Relation.SAME_LANDSCAPE: "Partner aus einem anderen Regierungsbezirk des Landesteils",
    Relation.OTHER: "Partner aus dem anderen Landesteil",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A searcher and a candidate, with all that is known about them and the task area."""

    bodies: Sequence[Mapping[str, object]]
    knowledge: Knowledge
    query: Query
    candidate: int
    area: TaskArea | None = None

    @property
    def land(self) -> Landscape:
        """The arrays over all bodies."""
        return self.knowledge.land

    def searcher_value(self, column: str) -> object:
        """Return a figure of the searcher."""
        return self.bodies[self.query.searcher][column]

    def value(self, column: str) -> object:
        """Return a figure of the candidate."""
        return self.bodies[self.candidate][column]


def distance(pair: Pair) -> str:
    """Say how far the seats lie apart."""
    km = pair.land.seat_km[pair.query.searcher, pair.candidate]
    if km < 0.1:
        return "Sitz am selben Ort"
    return f"{number(km, 1 if km < 100 else 0)} km zwischen den Verwaltungssitzen (Luftlinie)"


def adjacent(pair: Pair) -> str:
    """Say how long the common border is, or how far apart the borders are."""
    row = pair.query.searcher
    border = pair.land.border_km[row, pair.candidate]
    if border > 0:
        return f"Gemeinsame Grenze ({number(border, 1)} km)"
    if pair.land.contains[row, pair.candidate] or pair.land.contains[pair.candidate, row]:
        return "Das Gebiet des einen liegt im Gebiet des anderen"
    return (
        f"Keine gemeinsame Grenze ({number(pair.land.gap_km[row, pair.candidate], 1)} km Abstand)"
    )


def district(pair: Pair) -> str:
    """Say whether both belong to one Kreis."""
    relation = pair.land.relation[pair.query.searcher, pair.candidate]
    if relation == Relation.OWN_DISTRICT:
        return "Der eigene Kreis"
    if relation == Relation.MEMBER:
        return "Gehört zum suchenden Verband oder Kreis"
    if pair.land.district[pair.query.searcher] == pair.land.district[pair.candidate]:
        return f"Beide im selben Kreis ({pair.value('district_name') or pair.value('name')})"
    name = pair.value("district_name")
    return f"Anderer Kreis ({name})" if isinstance(name, str) else "Nicht im selben Kreis"


def region(pair: Pair) -> str:
    """Say which region both share."""
    land, row, other = pair.land, pair.query.searcher, pair.candidate
    if land.leader[row] == land.leader[other] >= 0:
        return f"Gemeinsame LEADER-Region {pair.value('leader_region')}"
    if land.region[row] == land.region[other] >= 0:
        return f"Beide im Regierungsbezirk {pair.value('government_region')}"
    if land.landscape[row] == land.landscape[other] >= 0:
        return (
            f"Anderer Regierungsbezirk, beide im Gebiet des {pair.value('landscape_association')}"
        )
    return "Keine gemeinsame Region bekannt"


def standing(pair: Pair) -> str:
    """Say which standing both have."""
    mine = LegalStatus.parse(str(pair.searcher_value("legal_status")))
    theirs = LegalStatus.parse(str(pair.value("legal_status")))
    if mine == theirs:
        return f"Gleicher Status ({theirs.label})"
    return f"{theirs.label[0].upper()}{theirs.label[1:]}, Suchende: {mine.label}"


def size(pair: Pair) -> str:
    """Say how many inhabitants the candidate has, and how that compares."""
    ratio = float(
        np.exp(
            pair.land.log_population[pair.candidate] - pair.land.log_population[pair.query.searcher]
        )
    )
    inhabitants = f"{number(float(str(pair.value('population'))))} Einwohner"
    if 0.8 <= ratio <= 1.25:
        return f"{inhabitants}, etwa gleich viele"
    if ratio > 1:
        return f"{inhabitants}, das {number(ratio, 1)}-Fache"
    return f"{inhabitants}, {percent(ratio)} der eigenen Zahl"


def structure(pair: Pair) -> str:
    """Say how alike age and land use are."""
    gap = np.sqrt(
        (
            (pair.land.structure[pair.candidate] - pair.land.structure[pair.query.searcher]) ** 2
        ).mean()
    )
    word = "sehr ähnlich" if gap < 0.7 else "ähnlich" if gap < 1.2 else "verschieden"
    return f"Alters- und Siedlungsstruktur {word} (mittlere Abweichung {number(gap, 1)} σ)"


def ties(pair: Pair) -> str:
    """Name what both already do together, as far as known."""
    known = shared_cooperations(pair)
    if not known:
        return "Keine gemeinsame Kooperation bekannt"
    text = count(len(known), "gemeinsame Kooperation", "gemeinsame Kooperationen")
    return f"{text} bekannt, zum Beispiel „{pair.knowledge.cooperations[known[0]].title}“"


def partners(pair: Pair) -> str:
    """Count the bodies that have worked with both."""
    shared = pair.knowledge.shared
    common = int(((shared[pair.query.searcher] > 0) & (shared[pair.candidate] > 0)).sum())
    return f"{count(common, 'Kooperationspartner', 'Kooperationspartner')} mit beiden verbunden"


def surroundings(pair: Pair) -> str:
    """Count the searcher's neighbours that already work with the candidate."""
    row, land = pair.query.searcher, pair.land
    neighbours = (land.border_km[row] > 0) & (land.kind == land.kind[row])
    neighbours[pair.candidate] = False
    tied = int((pair.knowledge.shared[neighbours, pair.candidate] > 0).sum())
    total = int(neighbours.sum())
    return f"{tied} von {total} weiteren Nachbarn kooperieren bekanntermaßen mit dieser Kommune"


def activity(pair: Pair) -> str:
    """Count the candidate's known cooperations."""
    known = int(pair.knowledge.activity[pair.candidate])
    return f"{count(known, 'Kooperation', 'Kooperationen')} insgesamt bekannt"


def fiscal(pair: Pair) -> str:
    """State the budget status, where there is one."""
    status = pair.value("fiscal_status")
    if not isinstance(status, str):
        return "Haushaltsstatus nicht erfasst"
    same = status == pair.searcher_value("fiscal_status")
    return f"{_FISCAL.get(status, status)}{' – bei beiden' if same else ''}"


def ageing(pair: Pair) -> str:
    """State the share of older people."""
    share = float(str(pair.value("share_67_plus")))
    return f"{number(share, 1)} % der Einwohner sind 67 Jahre oder älter"


def pattern(pair: Pair) -> str:
    """Say how often similar cooperations had a partner of this relation."""
    relation = Relation(int(pair.land.relation[pair.query.searcher, pair.candidate]))
    similar = pair.query.similar
    side = int(pair.land.side[pair.query.searcher])
    table = pair.knowledge.patterns.histograms["relation"][similar.indices, side]
    share = float(similar.weight @ (table[:, relation] > 0))
    return f"In {percent(share)} der ähnlichen Vorhaben dabei: {_RELATIONS[relation]}"


def group_size(pair: Pair) -> str:
    """Say how many members the wording foretells."""
    foretold = float(np.exp(pair.query.expectation.scalars[SCALARS.index("log_size")]))
    return f"Vorhaben mit solchem Wortlaut haben im Mittel {number(foretold, 1)} Beteiligte"


def experience(pair: Pair) -> str:
    """Say what the candidate already does in this field."""
    nearest = pair.query.similar.indices[:_NEAR]
    among = int(pair.knowledge.participation[nearest, pair.candidate].sum())
    area = pair.area or TaskArea.at(int(pair.query.areas.argmax()))
    known = int(pair.knowledge.area_activity[area.row, pair.candidate])
    field = f"{count(known, 'Kooperation', 'Kooperationen')} im Bereich {area.label} bekannt"
    if among:
        return f"An {among} der {len(nearest)} ähnlichsten Vorhaben beteiligt; {field}"
    return field[0].upper() + field[1:]


def shared_cooperations(pair: Pair) -> list[int]:
    """Return the indices of cooperations in which both take part, the newest first."""
    took_part = pair.knowledge.participation
    both = np.flatnonzero(took_part[:, pair.query.searcher] * took_part[:, pair.candidate])
    years = [pair.knowledge.cooperations[index].start_year or 0 for index in both]
    return [int(both[i]) for i in np.argsort(years, kind="stable")[::-1]]


SENTENCES: dict[str, Callable[[Pair], str]] = {
    f.__name__: f
    for f in (
        distance, adjacent, district, region, standing, size, structure, ties, partners,
        surroundings, activity, fiscal, ageing, pattern, group_size, experience,
    )
}  # fmt: skip
