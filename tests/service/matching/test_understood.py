"""The page and the interface tell what was understood, and let it be taken off."""

from __future__ import annotations

import re

import pytest

SEARCHER = "Bad Sassendorf"
WISHES = (
    "Wir möchten das Standesamt gemeinsam betreiben. Wir suchen Partner außerhalb unseres "
    "Kreises, höchstens 40 km entfernt, nicht mit Möhnesee."
)
NONSENSE = "asdf jkl qwertz uiop"
SOCIAL = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln"


def search(client, text=WISHES, body=SEARCHER, **fields):
    page = client.post("/", data={"body": body, "text": text, **fields})
    assert page.status_code == 200
    return page.text


def districts(page):
    keys = re.findall(r'data-ags="(\d+)"', page)
    assert keys
    return {key[:5] for key in keys}


def button(page, field, value):
    """Return what the button that sends this field is called, None where there is none."""
    found = re.search(rf'name="{field}" value="{value}"\s+aria-label="([^"]*)"', page)
    return found[1] if found else None


def test_what_was_understood_is_shown_and_obeyed(client):
    page = search(client)
    assert "05974" not in districts(page)
    assert button(page, "ignore_wishes", "own_district") == (
        "nicht im eigenen Kreis: nicht berücksichtigen"
    )
    assert button(page, "ignore_wishes", "max_distance_km").startswith("höchstens 40 km")
    assert button(page, "ignore_named", "05974032").startswith("Möhnesee: soll nicht dabei sein")


def test_a_wish_is_taken_off_and_put_back(client):
    off = search(client, ignore_wishes="own_district")
    assert "05974" in districts(off)
    assert '<input type="hidden" form="suche" name="ignore_wishes" value="own_district">' in off
    assert button(off, "apply_wishes", "own_district") == (
        "nicht im eigenen Kreis: wieder berücksichtigen"
    )
    assert button(off, "ignore_wishes", "max_distance_km")
    # Without a script the button is sent together with what was taken off before.
    again = search(client, ignore_wishes="own_district", apply_wishes="own_district")
    assert "05974" not in districts(again)
    assert button(again, "ignore_wishes", "own_district")


def test_a_named_body_is_taken_off(client):
    page = search(client, ignore_named="05974032", ignore_wishes="own_district")
    assert 'data-ags="05974032"' in page
    assert button(page, "apply_named", "05974032")


def test_what_was_taken_off_stays_in_links_and_files(client):
    linked = client.get("/?body=Soest&ignore_wishes=own_district&ignore_named=05974032").text
    assert 'name="ignore_wishes" value="own_district"' in linked
    assert 'name="ignore_named" value="05974032"' in linked
    data = {"body": SEARCHER, "text": WISHES, "format": "csv"}
    obeyed = client.post("/export", data=data).content.decode("utf-8-sig")
    ignored = client.post("/export", data=data | {"ignore_wishes": "own_district"})
    assert ";05974" not in obeyed
    assert ";05974" in ignored.content.decode("utf-8-sig")


def test_the_interface_says_each_wish_in_german(client):
    ask = {"body": SEARCHER, "description": WISHES}
    wishes = client.post("/v1/matches", json=ask).json()["understood"]["wishes"]
    assert {wish["code"]: wish["label"] for wish in wishes} == {
        "own_district": "nicht im eigenen Kreis",
        "max_distance_km": "höchstens 40 km",
    }
    for wish in wishes:
        assert WISHES[wish["start"] : wish["end"]] == wish["text"]
    typed = client.post("/v1/suggestions", json={"text": WISHES, "body": SEARCHER}).json()
    assert typed["understood"]["wishes"] == wishes


def test_without_a_matter_one_question_and_nobody(client):
    page = search(client, NONSENSE)
    assert 'data-summary="Kein Vorschlag' in page
    assert "data-ags" not in page
    assert 'id="gruppe"' not in page
    assert 'id="karte"' not in page
    hint = client.post("/v1/suggestions", json={"text": NONSENSE}).json()["understood"]["hint"]
    assert hint.endswith("?")
    assert hint in page


def test_who_names_the_task_area_has_a_matter(client):
    assert "data-ags" in search(client, NONSENSE, task_area="archiv")


def test_what_exists_is_told_with_partners_and_source(client):
    page = search(client, SOCIAL)
    told = client.post("/v1/matches", json={"body": SEARCHER, "description": SOCIAL}).json()
    assert told["existing"]
    section = page.split('id="bestehend"')[1].split("</section>")[0]
    for entry in told["existing"]:
        assert f'href="/kooperationen/{entry["cooperation"]}"' in section
        assert f'href="{entry["source_url"]}"' in section.replace("&amp;", "&")
    shared = [match["body"]["name"] for match in told["matches"] if match["together"]]
    assert shared
    assert page.count("schon mit Ihnen zusammen</td>") == len(shared)
    assert "Bestehende Gruppe" in page


def test_who_carries_the_task_is_told_with_a_source(client):
    page = search(client, "Wir wollen die Kfz-Zulassung gemeinsam mit Nachbarn erledigen")
    section = page.split('id="zustaendig"')[1].split("</section>")[0]
    assert "Zuständig ist der Kreis (Kreis Soest), nicht Sie" in section
    assert re.search(r'href="https?://[^"]+" rel="noreferrer">Quelle', section)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Wir möchten die Kfz-Zulassung gemeinsam erledigen", "nicht möglich.</strong>"),
        ("Wir möchten ein Archiv gemeinsam mit Osnabrück führen", "<dt>Landesförderung</dt>"),
    ],
)
def test_the_grant_is_decided_by_its_rule(client, text, sentence):
    page = search(client, text)
    section = page.split('id="gruppe"')[1].split("</section>")[0]
    assert sentence in section
    assert "Es entscheidet: Bezirksregierung Arnsberg." in section
    assert "Stand 31.08.2021" in section
    assert "None" not in section


def test_scripts_in_what_was_understood_are_shown_never_run(client):
    text = f"{WISHES} <img src=x onerror=alert(1)> im Kreis <b>Unna</b>"
    page = search(client, text)
    assert "<img" not in page
    assert "<b>Unna" not in page
