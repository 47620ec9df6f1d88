"""Alerts: confirmed by mail, told of what is new alone, ended with one click."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from service.alerts.store import MOST_OF_ADDRESS, AlertStore
from service.alerts.watching import Watch
from service.mail.waking import Waking
from service.storage import contacts
from service.storage.tables import AlertRow
from tests.service.mailbox import ARCHIVE, OWNER
from tests.service.mailbox import text as words

READER = "merken@lippstadt.example"
SAVED = {
    "body": "05974008",
    "text": "Uns fehlt ein Archivar, wir suchen Nachbarn, um ein Archiv gemeinsam zu führen.",
    "email": READER,
}


def save(site, **changes):
    return site.client.post("/benachrichtigung/neu", data=SAVED | changes, follow_redirects=False)


def link(site, verb, nth=-1):
    mail = words(site.mailbox.to(READER)[nth])
    found = re.search(rf"(/benachrichtigung/[\w-]+/{verb})\?token=([\w-]+)", mail)
    return found[1], found[2]


def begin(site):
    assert save(site).headers["location"] == "/benachrichtigung/gesendet"
    address, token = link(site, "bestaetigen")
    assert "Bestätigen" in site.client.get(address, params={"token": token}).text
    assert site.client.post(address, data={"token": token}).status_code == 200


def test_the_answer_page_leads_to_the_form_with_what_was_typed(client):
    page = client.post("/", data={"body": "Bad Sassendorf", "text": SAVED["text"]}).text
    assert 'formaction="/benachrichtigung/neu/vorlage"' in page
    form = client.post("/benachrichtigung/neu/vorlage", data={"body": "Soest", "text": "Archiv"})
    assert 'value="Soest"' in form.text
    assert "Archiv</textarea>" in form.text


def test_the_confirmation_is_mailed_at_once(site, monkeypatch):
    woken = []
    monkeypatch.setitem(site.state.parts, Waking, Waking(lambda: woken.append(True)))
    assert save(site, email="").status_code == 422
    assert woken == []
    assert save(site).status_code == 303
    assert woken == [True]


@pytest.mark.parametrize("field", ["body", "text", "email"])
def test_what_is_missing_is_named(site, field):
    answer = save(site, **{field: ""})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_what_is_no_matter_is_asked_for_and_stays_in_the_form(site):
    weather = "Wie wird das Wetter morgen?"
    answer = save(site, text=weather)
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text
    assert "Welche Aufgabe" in answer.text or "welche Aufgabe" in answer.text
    assert f"{weather}</textarea>" in answer.text
    assert f'value="{READER}"' in answer.text
    assert site.mailbox.mails == []


def test_the_address_alone_leads_to_the_form(site):
    assert site.client.get("/benachrichtigung").url.path == "/benachrichtigung/neu"


def test_a_new_search_is_told_once_and_one_click_ends_it(site):
    begin(site)
    assert "Archivar" not in words(site.mailbox.to(READER)[0])
    assert len(site.mailbox.to(READER)) == 1
    site.clock.turn(hours=1)
    identifier, _ = site.open()
    assert len(site.mailbox.to(READER)) == 2
    told = words(site.box.to(READER)[-1])
    assert ARCHIVE["title"] in told
    assert f"/gesuche/{identifier}" in told
    assert OWNER not in told
    site.clock.turn(hours=1)
    assert len(site.mailbox.to(READER)) == 2
    address, token = link(site, "beenden")
    assert site.client.post(address, data={"token": "falsch"}).status_code == 403
    assert "keine E-Mails mehr" in site.client.post(address, data={"token": token}).text
    assert contacts.export(site.state.database, READER) == {}
    assert site.client.get(address, params={"token": token}).status_code == 404


def test_each_mail_ends_it_and_no_secret_is_kept_in_plain(site):
    begin(site)
    first = link(site, "beenden", 0)
    for hour in (1, 2):
        site.clock.turn(hours=hour)
        site.open()
    links = [link(site, "beenden", nth) for nth in range(len(site.mailbox.to(READER)))]
    assert len(links) >= 2
    assert len({token for _, token in links}) == len(links)
    with site.state.database.read() as session:
        kept = [
            str(value)
            for table in ("alerts", "alert_links")
            for row in session.execute(text(f"SELECT * FROM {table}"))
            for value in row
        ]
    assert not [token for _, token in links if any(token in value for value in kept)]
    for address, token in links:  # old links work as the newest does
        assert site.client.get(address, params={"token": token}).status_code == 200
    address, token = first
    assert site.client.post(address, data={"token": token}).status_code == 200
    with site.state.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM alert_links")) == 0


def test_the_secret_of_one_alert_ends_no_other(site):
    begin(site)
    address, _ = link(site, "beenden")
    begin(site)
    _, other = link(site, "beenden")
    assert site.client.post(address, data={"token": other}).status_code == 403


def test_a_mail_program_ends_it_by_one_post(site):
    begin(site)
    site.clock.turn(hours=1)
    site.open()
    site.clock.turn(hours=1)
    mail = site.mailbox.to(READER)[-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip("<>")
    assert address in words(mail)
    said = {"List-Unsubscribe": "One-Click"}
    path = address.partition("://")[2].partition("/")[2]
    assert site.client.post(f"/{path}", data=said).status_code == 200
    assert contacts.export(site.state.database, READER) == {}
    assert site.client.post(f"/{path}", data=said).status_code == 404


def test_what_was_there_before_is_no_news(site):
    site.open()
    site.clock.turn(hours=1)
    begin(site)
    site.clock.turn(hours=1)
    assert len(site.mailbox.to(READER)) == 1


def test_a_new_cooperation_in_new_data_is_told(site, monkeypatch):
    begin(site)
    fitting = site.state[Watch]._fitting(SAVED["text"])
    newcomer, title = fitting[0]
    (alert,) = site.state[AlertStore].confirmed()
    assert newcomer in alert.known
    older = {key for key, _ in fitting[1:]}
    # As if the data had been older when the alert began.
    with site.state.database.write() as session:
        row = session.get(AlertRow, alert.id)
        row.data_version, row.known = "2020-01-01+alt", str(sorted(older)).replace("'", '"')
    told = words(site.mailbox.to(READER)[-1])
    assert title in told
    assert f"/kooperationen/{newcomer}" in told
    assert told.count("/kooperationen/") == 1
    assert len(site.mailbox.to(READER)) == 2


def test_nobody_confirmed_means_nothing_is_kept(site):
    save(site)
    site.mailbox.to(READER)
    site.clock.turn(days=8)
    site.state[AlertStore].purge()
    assert contacts.export(site.state.database, READER) == {}


def test_one_address_has_so_many(site):
    for _ in range(MOST_OF_ADDRESS):
        assert save(site).status_code == 303
    assert save(site).status_code == 429
