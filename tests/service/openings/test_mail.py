from __future__ import annotations

import logging

import pytest

from tests.service.mailbox import (
    ARCHIVE,
    MESSAGE,
    OTHER,
    OWNER,
    SAME_MATTER,
    WRITER,
    text,
)


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
