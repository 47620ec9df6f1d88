from __future__ import annotations

import numpy as np
import pytest

from data import LegalForm, TaskArea
from matcher import Filters, MatchRequest, RequestError, reasons
from matcher.features import make_query
from matcher.group.consortium import group_size
from matcher.group.legal_forms import legal_form_shares
from matcher.known.forecast import SCALARS
from matcher.reasons import codes
from matcher.reasons.asked import Asked
from matcher.reasons.declare import KINDS
from matcher.reasons.evidence import evidence
from matcher.reasons.pair import Pairs

TEXT = "Wir möchten ein gemeinsames Archiv einrichten"


@pytest.fixture(scope="module")
def result(matcher):
    return matcher.match(MatchRequest(body="05974008", description=TEXT, limit=500))


def test_everybody_else_is_ranked_once(result):
    keys = [match.body for match in result.matches]
    assert len(keys) == len(set(keys)) == 429
    assert "05974008" not in keys


def test_contributions_sum_to_the_score_for_every_body(result):
    for match in result.matches:
        total = result.base_value + sum(reason.contribution for reason in match.reasons)
        assert total == pytest.approx(match.score, abs=1e-6)
        alone = 1 / (1 + np.exp(-match.score))
        assert match.probability == pytest.approx(result.understood.probability * alone)


def test_explained_scores_are_those_of_the_ranker(matcher, result, row):
    from matcher.features import features

    vector = matcher.text_model.encode_queries([TEXT])[0]
    matter = matcher.knowledge.reader.read(vector, TEXT)
    query = make_query(matcher.knowledge, row("Bad Sassendorf"), matter)
    scores = matcher.ranker.score(features(query, matcher.knowledge)[0])
    keys = matcher.knowledge.bodies.keys
    for match in result.matches:
        assert match.score == pytest.approx(scores[keys.get_loc(match.body)], abs=1e-4)


def test_a_frame_for_notebooks(result):
    frame = result.to_frame()
    assert len(frame) == 429
    parts = frame.filter(like="reason:")
    assert np.allclose(parts.sum(axis=1) + result.base_value, frame["score"])
    assert set(parts.columns) <= {f"reason:{code}" for code in codes()}
    assert frame["distance_km"].between(0, 300).all()


def test_the_searcher_by_ars(matcher, result):
    other = matcher.match(MatchRequest(body="059740008008", description=TEXT, limit=500))
    assert other.matches == result.matches


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"body": "05999999"}, "/body"),
        ({"body": "059740008009"}, "/body"),
        ({"description": ""}, "/description"),
        ({"description": "x" * 10_001}, "/description"),
        ({"title": "x" * 201}, "/title"),
        ({"limit": 0}, "/limit"),
        ({"limit": 501}, "/limit"),
        ({"partners": ("05974040", "nichts")}, "/partners/1"),
        ({"filters": Filters(max_distance_km=-1)}, "/filters/max_distance_km"),
        ({"filters": Filters(max_distance_km=float("nan"))}, "/filters/max_distance_km"),
        ({"filters": Filters(districts=("05111000",))}, "/filters/districts/0"),
        ({"filters": Filters(government_regions=("Bonn",))}, "/filters/government_regions/0"),
        ({"filters": Filters(exclude=("nichts",))}, "/filters/exclude/0"),
    ],
)
def test_what_cannot_be_answered_names_its_field(matcher, fields, field):
    request = MatchRequest(**({"body": "05974008", "description": TEXT} | fields))
    with pytest.raises(RequestError) as caught:
        matcher.match(request)
    assert caught.value.field == field
    assert caught.value.message.endswith(".")


def test_naming_the_searcher_as_partner_changes_nothing(matcher, result):
    request = MatchRequest(body="05974008", description=TEXT, partners=("05974008",), limit=500)
    assert matcher.match(request).matches == result.matches


def test_score_with_partners_is_the_mean_of_their_views(matcher):
    def scores(body, *partners):
        request = MatchRequest(body=body, description=TEXT, partners=partners, limit=500)
        return {match.body: match.score for match in matcher.match(request).matches}

    alone, other, both = scores("05974008"), scores("05974040"), scores("05974008", "05974040")
    for key in ("05974028", "05974", "05111000"):
        assert both[key] == pytest.approx((alone[key] + other[key]) / 2)


def test_each_sentence_holds_for_each_kind_of_pair(matcher, row):
    names = ("Bad Sassendorf", "Soest", "Kreis Soest", "Köln", "Landschaftsverband Rheinland")
    for searcher in names:
        query = make_query(matcher.knowledge, row(searcher), None)
        for candidate in names:
            if candidate == searcher:
                continue
            [pair] = Pairs(matcher.directory, matcher.knowledge).of(row(searcher), [row(candidate)])
            asked = Asked(matcher.knowledge, query, row(searcher))
            sentences = {code: kind.sentence(pair, asked) for code, kind in KINDS.items()}
            assert all(sentences.values())
            assert not [s for s in sentences.values() if "nan" in s.lower().split()]
            assert len(evidence(asked, np.array([row(candidate)]), None)[0]) <= 3


