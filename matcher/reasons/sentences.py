"""The kinds of reasons, each with one German sentence: the fact behind it, never a judgement."""

from __future__ import annotations

import numpy as np

from matcher.features.geography import RELATIONS
from matcher.german import count, number, percent
from matcher.known.knowledge import SMALL_GROUP
from matcher.known.relation import Relation
from matcher.reasons.asked import Asked
from matcher.reasons.declare import matter_reason, reason
from matcher.reasons.pair import Pair
from matcher.result import Factor

LEAST_SHARE, LEAST_CASES = 0.05, 5
"""A smaller share, or one of fewer cases, is chance: no sentence argues with it."""
_FISCAL = {
    "ausgeglichen": "Haushalt ausgeglichen",
    "ausgeglichen_fiktiv": "Haushalt fiktiv ausgeglichen",
    "ruecklage_genehmigt": "Verringerung der allgemeinen Rücklage genehmigt",
    "fehlbetragsvortrag": "Fehlbetrag wird vorgetragen",
    "haushaltssicherung": "Haushaltssicherung",
}


@reason("distance", Factor.PROXIMITY)
def distance(pair: Pair) -> str:
    """Say how far the seats lie apart."""
    km = pair.bodies.seat_km[pair.searcher, pair.candidate]
    if km < 0.1:
        return "Sitz am selben Ort"
    return f"{number(km, 1 if km < 100 else 0)} km zwischen den Verwaltungssitzen (Luftlinie)"


@reason("adjacent", Factor.PROXIMITY)
def adjacent(pair: Pair) -> str:
    """Say how long the common border is, or how far apart the borders are."""
    row = pair.searcher
    border = pair.bodies.border_km[row, pair.candidate]
    if border > 0:
        return f"Gemeinsame Grenze ({number(border, 1)} km)"
    if pair.bodies.contains[row, pair.candidate] or pair.bodies.contains[pair.candidate, row]:
        return "Das Gebiet des einen liegt im Gebiet des anderen"
    return (
        f"Keine gemeinsame Grenze ({number(pair.bodies.gap_km[row, pair.candidate], 1)} km Abstand)"
    )


@reason("district", Factor.PROXIMITY)
def district(pair: Pair) -> str:
    """Say whether both belong to one Kreis."""
    relation = pair.bodies.relation[pair.searcher, pair.candidate]
    if relation == Relation.OWN_DISTRICT:
        return "Der eigene Kreis"
    if relation == Relation.MEMBER:
        return "Gehört zum suchenden Verband oder Kreis"
    if pair.bodies.district[pair.searcher] == pair.bodies.district[pair.candidate]:
        return f"Beide im selben Kreis ({pair.theirs.district_name or pair.theirs.name})"
    name = pair.theirs.district_name
    return f"Anderer Kreis ({name})" if name else "Nicht im selben Kreis"


@reason("region", Factor.PROXIMITY)
def region(pair: Pair) -> str:
    """Say which region both share."""
    bodies, row, other = pair.bodies, pair.searcher, pair.candidate
    if bodies.leader[row] == bodies.leader[other] >= 0:
        return f"Gemeinsame LEADER-Region {pair.theirs.leader_region}"
    if bodies.region[row] == bodies.region[other] >= 0:
        return f"Beide im Regierungsbezirk {pair.theirs.government_region}"
    if bodies.association[row] == bodies.association[other] >= 0:
        return f"Anderer Regierungsbezirk, beide im Gebiet des {pair.theirs.landscape_association}"
    return "Keine gemeinsame Region bekannt"


@reason("standing", Factor.EQUALITY)
def standing(pair: Pair) -> str:
    """Say which standing both have."""
    mine, theirs = pair.mine.legal_status, pair.theirs.legal_status
    if mine == theirs:
        return f"Gleicher Status ({theirs.label})"
    return f"{theirs.label[0].upper()}{theirs.label[1:]}, Suchende: {mine.label}"


@reason("size", Factor.EQUALITY)
def size(pair: Pair) -> str:
    """Say how many inhabitants the candidate has, and how that compares."""
    ratio = float(
        np.exp(
            pair.bodies.log_population[pair.candidate] - pair.bodies.log_population[pair.searcher]
        )
    )
    inhabitants = f"{number(pair.theirs.population)} Einwohner"
    if 0.8 <= ratio <= 1.25:
        return f"{inhabitants}, etwa gleich viele"
    if ratio > 1:
        return f"{inhabitants}, das {number(ratio, 1)}-Fache"
    return f"{inhabitants}, {percent(ratio)} der eigenen Zahl"


