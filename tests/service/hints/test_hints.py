"""Hints: given by anybody, confirmed by mail, decided by staff, shown on the record."""

from __future__ import annotations

import re

import pytest

from service.hints.hint import Claim, HintState, Origin
from service.hints.records import is_own_domain
from service.hints.store import MOST_AN_HOUR, HintStore
from service.staff import pages as staff_pages
from service.staff.accounts import Accounts
from service.storage import contacts
from tests.service.mailbox import text as words
from tests.service.office import NAME, PASSWORD, csrf

RECORD = "c0048"  # Lippstadt, Soest, Bad Sassendorf
OWN, STRANGER = "archiv@bad-sassendorf.de", "jemand@anderswo.example"


def give(site, **said):
    sent = {"claim": "beendet", "text": "Endete 2024, siehe Rat", "email": ""} | said
    return site.client.post(f"/hinweise/zu/{RECORD}", data=sent, follow_redirects=False)


def test_the_address_alone_says_where_a_hint_is_given(client):
    page = client.get("/hinweise")
    assert page.status_code == 200
    assert 'href="/kooperationen"' in page.text


def waiting(site):
    return site.state[HintStore].list_by(HintState.WAITING)


def confirm(site, address):
    (mail,) = site.mailbox.to(address)
    link = re.search(r"(/hinweise/\S+/bestaetigen)\?token=([\w-]+)", words(mail))
    assert "Endete" not in words(mail)  # nothing that was typed goes to an address nobody showed
    shown = site.client.get(f"{link[1]}?token={link[2]}")
    assert "Dieser Hinweis ist von mir" in shown.text
    assert site.client.post(link[1], data={"token": "falsch"}).status_code == 403
    assert site.client.post(link[1], data={"token": link[2]}).status_code == 200


def test_record_and_profile_lead_to_the_form(client):
    for page, record in (("/kooperationen/c0048", "c0048"), ("/kommunen/05974008", "05974008")):
        text = client.get(page).text
        assert "Noch von niemandem bestätigt." in text
        assert f'href="/hinweise/zu/{record}?angabe=stimmt"' in text
    form = client.get("/hinweise/zu/c0048?angabe=beendet").text
    assert 'value="beendet" checked' in form
    # A body does not end.
    assert 'value="beendet"' not in client.get("/hinweise/zu/05974008").text
    assert client.get("/hinweise/zu/c9999").status_code == 404


def test_anybody_gives_a_hint_without_an_address(site):
    assert give(site).headers["location"] == "/hinweise/danke"
    (hint,) = waiting(site)
    assert (hint.subject, hint.claim, hint.origin) == (RECORD, Claim.ENDED, Origin.ANYBODY)
    assert [(event.what, event.who) for event in hint.events] == [("eingegangen", "")]


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"claim": "egal"}, "claim", "eine der Möglichkeiten"),
        ({"text": " "}, "text", "was zu ändern ist"),
        ({"email": "keine"}, "email", ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(site, said, field, sentence):
    answer = give(site, **said)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert sentence in answer.text
    assert said.get("text", "Endete 2024, siehe Rat") in answer.text
    assert waiting(site) == []


@pytest.mark.parametrize(
    ("address", "origin"), [(OWN, Origin.OWN_DOMAIN), (STRANGER, Origin.CONFIRMED)]
)
def test_an_address_of_the_body_itself_counts_more(site, monkeypatch, address, origin):
    from service.matching.official_hosts import OfficialHosts

    hosts = OfficialHosts({"05974008": "bad-sassendorf.de"})
    monkeypatch.setitem(site.state.parts, OfficialHosts, hosts)
    assert give(site, email=address).headers["location"] == "/hinweise/danke?mail=1"
    confirm(site, address)
    assert waiting(site)[0].origin is origin


def test_staff_decide_and_the_record_says_when(site, monkeypatch, tmp_path):
    monkeypatch.setattr(staff_pages, "DELAY_S", 0)
    give(site, claim="stimmt", text="", email=STRANGER)
    assert "Zuletzt bestätigt" not in site.client.get(f"/kooperationen/{RECORD}").text
    site.state[Accounts].add(NAME, PASSWORD)
    assert site.client.get("/impulse/hinweise", follow_redirects=False).status_code == 303
    site.client.post("/anmelden", data={"name": NAME, "password": PASSWORD})
    page = site.client.get("/impulse/hinweise").text
    assert "1 Hinweis: offen" in page
    (hint,) = waiting(site)
    address = f"/impulse/hinweise/{hint.id}"
    assert site.client.post(address, data={"stand": "angenommen"}).status_code == 403
    site.client.post(address, data={"stand": "angenommen", "csrf": csrf(page)})
    day = f"{site.clock.moment:%d.%m.%Y}"
    assert f"Zuletzt bestätigt am {day}." in site.client.get(f"/kooperationen/{RECORD}").text
    (decided,) = site.state[HintStore].list_by(HintState.ACCEPTED)
    assert [(e.what, e.who) for e in decided.events][-1] == ("angenommen", NAME)
    # The address went with the decision.
    assert site.mailbox.to(STRANGER)
    assert contacts.export(site.state.database, STRANGER) == {}
    exported = site.client.get("/impulse/hinweise/angenommen.csv")
    assert exported.content.decode("utf-8-sig").splitlines()[1].startswith(f"{RECORD};stimmt;")
    (tmp_path / "hinweise.csv").write_bytes(exported.content)
    from data.dataset import TABLES
    from data.sources import hints

    assert hints.read(tmp_path / "hinweise.csv", TABLES).content == []


def test_a_record_takes_so_many_hints_an_hour(site):
    for _ in range(MOST_AN_HOUR):
        assert give(site).status_code == 303
    assert give(site).status_code == 429
    site.clock.turn(hours=2)
    assert give(site).status_code == 303


@pytest.mark.parametrize(
    ("host", "address", "own"),
    [
        ("soest.de", "a@soest.de", True),
        ("soest.de", "a@amt.Soest.de", True),
        ("soest.de", "a@bad-soest.de", False),
        ("", "a@soest.de", False),
    ],
)
def test_whose_domain_it_is(host, address, own):
    assert is_own_domain(host, address) is own
