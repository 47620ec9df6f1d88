from __future__ import annotations

import numpy as np
import pytest

from eval.ranking import border_cases
from eval.ranking.border import largest_near, nearest
from eval.ranking.border_cases import cases, read_records, resolve
from matcher.beyond import BeyondNames


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Stadt Bückeburg", "03257009"),
        ("Landkreis Schaumburg", "03257"),
        ("Kreis Schaumburg", "03257"),
        ("Rinteln (Niedersachsen)", "03257031"),
        ("Rinteln (Hessen)", None),
        ("Bad Eilsen", "032575401"),  # administered by its Samtgemeinde
        ("Stadtwerke Rinteln", None),
        ("Bückeburg (Hafen Berenbusch)", "03257009"),
        ("Altenkirchen (Rheinland-Pfalz)", None),  # too far from Minden: another of that name
        ("Kreis Altenkirchen (Rheinland-Pfalz)", "07132"),  # there is one alone
        ("Verbandsgemeinde Altenkirchen", None),
    ],
)
def test_a_name_is_a_body_beyond_the_border_or_stays_open(across, name, key):
    directory, bodies = across.directory, across.knowledge.bodies
    inside = bodies.keys.get_indexer(["05770024"])
    row = resolve(name, BeyondNames.of(directory), directory, bodies, inside)
    assert (None if row is None else directory.keys[row]) == key


def test_a_body_that_is_no_more_stands_for_the_one_it_went_up_in(across, monkeypatch):
    monkeypatch.setitem(border_cases._SUCCESSORS, "Amt Bückeburg", "Bückeburg")
    directory, bodies = across.directory, across.knowledge.bodies
    inside = bodies.keys.get_indexer(["05770024"])
    row = resolve("Amt Bückeburg", BeyondNames.of(directory), directory, bodies, inside)
    assert directory.keys[row] == "03257009"


def test_the_rules_to_beat(across):
    bodies = across.knowledge.bodies
    minden, porta, town = (bodies.keys.get_loc(key) for key in ("05770024", "05770032", "03257009"))
    scores = nearest(bodies, minden)
    assert scores[minden] == scores.max()
    assert scores[porta] > scores[town]
    km = bodies.seat_km[minden]
    gap = largest_near(bodies, minden)[porta] - largest_near(bodies, minden)[town]
    people = bodies.log_population[porta] - bodies.log_population[town]
    assert gap == pytest.approx(people - 2 * (np.log1p(km[porta]) - np.log1p(km[town])), rel=1e-4)


def test_records_of_this_test_alone_are_not_known_and_each_names_its_page(across):
    records = read_records(across.knowledge.bodies)
    known = {c.source_url for c in across.knowledge.cooperations}
    assert not known & {record.source_url for record in records}
    assert all(record.source_url.startswith("http") for record in records)
    assert {record.evidence_grade for record in records} <= {"A", "B"}


def test_records_of_this_test_alone_are_asked_for_beside_the_known_ones(across):
    found, _ = cases(across)
    alone = {case.cooperation.id for case in found if case.known is None}
    assert "x0011" in alone  # Porta Westfalica with Bückeburg, which is loaded here
    for case in found:
        assert across.knowledge.bodies.home.stop <= case.beyond.min()
        if case.known is not None:
            assert across.knowledge.cooperations[case.known] is case.cooperation
