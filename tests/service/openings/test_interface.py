from __future__ import annotations

import pytest

from service.openings.publishing import Openings
from tests.service.mailbox import (
    ARCHIVE,
    MESSAGE,
    OWNER,
    SAME_MATTER,
    bearer,
)

PROBLEM = "application/problem+json"


def test_a_search_lives_from_publication_to_deletion(site):
    identifier, token = site.publish()
    assert site.listed() == []
    assert site.client.get(f"/v1/searches/{identifier}").status_code == 404
    # What programs do that follow links in mails does not confirm.
    assert site.client.get(f"/gesuche/{identifier}/bestaetigen?token={token}").status_code == 200
    assert site.listed() == []

    site.confirm(identifier, token)
    listed = site.client.get("/v1/searches").json()
    assert (listed["total"], listed["limit"], listed["offset"]) == (1, 20, 0)
    assert listed["items"][0] == {
        "id": identifier,
        "status": "open",
        "title": ARCHIVE["title"],
        "description": ARCHIVE["description"],
        "body": {"code": "05974040", "label": "Soest"},
        "task_area": {"code": "archiv", "label": "Archiv"},
        "task_area_source": "predicted",
        "created": "2027-03-01T12:00:00Z",
        "confirmed": "2027-03-01T12:00:00Z",
        "expires": "2027-05-30T12:00:00Z",
        "body_proof": None,
    }

    site.restart()
    assert site.listed() == [identifier]
    site.clock.turn(days=90)
    assert site.listed() == []
    assert site.client.get(f"/v1/searches/{identifier}").status_code == 404
    mine = site.client.get(f"/v1/searches/{identifier}", headers=bearer(token)).json()
    assert mine["status"] == "expired"

    prolonged = site.client.patch(
        f"/v1/searches/{identifier}", json={"prolong": True}, headers=bearer(token)
    )
    assert prolonged.json()["expires"] == "2027-08-28T12:00:00Z"
    assert site.listed() == [identifier]

    closed = site.client.patch(
        f"/v1/searches/{identifier}", json={"status": "closed"}, headers=bearer(token)
    )
    assert closed.json()["status"] == "closed"
    assert site.listed() == []

    deleted = site.client.delete(f"/v1/searches/{identifier}", headers=bearer(token))
    assert deleted.status_code == 204
    again = site.client.delete(f"/v1/searches/{identifier}", headers=bearer(token))
    assert again.status_code == 404
    for file in site.file.parent.glob("searches.db*"):  # the journal too, while it is in use
        kept = file.read_bytes()
        assert OWNER.encode() not in kept, file.name
        assert b"Archivar" not in kept, file.name


def test_searches_are_purged(site):
    kept, _ = site.open(**SAME_MATTER)
    draft, token = site.publish()
    site.clock.turn(days=6, hours=23)
    assert site.client.get(f"/v1/searches/{draft}", headers=bearer(token)).status_code == 200
    site.clock.turn(hours=1)
    response = site.client.post(f"/gesuche/{draft}/bestaetigen", data={"token": token})
    assert response.status_code == 404

    store = site.client.app.state.ikz[Openings].store
    assert store.contact(draft) is not None
    site.publish(title="Ein anderes")  # purges
    assert store.contact(draft) is None
    site.clock.turn(days=112)
    assert store.contact(kept) is not None
    site.clock.turn(days=2)
    site.restart()  # purges
    assert store.contact(kept) is None


