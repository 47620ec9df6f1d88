"""The form: what its buttons do to it, and the link that carries it."""

from __future__ import annotations

import pytest
from starlette.datastructures import FormData, QueryParams

from service.matching.form import FIRST_SHOWN, SearchForm


def read(*pairs: tuple[str, str]) -> SearchForm:
    return SearchForm.read(FormData(list(pairs)))


@pytest.mark.parametrize(
    ("kept", "button", "field"),
    [
        ("partners", "not_on_board", "partners"),
        ("exclude", "include", "exclude"),
        ("ignore_wishes", "apply_wishes", "ignore_wishes"),
        ("ignore_named", "apply_named", "ignore_named"),
    ],
)
def test_a_chip_takes_back_what_a_button_has_set(kept, button, field):
    both = read((kept, "a"), (kept, "b"))
    assert getattr(both, field) == ("a", "b")
    assert getattr(read((kept, "a"), (kept, "b"), (button, "a")), field) == ("b",)


def test_a_filter_is_taken_off_by_its_name_and_nothing_else_is():
    found = read(
        ("text", "Archiv"), ("max_distance_km", "20"), ("kinds", "district"),
        ("without", "max_distance_km"), ("without", "text"),
    )  # fmt: skip
    assert found.max_distance_km == ""
    assert found.kinds == ("district",)
    assert found.text == "Archiv"


def test_a_name_that_was_offered_replaces_what_was_typed():
    found = read(("body", "Bad Sass"), ("body_meant", "Bad Sassendorf"))
    assert found.body == "Bad Sassendorf"


@pytest.mark.parametrize(
    ("typed", "limit"),
    [("", FIRST_SHOWN), ("35", 35), ("0", 1), ("9" * 5000, 500), ("²", FIRST_SHOWN)],
)
def test_the_number_of_partners_stays_within_what_is_answered(typed, limit):
    assert read(("limit", typed)).limit == limit


def test_an_unknown_order_is_the_first():
    assert read(("sort", "laune")).sort == "rank"


def test_a_link_carries_all_but_the_text():
    typed = read(
        ("body", "Bad Sassendorf"), ("text", "Geheimes Vorhaben"), ("kinds", "district"),
        ("max_distance_km", "25,5"), ("partners", "05974040"), ("exclude", "05974044"),
        ("ignore_wishes", "own_district"), ("sort", "size"), ("limit", "35"), ("explain", "Köln"),
    )  # fmt: skip
    query = typed.query()
    assert "Geheimes" not in query
    again = SearchForm.read(QueryParams(query))
    assert again.text == ""
    for field in ("body", "kinds", "max_distance_km", "partners", "exclude", "sort", "limit"):
        assert getattr(again, field) == getattr(typed, field)
    assert again.ignore_wishes == ("own_district",)
    assert again.explain == "Köln"
    assert SearchForm().query() == ""
    # What no visible field holds goes along in hidden ones.
    assert typed.kept == [
        ("ignore_wishes", "own_district"), ("partners", "05974040"), ("exclude", "05974044"),
        ("sort", "size"), ("limit", "35"),
    ]  # fmt: skip
