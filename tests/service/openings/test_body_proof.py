from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.openings.body_proof import MailDomains, MailDomainsError, Proof
from service.staff import events
from service.staff.accounts import Accounts
from tests.service.mailbox import Site
from tests.service.office import NAME, PASSWORD


def test_the_data_show_some_domains_and_only_unmistakable_ones(dataset):
    domains = MailDomains.of(dataset)
    assert domains.prove("05111000", "anna@duesseldorf.de") is Proof.MAIL_DOMAIN
    assert domains.prove("05111000", "anna@amt.Duesseldorf.de") is Proof.MAIL_DOMAIN
    for address in ("anna@duesseldorf.de.example", "anna@xduesseldorf.de", "anna@web.de", ""):
        assert domains.prove("05111000", address) is None
    assert domains.prove("05113000", "anna@duesseldorf.de") is None
    assert len(domains.by_body) > 20


def test_the_operator_names_others(dataset, tmp_path):
    file = tmp_path / "domains.csv"
    file.write_text("ags,domain\n05974040,Stadt-Soest.de\n", "utf-8")
    domains = MailDomains.of(dataset, file)
    assert domains.prove("05974040", "a@stadt-soest.de") is Proof.MAIL_DOMAIN


@pytest.mark.parametrize("line", ["Soest,soest.de", "05974040,", "05974040,soest", "x"])
def test_a_broken_line_is_named(dataset, tmp_path, line):
    file = tmp_path / "domains.csv"
    file.write_text(f"ags,domain\n{line}\n", "utf-8")
    with pytest.raises(MailDomainsError, match=r"domains\.csv, Zeile 2"):
        MailDomains.of(dataset, file)
    with pytest.raises(MailDomainsError, match="nicht lesbar"):
        MailDomains.of(dataset, tmp_path / "nichts.csv")


def proof(site: Site, identifier: str) -> str | None:
    return site.client.get(f"/v1/searches/{identifier}").json()["body_proof"]


def test_a_search_is_shown_as_not_confirmed_until_it_is(site: Site, monkeypatch):
    known, _ = site.open(body="05111000", email="anna@duesseldorf.de")
    strange, _ = site.open(email="jemand@web.example")
    assert (proof(site, known), proof(site, strange)) == ("mail_domain", None)
    assert "(nicht bestätigt)" in site.client.get(f"/gesuche/{strange}").text
    shown = site.client.get("/gesuche").text
    assert "(nicht bestätigt)" in shown
    assert "über die E-Mail-Adresse der Kommune bestätigt" in shown
    monkeypatch.setenv("IKZ_DATABASE_URL", site.settings.database_url)
    assert CliRunner().invoke(app, ["staff", "approve", strange]).exit_code == 0
    assert proof(site, strange) == "staff"
    assert "von der Geschäftsstelle bestätigt" in site.client.get(f"/gesuche/{strange}").text
    assert CliRunner().invoke(app, ["staff", "approve", "nichts"]).exit_code == 1
    assert "search.approve" in CliRunner().invoke(app, ["staff", "audit"]).stdout
    assert events.OPERATOR == "ikz"


def test_the_office_confirms_on_a_page_and_the_log_says_who(site: Site):
    site.state[Accounts].add(NAME, PASSWORD)
    strange, _ = site.open(email="jemand@web.example")
    page = "/impulse/gesuche"
    assert site.client.get(page, follow_redirects=False).status_code == 303
    site.client.post("/anmelden", data={"name": NAME, "password": PASSWORD})
    waiting = site.client.get(page).text
    assert "1 Gesuch wartet" in waiting
    csrf = re.search(r'name="csrf" value="([^"]+)"', waiting)[1]
    assert site.client.post(f"{page}/{strange}", data={"csrf": "x"}).status_code == 403
    assert proof(site, strange) is None
    assert "Kein Gesuch wartet" in site.client.post(f"{page}/{strange}", data={"csrf": csrf}).text
    assert proof(site, strange) == "staff"
    assert site.client.post(f"{page}/nichts", data={"csrf": csrf}).status_code == 404
    told = site.client.get("/impulse/protokoll").text
    assert told.index("Gesuch bestätigt") < told.index("angemeldet")  # the newest first
    assert f"{NAME} (Sie)" in told
    assert strange in told
