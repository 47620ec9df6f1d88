from __future__ import annotations

import csv
import io
import time
from collections import Counter

import pytest

from matcher.outreach import OutreachFilters
from service.loading import start_outreach
from service.outreach.background import OutreachStore
from tests.service.office import LIST, NAME, PASSWORD, computed, items, step


@pytest.fixture
def client(office):
    return office.log_in()


def test_strangers_are_told_to_log_in(office):
    stranger = office.stranger()
    for method, address in (("GET", LIST), ("GET", f"{LIST}/o1"), ("PATCH", f"{LIST}/o1")):
        answer = stranger.request(method, address, json={} if method == "PATCH" else None)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].startswith("Dafür müssen Sie angemeldet sein.")
    basic = stranger.get(LIST, auth=(NAME, PASSWORD))
    assert basic.status_code == 401


def test_a_line_has_all_that_the_office_needs(client):
    answer = client.get(LIST, params={"task_area": "archiv", "government_region": "Arnsberg"})
    first = answer.json()["items"][0]
    assert answer.json()["total"] > 10
    assert first["rank"] == 1
    assert first["task_area"] == {"code": "archiv", "label": "Archiv"}
    assert first["score"] == pytest.approx(sum(p["contribution"] for p in first["parts"]), abs=1e-4)
    assert {reason["part"] for reason in first["reasons"]} == {"fit", "need", "evidence"}
    assert first["cooperations"][0]["source_url"].startswith("http")
    assert sum(f["share"] for f in first["legal_forms"]) == pytest.approx(1, abs=1e-3)
    assert first["funding"]["as_of"] == "2021-08-31"
    assert first["letter"]["text"].startswith("An: ")
    assert first["status"] == {"code": "neu", "label": "neu"}
    assert first["history"] == []
    body = first["bodies"][0]
    assert {"ags", "name", "legal_status", "population", "longitude", "rests_until"} <= body.keys()
    assert client.get(f"{LIST}/{first['id']}").json() | {"rank": 1} == first


def test_the_list_is_that_of_the_matcher(client, three_areas):
    wanted = three_areas.lines().outreach.opportunities(OutreachFilters(limit=1000))
    found = items(client, limit=500)
    assert [line["id"] for line in found] == [o.id for o in wanted]
    assert [line["rank"] for line in found] == [o.rank for o in wanted]
    page = items(client, limit=5, offset=5)
    assert page == found[5:10]


def test_filters_hold(client, matcher):
    bodies = matcher.dataset.bodies
    for line in items(client, task_area="IT und E-Government", district="Höxter", limit=50):
        assert line["task_area"]["code"] == "it-e-government"
        assert any(b["district"] == "Kreis Höxter" for b in line["bodies"])
    for line in items(client, legal_status="klein", min_group=3, max_group=4, limit=100):
        places = [b for b in line["bodies"] if b["kind"] == "municipality"]
        assert 3 <= len(places) <= 4
        assert {b["legal_status"] for b in places} == {"klein"}
    for line in items(client, government_region="detmold", limit=100):
        keys = [b["ags"] for b in line["bodies"]]
        assert (bodies["government_region"][keys] == "Detmold").any()


