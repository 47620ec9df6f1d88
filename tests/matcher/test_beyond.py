from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from matcher import MatchRequest
from matcher.known.relation import Relation

DAY = date(2026, 11, 26)
TEXT = "Archiv gemeinsam mit Bückeburg und der Samtgemeinde Eilsen führen"


@pytest.fixture(scope="module")
def answer(across):
    return across.match(MatchRequest(body="05770032", description=TEXT, limit=400), today=DAY)


def test_bodies_beyond_the_border_are_named_and_ranked(answer):
    assert [(n.ags, n.role) for n in answer.understood.named] == [
        ("03257009", "wanted"),
        ("032575401", "wanted"),
    ]
    assert {match.body for match in answer.matches[:2]} == {"03257009", "032575401"}


def test_they_are_told_apart(answer):
    first = next(m for m in answer.matches if m.body == "03257009")
    assert first.beyond_border
    assert "jenseits der Landesgrenze" in first.border_note
    assert "Niedersachsen" in first.border_note
    assert "Richtlinie vom 31.08.2021" in first.border_note
    inside = next(m for m in answer.matches if m.body == "05770024")
    assert (inside.beyond_border, inside.border_note) == (False, None)


def test_what_is_not_known_of_them_counts_neither_way(answer):
    match = next(m for m in answer.matches if m.body == "03257009")
    reasons = {reason.code: reason for reason in match.reasons}
    for code in ("fiscal", "structure", "ageing"):
        assert code not in reasons or reasons[code].contribution == 0
    assert match.score == pytest.approx(
        answer.base_value + sum(r.contribution for r in match.reasons)
    )


def test_who_is_administered_by_a_union_is_not_proposed_but_explained(across, answer):
    assert "03257005" not in {match.body for match in answer.matches}
    request = MatchRequest(body="05770032", description=TEXT, explain=("03257005",))
    bad_eilsen = across.match(request, today=DAY).matches[-1]
    assert bad_eilsen.body == "03257005"
    assert "not_served" in bad_eilsen.filtered_by


def test_the_grant_counts_partners_of_the_land_alone(answer):
    group = answer.consortium
    assert group.bodies == ("05770032", "03257009", "032575401")
    assert any("Jenseits der Landesgrenze: Bückeburg" in reason for reason in group.reasons)
    assert group.funding.max_eur in (75_000, None)


def test_a_body_beyond_the_border_may_ask(across):
    found = across.match(MatchRequest(body="03257009", description="Standesamt"), today=DAY)
    assert found.competence is None
    assert found.matches[0].distance_km < 20
    assert found.consortium.funding.max_eur in (75_000, None)


def test_patterns_are_those_counted_in_the_land(matcher, across):
    ours, wide = matcher.knowledge.patterns, across.knowledge.patterns
    for name, binning in ours.binnings.items():
        assert np.array_equal(ours.histograms[name], wide.histograms[name])
        assert np.array_equal(binning.prior, wide.binnings[name].prior)


def test_no_table_of_pairs_is_held_whole(across):
    bodies = across.knowledge.bodies
    for name in ("seat_km", "gap_km", "border_km", "contains", "rank", "hops", "relation"):
        assert not isinstance(getattr(bodies, name), np.ndarray), name


def test_neighbours_across_the_border_are_neighbours(across):
    bodies = across.knowledge.bodies
    minden, town = bodies.keys.get_loc("05770024"), bodies.keys.get_loc("03257009")
    assert bodies.relation[minden, town] == Relation.NEIGHBOUR
    assert bodies.hops[minden, town] == 1


def test_a_text_that_seeks_partners_beyond_the_border_is_heard(across):
    def first_beyond(text: str):
        request = MatchRequest(body="05770032", description=text, limit=400)
        matches = across.match(request, today=DAY).matches
        return next(match for match in matches if match.beyond_border)

    plain = first_beyond("Bauhof gemeinsam führen")
    heard = first_beyond("Bauhof gemeinsam führen, auch jenseits der Landesgrenze")
    assert heard.rank <= 2 < plain.rank
    told = {reason.code: reason.text for reason in heard.reasons}
    assert told["beyond_border"] == "Der Text sucht Partner auch jenseits der Landesgrenze"
