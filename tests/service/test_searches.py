from __future__ import annotations

import logging
import re

import pytest

from matcher import MatchRequest
from service.searches.reciprocal import FITS, Reciprocity
from service.searches.search import Search, SearchStatus, Words
from tests.service.mailbox import (
    ARCHIVE,
    MESSAGE,
    OTHER,
    OWNER,
    SAME_MATTER,
    WRITER,
    bearer,
    text,
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


def test_two_searches_that_fit_are_told_to_both_and_no_address_is_shown(site):
    first, first_token = site.open()
    assert len(site.mailbox.mails) == 1  # the confirmation alone: there is nothing to fit yet
    second, second_token = site.open(**SAME_MATTER)
    third, _ = site.open(
        body="Kleve", title="Sirenen", description="Sirenen gemeinsam warten und beschaffen",
        email="d@kleve.example",
    )  # fmt: skip

    told = [m for m in site.mailbox.mails if "passendes Gesuch" in m["Subject"]]
    assert [m["To"].addresses[0].addr_spec for m in told] == [OTHER, OWNER]
    assert f"/gesuche/{first}" in text(told[0])
    assert f"/gesuche/{second}" in text(told[1])
    assert OWNER not in text(told[0])
    assert OTHER not in text(told[1])

    pages = []
    for own, other in ((first, second), (second, first)):
        answer = site.client.get(f"/v1/searches/{own}/matches?limit=3")
        fits = answer.json()["searches"]
        assert [fit["search"]["id"] for fit in fits] == [other]
        assert FITS <= fits[0]["score"] <= 1
        assert len(answer.json()["matches"]) == 3
        pages.append(answer)
    assert [p.json()["searches"][0]["score"] for p in pages] == [
        pytest.approx(pages[0].json()["searches"][0]["score"])
    ] * 2

    sent = site.client.post(f"/v1/searches/{first}/messages", json=MESSAGE)
    assert (sent.status_code, sent.json()) == (202, {"status": "sent"})
    relayed = site.mailbox.mails[-1]
    assert relayed["To"].addresses[0].addr_spec == OWNER
    assert relayed["From"].addresses[0].addr_spec == "partnersuche@dienst.example"
    assert relayed["Reply-To"].addresses[0].addr_spec == WRITER
    assert relayed["Reply-To"].addresses[0].display_name == "Carla Christ"
    assert "wir hätten Interesse." in text(relayed)

    pages += [sent, site.client.get("/v1/searches"), site.client.get("/gesuche")]
    pages += [site.client.get(f"/gesuche/{i}") for i in (first, second, third)]
    pages += [site.client.get(f"/v1/searches/{i}") for i in (first, second, third)]
    for identifier, token in ((first, first_token), (second, second_token)):
        managed = site.client.get(f"/gesuche/{identifier}/verwalten?token={token}")
        assert "Passende Gesuche" in managed.text
        pages.append(managed)
    for page in pages:
        assert page.status_code in (200, 202)
        for secret in (OWNER, OTHER, "Anna Amt", "Bernd Beamter"):
            assert secret not in page.text, page.url


def test_a_pair_is_told_once(site):
    _, token = site.open()
    second, token = site.open(**SAME_MATTER)
    before = len(site.mailbox.mails)
    changed = site.client.patch(
        f"/v1/searches/{second}",
        json={"title": "Archiv, gemeinsam mit Nachbarkommunen"},
        headers=bearer(token),
    )
    assert changed.status_code == 200
    site.confirm(second, token)
    assert len(site.mailbox.mails) == before


def test_a_fit_that_comes_with_an_edit_is_told(site):
    site.open()
    second, token = site.open(
        body="05974008", title="Sirenen", description="Sirenen gemeinsam warten", email=OTHER
    )
    before = len(site.mailbox.mails)
    words = {key: SAME_MATTER[key] for key in ("title", "description")}
    changed = site.client.patch(f"/v1/searches/{second}", json=words, headers=bearer(token)).json()
    assert changed["task_area"] == {"code": "archiv", "label": "Archiv"}
    assert len(site.mailbox.mails) == before + 2


def search(body: str, title: str, description: str = "Bitte melden.", area=None) -> Search:
    words = Words(title, description, area, area is not None)
    moment = None
    return Search(f"{body}-{title}", body, words, SearchStatus.OPEN, moment, moment, moment)  # type: ignore[arg-type]


def archive(body: str, matcher) -> Search:
    found = search(body, str(SAME_MATTER["title"]), str(SAME_MATTER["description"]))
    return Search(
        found.id, body, found.words.completed(matcher), found.status,
        found.created, found.confirmed, found.expires,
    )  # fmt: skip


def test_the_score_is_what_its_formula_says(matcher):
    soest, sassendorf = archive("05974040", matcher), archive("05974008", matcher)
    fit = Reciprocity(matcher).fits(soest, [sassendorf])[0]
    there = {m.body: m.probability for m in matcher.match(soest.request(500)).matches}
    back = {m.body: m.probability for m in matcher.match(sassendorf.request(500)).matches}
    assert fit.there == pytest.approx(there["05974008"])
    assert fit.back == pytest.approx(back["05974040"])
    assert fit.likeness == pytest.approx(1.0)  # the same words
    assert fit.score == pytest.approx((fit.there * fit.back) ** 0.5)


def test_the_same_body_far_away_ones_and_other_matters_do_not_fit(matcher):
    soest = archive("05974040", matcher)
    sirens = search("05974008", "Sirenen", "Sirenen gemeinsam warten").words.completed(matcher)
    others = [
        archive("05974040", matcher),
        archive("05154032", matcher),
        Search("s", "05974008", sirens, SearchStatus.OPEN, *[soest.created] * 3),
    ]
    reciprocity = Reciprocity(matcher)
    assert reciprocity.fits(soest, others) == []
    assert (
        reciprocity.fits(soest, [*others, archive("05974008", matcher)])[0].search.body
        == "05974008"
    )


def test_without_a_text_model_the_task_area_tells(degraded):
    from data import TaskArea

    soest = search("05974040", "Archiv", area=TaskArea.ARCHIV)
    same = search("05974008", "Magazin", area=TaskArea.ARCHIV)
    other = search("05974008", "Schule", area=TaskArea.SCHULE)
    fits = Reciprocity(degraded).fits(soest, [same, other])
    assert [(fit.search.id, fit.likeness) for fit in fits] == [(same.id, 0.5)]


def test_searches_are_purged(site):
    kept, _ = site.open(**SAME_MATTER)
    draft, token = site.publish()
    site.clock.turn(days=6, hours=23)
    assert site.client.get(f"/v1/searches/{draft}", headers=bearer(token)).status_code == 200
    site.clock.turn(hours=1)
    response = site.client.post(f"/gesuche/{draft}/bestaetigen", data={"token": token})
    assert response.status_code == 404

    register = site.client.app.state.ikz.searches.register
    assert register.contact(draft) is not None
    site.publish(title="Ein anderes")  # purges
    assert register.contact(draft) is None
    site.clock.turn(days=112)
    assert register.contact(kept) is not None
    site.clock.turn(days=2)
    site.restart()  # purges
    assert register.contact(kept) is None


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
        ({"title": "Archiv\r\nBcc: x@y.de"}, "/title", "Zeilenumbrüche und Steuerzeichen"),
        ({"description": "x" * 10_001}, "/description", "Höchstens 10000 Zeichen"),
        ({"description": "a\x00b"}, "/description", "Steuerzeichen sind hier nicht"),
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


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": "Carla\r\nBcc: opfer@x.de"}, "/name"),
        ({"email": "carla@x.de\nBcc: opfer@x.de"}, "/email"),
        ({"email": "carla@x.de,opfer@x.de"}, "/email"),
        ({"message": "x" * 5_001}, "/message"),
        ({"message": "  "}, "/message"),
    ],
)
def test_a_message_cannot_add_headers_or_recipients(site, change, pointer):
    identifier, _ = site.open()
    before = len(site.mailbox.mails)
    response = site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE | change)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == pointer
    assert len(site.mailbox.mails) == before


