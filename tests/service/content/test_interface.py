from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("typed", "name"),
    [("bad sass", "Bad Sassendorf"), ("muelheim", "Mülheim an der Ruhr"), ("lwl", "LWL")],
)
def test_names_as_one_types(client, typed, name):
    answer = client.get("/v1/bodies", params={"q": typed}).json()
    first = answer["items"][0]
    assert name in (first["name"], first["ags"])
    assert len(answer["items"]) <= 8


def test_all_bodies_by_pages(client):
    first = client.get("/v1/bodies", params={"limit": 300}).json()
    second = client.get("/v1/bodies", params={"limit": 300, "offset": 300}).json()
    assert first["total"] == second["total"] == 430
    keys = [b["ags"] for b in first["items"] + second["items"]]
    assert len(set(keys)) == 430


def test_profile(client):
    profile = client.get("/v1/bodies/05974008").json()
    assert profile["name"] == "Bad Sassendorf"
    assert profile["district"] == "Kreis Soest"
    assert profile["figures"]["share_67_plus"] == 29.9
    assert profile["figures"]["fiscal_status_level"] == 4
    assert profile["leader_region"] == "Lippe-Möhnesee"
    assert "Destatis" in profile["sources"][0]
    assert len(profile["peers"]) == 5
    assert {peer["kind"] for peer in profile["peers"]} == {"municipality"}
    assert "05974008" in [p["code"] for p in profile["cooperations"][0]["participants"]]


@pytest.mark.parametrize("key", ["05974", "RVR", "059740008008", "Kreis Soest"])
def test_profiles_of_all_kinds(client, key):
    profile = client.get(f"/v1/bodies/{key}").json()
    assert profile["population"] > 10_000
    assert profile["figures"]["share_under_19"] > 10


def test_a_district_has_no_fiscal_status_of_its_own(client):
    assert client.get("/v1/bodies/05974").json()["figures"]["fiscal_status"] is None


def test_cooperations_by_filters(client, dataset):
    def ids(**parameters):
        answer = client.get("/v1/cooperations", params={"limit": 500, **parameters}).json()
        assert answer["total"] == len(answer["items"])
        return {item["id"] for item in answer["items"]}

    everything = dataset.cooperations
    assert ids(task_area="archiv") == {c.id for c in everything if c.task_area == "archiv"}
    assert ids(task_area="Archiv") == ids(task_area="archiv")
    assert ids(body="05974008") == {c.id for c in everything if "05974008" in c.participants}
    assert ids(legal_form="Zweckverband", body="Kreis Soest") == {
        c.id for c in everything
        if c.legal_form == "zweckverband" and "05974" in c.participants
    }  # fmt: skip


def test_cooperations_by_words_then_by_meaning(client):
    items = client.get("/v1/cooperations", params={"q": "Adoptionsvermittlung"}).json()["items"]
    assert "Adoptionsvermittlung" in items[0]["title"] + items[0]["description"]
    assert items[0]["similarity"] is not None
    meaning = client.get("/v1/cooperations", params={"q": "Uns fehlen Standesbeamte"}).json()
    assert "standesamt-buergerservice" in [i["task_area"]["code"] for i in meaning["items"][:3]]


def test_cooperations_by_pages(client):
    first = client.get("/v1/cooperations", params={"limit": 5}).json()
    second = client.get("/v1/cooperations", params={"limit": 5, "offset": 5}).json()
    assert first["total"] == second["total"] >= 779
    assert not {i["id"] for i in first["items"]} & {i["id"] for i in second["items"]}


def test_vocabularies(client):
    areas = client.get("/v1/task-areas").json()
    assert areas["total"] == 31
    assert {"code": "archiv", "label": "Archiv"} in areas["items"]
    forms = client.get("/v1/legal-forms").json()
    assert {"code": "oerv", "label": "öffentlich-rechtliche Vereinbarung"} in forms["items"]


def test_meta_tells_what_the_answers_rest_on(client, dataset, matcher):
    meta = client.get("/v1/meta").json()
    assert meta["data_version"] == dataset.version
    assert meta["model"]["version"] == matcher.version
    assert meta["coverage"]["bodies"] == 430
    assert 380 < meta["coverage"]["bodies_with_known_cooperation"] <= 430
    assert all(r["source"] and r["license"] and r["date"] for r in meta["resources"])
    assert meta["quality"]["ranker"] == matcher.version
    assert meta["quality"]["ndcg_at_10"] > meta["quality"]["best_rule_ndcg_at_10"]


def test_health(client):
    assert client.get("/health/live").json()["status"] == "live"
    assert client.get("/health/ready").json()["degraded"] is False


def test_openapi_describes_everything(client):
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/v1/matches", "/v1/bodies", "/v1/bodies/{ags}", "/v1/cooperations",
        "/v1/cooperations/{identifier}", "/v1/task-areas", "/v1/legal-forms", "/v1/meta",
        "/health/live", "/health/ready", "/metrics", "/v1/suggestions", "/v1/feedback",
        "/v1/searches", "/v1/searches/{identifier}", "/v1/searches/{identifier}/matches",
        "/v1/searches/{identifier}/messages", "/v1/outreach", "/v1/outreach/{identifier}",
    }  # fmt: skip
    page = client.get("/docs")
    assert "POST /v1/matches" in page.text
    assert "Wir möchten" in page.text
    assert "<script" not in page.text
