"""A misspelt word of the rules is read as the word meant, and nothing else is."""

from __future__ import annotations

import pytest

from matcher.understanding import find_wishes, understand
from matcher.understanding.spelling import Spelling

WORDS = ("ausserhalb", "kreis", "kreise", "nachbargemeinden", "nur", "ohne", "kilometer", "nicht")
spelling = Spelling.of(WORDS, {"krise", "kreide", "nuss"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("auserhalb", "ausserhalb"),  # a letter missing
        ("kilomter", "kilometer"),
        ("kries", "kreis"),  # two swapped
        ("rkeis", "kreis"),  # the first two
        ("onhe", "ohne"),
        ("nurr", "nur"),  # one typed twice
        ("kreiss", "kreis"),
        ("nahcbargemeiden", "nachbargemeinden"),  # two errors in a long word
        ("krise", "krise"),  # a word of its own
        ("nir", "nur"),  # the key beside the right one
        ("kres", "kreis"),
        ("usserhalb", "ausserhalb"),  # the first letter missing
        ("susserhalb", "ausserhalb"),
        ("nus", "nus"),  # too short for a guess
        ("archiv", "archiv"),
    ],
)
def test_one_error_is_forgiven_in_words_two_in_long_ones(typed, meant):
    assert spelling.word(typed) == meant


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("Archiv, auserhalb unsers Kreises", "own_district", False),
        ("Archiv, hochstens 15 Kilomter entfernt", "max_distance_km", 15),
        ("Archiv, nur mit kreisfeien Städten", "legal_status", ("kreisfrei",)),
        ("Archiv mit weniger als 15.000 Einwonern in den Kommunen", "max_population", 15000),
        ("Archiv onhe den Kries", "with_district", False),
    ],
)
def test_wishes_with_typing_errors_are_read(gazetteer, text, code, value):
    found = {w.code: w for w in find_wishes(text, gazetteer.bodies["05974008"], gazetteer)}
    assert found[code].value == value
    assert text[found[code].start : found[code].end] == found[code].text


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Leitstelle mit dem Kreis Seinfurt", ["05566"]),  # not the town of Steinfurt
        ("Mettman und Wuppertahl als Partner", ["05158024", "05124000"]),
        ("Arnsberger Straße sanieren", []),
        ("Radweg an der Weser", []),  # not Wesel
    ],
)
def test_misspelt_names_are_bodies_and_other_words_are_none(gazetteer, text, keys):
    assert [body.ags for body in understand(text, "05974008", gazetteer).named] == keys
