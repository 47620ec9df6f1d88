"""One sentence on each partner: the strongest thing that is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from matcher import MatchRequest
from matcher.answer import NAMED
from matcher.result import Evidence, Factor, Reason
from service.matching.background import Background
from service.matching.partner_sentence import partner_reason, partner_sentence

SEARCHER = "05962060"  # Werdohl
NEUENRADE, ALTENA, ISERLOHN, KREIS = "05962048", "05962004", "05962024", "05962"


@pytest.fixture(scope="module")
def known(matcher) -> Background:
    result = matcher.match(
        MatchRequest(body=SEARCHER, description="Gemeinsames Standesamt", limit=500)
    )
    return Background.of(result, matcher)


@pytest.fixture
def told(known):
    """Return the sentence about a body with what is set in place of what is known."""

    def tell(body, *, records=(), **changed):
        match = next(m for m in known.result.matches if m.body == body)
        bare = structs.replace(match, evidence=(), ties=(), together=False, reasons=match.reasons)
        within = Background(known.result, known.directory, known.knowledge)
        within.records.update({record.id: record for record in records})
        return partner_reason(structs.replace(bare, **changed), within)

    return tell


def record(known, participants, lead=None, title="Standesamt Altena", **changed):
    return structs.replace(
        known.knowledge.cooperations[0],
        id="x1", title=title, participants=participants, lead=lead, **changed,
    )  # fmt: skip


def entry(title="Standesamt Altena", year=2012, status="aktiv", shared=False):
    return Evidence("x1", title, 0.5, year, "https://x.de", shared, status)


def test_whoever_does_it_for_others(told, known):
    one = record(known, (ALTENA, NEUENRADE), lead=ALTENA)
    assert told(ALTENA, records=[one], evidence=(entry(),)) == (
        "Hält seit 2012 das Standesamt für Neuenrade"
    )
    unnamed = record(known, (ALTENA, NEUENRADE), lead=ALTENA, title="Zusammenarbeit")
    titled = entry("Zusammenarbeit", year=None)
    assert told(ALTENA, records=[unnamed], evidence=(titled,)) == (
        "Erledigt Vergleichbares schon für Neuenrade"
    )


def test_whoever_shares_it_with_others(told, known):
    one = record(known, (ALTENA, NEUENRADE, ISERLOHN, KREIS))
    assert told(ALTENA, records=[one], evidence=(entry(),)) == (
        "Teilt sich seit 2012 das Standesamt mit Neuenrade, Iserlohn und dem Märkischen Kreis"
    )


def test_what_the_searcher_shares_in_a_related_matter_is_told_of_both(told, known):
    one = record(known, (ALTENA, NEUENRADE, SEARCHER), title="Zusammenschluss")
    titled = entry("Zusammenschluss", shared=True)
    assert told(ALTENA, records=[one], evidence=(titled,)) == (
        "Teilt sich seit 2012 eine solche Aufgabe mit Ihnen"
    )
    led = structs.replace(one, lead=ALTENA)
    assert told(ALTENA, records=[led], evidence=(titled,)) == (
        "Erledigt Vergleichbares seit 2012 schon für Sie"
    )


@pytest.mark.parametrize(
    ("led", "status", "same", "related"),
    [
        (False, "aktiv", "diese Aufgabe mit", "eine solche Aufgabe mit"),
        (True, "aktiv", "Erledigt das seit", "Erledigt Vergleichbares seit"),
        (False, "geplant", "Plant dasselbe", "Plant Vergleichbares"),
    ],
)
def test_a_task_is_the_same_only_where_the_answer_says_so(told, known, led, status, same, related):
    exists = next(e for e in known.result.existing if ALTENA in e.bodies)
    one = record(known, exists.bodies, lead=ALTENA if led else None, title="Zusammenschluss")
    titled = entry("Zusammenschluss", status=status)
    said = [
        told(
            ALTENA,
            records=[structs.replace(one, id=code)],
            evidence=(replace(titled, cooperation=code),),
        )
        for code in (exists.cooperation, "x1")
    ]
    assert same in said[0]
    assert related in said[1]


def test_what_is_planned_or_has_ended_is_not_told_as_running(told, known):
    one = record(known, (ALTENA, NEUENRADE), lead=ALTENA)
    planned = told(ALTENA, records=[one], evidence=(entry(status="geplant"),))
    assert planned == "Plant Vergleichbares mit Neuenrade"
    ended = told(ALTENA, records=[one], evidence=(entry(status="beendet"),))
    assert ended == "Hat Vergleichbares früher mit Neuenrade versucht, ist beendet"


def test_whoever_does_it_with_the_searcher(told):
    shared = (entry(shared=True, year=2015),)
    assert told(ALTENA, together=True, evidence=shared) == (
        "Macht das seit 2015 schon mit Ihnen zusammen"
    )


def test_whoever_the_text_names(told):
    named = Reason(NAMED, Factor.TASK, "Im Text als Partner genannt", 3.0)
    assert told(ISERLOHN, reasons=(named,)) == "Steht als Wunschpartner in Ihrem Text"


def test_a_tie_in_another_matter(told, known):
    one = record(known, (SEARCHER, NEUENRADE), title="Musikschule Lennetal")
    ties = (entry("Musikschule Lennetal", shared=True),)
    assert told(NEUENRADE, records=[one], ties=ties) == (
        "Nachbar, teilt sich schon die Musikschule mit Ihnen"
    )
    wide = record(known, (SEARCHER, NEUENRADE), title="Zweckverband")
    assert told(NEUENRADE, records=[wide], ties=(entry("Zweckverband"),)) == (
        "Nachbar, arbeitet schon in einer anderen Sache mit Ihnen"
    )


def test_where_nothing_else_is_known_place_and_size_are_told(told):
    assert told(NEUENRADE) == "Nachbar, deutlich kleiner"
    assert told(ALTENA) == "Nachbar, etwa gleich groß"
    assert told(ISERLOHN) == "Im selben Kreis, deutlich größer"
    assert told(KREIS) == "Ihr Kreis, sonst nichts Gemeinsames bekannt"
    assert told("05315000") == "Im Regierungsbezirk Köln, deutlich größer"


def test_the_law_gives_the_task_to_the_kreis(matcher):
    asked = MatchRequest(body=SEARCHER, description="Kfz-Zulassung gemeinsam", limit=50)
    known = Background.of(matcher.match(asked), matcher)
    kreis = next(m for m in known.result.matches if m.body == KREIS)
    assert partner_reason(structs.replace(kreis, together=False), known) == (
        "Ist als Ihr Kreis dafür zuständig"
    )


def test_the_sentence_ends_with_the_way(known):
    match = next(m for m in known.result.matches if m.body == ALTENA)
    assert partner_sentence(match, known).endswith("; 8 km")
    assert partner_sentence(structs.replace(match, distance_km=0.2), known).endswith(
        "; am selben Ort"
    )


def test_every_body_gets_a_short_sentence(known):
    sentences = [partner_sentence(match, known) for match in known.result.matches]
    assert len(sentences) == 429
    assert max(len(sentence.split()) for sentence in sentences) <= 20
    assert not [s for s in sentences if "None" in s or "  " in s or "nan" in s]
