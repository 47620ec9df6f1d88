from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from matcher.reasons import codes
from service.app import create_app
from service.settings import Settings

FACTORS = {"proximity", "equality", "trust", "pressure", "task"}


@pytest.fixture(scope="module")
def answer(client):
    from tests.service.conftest import BODY, TEXT

    response = client.post("/v1/matches", json={"body": BODY, "description": TEXT})
    assert response.status_code == 200
    return response.json()


def test_ten_partners_in_order(answer):
    assert [match["rank"] for match in answer["matches"]] == list(range(1, 11))
    scores = [match["score"] for match in answer["matches"]]
    assert scores == sorted(scores, reverse=True)
    assert "05974008" not in [match["body"]["ags"] for match in answer["matches"]]


def test_reasons_sum_to_the_score(answer):
    for match in answer["matches"]:
        total = answer["base_value"] + sum(r["contribution"] for r in match["reasons"])
        assert total == pytest.approx(match["score"], abs=1e-6)


def test_reasons_are_sorted_complete_and_in_words(answer):
    for match in answer["matches"]:
        named = [r for r in match["reasons"] if r["code"] != "other"]
        sizes = [abs(r["contribution"]) for r in named]
        assert sizes == sorted(sizes, reverse=True)
        assert all(r["code"] == "other" for r in match["reasons"][len(named) :])
        assert {r["factor"] for r in match["reasons"]} <= FACTORS
        assert {r["code"] for r in match["reasons"]} <= set(codes())
        assert all(r["text"] for r in match["reasons"])


def test_facts_are_those_of_the_register(answer):
    soest = next(m for m in answer["matches"] if m["body"]["name"] == "Soest")
    assert soest["body"] == {
        "ags": "05974040", "name": "Soest", "kind": "municipality", "legal_status": "mittlere",
        "district": "Kreis Soest", "population": 47776, "longitude": 8.106308,
        "latitude": 51.572543,
    }  # fmt: skip
    assert soest["adjacent"]
    assert soest["same_district"]
    assert soest["distance_km"] == pytest.approx(4.28, abs=0.01)
    texts = [r["text"] for r in soest["reasons"]]
    assert "Gemeinsame Grenze (17,7 km)" in texts
    assert "4,3 km zwischen den Verwaltungssitzen (Luftlinie)" in texts


def test_evidence_has_sources(answer, client):
    entries = [e for match in answer["matches"] for e in (*match["evidence"], *match["ties"])]
    assert len(entries) >= 10
    for entry in entries:
        assert entry["source_url"].startswith("http")
        known = client.get(f"/v1/cooperations/{entry['cooperation']}").json()
        assert known["title"] == entry["title"]
        assert known["status"] == entry["status"]
    shared = [e for e in entries if e["shared"]]
    assert shared
    for entry in shared:
        known = client.get(f"/v1/cooperations/{entry['cooperation']}").json()
        assert "05974008" in [p["code"] for p in known["participants"]]


def test_group_with_legal_forms_and_grant(client, asked):
    new = asked | {"description": "Gemeinsamer Bauhof mit Nachbarn"}
    group = client.post("/v1/matches", json=new).json()["consortium"]
    assert group["bodies"][0] == "05974008"
    assert 2 <= len(group["bodies"]) == len(set(group["bodies"])) <= 8
    assert sum(form["share"] for form in group["legal_forms"]) == pytest.approx(1)
    expected = 175_000 + 35_000 * (len(group["bodies"]) - 2)
    assert group["funding"]["max_eur"] == expected
    assert group["funding"]["eligible"] == "yes"
    assert group["funding"]["as_of"] == "2021-08-31"


def test_what_exists_is_not_proposed_as_new(answer):
    [known] = answer["existing"]
    assert known["relation"] == "member"
    group = answer["consortium"]
    assert group["existing"]
    assert set(group["bodies"]) == set(known["bodies"])
    assert group["funding"]["eligible"] == "check"
    assert group["funding"]["max_eur"] is None
    together = {m["body"]["ags"] for m in answer["matches"] if m["together"]}
    assert together <= set(known["bodies"])
    assert together


def test_who_is_asked_for_is_explained_whatever_the_limit(client, asked):
    text = f"{asked['description']}, aber nur mit direkten Nachbarn"
    ask = asked | {"description": text, "limit": 1, "explain": ["Köln"]}
    first, explained = client.post("/v1/matches", json=ask).json()["matches"]
    assert first["rank"] == 1
    assert first["filtered_by"] == []
    assert explained["body"]["name"] == "Köln"
    assert explained["rank"] > 1
    assert explained["filtered_by"] == ["adjacent"]
    assert explained["reasons"]


def test_wishes_can_be_overruled(client, asked):
    text = f"{asked['description']}. Wir suchen Partner außerhalb unseres Kreises."

    def districts(**overruled):
        ask = asked | {"description": text} | overruled
        matches = client.post("/v1/matches", json=ask).json()["matches"]
        return {m["body"]["ags"][:5] for m in matches}

    assert "05974" not in districts()
    assert "05974" in districts(wishes="ignore")
    assert "05974" in districts(ignore_wishes=["own_district"])


