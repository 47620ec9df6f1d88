from __future__ import annotations

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.openings.body_proof import MailDomains, MailDomainsError, Proof
from service.staff import events
from tests.service.mailbox import Site


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
