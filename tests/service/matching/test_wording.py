"""What was understood and what exists, in German words."""

from __future__ import annotations

import pytest

from matcher.result import ExistingCooperation
from matcher.understanding.apply import CHECKS
from matcher.understanding.wish import Wish
from service.matching.wording import lying_in, relation_label, wish_label, year_and_state


def wish(code, value, text="wie geschrieben"):
    return Wish(code, value, text, 0, len(text))


LABELS = [
    ("own_district", True, "nur im eigenen Kreis"),
    ("own_district", False, "nicht im eigenen Kreis"),
    ("adjacent", True, "nur direkte Nachbarn"),
    ("adjacent", False, "keine direkten Nachbarn"),
    ("kinds", ("district",), "nur Kreise"),
    ("kinds", ("municipality", "district"), "nur Städte und Gemeinden und Kreise"),
    ("legal_status", ("kreisfrei",), "nur kreisfreie Städte"),
    ("legal_status", ("kreis", "kreisfrei"), "nur Kreise und kreisfreie Städte"),
    ("max_distance_km", 20, "höchstens 20 km"),
    ("max_distance_km", 7.5, "höchstens 7,5 km"),
    ("min_population", 15000, "mindestens 15.000 Einwohner"),
    ("max_population", 50000, "höchstens 50.000 Einwohner"),
    ("with_district", True, "mit einem Kreis"),
    ("with_district", False, "ohne Kreis"),
    ("group_size", 2, "2 Partner"),
    ("group_size", (2, 4), "2 bis 4 Partner"),
    ("group_size", (3, 3), "3 Partner"),
    ("group_size", (1, 4), "höchstens 4 Partner"),
    ("region", ("05974",), "„wie geschrieben“"),
]


@pytest.mark.parametrize(("code", "value", "label"), LABELS)
def test_a_wish_says_what_it_asks(code, value, label):
    assert wish_label(wish(code, value)) == label


def test_each_wish_has_a_label():
    assert {code for code, _, _ in LABELS} == {*CHECKS, "group_size"}


def known(relation, status="aktiv", year=2015):
    return ExistingCooperation("c1", "Archiv", 0.9, status, relation, year, (), "https://x.de")


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        (known("member"), "Sie sind dabei seit 2015"),
        (known("member", year=None), "Sie sind dabei"),
        (known("member", "geplant", 2027), "Ihre Beteiligung ist geplant (Beginn 2027)"),
        (known("joinable"), "besteht seit 2015, noch ohne Sie"),
        (known("joinable", "geplant", None), "geplant, noch ohne Sie"),
        (known("ended", "beendet"), "Sie waren dabei, beendet, begann 2015"),
    ],
)
def test_a_known_cooperation_says_how_the_searcher_stands_to_it(entry, label):
    assert relation_label(entry) == label


@pytest.mark.parametrize(
    ("status", "year", "told"),
    [
        ("aktiv", 2015, "2015"),
        ("beendet", 2015, "2015, beendet"),
        ("geplant", None, "geplant"),
        ("unbekannt", None, ""),
    ],
)
def test_evidence_tells_what_has_ended_or_is_planned(status, year, told):
    assert year_and_state("Gemeinsames Archiv", status, year) == told


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("Hessen", "in Hessen"),
        ("Niederlande", "in den Niederlanden"),
        ("Saarland", "im Saarland"),
        ("anderes Land", "in einem anderen Land"),
    ],
)
def test_where_a_place_lies_has_its_article(where, told):
    assert lying_in(where) == told


def test_a_year_in_the_title_is_not_said_twice():
    assert year_and_state("Vergabestelle (1976)", "aktiv", 1976) == ""
    assert year_and_state("Vergabestelle (1976)", "beendet", 1976) == "beendet"
