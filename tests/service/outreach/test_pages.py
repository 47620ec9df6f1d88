from __future__ import annotations

import re

import pytest

from service.outreach.status import OutreachStatus
from service.storage.tables import OutreachEventRow
from tests.service.office import NAME, PASSWORD, csrf

ARCHIVE = "/impulse?task_area=archiv&government_region=Arnsberg"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def client(office):
    return office.log_in()


def first_line(client, address: str = ARCHIVE) -> str:
    found = re.search(r'href="(/impulse/o[0-9a-f]{12})', client.get(address).text)
    assert found is not None
    return found[1]


def test_the_list_shows_lines_with_reasons_and_a_map(client):
    page = client.get(ARCHIVE).text
    assert re.search(r"\d+ Anregungen</h2>", page)
    assert '<option value="archiv" selected>' in page
    assert '<option value="Arnsberg" selected>' in page
    assert "Warum diese: " in page
    assert page.count('class="outreach-rays"') == page.count('role="rowheader"')
    assert "style=" not in page
    second = client.get(f"{ARCHIVE}&seite=2").text
    assert first_line(client) not in second
    assert "Seite 2 von" in second
    assert client.get(f"{ARCHIVE}&seite=999").status_code == 200


def test_filters_that_make_no_sense_are_told_beside_their_fields(client):
    page = client.get("/impulse?task_area=Raumfahrt&min_group=5&max_group=2")
    assert page.status_code == 422
    assert 'id="task_area-error"' in page.text
    assert "ist größer als" in page.text
    assert "<title>Fehler: " in page.text


def test_a_line_shows_what_the_office_needs(client):
    page = client.get(first_line(client)).text
    for words in (
        "Warum diese Gruppe?", "Nicht bekannt heißt nicht", "Bekannte Kooperationen zum Zeigen",
        "Übliche Rechtsformen", "Mögliche Landesförderung", "Stand 31.08.2021", "EUR</strong>",
        "Sehr geehrte Damen und Herren", "Noch nichts eingetragen.",
    ):  # fmt: skip
        assert words in page, words
    assert 'rel="noreferrer">Quelle' in page
    assert client.get("/impulse/o000000000000").status_code == 404
    dossier = client.get(f"{first_line(client)}?format=pdf")
    assert dossier.headers["Content-Type"] == "application/pdf"
    assert client.get(f"{ARCHIVE}&format=xlsx").content[:2] == b"PK"


def test_a_step_is_kept_and_shown_to_all(office, client):
    line = first_line(client)
    data = {
        "csrf": csrf(client.get(line).text),
        "status": "interesse",
        "note": f"{SCRIPT}\r\nRückruf",
        "liste": "task_area=archiv",
    }
    saved = client.post(line, data=data)
    assert saved.url.path == line
    assert "Ihre Eintragung ist gespeichert." in saved.text
    assert 'href="/impulse?task_area=archiv">Zurück zur Liste' in saved.text
    assert SCRIPT not in saved.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nRückruf" in saved.text
    office.accounts.add("Berta", PASSWORD)
    other = office.log_in("Berta").get(line).text
    assert f"von {NAME}" in other
    assert "zuletzt angesprochen am 01.03.2027 (Archiv), ruht bis 28.08.2027" in other
    listed = office.log_in("Berta").get("/impulse?status=interesse").text
    assert line in listed


def test_a_step_without_sense_or_token_is_refused_and_loses_nothing(office, client):
    line = first_line(client)
    token = csrf(client.get(line).text)
    wrong = client.post(line, data={"status": "interesse", "note": "", "csrf": "0" * 64})
    assert wrong.status_code == 403
    long = "wichtig " * 300
    refused = client.post(line, data={"status": "interesse", "note": long, "csrf": token})
    assert refused.status_code == 422
    assert "Höchstens 2000 Zeichen" in refused.text
    assert long.strip() in refused.text
    assert '<option value="interesse" selected>' in refused.text
    stranger = office.stranger().post(line, data={"csrf": token, "status": "ruht"})
    assert stranger.url.path == "/anmelden"
    with office.state.database.read() as session:
        assert session.query(OutreachEventRow).count() == 0


