"""Reading is compositional: each phrase says the same in each sentence, wanted or denied."""

from __future__ import annotations

from itertools import product

import pytest

from tests.matcher.understanding.asked import MUNICIPAL, POPULATION, read

# Phrase, its dative where it differs -> what it asks where wanted, and where denied.
PHRASES = {
    ("Kommunen aus unserem Kreis",): ({"own_district": True}, {"own_district": False}),
    ("Gemeinden im Kreis Steinfurt",): ({"own_district": True}, {"own_district": False}),
    ("Kommunen aus anderen Kreisen",): ({"own_district": False}, {"own_district": True}),
    ("direkte Nachbarn", "direkten Nachbarn"): ({"adjacent": True}, {"adjacent": False}),
    ("Kommunen mit gemeinsamer Grenze",): ({"adjacent": True}, {"adjacent": False}),
    ("Kommunen im Umkreis von 25 km",): ({"max_distance_km": 25}, None),
    ("Gemeinden unter 20.000 Einwohnern",): (
        {"max_population": 20_000},
        {"min_population": 20_000},
    ),
    ("Städte mit mehr als 20.000 Einwohnern", "Städten mit mehr als 20.000 Einwohnern"): (
        {"min_population": 20_000},
        {"max_population": 20_000},
    ),
    ("größere Städte als wir", "größeren Städten als wir"): (
        {"min_population": POPULATION},
        {"max_population": POPULATION},
    ),
    ("kreisfreie Städte", "kreisfreien Städten"): (
        {"legal_status": {"kreisfrei"}},
        {"legal_status": MUNICIPAL},
    ),
    ("Große kreisangehörige Städte", "Großen kreisangehörigen Städten"): (
        {"legal_status": {"grosse"}},
        {"legal_status": {"klein", "mittlere", "kreisfrei"}},
    ),
    ("Kommunen aus dem Kreis Borken",): ({"region": {"05554"}}, {"region": {"-05554"}}),
}
WANTED = (
    "Wir suchen {} für das Archiv.",
    "Archiv, ausschließlich {}",
    "Archiv. In Frage kommen nur {}.",
    "{} gesucht: Archiv",
    "Am liebsten wären uns {}. Archiv",
    "Unsere Partner sollten {} sein. Archiv",
    "Archiv, möglichst {}",
    "Es sollen nur {} vorgeschlagen werden. Archiv",
)
WANTED_WITH = ("Archiv nur mit {}", "Wir möchten mit {} zusammenarbeiten.", "Archiv, gern mit {}")
DENIED = (
    "Archiv, keine {}",
    "Archiv. {} kommen nicht in Frage.",
    "{} scheiden aus. Archiv",
    "Archiv. {} sind nicht erwünscht",
    "Archiv, auf keinen Fall {}",
    "{} wollen wir nicht. Archiv",
    "{} lieber nicht, Archiv",
    "{} passen nicht zu uns. Archiv",
    "Archiv; {} sind ausgenommen",
)
DENIED_WITH = (
    "Archiv, aber nicht mit {}",
    "Archiv, bloß nicht mit {}",
    "Archiv, nicht schon wieder mit {}",
    "Archiv mit allen außer {}",
    "Mit Ausnahme von {} sind alle willkommen, Archiv",
    "Mit {} wollen wir nicht zusammenarbeiten, Archiv",
    "Von {} bitte absehen, Archiv",
    "Wir haben kein Interesse an {}, Archiv",
)
# How many, where, how large, how far, who not: each may be said beside the others.
PARTS = (
    (
        ("", {}),
        ("höchstens drei ", {"group_size": {1, 3}}),
        ("mindestens zwei ", {"group_size": {2, 7}}),
    ),
    (
        ("Kommunen", {}),
        ("Gemeinden aus unserem Kreis", {"own_district": True}),
        ("Kommunen aus dem Kreis Borken", {"region": {"05554"}}),
    ),
    (
        ("", {}),
        (" ab 15 Tsd. Einwohnern", {"min_population": 15_000}),
        (" (max. 25.000 Einwohner)", {"max_population": 25_000}),
    ),
    (
        ("", {}),
        (", höchstens 25 km entfernt", {"max_distance_km": 25}),
        (" im Umkreis von 30 km", {"max_distance_km": 30}),
    ),
    (
        ("", {}),
        (". Der Kreis soll nicht mitmachen.", {"with_district": False}),
        (", keine direkten Nachbarn", {"adjacent": False}),
        (". Kreisfreie Städte kommen nicht in Frage.", {"legal_status": MUNICIPAL}),
    ),
)


def misread(gazetteer, frames, phrases) -> list[str]:
    texts = [(frame.format(phrase), asked) for frame in frames for phrase, asked in phrases]
    wrong = []
    for text, asked in texts:
        got = read(gazetteer, text)
        if asked and "min_population" in asked and "Städte" in text:
            got.pop("kinds", None)  # that Kreise are not meant is right, too
        if asked is not None and got != asked:
            wrong.append(text)
    return wrong


@pytest.mark.parametrize(
    ("frames", "case", "sign"),
    [(WANTED, 0, 0), (WANTED_WITH, -1, 0), (DENIED, 0, 1), (DENIED_WITH, -1, 1)],
)
def test_a_phrase_asks_the_same_in_each_sentence(gazetteer, frames, case, sign):
    phrases = [(forms[case], asked[sign]) for forms, asked in PHRASES.items()]
    assert misread(gazetteer, frames, phrases) == []


@pytest.mark.parametrize("opening", ["Archiv. Wir suchen ", "Archiv: ", "Archiv; nur "])
def test_several_wishes_are_read_beside_each_other(gazetteer, opening):
    phrases = [
        (
            opening + "".join(text for text, _ in parts),
            {code: value for _, asked in parts for code, value in asked.items()},
        )
        for parts in product(*PARTS)
        if any(asked for _, asked in parts[:4])
    ]
    assert misread(gazetteer, ("{}",), phrases) == []


ANSWERED = ("{}? Lieber nicht. Archiv", "Archiv. {}? Nein danke.", "Archiv. {}? Bitte nicht!")


def test_a_short_question_and_its_answer_are_one_wish(gazetteer):
    phrases = [(forms[0], asked[1]) for forms, asked in PHRASES.items()]
    assert misread(gazetteer, ANSWERED, phrases) == []
