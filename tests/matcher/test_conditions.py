"""Request and text ask together; what the request overrules is left out."""

from __future__ import annotations

import numpy as np
import pytest

from matcher import Filters, MatchRequest, RequestError
from matcher.beyond import BeyondNames
from matcher.conditions import conditions
from matcher.understanding import understand

SOEST, WERL, LIPPSTADT, KREIS = "05974040", "05974052", "05974028", "05974"


@pytest.fixture
def asked(matcher):
    def ask(text: str, **fields):
        request = MatchRequest(**({"body": SOEST, "description": text} | fields))
        said = understand(text, request.body, matcher.interpreter.gazetteer)
        directory, bodies = matcher.directory, matcher.knowledge.bodies
        return conditions(request, said, directory, bodies, BeyondNames.of(directory))

    return ask


def test_nobody_on_board_may_be_proposed(asked, row):
    found = asked("Archiv gemeinsam führen", partners=(WERL, SOEST))
    assert found.on_board.tolist() == [row("Soest"), row("Werl")]
    assert found.searcher == row("Soest")
    assert found.passing.sum() == 430 - 2
    assert not found.passing[found.on_board].any()


def test_who_the_text_tells_to_be_on_board_is(asked, row):
    found = asked("Archiv gemeinsam führen; Werl ist schon dabei.")
    assert found.on_board.tolist() == [row("Soest"), row("Werl")]
    assert found.wanted.tolist() == []


def test_who_the_text_names_is_wanted_and_may_be_left_out(asked, row):
    text = "Archiv gemeinsam mit Werl führen"
    assert asked(text).wanted.tolist() == [row("Werl")]
    left_out = asked(text, ignore_named=(WERL,))
    assert left_out.wanted.tolist() == []
    assert left_out.named == ()


def test_who_is_on_board_already_is_not_wanted_twice(asked, row):
    found = asked("Archiv gemeinsam mit Werl führen", partners=(WERL,))
    assert found.on_board.tolist() == [row("Soest"), row("Werl")]
    assert found.wanted.tolist() == []


def test_a_wish_rules_out_and_says_by_its_code(asked, row, matcher):
    found = asked("Archiv gemeinsam führen, Partner außerhalb unseres Kreises")
    district = matcher.knowledge.bodies.district
    assert [wish.code for wish in found.wishes] == ["own_district"]
    assert np.array_equal(found.ruled_out["own_district"], district == district[row("Soest")])
    assert found.codes_against(row("Werl")) == ("own_district",)
    assert found.codes_against(row("Soest")) == ("own_district", "on_board")
    assert found.codes_against(row("Hamm")) == ()


@pytest.mark.parametrize("ignored", ["own_district", "*"])
def test_a_wish_that_is_taken_away_rules_nobody_out(asked, ignored):
    found = asked("Archiv, Partner außerhalb unseres Kreises", ignore_wishes=(ignored,))
    assert found.wishes == ()
    assert found.passing.sum() == 429


def test_filters_and_wishes_hold_both(asked, row):
    text = "Archiv, Partner außerhalb unseres Kreises"
    found = asked(text, filters=Filters(max_distance_km=30))
    assert found.codes_against(row("Köln")) == ("filters",)
    assert found.codes_against(row("Werl")) == ("own_district",)
    assert found.passing[row("Hamm")]


def test_a_partner_that_is_not_known_names_its_field(asked):
    with pytest.raises(RequestError) as caught:
        asked("Archiv", partners=(WERL, "nichts"))
    assert caught.value.field == "/partners/1"