def test_an_unknown_body_that_shall_not_count_is_named(client, asked):
    answer = client.post("/v1/matches", json=asked | {"ignore_named": ["Atlantis"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/ignore_named/0"


def test_task_area_is_told_from_the_text(answer):
    assert answer["task_area"]["label"] == "Soziales"
    assert answer["task_area"]["source"] == "predicted"
    assert 0 < answer["task_area"]["probability"] < 1


def test_similar_cooperations_come_nearest_first(answer):
    similarity = [entry["similarity"] for entry in answer["similar_cooperations"]]
    assert similarity == sorted(similarity, reverse=True)
    assert 0.1 < similarity[0] <= 1


@pytest.mark.parametrize("area", ["archiv", "Archiv"])
def test_a_given_task_area_is_taken(client, asked, area):
    answer = client.post("/v1/matches", json=asked | {"task_area": area}).json()
    assert answer["task_area"] == {
        "code": "archiv", "label": "Archiv", "probability": 1.0, "source": "given",
    }  # fmt: skip


@pytest.mark.parametrize(
    "body", ["05974008", "059740008008", "Bad Sassendorf", "Gemeinde Bad Sassendorf"]
)
def test_the_searcher_by_any_key_or_name(client, asked, body, answer):
    other = client.post("/v1/matches", json=asked | {"body": body}).json()
    assert other["matches"] == answer["matches"]


def test_filters(client, asked):
    def keys(**filters):
        answer = client.post("/v1/matches", json=asked | {"filters": filters, "limit": 500}).json()
        return [match["body"] for match in answer["matches"]]

    assert len(keys()) == 429
    assert {b["kind"] for b in keys(kinds=["district"])} == {"district"}
    assert len(keys(kinds=["association"])) == 3
    assert {b["legal_status"] for b in keys(legal_status=["kreisfrei"])} == {"kreisfrei"}
    assert len(keys(districts=["05974"])) == 14
    assert len(keys(districts=["Kreis Soest"])) == 14
    assert len(keys(government_regions=["Arnsberg"])) == 83 + 7 - 1
    near = client.post(
        "/v1/matches", json=asked | {"filters": {"max_distance_km": 10}, "limit": 500}
    ).json()["matches"]
    assert near
    assert all(match["distance_km"] <= 10 for match in near)
    assert "05974040" not in [b["ags"] for b in keys(exclude=["05974040"])]


def test_filters_that_leave_nobody(client, asked):
    answer = client.post(
        "/v1/matches", json=asked | {"filters": {"max_distance_km": 0, "kinds": ["association"]}}
    ).json()
    assert answer["matches"] == []
    assert answer["consortium"] is None


def test_partners_on_board_change_the_ranking(client, asked, answer):
    changed = client.post("/v1/matches", json=asked | {"partners": ["05954"]}).json()
    keys = [match["body"]["ags"] for match in changed["matches"]]
    assert "05954" not in keys
    assert keys != [match["body"]["ags"] for match in answer["matches"]]
    assert changed["consortium"]["bodies"][:2] == ["05974008", "05954"]
    for match in changed["matches"]:
        total = changed["base_value"] + sum(r["contribution"] for r in match["reasons"])
        assert total == pytest.approx(match["score"], abs=1e-6)


def test_the_same_request_gives_the_same_answer(client, asked, answer):
    again = client.post("/v1/matches", json=asked).json()
    assert again | {"request_id": ""} == answer | {"request_id": ""}


def test_title_alone_is_enough(client):
    response = client.post("/v1/matches", json={"body": "05974", "title": "Kreisarchiv"})
    assert response.status_code == 200


def test_without_text_model_the_answer_says_so(degraded, asked):
    with TestClient(create_app(Settings(), degraded)) as client:
        answer = client.post("/v1/matches", json=asked).json()
        assert answer["degraded"] is True
        assert answer["model"]["text_model"] is None
        assert answer["task_area"] is None
        assert answer["similar_cooperations"] == []
        assert len(answer["matches"]) == 10
        for match in answer["matches"]:
            total = answer["base_value"] + sum(r["contribution"] for r in match["reasons"])
            assert total == pytest.approx(match["score"], abs=1e-6)
        page = client.post("/", data={"body": "05974008", "text": "Archiv"})
        assert "Der Text kann zurzeit nicht gelesen werden" in page.text
        assert client.get("/health/ready").json()["degraded"] is True


def test_the_answer_in_short_is_in_the_json_too(client):
    text = "Uns fehlen Standesbeamte, wir möchten das Standesamt gemeinsam mit Nachbarn betreiben"
    ask = {"body": "05974008", "description": text}
    answer = client.post("/v1/matches", json=ask).json()
    group = answer["consortium"]
    assert group["sentence"].startswith("Alle drei liegen im selben Kreis")
    assert [other["code"] for other in group["alternatives"]] == ["smaller", "with_district"]
    assert group["alternatives"][0]["bodies"] == group["bodies"][:2]
    assert answer["existing"] == []  # what there is lies too far to be joined
    near = client.post("/v1/matches", json=ask | {"body": "05962060"}).json()["existing"]
    assert ("Beitreten", "05962004") in {(known["step"], known["ask"]) for known in near}
    for match in answer["matches"]:
        assert match["sentence"].endswith(" km")
        assert match["likelihood"]["code"] in ("close", "possible", "rare")
