from __future__ import annotations

import csv
import io
import re
import time
from collections import Counter

import pytest

from data import TaskArea
from matcher.german import listing
from matcher.outreach import OutreachFilters
from matcher.outreach.groups import Group
from matcher.outreach.retold import together_by_now
from service.outreach.status import OutreachStatus
from service.outreach.store import OutreachStore
from tests.service.office import NAME, PASSWORD, computed

LIST = "/v1/outreach"


@pytest.fixture
def client(office):
    return office.log_in()


def items(client, **asked) -> list[dict]:
    answer = client.get(LIST, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def step(client, identifier: str, **asked):
    token = client.get(LIST, params={"limit": 1}).headers["X-CSRF-Token"]
    return client.patch(f"{LIST}/{identifier}", json=asked, headers={"X-CSRF-Token": token})


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


def test_steps_are_added_never_changed(office, client):
    line = items(client, task_area="archiv")[0]
    office.state.staff.add("Berta", PASSWORD)
    first = step(client, line["id"], status="angesprochen", note=" Schreiben vom 1. März \r\n")
    assert first.status_code == 200, first.text
    office.clock.turn(days=3)
    step(office.log_in("Berta"), line["id"], status="in Gesprächen")
    last = step(office.log_in(), line["id"], note="Termin im Mai").json()
    assert last["status"] == {"code": "in-gespraechen", "label": "in Gesprächen"}
    assert last["note"] == "Termin im Mai"
    assert [(e["status"]["code"], e["note"], e["who"], e["at"][:10]) for e in last["history"]] == [
        ("angesprochen", "Schreiben vom 1. März", NAME, "2027-03-01"),
        ("in-gespraechen", "", "Berta", "2027-03-04"),
        ("in-gespraechen", "Termin im Mai", NAME, "2027-03-04"),
    ]
    assert office.state.staff.remove("Berta")  # what she did stays
    office.restart()
    again = office.log_in().get(f"{LIST}/{line['id']}").json()
    assert again["history"] == last["history"]
    assert [line["id"] for line in items(office.log_in(), status="in-gespraechen")] == [line["id"]]


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({}, 422, "keine Änderung"),
        ({"status": "erledigt"}, 422, "ist unbekannt"),
        ({"note": "x" * 2_001}, 422, "Höchstens 2000 Zeichen"),
        ({"note": "a\x00b"}, 422, "ungültige Zeichen"),
        ({"who": "ich"}, 422, "nicht bekannt"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(client, asked, status, sentence):
    line = items(client)[0]
    answer = step(client, line["id"], **asked)
    assert answer.status_code == status
    assert sentence in answer.text
    assert client.get(f"{LIST}/{line['id']}").json()["history"] == []


def test_a_step_needs_the_token_of_the_session_and_a_line(office, client):
    line = items(client)[0]
    for headers in ({}, {"X-CSRF-Token": "0" * 64}):
        asked = {"status": "angesprochen"}
        answer = client.patch(f"{LIST}/{line['id']}", json=asked, headers=headers)
        assert answer.status_code == 403
    assert step(client, "o000000000000", status="ruht").status_code == 404
    assert client.get(f"{LIST}/o000000000000").status_code == 404


GONE = "oaaaaaaaaaaaa"  # as an older vocabulary or an older hash would have made it


def remember(office, bodies, area: str = "archiv", identifier: str = GONE) -> None:
    office.state.memory.add(identifier, area, bodies, OutreachStatus.TALKING, "Termin", "Berta")


def test_a_line_that_the_list_lost_is_told_as_one_that_it_holds(office, client, three_areas):
    listed = next(x for x in items(client, task_area="archiv") if len(x["bodies"]) > 2)
    remember(office, [body["ags"] for body in reversed(listed["bodies"])])
    assert three_areas.lines().find(GONE) is None
    found = client.get(f"{LIST}/{GONE}").json()
    kept = {"id", "status", "note", "history", "bodies", "rank"}
    assert {k: v for k, v in found.items() if k not in kept} == {
        k: v for k, v in listed.items() if k not in kept
    }
    assert [b["ags"] for b in found["bodies"]] == [b["ags"] for b in listed["bodies"]]
    assert (found["id"], found["rank"]) == (GONE, None)
    assert found["status"]["code"] == "in-gespraechen"
    assert found["history"][0]["who"] == "Berta"
    last = step(client, GONE, status="umgesetzt").json()
    assert last["status"]["code"] == "umgesetzt"
    assert [event["who"] for event in last["history"]] == ["Berta", NAME]
    assert GONE not in {x["id"] for x in items(client, limit=500, resting="show")}


def test_a_remembered_group_that_cooperates_by_now_is_told_as_such(office, client, matcher):
    keys = matcher.dataset.bodies.index
    cooperation = next(
        c
        for c in matcher.dataset.cooperations
        if c.task_area == "archiv"
        and 2 <= len(c.participants) <= 4
        and all(len(key) == 8 for key in c.participants)
    )
    names = matcher.dataset.bodies.loc[sorted(cooperation.participants, key=keys.get_loc), "name"]
    remember(office, cooperation.participants)
    answer = client.get(f"{LIST}/{GONE}")
    assert answer.status_code == 200
    assert not any(word in answer.text for word in ("Infinity", "NaN", "null,null"))
    found = answer.json()
    assert found["score"] == pytest.approx(sum(p["contribution"] for p in found["parts"]), abs=1e-4)
    texts = {reason["code"]: reason["text"] for reason in found["reasons"]}
    said = (
        "Im Bereich Archiv arbeitet diese Gruppe inzwischen bekanntermaßen zusammen: "
        f"„{cooperation.title}“ ({listing(names.tolist())})"
    )
    assert texts["unknown"].startswith(said)
    assert said in found["letter"]["text"]
    assert "möglich erscheint" not in found["letter"]["text"]
    assert "keine gemeinsame Kooperation dieser Gruppe bekannt" not in answer.text
    elsewhere = re.findall(r"„(.*?)“ \((.*?)[,)]", texts["ties"])
    assert all(area != "Archiv" for _, area in elsewhere)


def test_parts_of_a_group_and_leader_regions_are_named(three_areas, matcher):
    outreach, bodies = three_areas.lines().outreach, matcher.dataset.bodies
    kinds = tuple(TaskArea)

    def told(area: TaskArea, keys: list[str]) -> str:
        rows = tuple(bodies.index.get_indexer(keys).tolist())
        return together_by_now(outreach.view(Group(kinds.index(area), rows, 3, 0.0, 0.0, 0.0)))

    places = bodies[bodies["kind"] == "municipality"]
    counts = places["leader_region"].value_counts()
    region = counts.index[0]
    assert counts.iloc[0] >= 2
    inside = places.index[places["leader_region"] == region][:2].tolist()
    outside = places.index[places["leader_region"].isna()][0]
    names = listing(places.loc[inside, "name"].tolist())
    text = told(TaskArea.REGIONALENTWICKLUNG, [*inside, outside])
    assert "arbeiten Teile dieser Gruppe inzwischen bekanntermaßen zusammen: " in text
    assert f"LEADER-Region {region} ({names})" in text
    assert "LEADER" not in told(TaskArea.STANDESAMT, inside)


@pytest.mark.parametrize(
    ("bodies", "area"),
    [
        (("05966012", "00000000"), "archiv"),  # a body that no longer exists
        (("05966012", "05966024"), "raumfahrt"),  # an area that no longer exists
        (("05966012", "05966024"), "sport-baeder"),  # not computed here
        (("05154036", "05762020"), "archiv"),  # too far apart for a score
        (("05966012", "LWL"), "archiv"),
        (("05966012", "05966"), "archiv"),  # one municipality alone with its Kreis
        (("05966012", "05966012"), "archiv"),
        ((), "archiv"),
    ],
)
def test_what_can_no_longer_be_described_is_not_there(office, client, bodies, area):
    remember(office, bodies, area)
    assert client.get(f"{LIST}/{GONE}").status_code == 404
    assert step(client, GONE, status="ruht").status_code == 404
    page = client.get(f"/impulse/{GONE}")
    assert page.status_code == 200
    assert "Beschreiben lässt sie sich nach heutigem Stand nicht mehr." in page.text
    assert "Termin" in page.text


def test_who_was_approached_rests_and_comes_back(office, client):
    before = items(client, limit=500)
    line = before[0]
    touched = {b["ags"] for b in line["bodies"]}
    others = [x["id"] for x in before[1:] if touched & {b["ags"] for b in x["bodies"]}]
    assert others, "the test needs a body in two lines"
    step(client, line["id"], status="angesprochen")
    during = [x["id"] for x in items(client, limit=500)]
    assert line["id"] in during  # what the office works on stays in sight
    assert not set(others) & set(during)
    assert len(during) == len(before) - len(others)
    shown = {x["id"]: x for x in items(client, limit=500, resting="show")}
    assert set(others) <= shown.keys()
    marked = [b for b in shown[others[0]]["bodies"] if b["rests_until"]]
    assert {b["ags"] for b in marked} <= touched
    assert marked[0]["rests_until"].startswith("2027-08-28")  # 180 days after 1 March
    untouched = items(client, limit=500, resting="show", not_contacted_since="2027-01-01")
    assert not {line["id"], *others} & {x["id"] for x in untouched}
    later = items(client, limit=500, resting="show", not_contacted_since="2027-03-02")
    assert set(others) <= {x["id"] for x in later}
    office.clock.turn(days=181)
    client = office.log_in()
    assert {x["id"] for x in items(client, limit=500)} == {x["id"] for x in before}
    contact = client.get(f"{LIST}/{line['id']}").json()["bodies"][0]
    assert contact["rests_until"] is None
    assert contact["last_contact"].startswith("2027-03-01")


def test_a_status_that_was_set_by_mistake_is_taken_back(client):
    before = items(client, limit=500)
    step(client, before[0]["id"], status="angesprochen")
    step(client, before[0]["id"], status="neu", note="Versehen")
    after = items(client, limit=500)
    assert [x["id"] for x in after] == [x["id"] for x in before]
    assert after[0]["bodies"][0]["last_contact"] is None


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
    object.__setattr__(office.state, "outreach", store)
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
    office.state.start_outreach()
    assert started == [1]
    office.state.staff.remove(NAME)
    office.state.start_outreach()
    assert started == [1]


def test_a_computation_that_failed_is_told_and_tried_again(matcher, monkeypatch, three_areas):
    calls: list[int] = []

    def fail(*_arguments: object) -> None:
        calls.append(1)
        raise MemoryError

    monkeypatch.setattr("service.outreach.store.Lines", fail)
    store = OutreachStore(matcher, three_areas.lines().outreach)
    store.start()
    deadline = time.monotonic() + 5
    while not store.progress.failed:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    monkeypatch.undo()
    assert computed(store).areas == three_areas.lines().areas


def test_codes_of_a_status_are_ascii():
    assert [s.value for s in OutreachStatus] == [
        "neu", "angesprochen", "interesse", "in-gespraechen", "umgesetzt", "abgelehnt", "ruht",
    ]  # fmt: skip
    assert OutreachStatus.parse("IN GESPRÄCHEN") is OutreachStatus.TALKING


@pytest.mark.parametrize("most", [1, 3])
def test_a_body_stands_on_as_many_lines_as_the_operator_sets(office, most):
    office.restart(outreach_lines_per_body=most)
    lines = items(office.log_in(), task_area="archiv", limit=500)
    counts = Counter(
        body["ags"] for line in lines for body in line["bodies"] if body["kind"] == "municipality"
    )
    assert max(counts.values()) == most