def test_headers_in_a_text_stay_text_and_names_are_quoted(site):
    identifier, _ = site.open(
        name='Amt, Anna "Leitung" <x@y.de>', title="Archiv – 100 %, „gemeinsam“"
    )
    wanted = MESSAGE | {"message": "Bcc: opfer@x.de\n\nhallo", "name": "Öz, Çağla; opfer@x.de"}
    assert site.client.post(f"/v1/searches/{identifier}/messages", json=wanted).status_code == 202
    assert site.mailbox.recipients[-1] == [OWNER]
    mail = site.mailbox.mails[-1]
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].display_name == 'Amt, Anna "Leitung" <x@y.de>'
    assert [a.addr_spec for a in mail["Reply-To"].addresses] == [WRITER]
    assert mail["Reply-To"].addresses[0].display_name == "Öz, Çağla; opfer@x.de"
    assert mail["Subject"] == "Nachricht zu Ihrem Gesuch: Archiv – 100 %, „gemeinsam“"


def test_a_search_gets_five_messages_an_hour(site):
    identifier, _ = site.open()
    other, _ = site.open(**SAME_MATTER)
    address = f"/v1/searches/{identifier}/messages"
    site.mailbox.refuses = "451 später"
    assert site.client.post(address, json=MESSAGE).status_code == 503  # does not count
    site.mailbox.refuses = ""
    for _ in range(5):
        assert site.client.post(address, json=MESSAGE).status_code == 202
        site.clock.turn(minutes=1)
    refused = site.client.post(address, json=MESSAGE)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == str(55 * 60)
    assert refused.headers["RateLimit-Policy"] == '"messages";q=5;w=3600'
    assert refused.headers["RateLimit"] == f'"messages";r=0;t={55 * 60}'
    assert "in 55 Minuten" in refused.json()["detail"]
    assert site.client.post(f"/v1/searches/{other}/messages", json=MESSAGE).status_code == 202
    site.clock.turn(minutes=55)
    assert site.client.post(address, json=MESSAGE).status_code == 202


