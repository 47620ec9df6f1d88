"""The group in a sentence, and what else one could do."""

from __future__ import annotations

import re

import numpy as np
import pytest
from msgspec import structs

from matcher import MatchRequest
from matcher.understanding.outside import Outside
from service.matching.background import Background
from service.matching.proposal import beyond_the_border, proposal

STANDESAMT = "Uns fehlen Standesbeamte, wir möchten das Standesamt gemeinsam mit Nachbarn betreiben"


@pytest.fixture(scope="module")
def answer(matcher):
    def ask(body="05974008", text=STANDESAMT, **more):
        request = MatchRequest(body=body, description=text, **more)
        return Background.of(matcher.match(request), matcher)

    return ask


def test_the_group_is_named_and_says_what_holds_it_together(answer):
    found = proposal(answer())
    assert found.heading == "Soest und Lippetal"
    assert found.partners == ("05974040", "05974024")
    assert found.sentence == (
        "Alle drei liegen im selben Kreis, grenzen aneinander und arbeiten in anderen Aufgaben "
        "schon zusammen."
    )


def test_only_who_touches_all_others_is_said_to_border(answer, matcher):
    known = answer(
        "05758028", "Teure Geräte am Bauhof mit höchstens zwei Nachbarn teilen, ohne Kreis"
    )
    found = proposal(known)
    rows = [matcher.directory[key].row for key in known.result.consortium.bodies]
    touching = np.asarray(matcher.knowledge.bodies.border_km)[np.ix_(rows, rows)] > 0
    assert (len(rows), touching.sum()) == (3, 4)  # a chain
    assert "bilden ein zusammenhängendes Gebiet" in found.sentence
    assert "grenzen aneinander" not in found.sentence


def test_it_can_begin_smaller_or_with_the_kreis(answer):
    found = {other.code: other for other in proposal(answer()).alternatives}
    assert found["smaller"].bodies == ("05974008", "05974040")
    assert found["smaller"].sentence == "Mit Soest beginnen; Lippetal kann später dazukommen."
    assert "with_district" not in found  # no Kreis has a Standesamt
    purchase = proposal(answer("05974008", "Vergabestelle mit Soest und Werl"))
    found = {other.code: other for other in purchase.alternatives}
    assert found["with_district"].bodies[-1] == "05974"
    assert re.match(r"Den Kreis Soest \(Platz \d+\) dazunehmen", found["with_district"].sentence)
    assert "across_border" not in found


def test_a_kreis_stands_in_its_case(answer):
    purchase = proposal(answer("05962060", "Vergabestelle mit Schwerte und Hagen"))
    found = {other.code: other for other in purchase.alternatives}
    assert found["with_district"].sentence.startswith("Den Märkischen Kreis (Platz ")
    circle = proposal(answer("05762", "IT-Sicherheit gemeinsam mit anderen Kreisen stärken"))
    [smaller] = [other for other in circle.alternatives if other.code == "smaller"]
    assert re.match(r"Mit dem Kreis \S+ beginnen; der Kreis ", smaller.sentence)


def test_a_kreis_that_joins_later_is_a_subject_with_its_article(answer):
    found = {other.code: other for other in proposal(answer("05962008", "Archiv")).alternatives}
    assert found["smaller"].sentence.endswith("; der Märkische Kreis kann später dazukommen.")


def test_the_kreis_is_not_offered_against_the_text(answer):
    without = proposal(answer(text="Vergabestelle mit Soest und Werl, ohne den Kreis"))
    assert "with_district" not in {other.code for other in without.alternatives}


