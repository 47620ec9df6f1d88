"""Whether the state grant for a new cooperation may fit, by its rule, with what is not decided.

Guideline of 31 August 2021 (MBl. NRW. 2021 Nr. 28 S. 737) as the ministry and the district
governments describe it. The end of applications is known from secondary sources only.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from data.land import GUIDELINES, LAND
from matcher.german import number
from matcher.result import Eligible, Funding

APPLY_UNTIL = date(2026, 12, 31)
SINGLE_PARTNER_EUR = 75_000
_NEW = "https://bra.nrw.de/kommunalaufsicht-planung-verkehr/kommunalaufsicht/foerderung-neuer-interkommunaler-kooperation"


class GroupFacts(Struct, frozen=True):
    """What the rule asks about a group.

    Attributes
    ----------
    partners
        Bodies in NRW, the searcher included.
    outside
        Whether the text names a partner beyond NRW.
    existing
        Whether the searcher already shares this matter with a member of the group.
    joining
        Whether the group would join a cooperation that a member has.
    practised
        Whether a member or the searcher shares this or a related matter already.
    carried
        False where the members do not carry the task by law, None where unknown.
    with_carrier
        Whether the Kreis that carries it for the searcher is in the group.
    government_region
        That of the searcher, such as Arnsberg; None for bodies above.
    """

    partners: int
    outside: bool
    existing: bool
    joining: bool
    carried: bool | None
    government_region: str | None
    with_carrier: bool = False
    practised: bool = False


def funding(facts: GroupFacts, today: date) -> Funding:
    """Apply the rule to a group.

    Parameters
    ----------
    facts
        The group.
    today
        Day on which somebody would apply.
    """
    guideline = GUIDELINES[-1]
    eligible, most, why = _decide(facts, today)
    rule = (
        f"Für eine neue Zusammenarbeit: bis {number(guideline.two_partners)} EUR für zwei "
        "Beteiligte "
        f"in {LAND.short}, {number(guideline.each_further)} EUR für jeden weiteren, "
        f"{number(SINGLE_PARTNER_EUR)}"
        f" EUR bei nur einem Beteiligten in {LAND.short}; höchstens 90 % der Ausgaben. Nötig sind "
        "Beschlüsse aller Räte, mindestens fünf Jahre und 15 % Einsparung oder Mehrertrag oder ein "
        "deutlich besseres Angebot. Antrag vor Beginn. Kein Rechtsanspruch."
    )
    return Funding(
        eligible=eligible,
        max_eur=most,
        why=why,
        rule=rule,
        as_of=guideline.since.isoformat(),
        apply_until=APPLY_UNTIL.isoformat(),
        authority=(
            f"Bezirksregierung {facts.government_region}"
            if facts.government_region
            else "die Bezirksregierung der antragstellenden Stelle"
        ),
        source_url=_NEW
        if facts.existing or facts.joining or facts.practised
        else guideline.source_url,
    )


def _decide(facts: GroupFacts, today: date) -> tuple[Eligible, int | None, str]:
    guideline = GUIDELINES[-1]
    if facts.existing:
        return (
            Eligible.CHECK,
            None,
            "Die Zusammenarbeit besteht schon. Gefördert wird eine neue. Ob eine Erweiterung "
            "zählt, wird verschieden gesehen: bitte vorab mit der Bezirksregierung klären.",
        )
    if facts.with_carrier:
        return (
            Eligible.NO,
            None,
            "Die Aufgabe hat von Gesetzes wegen der Kreis. Gefördert wird erst, wenn er sie mit "
            "anderen Trägern neu teilt.",
        )
    if facts.carried is False:
        return (
            Eligible.NO,
            None,
            "Die Beteiligten haben diese Aufgabe von Gesetzes wegen nicht; sie können sie deshalb "
            "nicht gemeinsam einbringen.",
        )
    if facts.joining:
        return (
            Eligible.CHECK,
            None,
            "Es gibt die Zusammenarbeit schon. Ob ein Beitritt als neu zählt, wird verschieden "
            "gesehen: bitte vorab mit der Bezirksregierung klären.",
        )
    if facts.practised:
        return (
            Eligible.CHECK,
            None,
            "Mindestens eine dieser Stellen teilt diese oder eine verwandte Aufgabe schon mit "
            "anderen. Ob Ihr Vorhaben als neu zählt, bitte vorab mit der Bezirksregierung klären.",
        )
    if today > APPLY_UNTIL:
        return (
            Eligible.CHECK,
            None,
            "Nach den bekannten Angaben endeten die Anträge am 31.12.2026; eine Nachfolge ist "
            "nicht "
            "bekannt. Bei der Bezirksregierung nachfragen.",
        )
    if facts.partners < 1:
        return (
            Eligible.CHECK,
            None,
            f"Kein Beteiligter liegt in {LAND.short}: Dessen Richtlinie gilt hier nicht; was das "
            "andere Land fördert, ist hier nicht bekannt. Bei der Kommunalaufsicht dort "
            "nachfragen.",
        )
    if facts.partners < 2 and not facts.outside:
        return (Eligible.NO, None, "Gefördert wird nur eine Zusammenarbeit mehrerer Beteiligter.")
    deadline = (
        " Anträge sind wohl bis 31.12.2026 möglich, amtlich ist das nicht: bitte vorher nachfragen."
    )
    if facts.partners < 2:
        return (
            Eligible.YES,
            SINGLE_PARTNER_EUR,
            f"Nur ein Beteiligter liegt in {LAND.short}: fester Betrag. 15 % Einsparung, "
            "Mehrertrag oder ein deutlich besseres Angebot sind im Antrag nachzuweisen." + deadline,
        )
    most = guideline.two_partners + guideline.each_further * (facts.partners - 2)
    return (
        Eligible.YES,
        most,
        f"{number(facts.partners)} Beteiligte in {LAND.short}; eine gemeinsame Lösung von ihnen "
        "für diese Aufgabe ist nicht bekannt. 15 % Einsparung, Mehrertrag oder ein deutlich "
        "besseres Angebot "
        "sind im Antrag nachzuweisen." + deadline,
    )
