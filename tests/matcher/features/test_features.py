"""Features against values computed by hand from the tables, on real bodies."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from data import TaskArea
from matcher.features import FAMILIES, FEATURES, NAMES, features, make_query
from matcher.known.forecast import ridged
from matcher.known.relation import Relation
from matcher.known.similar import Similar
from models import Shape


def _read(matcher, text):
    return matcher.knowledge.reader.read(matcher.text_model.encode_queries([text])[0], text)


@pytest.fixture(scope="module")
def table(matcher, row):
    """Return feature values of one candidate for Bad Sassendorf asking about an archive."""
    query = make_query(
        matcher.knowledge,
        row("Bad Sassendorf"),
        _read(matcher, "Wir suchen Partner für ein gemeinsames Archiv"),
    )
    matrix = features(query, matcher.knowledge)[0]
    return lambda name, feature: float(matrix[row(name), NAMES.index(feature)])


def test_one_layer_a_searcher_one_row_a_body_and_one_column_a_name(matcher, row):
    asking = [row("Soest"), row("Kreis Olpe"), row("Köln")]
    cube = features(make_query(matcher.knowledge, asking, None), matcher.knowledge)
    assert cube.shape == (3, 430, len(NAMES))
    assert cube.dtype == np.float32
    for searcher, matrix in zip(asking, cube, strict=True):
        alone = features(make_query(matcher.knowledge, searcher, None), matcher.knowledge)
        # To the bit: a score must not depend on who else is asked for.
        assert np.array_equal(alone[0], matrix, equal_nan=True)
    matrix = cube[0]
    assert len(set(NAMES)) == len(NAMES)
    unknown = {NAMES[i] for i in np.flatnonzero(np.isnan(matrix).any(axis=0))}
    assert unknown == {"fiscal", "fiscal_gap"}


@pytest.mark.parametrize(
    ("name", "feature", "value"),
    [
        # adjacency.csv: 17.711 km of common border; Bad Sassendorf has 53.192 km with neighbours.
        ("Soest", "border_km", 17.711),
        ("Soest", "border_share", 17.711 / 53.192),
        ("Soest", "hops", 1),
        ("Lippstadt", "hops", 1),
        ("Werl", "hops", 2),
        # Soest and Bad Sassendorf border both on Lippetal and Möhnesee.
        ("Soest", "common_neighbours", 2),
        ("Soest", "same_district", 1),
        ("Kreis Soest", "border_km", 0),
        ("Soest", "same_leader", 1),
        ("Werl", "same_region", 1),
        ("Köln", "same_region", 0),
        ("Soest", "relation", Relation.NEIGHBOUR_SAME_DISTRICT),
        ("Werl", "relation", Relation.SAME_DISTRICT),
        ("Kreis Unna", "relation", Relation.OTHER_DISTRICT),
        ("Bönen", "relation", Relation.SAME_REGION),
        ("Münster", "relation", Relation.SAME_ASSOCIATION),
        ("Köln", "relation", Relation.OTHER),
        ("Regionalverband Ruhr", "relation", Relation.ASSOCIATION),
        # Inhabitants: 12,194 and 47,776; budget levels 4 and 2.
        ("Soest", "size_ratio", np.log(47_776 / 12_194)),
        ("Soest", "fiscal_gap", 2),
    ],
)
def test_geography_and_segment(table, name, feature, value):
    assert table(name, feature) == pytest.approx(value, rel=1e-4)


def test_distance_is_logarithmic(table, dataset, row):
    km = dataset.seat_km[row("Bad Sassendorf"), row("Soest")]
    assert km == pytest.approx(4.276, abs=0.001)
    assert table("Soest", "log_seat_km") == pytest.approx(np.log1p(km))
    assert table("Soest", "log_gap_km") == 0


def test_ties_count_the_cooperations_of_the_data_by_their_size(table, dataset):
    def sizes(*keys: str) -> list[int]:
        return [len(c.participants) for c in dataset.cooperations if {*keys} <= {*c.participants}]

    def worth(found: list[int]) -> float:
        return sum((s - 1) ** -0.5 for s in found)

    both, mine, theirs = (
        sizes("05974008", "05974040"),
        sizes("05974008"),
        sizes("05974040"),
    )
    assert both
    assert table("Soest", "shared") == pytest.approx(np.log1p(worth(both)))
    assert table("Soest", "close_ties") == pytest.approx(np.log1p(sum(1 / (s - 1) for s in both)))
    assert table("Soest", "activity") == pytest.approx(np.log1p(worth(theirs)))
    pairs = [len(c.participants) for c in dataset.cooperations if len(c.participants) > 1]
    usual = sum(s * (s - 1) ** 0.5 for s in pairs) / sum(s * (s - 1) ** -0.5 for s in pairs) / 429
    either = worth(mine) + worth(theirs) - worth(both)
    shrunk = (worth(both) + 3 * usual) / (either + 3)
    assert table("Soest", "jaccard") == pytest.approx(np.log(shrunk), abs=1e-3)
    shrunk = (worth(both) + 3 * usual) / (worth(mine) + 3)
    assert table("Soest", "tie_share") == pytest.approx(np.log(shrunk), abs=1e-3)


def test_task_votes_are_the_weights_of_those_who_took_part(matcher, row):
    knowledge = matcher.knowledge
    similar = Similar(np.array([3, 5]), np.array([0.9, 0.8]), np.array([0.75, 0.25], np.float32))
    query = dataclasses.replace(make_query(knowledge, row("Soest"), None), similar=similar)
    votes = features(query, knowledge)[0, :, NAMES.index("similar_votes")]
    expected = 0.75 * knowledge.participation[3] + 0.25 * knowledge.participation[5]
    assert np.allclose(votes, expected)


def test_who_carries_a_like_task_for_others_has_votes_of_its_own(matcher, row):
    knowledge = matcher.knowledge
    similar = Similar(np.array([3, 5]), np.array([0.9, 0.8]), np.array([0.75, 0.25], np.float32))
    query = dataclasses.replace(make_query(knowledge, row("Soest"), None), similar=similar)
    votes = features(query, knowledge)[0, :, NAMES.index("lead_votes")]
    assert np.allclose(votes, 0.75 * knowledge.lead[3] + 0.25 * knowledge.lead[5])
    assert {f.name: f.shape for f in FEATURES}["lead_votes"] is Shape.RISING


def test_held_out_forecast_is_that_of_learning_without(matcher):
    """The closed formula agrees with leaving a group out and learning anew."""
    known = matcher.knowledge
    forecast, groups = known.reader.forecast, np.arange(len(known.cooperations))
    members = np.array([4, 9])
    groups[9] = groups[4]
    meaning, wording = known.reader.space.compare_known()
    kernel = (meaning + wording).astype(np.float64)
    count = len(known.cooperations)
    kept = np.setdiff1d(np.arange(2 * count), [*members, *(members + count)])
    inverse = np.linalg.inv(kernel[np.ix_(kept, kept)] + 5.0 * np.eye(len(kept)))
    targets = np.vstack([known.targets, known.targets]) - known.targets.mean(axis=0)
    direct = kernel[np.ix_(members, kept)] @ inverse @ targets[kept] + known.targets.mean(axis=0)
    whole = np.linalg.inv(ridged(kernel))
    for exact, expectation in zip(direct, forecast.held_out(members, whole), strict=True):
        assert np.allclose(expectation.taking_part, exact[-430:], atol=1e-4)


def test_who_is_foretold_is_told_to_gates_as_shares_from_the_side_of_the_searcher(matcher, row):
    known = matcher.knowledge
    matter = _read(matcher, "Wir suchen Nachbarkreise für eine gemeinsame Leitstelle")
    asking = [row("Soest"), row("Kreis Soest")]
    cube = features(make_query(known, asking, matter), known)
    declared = {f.name: f for f in FEATURES}
    for name in ("relation", "distance", "size"):
        columns = [i for i, n in enumerate(NAMES) if n.startswith(f"foretold_{name}_")]
        assert all(declared[NAMES[i]].shape is Shape.CONSTANT for i in columns)
        assert (cube[:, :1, columns] == cube[:, :, columns]).all()
        shares = cube[:, 0, columns].sum(axis=1)
        if name == "relation":  # all but the members of a Kreis
            shares[1] += matter.expectation.histograms[name][1, Relation.MEMBER] / (
                matter.expectation.histograms[name][1].sum()
            )
        assert shares == pytest.approx([1, 1], abs=1e-5)
    near = NAMES.index("foretold_distance_0")
    partners = matter.expectation.histograms["distance"]
    expected = partners[:, 0] / partners.sum(axis=1)
    assert cube[:, 0, near] == pytest.approx(expected, abs=1e-6)
    other = NAMES.index("foretold_relation_neighbour")
    town = features(
        make_query(known, asking, _read(matcher, "Wir suchen eine Nachbarstadt")), known
    )
    assert cube[1, 0, other] > town[1, 0, other]


def test_ties_next_door_are_smoothed_over_the_surroundings(matcher, row):
    known = matcher.knowledge
    a, b = row("Bad Sassendorf"), row("Werl")
    weights = known.bodies.vicinity[a]
    assert weights.sum() == pytest.approx(1, rel=1e-4)
    assert not weights[known.bodies.kind != known.bodies.kind[a]].any()
    searchers = make_query(known, a, None).asking
    close = known.ties.close(np.arange(len(known.bodies)))
    assert searchers.ties_around[0, b] == pytest.approx(weights @ close[:, b], rel=1e-4)


def test_patterns_count_expected_partners_a_searcher(matcher, row):
    knowledge = matcher.knowledge
    index = next(i for i, c in enumerate(knowledge.cooperations) if c.id == "c0001")
    # A Kreis and five of its towns: each town has the Kreis and four towns as partners.
    histogram = knowledge.patterns.histograms["relation"][index]
    assert histogram[0, Relation.OWN_DISTRICT] == 1
    assert histogram[0].sum() == pytest.approx(5)
    assert histogram[1, Relation.MEMBER] == 5
    assert knowledge.patterns.size[index] == 6


def test_without_forgets_a_cooperation_wholly(matcher, row):
    knowledge = matcher.knowledge
    a, b = row("Bad Sassendorf"), row("Soest")
    indices = np.flatnonzero(knowledge.participation[:, a])
    less = knowledge.without(indices)
    assert len(less.cooperations) == len(knowledge.cooperations) - len(indices)
    assert less.shared_with([a]).sum() == 0
    assert less.activity[a] == 0
    assert less.passages.shape[0] == len(less.cooperations)
    assert less.patterns.size.shape[0] == len(less.cooperations)
    assert knowledge.shared_with([a])[0, b] > 0


def test_a_given_area_narrows_what_is_similar(matcher, row):
    matter = _read(matcher, "Wir möchten enger zusammenarbeiten")
    free = make_query(matcher.knowledge, row("Soest"), matter)
    given = make_query(matcher.knowledge, row("Soest"), matter, TaskArea.WIRTSCHAFT)
    area = TaskArea.WIRTSCHAFT.row
    assert given.areas[area] > free.areas[area]
    assert given.areas.sum() == pytest.approx(1, abs=1e-5)
    blind = make_query(matcher.knowledge, row("Soest"), None, TaskArea.ARCHIV)
    assert blind.areas[TaskArea.ARCHIV.row] == pytest.approx(1)


def test_a_feature_is_declared_once_with_meaning_and_reason():
    assert [f.name for family in FAMILIES.values() for f in family.features] == list(NAMES)
    for feature in FEATURES:
        assert feature.meaning.endswith(".")
        assert feature.reason


def test_what_does_not_depend_on_the_matter_is_the_same_for_all_matters(matcher, row):
    searcher = row("Bad Sassendorf")
    first = features(make_query(matcher.knowledge, searcher, None), matcher.knowledge)
    matter = _read(matcher, "Ein gemeinsames Archiv")
    second = features(make_query(matcher.knowledge, searcher, matter), matcher.knowledge)
    for column, feature in enumerate(FEATURES):
        same = np.array_equal(first[..., column], second[..., column], equal_nan=True)
        assert same == (not feature.of_matter), feature.name
