from __future__ import annotations

import logging
import re

import pytest

from service.mail.rounds import Rounds
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


def test_an_encoded_word_in_a_text_stays_text(site):
    """It hid line breaks (RFC 2047) and became headers, and a body of HTML, from our own sender."""
    hidden = "=?utf-8?q?x=0D=0AContent-Type:_text/html=0D=0ABcc:_opfer@x.de=0D=0A=0D=0A<b>hallo?="
    identifier, _ = site.open(title=hidden, name=hidden)
    site.open(**SAME_MATTER | {"name": hidden})
    told = [mail["Subject"] for mail in site.mailbox.mails if "passendes" in mail["Subject"]]
    assert told[0] == f"Ein passendes Gesuch: {hidden}"
    message = MESSAGE | {"name": hidden, "message": hidden}
    assert site.client.post(f"/v1/searches/{identifier}/messages", json=message).status_code == 202

    relayed = site.mailbox.mails[-1]
    assert relayed["Subject"] == f"Nachricht zu Ihrem Gesuch: {hidden}"
    assert _name(relayed["To"]) == _name(relayed["Reply-To"]) == "".join(hidden.split())
    assert f"----\n{hidden}\n----" in text(relayed)
    for mail, recipients in zip(site.box.mails, site.box.recipients, strict=True):
        assert mail.get_content_type() == "text/plain"
        assert mail["Bcc"] is None
        assert len(recipients) == 1


def _name(header) -> str:
    (address,) = header.addresses
    # Python's own reader keeps blanks between the encoded words of one name.
    return "".join(address.display_name.split())


def test_a_search_gets_five_messages_an_hour(site):
    identifier, _ = site.open()
    other, _ = site.open(**SAME_MATTER)
    address = f"/v1/searches/{identifier}/messages"
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
    site.publish(
        title="Gewinnspiel", description="http://x.example", name="Gewinnen Sie", task_area="archiv"
    )
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


def test_whom_the_mail_server_refuses_gets_the_mail_later(site):
    site.mailbox.refuses = "451 später"
    assert site.client.post("/v1/searches", json=ARCHIVE).status_code == 202
    assert site.mailbox.mails == []
    site.box.refuses = ""
    site.clock.turn(seconds=29)
    assert site.mailbox.mails == []
    site.clock.turn(seconds=1)
    assert [str(mail["To"]) for mail in site.mailbox.mails] == [OWNER]


def test_what_waits_goes_with_its_search(site):
    identifier, token = site.open()
    site.mailbox.refuses = "451 später"
    assert site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE).status_code == 202
    assert site.state[Rounds].outbox.count() == 1
    site.client.delete(f"/v1/searches/{identifier}", headers=bearer(token))
    assert site.state[Rounds].outbox.count() == 0
    for file in site.file.parent.glob("searches.db*"):
        assert WRITER.encode() not in file.read_bytes(), file.name


def test_an_opening_is_compared_after_a_restart_that_came_before(site):
    site.open()
    identifier, token = site.publish(**SAME_MATTER)
    site.client.app.state.ikz[Rounds].go()
    site.confirm(identifier, token)  # and the process ends before anybody is told
    site.restart()
    told = [mail for mail in site.mailbox.mails if "passendes Gesuch" in mail["Subject"]]
    assert [mail["To"].addresses[0].addr_spec for mail in told] == [OTHER, OWNER]
    site.restart()
    assert len(site.mailbox.mails) == 4


def test_neither_words_nor_addresses_are_logged(site, caplog):
    with caplog.at_level(logging.DEBUG):
        identifier, token = site.open()
        site.open(**SAME_MATTER)
        site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE)
        site.mailbox.refuses = "550 <anna.amt@soest.example> unbekannt"
        site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE)
        site.client.get(f"/gesuche/{identifier}/verwalten?token={token}")
        site.state[Rounds].go()
    assert re.search(r"mail <\S+@dienst.example> not sent at try 1: SMTPDataError 550", caplog.text)
    # The test's own client logs whole addresses; the service must not.
    own = "\n".join(
        r.getMessage() for r in caplog.records if r.name.startswith(("ikz", "sqlalchemy"))
    )
    for secret in (OWNER, OTHER, WRITER, "Anna", "Carla", "Archivar", "Interesse", token):
        assert secret not in own
