from __future__ import annotations

import re

import pytest

from data import TaskArea
from matcher.german import listing
from matcher.outreach.groups import Group
from matcher.outreach.overtaken import together_by_now
from service.outreach.status import OutreachStatus
from tests.service.office import LIST, NAME, PASSWORD, items, step

GONE = "oaaaaaaaaaaaa"  # as an older vocabulary or an older hash would have made it


@pytest.fixture
def client(office):
    return office.log_in()


def remember(
    office, bodies, area: str = "archiv", identifier: str = GONE, matter: str = ""
) -> None:
    office.history.add(identifier, area, bodies, OutreachStatus.TALKING, "Termin", "Berta", matter)


def test_steps_are_added_never_changed(office, client):
    line = items(client, task_area="archiv")[0]
    office.accounts.add("Berta", PASSWORD)
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
    assert office.accounts.remove("Berta")  # what she did stays
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


def test_a_line_that_the_list_lost_is_told_as_one_that_it_holds(office, client, three_areas):
    listed = next(x for x in items(client, task_area="archiv") if len(x["bodies"]) > 2)
    bodies = [body["ags"] for body in reversed(listed["bodies"])]
    remember(office, bodies, matter=listed["matter"])
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


def test_codes_of_a_status_are_ascii():
    assert [s.value for s in OutreachStatus] == [
        "neu", "angesprochen", "interesse", "in-gespraechen", "umgesetzt", "abgelehnt", "ruht",
    ]  # fmt: skip
    assert OutreachStatus.parse("IN GESPRÄCHEN") is OutreachStatus.TALKING
