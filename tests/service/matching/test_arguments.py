"""Which reasons are arguments, and how they are weighed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from matcher.result import Factor, Reason
from service.matching.arguments import arguments, is_argument


@dataclass
class Told:
    """All that is read of a match."""

    reasons: tuple[Reason, ...]


def reason(code, text, contribution, factor=Factor.TRUST):
    return Reason(code, factor, text, contribution)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("pattern", "In 4 % der ähnlichen Vorhaben dabei: Nachbarn im selben Kreis"),
        ("pattern", "In ähnlichen Vorhaben kaum dabei: Nachbarn im selben Kreis"),
        ("surroundings", "3 von 4 anderen Nachbarn arbeiten schon mit dieser Stelle zusammen"),
        ("experience", "An 1 der 3 ähnlichsten Vorhaben beteiligt"),
    ],
)
def test_a_share_under_5_percent_or_of_fewer_than_five_cases_speaks_for_nobody(code, text):
    assert not is_argument(reason(code, text, 1.0))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("pattern", "In 5 % der ähnlichen Vorhaben dabei: Nachbarn im selben Kreis"),
        ("surroundings", "3 von 5 anderen Nachbarn arbeiten schon mit dieser Stelle zusammen"),
    ],
)
def test_from_there_on_it_does(code, text):
    assert is_argument(reason(code, text, 1.0))


@pytest.mark.parametrize(
    ("code", "text", "contribution"),
    [
        ("ties", "Keine gemeinsame Kooperation bekannt", 0.5),
        ("partners", "Keine gemeinsamen Partner aus Gruppen mit höchstens 10 Mitgliedern", 0.5),
        ("district", "Beide im selben Kreis (Kreis Soest)", -1.2),
        ("size", "11.883 Einwohner, etwa gleich viele", -0.5),
        ("structure", "Alters- und Siedlungsstruktur sehr ähnlich", -0.3),
        ("fiscal", "Haushaltsstatus nicht erfasst", -0.5),
        ("other", "3 weitere Gesichtspunkte mit geringem Gewicht", 0.5),
        ("group_size", "Vorhaben mit solchem Wortlaut haben im Mittel 2,4 Beteiligte", -0.7),
    ],
)
def test_what_reads_the_other_way_round_or_says_nothing_is_left_out(code, text, contribution):
    assert not is_argument(reason(code, text, contribution))


def test_what_speaks_against_is_said_as_such():
    size = reason("size", "300.297 Einwohner, das 24,6-Fache", -0.6, Factor.EQUALITY)
    none = reason("ties", "Keine gemeinsame Kooperation bekannt", -0.4)
    found = arguments(Told((size, none)))
    assert found.pro == ()
    assert [one.text for one in found.contra] == [size.text, none.text]
    assert [one.width for one in found.contra] == [100, 67]


def test_how_near_a_body_lies_is_one_argument():
    near = (
        reason("distance", "4,3 km", 3.9, Factor.PROXIMITY),
        reason("district", "Beide im selben Kreis", -1.2, Factor.PROXIMITY),
        reason("adjacent", "Gemeinsame Grenze (17,7 km)", 0.8, Factor.PROXIMITY),
    )
    [one] = arguments(Told(near)).pro
    assert (one.factor, one.text) == ("Nähe", "4,3 km. Gemeinsame Grenze (17,7 km)")
    assert one.strong


def test_small_things_are_not_worth_a_word():
    assert arguments(Told((reason("size", "3 Einwohner", 0.19, Factor.EQUALITY),))).pro == ()
