"""One sentence on a partner, as one official tells it another on the phone.

The strongest thing that is known decides: whoever shares the task already comes before whoever does
it for others, and that before a cooperation in another matter, a border, a Kreis and a size. Each
kind is a function of its own; the first that has something to say is taken. Evidence may be of a
related matter alone: it is called by its own name or comparable, the same only where the answer
tells of it as existing.
"""

from __future__ import annotations

from collections.abc import Callable

from data import LegalStatus, Status
from matcher import Match
from matcher.answer import NAMED
from matcher.german import number
from matcher.result import Evidence
from service.matching.background import Background
from service.matching.body_article import accusative_in_text, dative_in_text
from service.matching.matter_noun import matter_noun

ALIKE = 1.5
"""Times as many inhabitants, largest over smallest: up to here one speaks of the same size."""
# Evidence of ties ends at three.
_IN_MATTERS = ("einer anderen Sache", "zwei anderen Sachen", "mehreren anderen Sachen")
_OPEN = (Status.PLANNED.value, Status.ENDED.value)


def partner_sentence(match: Match, known: Background) -> str:
    """Return the sentence, without a full stop: "Hält seit 2012 das Standesamt für Werdohl; 14 km".

    Parameters
    ----------
    match
        The partner.
    known
        The answer it stands in, and all that is known.
    """
    said = f"{partner_reason(match, known)}; {_way(match)}"
    if match.beyond_border:
        said += f", jenseits der Landesgrenze ({known.directory[match.body].land})"
    return said


def partner_reason(match: Match, known: Background) -> str:
    """Return the same without the distance, for where it stands beside."""
    return next(sentence for kind in _KINDS if (sentence := kind(match, known)))


def _together(match: Match, known: Background) -> str | None:
    if not match.together:
        return None
    shared = next((e for e in match.evidence if e.shared and e.status not in _OPEN), None)
    since = f" seit {shared.year}" if shared and shared.year else ""
    return f"Macht das{since} schon mit Ihnen zusammen"


def _named(match: Match, known: Background) -> str | None:
    # It stands first, and many are asked.
    if not match.reasons or match.reasons[0].code != NAMED:
        return None
    return "Steht als Wunschpartner in Ihrem Text"


def _carrier(match: Match, known: Background) -> str | None:
    """Say that the law gives the task to this body."""
    carried = known.result.competence
    if carried is None or carried.carried_by != match.body:
        return None
    return "Ist als Ihr Kreis dafür zuständig"


def _provider(match: Match, known: Background) -> str | None:
    """Say what the body does for others in the same matter."""
    for entry in _running(match):
        record = known.records.get(entry.cooperation)
        others = _others(entry, match, known)
        if record is None or record.lead != match.body or not others:
            continue
        thing = matter_noun(entry.title)
        served = "Sie" if entry.shared else known.names(others, accusative_in_text)
        if thing is None:
            same = "das" if _is_same(entry, known) else "Vergleichbares"
            return f"Erledigt {same}{_since(entry)} schon für {served}"
        return f"Hält{_since(entry)} {thing} für {served}"
    return None


def _practised(match: Match, known: Background) -> str | None:
    """Say with whom the body shares the same or a related matter."""
    for entry in _running(match):
        others = _others(entry, match, known)
        if entry.shared or others:
            same = "diese" if _is_same(entry, known) else "eine solche"
            thing = matter_noun(entry.title) or f"{same} Aufgabe"
            them = "Ihnen" if entry.shared else _partners(others, known)
            return f"Teilt sich{_since(entry)} {thing} mit {them}"
    return None


def _planned(match: Match, known: Background) -> str | None:
    for entry in match.evidence:
        others = _others(entry, match, known)
        if entry.status == Status.PLANNED.value and others:
            same = "dasselbe" if _is_same(entry, known) else "Vergleichbares"
            return f"Plant {same} mit {_partners(others, known)}"
    return None


def _former(match: Match, known: Background) -> str | None:
    for entry in match.evidence:
        others = _others(entry, match, known)
        if entry.status == Status.ENDED.value and others:
            return f"Hat Vergleichbares früher mit {_partners(others, known)} versucht, ist beendet"
    return None


def _tie(match: Match, known: Background) -> str | None:
    """Say what both share in other matters: the smallest group says most."""
    running = [entry for entry in match.ties if entry.status not in _OPEN]
    records = [known.records[e.cooperation] for e in running if e.cooperation in known.records]
    if not records:
        return None
    closest = min(records, key=lambda record: len(record.participants))
    thing = matter_noun(closest.title)
    if thing is None:
        many = _IN_MATTERS[min(len(records), len(_IN_MATTERS)) - 1]
        return f"{_place(match, known)}, arbeitet schon in {many} mit Ihnen"
    return f"{_place(match, known)}, teilt sich schon {thing} mit Ihnen"


def _near(match: Match, known: Background) -> str | None:
    """Say how the body lies, and whether it is of the same size."""
    alike = _size(match, known)
    return (
        f"{_place(match, known)}{f', {alike}' if alike else ', sonst nichts Gemeinsames bekannt'}"
    )


_KINDS: tuple[Callable[[Match, Background], str | None], ...] = (
    _together, _named, _carrier, _provider, _practised, _planned, _tie, _former, _near,
)  # fmt: skip


def _running(match: Match) -> list[Evidence]:
    return [entry for entry in match.evidence if entry.status not in _OPEN]


def _is_same(entry: Evidence, known: Background) -> bool:
    """Tell whether a cooperation is of the same matter, not of a related one."""
    return any(e.cooperation == entry.cooperation for e in known.result.existing)


def _since(entry: Evidence) -> str:
    return f" seit {entry.year}" if entry.year else ""


def _others(entry: Evidence, match: Match, known: Background) -> tuple[str, ...]:
    record = known.records.get(entry.cooperation)
    keys = () if record is None else record.participants
    return tuple(key for key in keys if key not in (match.body, known.result.body))


def _partners(keys: tuple[str, ...], known: Background) -> str:
    return known.names(keys, dative_in_text, rest="weiteren")


def _place(match: Match, known: Background) -> str:
    mine = known.searcher
    if match.body == mine.district:
        return "Ihr Kreis"
    member = known.directory[match.body]
    if member.district == mine.key:
        return "Gehört zu Ihrem Kreis"
    same = mine.district is not None and member.district == mine.district
    if match.adjacent:
        return "Nachbar" if same or mine.district is None else "Nachbar über die Kreisgrenze"
    if same:
        return "Im selben Kreis"
    if match.legal_status == LegalStatus.ASSOCIATION.value:
        return "Überörtlicher Verband"
    if match.beyond_border:
        return f"Aus {member.land}"
    region = member.government_region
    if region is not None and region == mine.government_region:
        return f"Im selben Regierungsbezirk ({region})"
    return f"Im Regierungsbezirk {region}" if region else "Außerhalb Ihres Regierungsbezirks"


def _size(match: Match, known: Background) -> str:
    mine = known.searcher
    if match.kind != mine.kind.value:
        return ""
    ratio = match.population / max(mine.population, 1)
    if 1 / ALIKE <= ratio <= ALIKE:
        return "etwa gleich groß"
    if match.legal_status == mine.legal_status.value:
        return f"ebenfalls {mine.legal_status.label}"
    return "deutlich größer" if ratio > 1 else "deutlich kleiner"


def _way(match: Match) -> str:
    if match.distance_km < 0.5:
        return "am selben Ort"
    return f"{number(match.distance_km)} km"
