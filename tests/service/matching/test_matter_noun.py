"""The thing a cooperation does, taken out of its title, with its article."""

from __future__ import annotations

import pytest

from service.matching.matter_noun import matter_noun


@pytest.mark.parametrize(
    ("title", "noun"),
    [
        ("Standesamt Altena für Nachrodt-Wiblingwerde", "das Standesamt"),
        ("Gemeinsames Standesamt Altena", "das Standesamt"),
        ("Beihilfebearbeitung Kreis Viersen für Tönisvorst", "die Beihilfebearbeitung"),
        ("Interkommunaler Baubetriebshof Iserlohn/Hemer", "den Baubetriebshof"),
        ("PsychKG-Rufbereitschaft Steinhagen für Halle", "die PsychKG-Rufbereitschaft"),
        ("Kreiszentralarchiv Warendorf", "das Kreiszentralarchiv"),
    ],
)
def test_a_thing_has_its_article(title, noun):
    assert matter_noun(title) == noun


@pytest.mark.parametrize(
    "title",
    [
        "Zweckverband Industriepark A31 Legden-Ahaus",  # says how, not on what
        "Zusammenarbeit bei Liegenschaftsvermessungen",
        "Radwege und Brücken im Kreis",  # one of two things
        "Smarte Nahversorgungsräume der Zukunft",  # no part whose gender is known
        "Digitale Modellregion Soest",
        "Standort Niederrhein GmbH",
        "Vorprüfung durch das Rechnungsprüfungsamt Mechernich",
        "Gemeinsame Bearbeitung der Gewerbeangelegenheiten Morsbach/Reichshof",
        "115",
        "",
    ],
)
def test_where_it_is_not_sure_nothing_is_claimed(title):
    assert matter_noun(title) is None