def test_bodies_that_rest_are_marked_where_they_are_shown(client):
    neighbours = "/impulse?district=Kreis Olpe"
    line = first_line(client, neighbours)
    token = csrf(client.get(line).text)
    client.post(line, data={"csrf": token, "status": "angesprochen", "note": ""})
    assert "ruht bis" not in client.get(neighbours).text
    assert "ruht bis 28.08.2027" in client.get(f"{neighbours}&resting=show").text


def test_what_left_the_list_is_remembered(office, client):
    bodies = ("05966012", "05966024", "00000000")
    office.history.add("oaaaaaaaaaaaa", "archiv", bodies, OutreachStatus.TALKING, "Termin", "Berta")
    assert "Bearbeitet, aber nicht mehr in der Liste" in client.get(ARCHIVE + "&seite=99").text
    page = client.get("/impulse/oaaaaaaaaaaaa").text
    names = office.matcher.dataset.bodies["name"]
    assert f"Archiv: {names['05966012']}, {names['05966024']} und 00000000</h1>" in page
    assert "steht nicht mehr in der berechneten Liste" in page
    data = {"csrf": csrf(page), "status": "umgesetzt", "note": ""}
    saved = client.post("/impulse/oaaaaaaaaaaaa", data=data).text
    assert "Ihre Eintragung ist gespeichert." in saved
    assert "von Berta" in saved


def test_what_left_the_list_is_described_as_well_as_the_data_allow(office, client):
    bodies = ("05966012", "05966024", "05966")
    office.history.add("oaaaaaaaaaaaa", "archiv", bodies, OutreachStatus.TALKING, "Termin", "Berta")
    address = "/impulse/oaaaaaaaaaaaa"
    page = client.get(address).text
    for words in (
        "steht nicht mehr in der berechneten Liste", "Beschrieben ist sie hier nach heutigem Stand.",
        "Warum diese Gruppe?", "Woraus sich der Wert ergibt", "Entwurf eines Schreibens",
        "Mögliche Landesförderung", "Kreis, der mit angesprochen wird", "von Berta",
    ):  # fmt: skip
        assert words in page, words
    assert not re.search(r"\b(inf|nan)\b", page)
    dossier = client.get(f"{address}?format=pdf")
    assert dossier.content.startswith(b"%PDF-")
    assert "oaaaaaaaaaaaa" in dossier.headers["Content-Disposition"]
    listed = client.get(first_line(client)).text
    assert "nicht mehr in der berechneten Liste" not in listed
    data = {"csrf": csrf(page), "status": "umgesetzt", "note": ""}
    assert "Ihre Eintragung ist gespeichert." in client.post(address, data=data).text


def test_white_spots_stand_beside_what_was_reported(client):
    page = client.get("/impulse/luecken").text
    assert page.count("<tr><th") == 2 * 31 + 3
    assert page.count('"outreach-cell outreach-shade-') == 31 * (31 + 5)
    assert "gpaNRW zählte je Kreis 66 bis 453 Aktivitäten, im Median 178." in page
    assert "mehr als 75 %" in page
    assert "rund 70 %" in page
    assert "vor allem Angaben fehlen" in page


def test_white_spots_are_drawn_for_one_area(client, dataset):
    page = client.get("/impulse/luecken?task_area=it-e-government").text
    bodies = dataset.bodies
    # Aachen is kreisfrei, but lies in its Städteregion.
    alone = (bodies["legal_status"] == "kreisfrei") & bodies["district_ags"].isna()
    independent = int(alone.sum())
    assert independent == 22
    assert page.count('class="outreach-tint-none"') == independent
    assert len(re.findall(r'class="outreach-tint-\d"', page)) == 31
    assert "Auf der Karte: IT und E-Government" in page
    assert client.get("/impulse/luecken?task_area=magie").status_code == 200


def test_service_centres_are_listed_by_area(client, three_areas):
    page = client.get("/impulse/dienstleister").text
    assert "Könnten dazukommen" in page
    archives = client.get("/impulse/dienstleister?task_area=archiv").text
    assert '<option value="archiv" selected>' in archives
    assert "IT und E-Government: <a" not in archives
    count = sum(centre.task_area == "archiv" for centre in three_areas.lines().centres)
    assert f"{count} Stelle" in archives
