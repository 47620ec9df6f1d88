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
    assert all("/EUPL_1_2" in d["dct:rights"]["@id"] for d in found["dcat:distribution"])


# Mandatory and recommended by DCAT-AP.de 3.0, as its SHACL shapes have it, and of which class a
# referred thing has to be.
REQUIRED = {
    "dcat:Catalog": {
        "dct:title", "dct:description", "dct:publisher", "dct:language", "foaf:homepage",
        "dcat:dataset",
    },
    "dcat:Dataset": {
        "dct:identifier", "dct:title", "dct:description", "dct:publisher", "dct:modified",
        "dct:language", "dct:accrualPeriodicity", "dct:spatial", "dcat:theme", "dcat:keyword",
        "dcat:landingPage", "dcatde:politicalGeocodingLevelURI", "dcat:distribution",
    },
    "dcat:Distribution": {
        "dct:title", "dcat:accessURL", "dcat:downloadURL", "dct:format", "dcat:mediaType",
        "dct:license", "dct:modified", "dcatde:licenseAttributionByText",
    },
    "foaf:Agent": {"foaf:name"},
    "skos:Concept": {"skos:prefLabel"},
}  # fmt: skip
CLASSES = {
    "dct:publisher": "foaf:Agent",
    "dct:language": "dct:LinguisticSystem",
    "foaf:homepage": "foaf:Document",
    "dcat:landingPage": "foaf:Document",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dcat:theme": "skos:Concept",
    "dct:spatial": "dct:Location",
    "dct:format": "dct:MediaTypeOrExtent",
    "dcat:mediaType": "dct:MediaType",
    "dct:license": "dct:LicenseDocument",
    "dct:rights": "dct:RightsStatement",
    "dcat:dataset": "dcat:Dataset",
    "dcat:distribution": "dcat:Distribution",
}
VOCABULARIES = {
    "dct:language": "http://publications.europa.eu/resource/authority/language/",
    "dct:accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/",
    "dcat:theme": "http://publications.europa.eu/resource/authority/data-theme/",
    "dct:format": "http://publications.europa.eu/resource/authority/file-type/",
    "dct:license": "http://dcat-ap.de/def/licenses/",
    "dct:spatial": "http://dcat-ap.de/def/politicalGeocoding/stateKey/",
}


def nodes(value, under=""):
    """Yield (property, node) of all nodes of a JSON-LD document that say of which class they are."""
    if isinstance(value, list):
        for each in value:
            yield from nodes(each, under)
    elif isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield under, value
        for name, inner in value.items():
            yield from nodes(inner, name)


def test_the_metadata_fill_what_their_shapes_ask_for(client):
    document = client.get("/daten/katalog.jsonld").json()
    prefixes = set(document.pop("@context"))
    found = list(nodes(document))
    kinds = [node["@type"] for _, node in found]
    assert set(REQUIRED) <= set(kinds)
    for under, node in found:
        assert REQUIRED.get(node["@type"], set()) <= set(node), node["@type"]
        assert node["@type"] == CLASSES.get(under, node["@type"])
        assert node["@id"].startswith(VOCABULARIES.get(under, "http"))
        used = {name.partition(":")[0] for name in (*node, node["@type"]) if name[0] != "@"}
        assert used <= prefixes
    # Deprecated since 3.0.
    assert "dcatde:politicalGeocodingURI" not in str(document)


def test_the_page_holds_coverage_beside_what_was_counted(client):
    text = page(client, "/daten")
    assert "mindestens 75 %" in text  # IT, section 1.2.3
    assert "453 (Kreis mit den meisten (Recklinghausen))" in text
    assert text.count('role="rowheader"') == 31 + 31
    assert 'href="/daten"' in page(client, "/kooperationen")
