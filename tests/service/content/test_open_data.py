from __future__ import annotations

import csv
import io

from service.content.confirmations import Confirmations
from tests.service.reading import page


def test_the_csv_holds_every_cooperation_with_its_source(client, dataset):
    answer = client.get("/daten/kooperationen.csv")
    assert answer.headers["access-control-allow-origin"] == "*"
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["id"] for row in table] == [c.id for c in dataset.cooperations]
    for row, known in zip(table, dataset.cooperations, strict=True):
        assert row["participants"].split("|") == list(known.participants)
        assert row["status"] == known.status.value
        assert row["source_url"] == known.source_url


def test_the_json_says_version_licence_and_what_was_accepted(client, app, dataset, monkeypatch):
    told = {"c0001": ("stimmt", "2026-12-01")}
    given = Confirmations(told.get, lambda: told)
    monkeypatch.setitem(app.state.ikz.parts, Confirmations, given)
    document = client.get("/daten/kooperationen.json").json()
    assert document["version"] == dataset.version
    assert document["license"].endswith("EUPL_1_2")
    assert len(document["cooperations"]) == len(dataset.cooperations)
    hints = {c["id"]: c["hint"] for c in document["cooperations"] if c["hint"]}
    assert hints == {"c0001": {"claim": "stimmt", "accepted": "2026-12-01"}}


def test_the_catalogue_leads_to_the_files(client, app, dataset):
    answer = client.get("/daten/katalog.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    found = answer.json()["dcat:dataset"]
    base = app.state.ikz.settings.base_url
    files = [d["dcat:downloadURL"]["@id"] for d in found["dcat:distribution"]]
    assert files == [f"{base}/daten/kooperationen.{suffix}" for suffix in ("csv", "json")]
    assert all(client.get(f.removeprefix(base)).status_code == 200 for f in files)
    assert found["dct:modified"]["@value"] == dataset.version[:10]
    assert all(d["dct:license"]["@id"] for d in found["dcat:distribution"])


def test_the_page_holds_coverage_beside_what_was_counted(client):
    text = page(client, "/daten")
    assert "mindestens 75 %" in text  # IT, section 1.2.3
    assert "453 (Kreis mit den meisten (Recklinghausen))" in text
    assert text.count('role="rowheader"') == 31 + 31
    assert 'href="/daten"' in page(client, "/kooperationen")