@pytest.mark.parametrize(
    ("searcher", "candidate", "code", "text"),
    [
        ("Bad Sassendorf", "Soest", "adjacent", "Gemeinsame Grenze (17,7 km)"),
        ("Bad Sassendorf", "Kreis Soest", "district", "Der eigene Kreis"),
        ("Kreis Soest", "Soest", "distance", "Sitz am selben Ort"),
        ("Bad Sassendorf", "Soest", "size", "47.776 Einwohner, das 3,9-Fache"),
        ("Soest", "Bad Sassendorf", "size", "12.194 Einwohner, 26 % der eigenen Zahl"),
        ("Bad Sassendorf", "Soest", "region", "Gemeinsame LEADER-Region Lippe-Möhnesee"),
        ("Bad Sassendorf", "Köln", "ties", "Keine gemeinsame Kooperation bekannt"),
        ("Soest", "Bad Sassendorf", "ageing", "29,9 % der Einwohner sind 67 Jahre oder älter"),
        ("Bad Sassendorf", "Soest", "fiscal", "Haushalt fiktiv ausgeglichen"),
        ("Bad Sassendorf", "Kreis Soest", "fiscal", "Haushaltsstatus nicht erfasst"),
        (
            "Bad Sassendorf",
            "Kreis Soest",
            "adjacent",
            "Das Gebiet des einen liegt im Gebiet des anderen",
        ),
    ],
)
def test_sentences_state_the_fact(matcher, row, searcher, candidate, code, text):
    query = make_query(matcher.knowledge, row(searcher), None)
    [pair] = Pairs(matcher.directory, matcher.knowledge).of(row(searcher), [row(candidate)])
    asked = Asked(matcher.knowledge, query, row(searcher))
    assert KINDS[code].sentence(pair, asked) == text
    assert KINDS[code].sentence(pair, asked) == text, "remembered"


def test_evidence_of_partners_comes_from_the_data(matcher, result):
    known = {c.id: c for c in matcher.dataset.cooperations}
    for match in result.matches[:20]:
        for entry in match.evidence:
            cooperation = known[entry.cooperation]
            assert entry.source_url == cooperation.source_url
            took_part = match.body in cooperation.participants
            if entry.shared:
                assert took_part
                assert "05974008" in cooperation.participants


@pytest.mark.parametrize(("members", "expected"), [(1.2, 2), (3.4, 3), (6.0, 6), (30.0, 8)])
def test_group_is_as_large_as_the_words_foretell(matcher, row, members, expected):
    query = make_query(matcher.knowledge, row("Soest"), None)
    query.expectation.scalars[SCALARS.index("log_size")] = np.log(members)
    assert group_size(query) == expected


def test_words_tell_a_pair_from_a_whole_kreis(matcher, row):
    def members(text: str) -> float:
        matter = matcher.knowledge.reader.read(matcher.text_model.encode_queries([text])[0], text)
        return float(np.exp(matter.expectation.scalars[SCALARS.index("log_size")]))

    pair = members("Wir suchen eine Nachbarstadt, die mit uns eine Volkshochschule betreibt.")
    whole = members("Alle Städte und Gemeinden im Kreis und der Kreis selbst sollen mitmachen.")
    assert pair < 4 < whole


def test_dropping_the_strongest_reason_lowers_the_score(matcher, result, row):
    """Put the features behind the strongest reason at the median of all bodies."""
    from matcher.features import NAMES, features

    vector = matcher.text_model.encode_queries([TEXT])[0]
    matter = matcher.knowledge.reader.read(vector, TEXT)
    query = make_query(matcher.knowledge, row("Bad Sassendorf"), matter)
    matrix = features(query, matcher.knowledge)[0]
    usual = np.nanmedian(matrix, axis=0)
    lowered = []
    for match in result.matches[:20]:
        strongest = next(r for r in match.reasons if r.code != "other" and r.contribution > 0)
        changed = matrix[[matcher.knowledge.bodies.keys.get_loc(match.body)]].copy()
        columns = [NAMES.index(name) for name in reasons.members(strongest.code)]
        changed[:, columns] = usual[columns]
        lowered.append(matcher.ranker.score(changed)[0] < match.score)
    assert np.mean(lowered) >= 0.95


def test_group_keeps_to_the_filters(matcher):
    request = MatchRequest(
        body="05974008", description=TEXT, filters=Filters(districts=("05974",)), limit=10
    )
    group = matcher.match(request).consortium
    bodies = matcher.dataset.bodies
    assert all(k == "05974" or bodies.loc[k, "district_ags"] == "05974" for k in group.bodies)


def test_legal_forms_blend_segment_and_similar_cooperations(matcher, row):
    query = make_query(matcher.knowledge, row("Soest"), None, TaskArea.VOLKSHOCHSCHULE)
    shares = legal_form_shares(query, matcher.knowledge, np.array([row("Soest"), row("Werl")]))
    by_form = {entry.form: entry.share for entry in shares}
    assert sum(by_form.values()) == pytest.approx(1)
    chosen = [
        c.legal_form for c in matcher.dataset.cooperations
        if c.task_area is TaskArea.VOLKSHOCHSCHULE and c.legal_form is not LegalForm.UNKNOWN
    ]  # fmt: skip
    expected = 0.5 * 0.14 + 0.5 * chosen.count(LegalForm.ZWECKVERBAND) / len(chosen)
    assert by_form[LegalForm.ZWECKVERBAND] == pytest.approx(expected, rel=1e-4)


def test_peers_are_of_the_same_kind_and_near_in_size(matcher):
    peers = matcher.peers("05974008", 10)
    bodies = matcher.dataset.bodies
    assert "05974008" not in peers
    assert set(bodies.loc[list(peers), "kind"]) == {"municipality"}
    assert bodies.loc[list(peers), "population"].between(3_000, 60_000).all()
    assert len(matcher.peers("LVR")) == 2
