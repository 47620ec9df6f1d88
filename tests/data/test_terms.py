from __future__ import annotations

import pytest

from data import Kind, LegalForm, LegalStatus, TaskArea
from data.terms import Status, Term


@pytest.mark.parametrize("terms", [TaskArea, LegalForm, Kind, LegalStatus, Status])
def test_a_term_knows_its_row_and_the_row_its_term(terms: type[Term]):
    assert [term.row for term in terms] == list(range(len(terms)))
    assert [terms.at(row) for row in range(len(terms))] == list(terms)


def test_rows_are_those_of_stored_arrays():
    # The ranker and stored scores were made with these: a new term goes to the end.
    assert (TaskArea.ARCHIV.row, TaskArea.WIRTSCHAFT.row) == (0, 30)
    assert [kind.row for kind in (Kind.MUNICIPALITY, Kind.DISTRICT, Kind.ASSOCIATION)] == [0, 1, 2]
    assert [status.value for status in LegalStatus.of_municipalities()] == [
        "klein", "mittlere", "grosse", "kreisfrei",
    ]  # fmt: skip


def test_a_term_is_read_from_code_or_label_in_any_case():
    assert TaskArea.parse("ARCHIV") is TaskArea.ARCHIV
    assert TaskArea.parse(" Ver- und Entsorgung ") is TaskArea.VERSORGUNG
    with pytest.raises(ValueError, match="Zulässig sind: municipality, district, association"):
        Kind.parse("Stadtteil")
