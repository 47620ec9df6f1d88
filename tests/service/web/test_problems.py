from __future__ import annotations

import gzip
import logging

import pytest

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("change", "pointer", "detail"),
    [
        ({"body": "05999999"}, "/body", "Der Schlüssel 05999999 steht nicht im Gemeindeverzeichnis"),
        ({"body": "09162000"}, "/body", "09162000 liegt in Bayern; dieser Dienst kennt nur"),
        ({"body": "0597"}, "/body", "ist kein Schlüssel: ein AGS hat 5"),
        ({"body": ""}, "/body", "Bitte die suchende Kommune angeben."),
        ({"body": "Bad Sasendorf"}, "/body", "Gemeint sein könnte: Bad Sassendorf (05974008)"),
        ({"body": 5974008}, "/body", "Hier wird Text erwartet."),
        ({"body": None}, "/body", "Hier wird Text erwartet."),
        ({"description": ""}, "/description", "Bitte einen Titel oder eine Beschreibung"),
        ({"description": " \n\t"}, "/description", "Bitte einen Titel oder eine Beschreibung"),
        ({"description": "x" * 10_001}, "/description", "Höchstens 10000 Zeichen, angegeben sind 10001."),
        ({"title": "x" * 201}, "/title", "Höchstens 200 Zeichen, angegeben sind 201."),
        ({"description": ["Archiv"]}, "/description", "Hier wird Text erwartet."),
        ({"task_area": "Zauberei"}, "/task_area", "„Zauberei“ ist unbekannt. Zulässig sind: archiv"),
        ({"task_area": 7}, "/task_area", "Hier wird Text erwartet."),
        ({"legal_form": "GmbH & Co"}, "/legal_form", "ist unbekannt. Zulässig sind: oerv"),
        ({"limit": 0}, "/limit", "Der Wert muss mindestens 1 sein."),
        ({"limit": 501}, "/limit", "Der Wert darf höchstens 500 sein."),
        ({"limit": "10"}, "/limit", "Hier wird eine ganze Zahl erwartet."),
        ({"limit": 2.5}, "/limit", "Hier wird eine ganze Zahl erwartet."),
        ({"limit": True}, "/limit", "Hier wird eine ganze Zahl erwartet."),
        ({"filters": {"max_distance_km": -1}}, "/filters/max_distance_km", "mindestens 0 sein"),
        ({"filters": {"max_distance_km": "10"}}, "/filters/max_distance_km", "Hier wird eine Zahl"),
        ({"filters": {"kinds": ["Dorf"]}}, "/filters/kinds/0", "„Dorf“ ist unbekannt"),
        ({"filters": {"kinds": "district"}}, "/filters/kinds", "Hier wird eine Liste erwartet."),
        ({"filters": {"districts": ["09162"]}}, "/filters/districts/0", "liegt in Bayern"),
        ({"filters": {"districts": ["05974008"]}}, "/filters/districts/0", "„05974008“ (Bad Sassendorf) ist kein Kreis. Gemeint sein könnte: Kreis Soest (05974)."),
        ({"filters": {"districts": ["Köln"]}}, "/filters/districts/0", "„Köln“ ist kein Kreis, sondern eine kreisfreie Stadt"),
        ({"filters": {"districts": ["LWL"]}}, "/filters/districts/0", "ist kein Kreis, sondern ein Verband"),
        ({"filters": {"districts": ["Märkerkreis"]}}, "/filters/districts/0", "Gemeint sein könnte: Märkischer Kreis (05962)"),
        ({"filters": {"districts": [" "]}}, "/filters/districts/0", "Dieser Eintrag ist leer"),
        ({"filters": {"government_regions": ["Bonn"]}}, "/filters/government_regions/0", "„Bonn“ ist nicht bekannt. Möglich sind: Arnsberg, Detmold, Düsseldorf, Köln, Münster."),
        ({"filters": {"exclude": [""]}}, "/filters/exclude/0", "Dieser Eintrag ist leer; erwartet wird ein Name"),
        ({"partners": ["  "]}, "/partners/0", "Dieser Eintrag ist leer"),
        ({"explain": [""]}, "/explain/0", "Dieser Eintrag ist leer"),
        ({"ignore_wishes": ["max_distance"]}, "/ignore_wishes/0", "„max_distance“ ist kein bekannter Wunsch. Möglich sind: own_district, adjacent"),
        ({"partners": ["Bad Sassendorf"]}, "/partners/0", "Bad Sassendorf sucht selbst und ist nicht zugleich Partner."),
        ({"filters": {"exclude": ["05974008"]}}, "/filters/exclude/0", "Bad Sassendorf sucht selbst"),
        ({"explain": ["05974008"]}, "/explain/0", "Bad Sassendorf sucht selbst und hat keinen Rang."),
        ({"partners": ["Soest", "Werl"], "filters": {"exclude": ["Werl"]}}, "/filters/exclude/0", "Werl steht auch unter partners"),
        ({"filters": {"exclude": ["Atlantis"]}}, "/filters/exclude/0", "ist nicht als Kommune"),
        ({"filters": []}, "/filters", "Hier wird ein JSON-Objekt erwartet."),
        ({"partners": ["05974008", "Nirgendwo"]}, "/partners/1", "ist nicht als Kommune"),
        ({"partner": []}, "/partner", "Dieses Feld ist nicht bekannt. Meinten Sie „partners“?"),
        ({"descripton": "x"}, "/descripton", "Meinten Sie „description“?"),
        ({"filters": {"Kind": []}}, "/filters/Kind", "Meinten Sie „kinds“?"),
        ({"filters": {"xyz": 1}}, "/filters/xyz", "Bekannt sind: kinds, legal_status, districts,"),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named_in_german(client, asked, change, pointer, detail):
    response = client.post("/v1/matches", json=asked | change)
    assert response.status_code == 422
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert (problem["status"], problem["instance"]) == (422, "/v1/matches")
    assert problem["title"] == "Angaben nicht gültig"
    (error,) = problem["errors"]
    assert error["pointer"] == pointer
    assert detail in error["detail"]
    # Who reads the sentence alone learns the field.
    assert problem["detail"] == f"{pointer[1:]}: {error['detail']}"


def test_all_wrong_fields_are_listed_at_once(client):
    response = client.post("/v1/matches", json={"limit": 0, "title": 5})
    assert {e["pointer"] for e in response.json()["errors"]} == {"/body", "/limit", "/title"}
    first = response.json()["errors"][0]
    told = f"{first['pointer'][1:]}: {first['detail']} 3 Angaben sind nicht gültig."
    assert response.json()["detail"] == told


@pytest.mark.parametrize(
    ("content", "status", "detail"),
    [
        (b'{"body": "05974008",\n "title": }', 400, "kein gültiges JSON (Zeile 2, Spalte 11)"),
        (b"", 400, "Der Inhalt der Anfrage fehlt"),
        (b"[]", 422, "Hier wird ein JSON-Objekt erwartet."),
        (b'"Archiv"', 422, "Hier wird ein JSON-Objekt erwartet."),
        (b'{"body": "\xff"}', 400, "nicht lesbar"),
        (b'{"body": "05974008", "title": "x", "filters": {"max_distance_km": NaN}}', 422, "endliche"),
    ],
)  # fmt: skip
def test_what_is_no_request_at_all(client, content, status, detail):
    response = client.post(
        "/v1/matches", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    assert detail in response.json()["detail"]


def test_too_much_is_refused_before_it_is_read(client):
    content = b'{"body": "' + b"x" * 300_000 + b'"}'
    response = client.post(
        "/v1/matches", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 413
    assert "höchstens 262144" in response.json()["detail"]
    assert response.headers["connection"] == "close"  # what was not read is no next request


@pytest.mark.parametrize("packing", ["gzip", "br", " GZIP"])
def test_what_is_packed_is_refused_in_words(client, packing):
    headers = {"Content-Type": "application/json", "Content-Encoding": packing}
    response = client.post("/v1/matches", content=gzip.compress(b"{}"), headers=headers)
    assert response.status_code == 415
    assert response.headers["Accept-Encoding"] == "identity"
    assert "muss unverpackt gesendet werden" in response.json()["detail"]


def test_a_length_has_to_be_given(client):
    response = client.post("/v1/matches", content=iter([b"{}"]))
    assert response.status_code == 411


@pytest.mark.parametrize(
    ("method", "path", "status", "detail"),
    [
        ("GET", "/v1/nichts", 404, "Diese Adresse gibt es nicht."),
        ("GET", "/v1/matches", 405, "Die Methode GET ist hier nicht erlaubt. Möglich: POST."),
        ("GET", "/v1/bodies/05999999", 404, "steht nicht im Gemeindeverzeichnis"),
        ("GET", "/v1/bodies/08111000", 404, "liegt in Baden-Württemberg"),
        ("GET", "/v1/cooperations/c9999", 404, "Die Kooperation „c9999“ ist nicht bekannt."),
        ("GET", "/v1/bodies?limit=0", 422, "mindestens 1"),
        ("GET", "/v1/bodies?limit=viele", 422, "ganze Zahl"),
        ("GET", "/v1/cooperations?offset=1000001", 422, "höchstens 1.000.000 sein"),
        ("GET", "/v1/cooperations?task_area=Zauberei", 422, "ist unbekannt"),
        ("GET", "/v1/cooperations?body=Nirgendwo", 422, "ist nicht als Kommune"),
        ("GET", "/v1/cooperations?legal_form=x", 422, "ist unbekannt"),
    ],
)
def test_other_addresses(client, method, path, status, detail):
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    assert detail in response.json()["detail"]


def test_a_fault_shows_no_inner_life(app, client, asked, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("geheimer Pfad")

    monkeypatch.setattr("service.matching.partner_search.MatchRequest", broken)
    new = asked | {"description": "Wir suchen Partner für einen Fuhrpark."}  # no kept answer
    response = client.post("/v1/matches", json=new)
    assert response.status_code == 500
    assert response.headers["content-type"] == PROBLEM
    assert "geheim" not in response.text
    assert response.headers["X-Request-ID"]


def test_every_response_has_an_id_and_safe_headers(client):
    for path in ("/", "/v1/meta", "/v1/nichts", "/static/style.css"):
        headers = client.get(path).headers
        assert len(headers["X-Request-ID"]) == 32
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-123", True), ("böse\n", False), ("x" * 65, False)]
)
def test_a_sane_request_id_is_taken_over(client, given, kept):
    response = client.get("/health/live", headers={"X-Request-ID": given.encode("latin-1")})
    assert (response.headers["X-Request-ID"] == given) is kept


def test_no_address_writes_a_line_of_its_own_or_steers_a_terminal(client, caplog):
    with caplog.at_level(logging.INFO, "ikz.access"):
        client.get("/x%0D%0Aikz.access%20GET%20/y%1B[2J%C2%85%E2%80%A8")
    (message,) = [r.getMessage() for r in caplog.records if r.name == "ikz.access"]
    assert message.startswith("GET /x%0D%0Aikz.access%20GET%20/y%1B%5B2J%C2%85%E2%80%A8 404 ")


def test_words_of_a_search_stay_out_of_the_log(client, caplog):
    words = "Geheimnisvolle Haushaltslöcher"
    with caplog.at_level(logging.DEBUG):
        client.post("/v1/matches", json={"body": "05974008", "description": words})
        client.post("/", data={"body": "05974008", "text": words})
        client.get("/v1/cooperations", params={"q": words})
        client.get("/v1/bodies", params={"q": words})
        client.post("/v1/matches", json={"body": words, "description": words})
    assert "ikz.access" in {record.name for record in caplog.records}
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("httpx")]
    assert not [message for message in ours if "Geheimnis" in message]