@pytest.mark.parametrize("limit", [1, 10, 500])
def test_what_else_one_could_do_does_not_hang_on_the_limit(answer, limit):
    text = "Vergabestelle mit Soest und Werl"
    alternatives = proposal(answer(text=text, limit=limit)).alternatives
    assert alternatives == proposal(answer(text=text)).alternatives
    known = answer(text=text, limit=500).result
    [kreis] = [match.rank for match in known.matches if match.body == "05974"]
    assert f"(Platz {kreis})" in alternatives[-1].sentence


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("05974008", "Bauhof mit Werl, Soest hat abgesagt"),
        ("05974008", STANDESAMT),
        ("05974008", "Archiv mit Werl und Soest"),
        ("05374004", "Bauhof mit Nachbarn"),
        ("05762", "IT-Sicherheit gemeinsam mit anderen Kreisen stärken"),
    ],
)
def test_only_who_is_of_the_same_size_is_said_to_be_alike(answer, matcher, body, text):
    found = proposal(answer(body, text))
    counts = [matcher.directory[key].population for key in (body, *found.partners)]
    assert "sind ähnlich groß" not in found.sentence or max(counts) <= 1.5 * min(counts)


def test_a_group_of_one_size_says_so(answer, matcher):
    found = proposal(answer(text="Archiv mit Lippetal und Welver"))
    counts = [matcher.directory[key].population for key in ("05974008", *found.partners)]
    assert max(counts) <= 1.5 * min(counts)
    assert "sind ähnlich groß" in found.sentence


@pytest.mark.parametrize("wish", ["nicht aus dem Kreis Soest", "nicht aus unserem Kreis"])
def test_the_kreis_is_not_offered_where_a_wish_rules_it_out(answer, wish):
    found = proposal(answer(text=f"Archiv gemeinsam, {wish}"))
    assert "with_district" not in {other.code for other in found.alternatives}


def test_a_group_smaller_than_wanted_says_why(answer):
    short = proposal(answer("05770012", "Archiv, mindestens 5 Partner, maximal 10 km"))
    assert len(short.partners) < 5
    assert short.sentence == f"{short.why} Mehr passen nicht zu Ihren Wünschen."
    assert "with_district" not in {other.code for other in short.alternatives}  # too far away
    enough = proposal(answer("05770012", "Archiv, 2 Partner"))
    assert "Mehr passen nicht" not in enough.sentence


@pytest.mark.parametrize(
    ("body", "text", "kreis"),
    [
        ("05974036", "Gesundheitsamt gemeinsam betreiben", "Der Kreis Soest"),
        ("05974012", "Lebensmittelüberwachung mit Wickede und Werl", "Der Kreis Soest"),
        ("05382064", "Jugendamt", "Der Rhein-Sieg-Kreis"),
    ],
)
def test_where_the_kreis_has_the_task_one_goes_to_it_alone(answer, body, text, kreis):
    known = answer(body, text)
    found, group = proposal(known), known.result.consortium
    assert found.partners == (body[:5],)
    assert (
        found.sentence == f"{kreis} ist für diese Aufgabe zuständig. Sprechen Sie zuerst mit ihm."
    )
    assert found.alternatives == ()
    assert (group.legal_forms, group.checks) == ((), ())
    assert group.funding.eligible == "no"
    assert "der Kreis" in group.funding.why


def test_a_group_with_a_kreis_can_do_without(answer):
    known = answer("05762004", "Wir möchten ein Archiv gemeinsam führen, mit dem Kreis")
    [other] = [o for o in proposal(known).alternatives if o.code == "without_district"]
    assert "05762" not in other.bodies
    assert other.bodies[0] == "05762004"


def test_a_place_beyond_the_border_is_an_alternative_of_its_own(answer):
    known = answer(text="Archiv gemeinsam mit Osnabrück führen")
    [other] = [o for o in proposal(known).alternatives if o.code == "across_border"]
    assert other.sentence.startswith("Osnabrück liegt in Niedersachsen.")