@reason("structure", Factor.EQUALITY)
def structure(pair: Pair) -> str:
    """Say how alike age and land use are."""
    gap = np.sqrt(
        ((pair.bodies.structure[pair.candidate] - pair.bodies.structure[pair.searcher]) ** 2).mean()
    )
    if np.isnan(gap):
        return "Alters- und Siedlungsstruktur nicht bekannt"
    word = "sehr ähnlich" if gap < 0.7 else "ähnlich" if gap < 1.2 else "verschieden"
    return f"Alters- und Siedlungsstruktur {word}"


@reason("ties", Factor.TRUST)
def ties(pair: Pair) -> str:
    """Name what both already do together, as far as known."""
    known = pair.shared
    if not known:
        return "Keine gemeinsame Kooperation bekannt"
    text = count(len(known), "gemeinsame Kooperation", "gemeinsame Kooperationen")
    return f"{text} bekannt, zum Beispiel „{pair.knowledge.cooperations[known[0]].title}“"


@reason("partners", Factor.TRUST)
def partners(pair: Pair) -> str:
    """Count the bodies that have worked with both in groups in which one knows the others."""
    common = pair.company.common_acquaintances[pair.candidate]
    small = f"aus Gruppen mit höchstens {SMALL_GROUP} Mitgliedern"
    if not common:
        return f"Keine gemeinsamen Partner {small}"
    return f"{count(common, 'gemeinsamer Partner', 'gemeinsame Partner')} {small}"


@reason("surroundings", Factor.TRUST)
def surroundings(pair: Pair) -> str:
    """Count the searcher's neighbours that already work with the candidate."""
    tied, neighbours = pair.company.tied_neighbours[pair.candidate], pair.company.neighbours
    total = len(neighbours) - (pair.candidate in neighbours)
    verb = "arbeitet" if tied == 1 else "arbeiten"
    return f"{tied} von {total} anderen Nachbarn {verb} schon mit dieser Stelle zusammen"


@reason("activity", Factor.TRUST)
def activity(pair: Pair) -> str:
    """Count the candidate's known cooperations."""
    known = int(pair.knowledge.activity[pair.candidate])
    return f"{count(known, 'Kooperation', 'Kooperationen')} insgesamt bekannt"


@reason("fiscal", Factor.PRESSURE)
def fiscal(pair: Pair) -> str:
    """State the budget status, where there is one."""
    status = pair.theirs.figures["fiscal_status"]
    if not isinstance(status, str):
        return "Haushaltsstatus nicht erfasst"
    same = status == pair.mine.figures["fiscal_status"]
    return f"{_FISCAL.get(status, status)}{' – bei beiden' if same else ''}"


@reason("ageing", Factor.PRESSURE)
def ageing(pair: Pair) -> str:
    """State the share of older people."""
    known = pair.theirs.figures["share_67_plus"]
    if known is None:
        return "Anteil der Älteren nicht bekannt"
    share = float(known)
    return f"{number(share, 1)} % der Einwohner sind 67 Jahre oder älter"


@matter_reason(
    "pattern", Factor.TASK, same_for=lambda pair: (pair.relation, pair.theirs.beyond_border)
)
def pattern(pair: Pair, asked: Asked) -> str:
    """Say how often similar cooperations had a partner of this relation.

    A share under `LEAST_SHARE`, or of fewer than `LEAST_CASES` cooperations, is no figure to tell.
    """
    relation = Relation(pair.relation)
    share = asked.with_relation[relation]
    who = RELATIONS[relation]
    if relation is Relation.OTHER and pair.theirs.beyond_border:
        who = "Partner ohne gemeinsame Grenze und Region"
    if len(asked.query.similar.indices) < LEAST_CASES or share < LEAST_SHARE:
        return f"In ähnlichen Vorhaben kaum dabei: {who}"
    return f"In {percent(share)} der ähnlichen Vorhaben dabei: {who}"


@matter_reason("group_size", Factor.TASK, same_for=lambda _: "all")
def group_size(pair: Pair, asked: Asked) -> str:
    """Say how many members the wording foretells."""
    foretold = number(asked.members_foretold, 1)
    return f"Vorhaben mit solchem Wortlaut haben im Mittel {foretold} Beteiligte"


@matter_reason("experience", Factor.TASK)
def experience(pair: Pair, asked: Asked) -> str:
    """Say what the candidate already does in this field."""
    known, among = asked.known_in_field[pair.candidate], asked.took_part[pair.candidate]
    field = (
        f"{count(known, 'Kooperation', 'Kooperationen')} im Bereich {asked.in_area.label} bekannt"
    )
    if among:
        return f"An {among} der {len(asked.nearest)} ähnlichsten Vorhaben beteiligt; {field}"
    return field[0].upper() + field[1:]
