"""The whole answer listens: wishes, names, what exists, and texts without a matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs

from data import LegalForm, TaskArea
from matcher import MatchRequest

SOEST, WERL, HAMM = "05974040", "05974052", "05915000"
ARCHIVE = "Wir möchten die Bestände unseres Archivs gemeinsam digitalisieren."


@pytest.fixture
def ask(matcher):
    def of(text: str, **fields):
        return matcher.match(MatchRequest(**({"body": SOEST, "description": text} | fields)))

    return of


@pytest.mark.parametrize(
    ("wish", "kept"),
    [
        ("Wir suchen Partner außerhalb unseres Kreises.", lambda m: not m.body.startswith("05974")),
        ("Der Kreis soll nicht beteiligt sein.", lambda m: m.kind != "district"),
        ("Als Partner kommen nur Kreise in Frage.", lambda m: m.kind == "district"),
        ("Die Partner sollen höchstens 20 km entfernt sein.", lambda m: m.distance_km <= 20),
        ("Nur direkte Nachbarn.", lambda m: m.adjacent),
        ("Bitte ohne Werl.", lambda m: m.body != WERL),
    ],
)
def test_no_body_breaks_a_wish(ask, wish, kept):
    result = ask(f"{ARCHIVE} {wish}", limit=500)
    assert result.matches
    assert all(kept(match) for match in result.matches)


def test_one_partner_is_a_group_of_two(ask):
    assert len(ask(f"{ARCHIVE} Wir suchen genau einen Partner.").consortium.bodies) == 2


def test_who_is_named_leads_and_the_reason_says_so(ask):
    result = ask(f"{ARCHIVE} Am liebsten mit Hamm.")
    first = result.matches[0]
    assert (first.body, first.reasons[0].code) == (HAMM, "named")
    assert first.reasons[0].text == "Im Text als Partner genannt"
    total = result.base_value + sum(reason.contribution for reason in first.reasons)
    assert total == pytest.approx(first.score, abs=1e-6)


def test_a_name_that_is_taken_away_lifts_nobody(ask):
    result = ask(f"{ARCHIVE} Am liebsten mit Hamm.", ignore_named=(HAMM,), limit=500)
    assert result.understood.named == ()
    assert not any(r.code == "named" for match in result.matches for r in match.reasons)


@pytest.mark.parametrize("ignored", ["own_district", "*"])
def test_a_wish_that_is_taken_away_is_not_applied(ask, ignored):
    text = f"{ARCHIVE} Wir suchen Partner außerhalb unseres Kreises."
    result = ask(text, ignore_wishes=(ignored,), limit=500)
    assert len(result.matches) == 429
    assert result.understood.wishes == ()


def test_who_is_asked_for_is_answered_and_says_what_rules_it_out(ask):
    text = f"{ARCHIVE} Wir suchen Partner außerhalb unseres Kreises."
    result = ask(text, explain=(WERL,), limit=3)
    assert [match.rank for match in result.matches[:3]] == [1, 2, 3]
    asked = result.matches[3]
    assert (asked.body, asked.filtered_by) == (WERL, ("own_district",))
    assert all(match.filtered_by == () for match in result.matches[:3])


def test_who_passes_behind_the_limit_has_its_place_among_those_that_pass(ask):
    everyone = {match.body: match.rank for match in ask(ARCHIVE, limit=500).matches}
    (first, asked) = ask(ARCHIVE, explain=("05315000",), limit=1).matches
    assert (first.rank, asked.rank, asked.filtered_by) == (1, everyone["05315000"], ())


def test_without_a_matter_nobody_is_proposed_and_a_question_asked(ask):
    result = ask("asdf jkl qwertz")
    assert (result.matches, result.consortium, result.existing) == ((), None, ())
    assert result.competence is None
    assert not result.understood.is_matter
    assert result.understood.hint.endswith("?")


def test_who_names_an_area_has_a_matter(ask):
    result = ask("asdf jkl qwertz", task_area=TaskArea.ARCHIV)
    assert result.understood.is_matter
    assert result.understood.hint is None
    assert len(result.matches) == 10


def test_what_exists_is_told_and_not_proposed_as_new(matcher):
    """A cooperation in its own words: its members are together, and the group says it exists."""
    known, told = matcher.knowledge, 0
    for index in range(0, 400, 40):
        cooperation = known.cooperations[index]
        key = cooperation.participants[0]
        result = matcher.match(MatchRequest(body=key, description=cooperation.request, limit=500))
        own = {e.cooperation for e in result.existing if e.relation == "member"}
        if cooperation.id not in own:
            continue
        told += 1
        together = {match.body for match in result.matches if match.together}
        assert set(cooperation.participants) - {key} <= together | {
            body.ags for body in result.understood.named
        }
    assert told >= 5


def test_probabilities_fall_where_the_text_may_be_no_matter(matcher):
    result = matcher.match(MatchRequest(body=SOEST, description=ARCHIVE))
    chance = result.understood.probability
    for match in result.matches:
        alone = 1 / (1 + np.exp(-match.score))
        assert match.probability == pytest.approx(chance * alone)


def test_without_a_text_model_wishes_are_kept_all_the_same(matcher):
    reading = structs.replace(matcher.interpreter, learned=None)
    deaf = replace(matcher, text_model=None, interpreter=reading)
    request = MatchRequest(body=SOEST, description=f"{ARCHIVE} Nur direkte Nachbarn.")
    result = deaf.match(request)
    assert result.degraded
    assert result.matches
    assert all(match.adjacent for match in result.matches)
    assert (result.similar_cooperations, result.existing) == ((), ())


def test_a_condition_that_was_not_understood_is_named_in_the_hint(ask):
    result = ask(f"{ARCHIVE} Höchstens 20 Autominuten entfernt.")
    assert result.understood.is_matter
    assert "„Höchstens 20 Autominuten entfernt“" in result.understood.hint
    assert ask(ARCHIVE).understood.hint is None


def test_where_the_kreis_has_the_task_it_is_in_the_group_unless_it_is_not_wanted(ask):
    text = "Kfz-Zulassung und Führerscheine wollen wir mit Nachbarn gemeinsam machen."
    result = ask(text)
    assert result.competence.carried_by == "05974"
    assert "05974" in result.consortium.bodies
    assert "05974" not in ask(f"{text} Ohne den Kreis.").consortium.bodies


def test_where_the_kreis_has_the_task_it_ranks_among_the_first_three(ask):
    result = ask("Einschulung am Berufskolleg, Lehrkräfte und Werkstätten gemeinsam nutzen")
    assert result.competence.carried_by == "05974"
    kreis = next(match for match in result.matches if match.body == "05974")
    assert kreis.rank <= 3
    told = [reason for reason in kreis.reasons if reason.code == "carries"]
    assert all(reason.contribution > 0 for reason in told)
    total = result.base_value + sum(reason.contribution for reason in kreis.reasons)
    assert total == pytest.approx(kreis.score)


@pytest.mark.parametrize(
    "text",
    ["Zusammenarbeit mit Nachbarkommunen", "nur kreisfreie Städte", "Aufgaben mit Werl erledigen"],
)
def test_what_speaks_of_partners_alone_is_no_matter(ask, text):
    result = ask(text)
    assert result.matches == ()
    assert not result.understood.is_matter
    assert result.understood.hint


def test_a_group_that_is_extended_has_the_form_of_its_cooperation(matcher):
    forms = {c.id: c.legal_form for c in matcher.knowledge.cooperations}
    extended = 0
    for index in range(0, 400, 40):
        known = matcher.knowledge.cooperations[index]
        result = matcher.match(MatchRequest(body=known.participants[0], description=known.request))
        own = {forms[e.cooperation] for e in result.existing if e.relation == "member"}
        if (
            result.consortium is None
            or not result.consortium.existing
            or own == {LegalForm.UNKNOWN}
        ):
            continue
        extended += 1
        assert [share.share for share in result.consortium.legal_forms] == [1.0]
        assert result.consortium.legal_forms[0].form in own
    assert extended >= 3