def test_who_did_not_confirm_reads_nothing_that_was_typed(site):
    site.publish(title="Gewinnspiel", description="http://x.example", name="Gewinnen Sie")
    mail = site.mailbox.mails[-1]
    assert str(mail["To"]) == OWNER
    assert "für Soest" in text(mail)
    for typed in ("Gewinn", "x.example"):
        assert typed not in mail.as_string()


def test_one_address_is_not_flooded_with_confirmations(site):
    for _ in range(3):
        site.publish()
    refused = site.client.post("/v1/searches", json=ARCHIVE | {"email": OWNER.upper()})
    assert refused.status_code == 429
    assert len(site.mailbox.mails) == 3
    site.clock.turn(days=1)
    site.publish()


def test_without_a_mail_server_nothing_is_published(site):
    identifier, _ = site.open()
    site.restart(smtp_host="")
    for address, asked in (
        ("/v1/searches", ARCHIVE),
        (f"/v1/searches/{identifier}/messages", MESSAGE),
    ):
        response = site.client.post(address, json=asked)
        assert response.status_code == 503
        assert "kein E-Mail-Versand eingerichtet" in response.json()["detail"]
    assert site.listed() == [identifier]


def test_a_search_whose_mail_is_refused_is_not_kept(site):
    site.mailbox.refuses = "554 nein"
    response = site.client.post("/v1/searches", json=ARCHIVE)
    assert response.status_code == 503
    assert "nicht verschickt werden" in response.json()["detail"]
    site.mailbox.refuses = ""
    for _ in range(3):  # the limit of waiting ones is not touched either
        site.publish()


def test_neither_words_nor_addresses_are_logged(site, caplog):
    with caplog.at_level(logging.DEBUG):
        identifier, token = site.open()
        site.open(**SAME_MATTER)
        site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE)
        site.mailbox.refuses = "550 <anna.amt@soest.example> unbekannt"
        site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE)
        site.client.get(f"/gesuche/{identifier}/verwalten?token={token}")
    assert "mail not sent: SMTPDataError" in caplog.text
    # The test's own client logs whole addresses; the service must not.
    own = "\n".join(
        r.getMessage() for r in caplog.records if r.name.startswith(("ikz", "sqlalchemy"))
    )
    for secret in (OWNER, OTHER, WRITER, "Anna", "Carla", "Archivar", "Interesse", token):
        assert secret not in own


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


def test_the_ranking_is_that_of_v1_matches(site):
    identifier, _ = site.open()
    ranked = site.client.get(f"/v1/searches/{identifier}/matches?limit=5").json()
    request = MatchRequest("05974040", str(ARCHIVE["title"]), str(ARCHIVE["description"]), limit=5)
    expected = [match.body for match in site.matcher.match(request).matches]
    assert [match["body"]["ags"] for match in ranked["matches"]] == expected
    assert re.fullmatch(r"[0-9a-f]{32}", ranked["request_id"])
    assert ranked["searches"] == []