def test_places_beyond_the_border_are_told_together(answer):
    known = answer("05554020", "Tourismus mit Nordhorn und Enschede bewerben")
    [other] = [o for o in proposal(known).alternatives if o.code == "across_border"]
    assert other.sentence.startswith(
        "Nordhorn liegt in Niedersachsen, Enschede liegt in den Niederlanden. Dort"
    )


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        ([("Belgien", "Belgien")], "In Belgien kennt der Dienst niemanden"),
        ([("niederländischen", "Niederlande")], "In den Niederlanden kennt der Dienst niemanden"),
        ([("Nachbarland", "anderes Land")], "In einem anderen Land kennt der Dienst niemanden"),
        (
            [("Kerkrade", "Niederlande"), ("Heerlen", "Niederlande")],
            "Kerkrade und Heerlen liegen in den Niederlanden. Dort kennt der Dienst niemanden",
        ),
        (
            [("Belgien", "Belgien"), ("Enschede", "Niederlande"), ("Niederlanden", "Niederlande")],
            "Enschede liegt in den Niederlanden. Dort und in Belgien kennt der Dienst niemanden",
        ),
    ],
)
def test_each_land_is_told_once_and_does_not_lie_in_itself(places, sentence):
    outside = [Outside(text, where, 0, len(text)) for text, where in places]
    assert beyond_the_border(outside) == sentence


def test_the_grant_knows_who_of_the_group_is_in_what_exists(answer):
    def why(body, text):
        return answer(body, text).result.consortium.funding.why

    # Others nearby have one, nobody of the group.
    assert answer("05315000", "Stadtarchiv").result.existing
    assert "Es gibt die Zusammenarbeit schon" not in why("05315000", "Stadtarchiv")
    # Hille has a Vergabestelle with others than these; all around Schleiden share their IT.
    assert "schon mit anderen" in why("05770012", "Vergabestelle mit einer kreisfreien Stadt")
    assert "schon mit anderen" in why("05366036", "IT gemeinsam betreiben")


def test_the_group_keeps_to_the_kind_that_is_wanted(answer):
    known = answer("05770012", "Vergabestelle mit einer kreisfreien Stadt")
    partners = proposal(known).partners
    assert {known.directory[key].legal_status.value for key in partners} == {"kreisfrei"}


def test_a_kreis_does_not_lie_in_itself(answer):
    found = proposal(answer("05762", "Beihilfe für Beamte gemeinsam bearbeiten"))
    assert found.sentence.startswith("Alle drei gehören zum selben Kreis")


def test_a_group_that_exists_is_to_be_asked_not_founded(answer):
    found = proposal(answer(text="Sachbearbeitung im Sozialamt mit Nachbarn bündeln"))
    assert found.sentence.startswith("Diese Gruppe macht das schon zusammen")
    assert found.alternatives == ()


def test_many_names_are_shortened(answer):
    known = answer()
    group = structs.replace(known.result.consortium, bodies=tuple(known.directory.keys[:12]))
    many = Background(
        structs.replace(known.result, consortium=group), known.directory, known.knowledge
    )
    assert proposal(many).heading.endswith(" und 6 weitere")


def test_nobody_is_proposed_without_a_matter(answer):
    assert proposal(answer(text="asdf jkl qwertz uiop")) is None


def test_who_agreed_is_not_left_out_of_the_smaller_group(answer):
    known = answer("05154044", "Kalkar und Emmerich haben zugesagt, Abwasserreinigung gemeinsam")
    agreed = known.result.consortium.on_board
    assert set(agreed) == {"05154024", "05154008"}
    (smaller,) = (o for o in proposal(known).alternatives if o.code == "smaller")
    assert set(smaller.bodies) == {"05154044", *agreed}
    assert re.match(r"Mit (Kalkar und Emmerich|Emmerich am Rhein und Kalkar)", smaller.sentence)


def test_where_all_have_agreed_there_is_no_smaller_group(answer):
    text = "Abwasserreinigung gemeinsam, genau zwei Partner"
    known = answer("05154044", text, partners=("05154024", "05154008"))
    partners = set(known.result.consortium.bodies[1:])
    assert partners == set(known.result.consortium.on_board)
    assert "smaller" not in {other.code for other in proposal(known).alternatives}