def test_the_list_is_filtered_and_paged(site):
    first, _ = site.open()
    site.clock.turn(minutes=1)
    second, _ = site.open(**SAME_MATTER | {"task_area": "Volkshochschule"})

    def ids(query: str) -> list[str]:
        answer = site.client.get(f"/v1/searches?{query}").json()
        return [item["id"] for item in answer["items"]]

    assert ids("") == [second, first]
    assert ids("limit=1&offset=1") == [first]
    assert ids("task_area=volkshochschule") == [second]
    assert ids("body=Soest") == [first]
    assert ids("body=Soest&task_area=volkshochschule") == []
    assert site.client.get("/v1/searches?limit=1").json()["total"] == 2


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_only_the_secret_manages(site, method):
    identifier, token = site.open()
    _, foreign = site.open(**SAME_MATTER)
    address = f"/v1/searches/{identifier}"
    content = {"json": {"status": "closed"}} if method == "PATCH" else {}
    missing = site.client.request(method, address, **content)
    assert missing.status_code == 401
    assert missing.headers["WWW-Authenticate"] == "Bearer"
    for wrong in ("x", foreign, token[:-1], ""):
        refused = site.client.request(method, address, headers=bearer(wrong), **content)
        assert refused.status_code in (401, 403)
        assert refused.headers["content-type"] == PROBLEM
    assert identifier in site.listed()
    unknown = site.client.request(method, "/v1/searches/unknown", headers=bearer(token), **content)
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer", "sentence"),
    [
        ({"title": "x" * 201}, "/title", "Höchstens 200 Zeichen, angegeben sind 201."),
        ({"title": " "}, "/title", "Diese Angabe fehlt."),
        ({"title": "asdf", "description": "qwer yxcv"}, "/description", "nicht zu verstehen"),
        ({"title": "Archiv\r\nBcc: x@y.de"}, "/title", "Zeilenumbrüche und Steuerzeichen"),
        ({"description": "x" * 10_001}, "/description", "Höchstens 10000 Zeichen"),
        ({"description": "a\x07b"}, "/description", "Steuerzeichen sind hier nicht"),
        ({"body": "Atlantis"}, "/body", "ist nicht als Kommune"),
        ({"task_area": "Zauberei"}, "/task_area", "„Zauberei“ ist unbekannt"),
        ({"name": "Anna\nBcc: x@y.de"}, "/name", "Zeilenumbrüche und Steuerzeichen"),
        ({"name": "Anna\u2028Amt"}, "/name", "Zeilenumbrüche und Steuerzeichen"),
        ({"email": "anna@soest.de\r\nBcc: x@y.de"}, "/email", "Bitte eine E-Mail-Adresse"),
        ({"email": "anna@soest.de, x@y.de"}, "/email", "Bitte eine E-Mail-Adresse"),
        ({"email": "Anna <anna@soest.de>"}, "/email", "Bitte eine E-Mail-Adresse"),
        ({"email": "anna"}, "/email", "Bitte eine E-Mail-Adresse"),
        ({"email": f"{'a' * 250}@soest.de"}, "/email", "Höchstens 254 Zeichen"),
        ({"status": "open"}, "/status", "Dieses Feld ist nicht bekannt."),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_mailed(site, change, pointer, sentence):
    response = site.client.post("/v1/searches", json=ARCHIVE | change)
    assert response.status_code == 422
    assert response.headers["content-type"] == PROBLEM
    errors = response.json()["errors"]
    assert [error["pointer"] for error in errors] == [pointer]
    assert sentence in errors[0]["detail"]
    assert site.mailbox.mails == []


def test_a_change_is_made_as_a_whole_or_not_at_all(site):
    identifier, token = site.publish()
    both = {"title": "Neu", "prolong": True}
    address = f"/v1/searches/{identifier}"
    assert site.client.patch(address, json=both, headers=bearer(token)).status_code == 409
    assert site.client.get(address, headers=bearer(token)).json()["title"] == ARCHIVE["title"]
    assert site.client.patch(address, json={}, headers=bearer(token)).status_code == 422
    given = site.client.patch(
        address, json={"task_area": "Schule und Bildung"}, headers=bearer(token)
    )
    assert given.json()["task_area"]["code"] == "schule-bildung"
    assert given.json()["task_area_source"] == "given"
    told = site.client.patch(address, json={"task_area": None}, headers=bearer(token)).json()
    assert (told["task_area"]["code"], told["task_area_source"]) == ("archiv", "predicted")


def test_a_closed_search_cannot_be_confirmed_changed_or_answered(site):
    identifier, token = site.open()
    address = f"/v1/searches/{identifier}"
    site.client.patch(address, json={"status": "closed"}, headers=bearer(token))
    assert site.client.post(f"{address}/messages", json=MESSAGE).status_code == 404
    assert site.client.get(f"{address}/matches").status_code == 404
    changed = site.client.patch(address, json={"title": "Neu"}, headers=bearer(token))
    assert changed.status_code == 409
    confirmed = site.client.post(f"/gesuche/{identifier}/bestaetigen", data={"token": token})
    assert confirmed.status_code == 409
    assert site.listed() == []


def test_only_the_hash_of_the_secret_is_stored(site):
    _, token = site.open()
    site.client.app.state.ikz.database.close()
    stored = b"".join(file.read_bytes() for file in site.file.parent.glob("searches.db*"))
    assert OWNER.encode() in stored
    assert token.encode() not in stored