@pytest.mark.parametrize(
    ("asked", "pointer", "sentence"),
    [
        ({"task_area": "Raumfahrt"}, "/task_area", "„Raumfahrt“ ist unbekannt"),
        ({"government_region": "Bayern"}, "/government_region", "gibt es nicht"),
        ({"district": "Bad Sassendorf"}, "/district", "Kreis oder eine kreisfreie Stadt"),
        ({"legal_status": "riesig"}, "/legal_status", "ist unbekannt"),
        ({"min_group": "1"}, "/min_group", "Zulässig sind 2 bis 5"),
        ({"max_group": "²"}, "/max_group", "Zulässig sind 2 bis 5"),
        ({"min_group": "4", "max_group": "3"}, "/min_group", "ist größer als"),
        ({"status": "vielleicht"}, "/status", "ist unbekannt"),
        ({"not_contacted_since": "gestern"}, "/not_contacted_since", "ein Datum"),
        ({"resting": "vielleicht"}, "/resting", "Zulässig sind: hide, show"),
        ({"sort": "zufall"}, "/sort", "Zulässig sind: rang"),
        ({"format": "docx"}, "/format", "Dieses Format gibt es nicht"),
        ({"limit": "0"}, "/limit", "mindestens 1"),
    ],
)
def test_what_cannot_be_asked_is_named(client, asked, pointer, sentence):
    answer = client.get(LIST, params=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert sentence in answer.json()["errors"][0]["detail"]


def test_lists_are_sorted_as_asked(office, client):
    first, second = (x["id"] for x in items(client, limit=2, resting="show"))
    step(client, first, status="interesse")
    office.clock.turn(minutes=1)
    step(client, second, status="angesprochen")
    show = {"limit": 500, "resting": "show"}
    assert [x["id"] for x in items(client, sort="stand", **show)][:2] == [first, second]
    assert [x["id"] for x in items(client, sort="geaendert", **show)][:2] == [second, first]
    areas = [x["task_area"]["label"] for x in items(client, sort="bereich", **show)]
    assert areas == sorted(areas)


def test_what_the_office_works_on_is_listed_also_where_a_better_line_took_its_place(
    client, three_areas
):
    lines = three_areas.lines()
    listed = {x["id"] for x in items(client, limit=500)}
    group = next(line for line in lines._by_id.values() if line.id not in listed)
    step(client, group.id, status="interesse")
    assert group.id in {x["id"] for x in items(client, status="interesse")}
    assert group.id not in {x["id"] for x in items(client, status="neu", limit=500)}


@pytest.mark.parametrize("name", ["csv", "xlsx", "geojson", "pdf"])
def test_the_list_is_a_file_too(client, name):
    line = items(client, task_area="archiv")[0]
    step(client, line["id"], status="interesse")
    answer = client.get(LIST, params={"task_area": "archiv", "format": name})
    assert answer.status_code == 200
    assert f".{name}" in answer.headers["Content-Disposition"]
    if name == "pdf":
        assert answer.content.startswith(b"%PDF-")
        nothing = {"task_area": "archiv", "status": "umgesetzt", "format": "pdf"}
        assert client.get(LIST, params=nothing).status_code == 422
    if name == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert any("Interesse" in row for row in rows[1:])


def test_as_long_as_it_is_computed_one_is_told(office, matcher, monkeypatch):
    store = OutreachStore(matcher)
    monkeypatch.setattr(store, "start", lambda: None)
    office.publish(store)
    client = office.log_in()
    answer = client.get(LIST)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    store._note(3, 8)
    page = client.get("/impulse")
    assert page.status_code == 200
    assert "werden berechnet" in page.text
    assert "33 % sind fertig." in page.text
    assert client.get("/health/ready").status_code == 200


def test_it_is_computed_from_the_start_where_somebody_may_read_it(office, matcher, monkeypatch):
    started: list[int] = []
    monkeypatch.setattr(OutreachStore, "start", lambda _store: started.append(1))
    start_outreach(office.state)
    assert started == [1]
    office.accounts.remove(NAME)
    start_outreach(office.state)
    assert started == [1]


def test_a_computation_that_failed_is_told_and_tried_again(matcher, monkeypatch, three_areas):
    calls: list[int] = []

    def fail(*_arguments: object) -> None:
        calls.append(1)
        raise MemoryError

    monkeypatch.setattr("service.outreach.background.OpportunityList", fail)
    store = OutreachStore(matcher, three_areas.lines().outreach)
    store.start()
    deadline = time.monotonic() + 30
    while not store.progress.failed:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    monkeypatch.undo()
    assert computed(store).areas == three_areas.lines().areas


@pytest.mark.parametrize("most", [1, 3])
def test_a_body_stands_on_as_many_lines_as_the_operator_sets(office, most):
    office.restart(outreach_lines_per_body=most)
    lines = items(office.log_in(), task_area="archiv", limit=500)
    counts = Counter(
        body["ags"] for line in lines for body in line["bodies"] if body["kind"] == "municipality"
    )
    assert max(counts.values()) <= most
    assert (max(counts.values()) > 1) == (most > 1)
