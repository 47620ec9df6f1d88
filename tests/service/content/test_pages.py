from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from matcher.german import number
from service.app import create_app
from service.content.cooperation_search import Wanted, find_cooperations
from service.settings import Settings
from tests.service.reading import HTML, headings, page

PAGES = [
    "/kommunen", "/kommunen?q=soest", "/kommunen/05974008", "/kommunen/05974", "/kommunen/LWL",
    "/kooperationen", "/kooperationen?q=archiv", "/kooperationen/c0001", "/methode", "/impressum",
    "/datenschutz", "/barrierefreiheit",
]  # fmt: skip


@pytest.fixture(scope="module")
def cooperation(dataset):
    """Return a cooperation by its id."""
    return {c.id: c for c in dataset.cooperations}.__getitem__


@pytest.mark.parametrize("address", PAGES)
def test_each_page_has_one_title_and_nothing_inline(client, address):
    text = page(client, address)
    assert len(headings(text)) == 1
    assert re.search(r"<title>\S.* – IKZ-Partnersuche</title>", text)
    content = text.split('<main id="inhalt"')[1].split("</main>")[0]
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", content)
    identifiers = re.findall(r'\sid="([^"]+)"', text)
    assert len(identifiers) == len(set(identifiers))
    assert all(f'id="{name}"' in text for name in re.findall(r'href="#([^"]+)"', text))


def test_every_body_has_a_page(client, dataset):
    listed = page(client, "/kommunen")
    for key, body in dataset.bodies.iterrows():
        text = page(client, f"/kommunen/{key}")
        assert headings(text) == [body["name"]]
        assert f'href="/kommunen/{key}"' in listed


def test_every_cooperation_has_a_page(degraded, dataset):
    # Without a text model nothing is encoded, so that all pages take seconds, not minutes.
    with TestClient(create_app(Settings(), degraded)) as client:
        for known in dataset.cooperations:
            text = page(client, f"/kooperationen/{known.id}")
            for key in known.participants:
                assert f'href="/kommunen/{key}"' in text
            # The map, or there would be nothing beside it.
            assert text.count("<circle") + text.count("<rect") >= len(known.participants)


def test_a_profile_shows_figures_with_source_and_date(client, dataset):
    text = page(client, "/kommunen/05974008")
    row = dataset.bodies.loc["05974008"]
    for value, source in (
        (number(row["population"]), "Destatis, GV-ISys, Stand 31.12.2024"),
        (f"{number(row['share_67_plus'], 1)} %", "Zensus 2022, Stand 15.05.2022"),
        (f"{number(row['share_forest'], 1)} %", "Regionalstatistik 33111, Stand 31.12.2021"),
        (row["leader_region"], "Seiten der LEADER-Regionen"),
    ):
        assert re.search(rf">\s*{re.escape(value)}\s*</td>\s*<td[^>]*>{re.escape(source)}", text), (
            value
        )
    assert 'href="/kommunen/05974"' in text
    assert 'href="/?body=Bad%20Sassendorf"' in text


def test_what_is_not_known_is_said_to_be_unknown(client, dataset):
    place = dataset.bodies[
        dataset.bodies["leader_region"].isna() & (dataset.bodies["kind"] == "municipality")
    ].index[0]
    assert "nicht erfasst" in page(client, f"/kommunen/{place}")
    district = page(client, "/kommunen/05974")
    assert re.search(r"Haushaltsstatus</th>\s*<td[^>]*>nicht erfasst", district)
    assert "berechnet aus den Gemeinden" in district


def test_a_profile_shows_partners_peers_and_cooperations(client, matcher):
    text = page(client, "/kommunen/05974008")
    known = matcher.cooperations_of("05974008")
    partners = {key for c in known for key in c.participants} - {"05974008"}
    assert f"Bekannte Kooperationen ({len(known)})" in headings(text, 2)
    assert f"Bekannte Partner ({len(partners)})" in headings(text, 2)
    assert text.split("</svg>")[0].count("<circle") == len(partners)
    for cooperation in known:
        assert f'href="/kooperationen/{cooperation.id}"' in text
        assert f'href="{cooperation.source_url}"' in text
    peers = text.split('id="vergleichbar"')[1]
    assert re.findall(r'href="/kommunen/([^"]+)"', peers) == list(matcher.peers("05974008"))


def test_a_body_without_known_cooperation_is_no_refusal(client, matcher, dataset):
    for key in dataset.bodies.index[matcher.knowledge.activity == 0]:
        text = page(client, f"/kommunen/{key}")
        assert "Das heißt nicht, dass es keine gibt" in text
        assert "Bekannte Partner" not in text


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Bad Sassendorf", "05974008"),
        ("059740008008", "05974008"),
        ("Kreis Soest", "05974"),
        ("lwl", "LWL"),
        ("Landschaftsverband Rheinland", "LVR"),
        ("Fröndenberg/Ruhr", "05978012"),
        ("05974008/", "05974008"),
    ],
)
def test_other_spellings_lead_to_the_key(client, typed, key):
    response = client.get(f"/kommunen/{typed}", headers=HTML, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (308, f"/kommunen/{key}")


def test_bodies_are_found_by_name(client):
    text = page(client, "/kommunen?q=bad sass")
    assert 'href="/kommunen/05974008"' in text
    assert "Keine Treffer" in page(client, "/kommunen?q=xqzwxqzw")


def test_cooperations_are_found_by_text_and_filters(client, dataset, matcher):
    text = page(client, "/kooperationen?q=archiv&task_area=archiv")
    wanted = Wanted("archiv", task_area="archiv")
    found = len(find_cooperations(matcher, wanted))
    assert 5 < found <= sum(c.task_area.value == "archiv" for c in dataset.cooperations)
    assert headings(text, 2) == [
        f"{found} Kooperationen zu „archiv“{f', 1 bis {min(found, 20)}' if found > 20 else ''}"
    ]
    assert '<option value="archiv" selected>' in text
    mine = [c for c in dataset.cooperations if "05974008" in c.participants]
    text = page(client, "/kooperationen?body=Bad Sassendorf")
    assert headings(text, 2) == [f"{len(mine)} Kooperationen"]
    none = page(
        client, "/kooperationen?body=Bad Sassendorf&legal_form=zweckverband&task_area=archiv"
    )
    assert headings(none, 2) == ["Keine bekannte Kooperation erfüllt alle Angaben"]


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("status=beendet", lambda c: c.status.value == "beendet"),
        ("since=2020", lambda c: c.start_year is not None and c.start_year >= 2020),
        ("since=2010&until=2012", lambda c: c.start_year in (2010, 2011, 2012)),
        ("task_area=archiv", lambda c: c.task_area.value == "archiv"),
    ],
)
def test_filters_count_what_fits(client, dataset, typed, fits):
    count = sum(map(fits, dataset.cooperations))
    title = headings(page(client, f"/kooperationen?{typed}"), 2)[0]
    assert title.split(",")[0] == f"{number(count)} Kooperationen"
    assert client.get(f"/v1/cooperations?{typed}").json()["total"] == count


def test_a_search_holds_what_fits_and_no_round_number(client):
    counts = {
        q: client.get(f"/v1/cooperations?q={q}").json()["total"]
        for q in ("Standesamt", "Bauhof", "IT", "xqzwx")
    }
    assert 0 < counts["Standesamt"] < 30
    assert counts["IT"] < 400  # not each "mit"
    assert counts["xqzwx"] == 0


def test_one_is_one_and_years_are_years(client):
    assert headings(page(client, "/kooperationen?since=1896&until=1896"), 2) == ["1 Kooperation"]
    text = page(client, "/kooperationen?since=bald", 422)
    assert text.count("„bald“ ist kein Jahr") == 2
    assert "liegt nach dem Ende" in page(client, "/kooperationen?since=2020&until=2010", 422)
    answer = client.get("/v1/cooperations?since=2020&until=2010")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/since")


def test_what_has_ended_or_is_planned_says_so_wherever_it_is_listed(client, dataset):
    for status in ("beendet", "geplant"):
        text = page(client, f"/kooperationen?status={status}")
        assert text.count(f"<strong>{status}</strong>") == text.count(
            '<h3 class="kern-heading-small">'
        )
    ended = next(c for c in dataset.cooperations if c.status.value == "beendet")
    profile = page(client, f"/kommunen/{ended.participants[0]}")
    assert "<strong>beendet</strong>" in profile.split(f'"/kooperationen/{ended.id}"')[1][:900]


def test_a_profile_tells_areas_groups_nearby_and_why_peers_are_peers(client, matcher):
    text = page(client, "/kommunen/05974008")
    areas = {c.task_area.label for c in matcher.cooperations_of("05974008")}
    assert areas <= {heading.rpartition(" (")[0] for heading in headings(text, 3)}
    nearby = text.split('id="beitreten"')[1].split("</section>")[0]
    found = re.findall(r'href="/kooperationen/([^"]+)"', nearby)
    known = {c.id: c for c in matcher.dataset.cooperations}
    assert found
    assert all("05974008" not in known[i].participants for i in found)
    assert text.split('id="vergleichbar"')[1].count("ähnlich in ") == 5


def test_all_cooperations_can_be_paged_through(client, dataset):
    found: list[str] = []
    address = "/kooperationen?body="
    while address:
        text = page(client, address)
        found += re.findall(r'<h3[^>]*><a class="kern-link" href="/kooperationen/([^"]+)"', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = following.group(1).replace("&amp;", "&") if following else ""
    assert found == [c.id for c in dataset.cooperations]


def test_paging_keeps_the_filters(client):
    text = page(client, "/kooperationen?legal_form=oerv&since=1990")
    assert 'href="/kooperationen?legal_form=oerv&amp;since=1990&amp;page=2"' in text


@pytest.mark.parametrize("number", ["0", "-3", "99999", "x", "", "²", "9" * 5000])
def test_a_strange_page_number_is_no_error(client, number):
    assert page(client, f"/kooperationen?page={number}").count('id="q"') == 1


def test_wrong_filters_are_named_and_nothing_typed_is_lost(client):
    text = page(client, "/kooperationen?q=Archiv&body=Nirgendwo&task_area=archiv", 422)
    assert text.count("„Nirgendwo“ ist nicht als Kommune") == 2
    assert 'value="Nirgendwo"' in text
    assert 'value="Archiv"' in text
    assert 'href="#task_area"' in page(client, "/kooperationen?task_area=Zauberei", 422)


@pytest.mark.parametrize(
    "address",
    ["/kommunen?q={}", "/kooperationen?q={}", "/kooperationen?body={}", "/kooperationen?task_area={}",
     "/kommunen/{}", "/kooperationen/{}", "/{}"],
)  # fmt: skip
def test_scripts_are_shown_never_run(client, address):
    typed = '"><script>alert(1)</script>'
    response = client.get(address.format(typed), headers=HTML)
    assert "<script>alert" not in response.text


def test_a_cooperation_in_words(client, cooperation, dataset):
    known = cooperation("c0001")
    text = page(client, "/kooperationen/c0001")
    assert headings(text) == [known.title]
    for words in (
        known.description,
        known.task_area.label,
        known.legal_form.label,
        str(known.start_year),
        f"{dataset.bodies['name'][known.lead]} (Federführung)",
        "einzeln genannt",
        f'href="{known.source_url}"',
    ):
        assert words in text
    assert len(re.findall(r'href="/kooperationen/', text.split('id="aehnlich"')[1])) == 5
    assert "Landeswohlfahrtsverband Hessen" in page(client, "/kooperationen/g0022")


@pytest.mark.parametrize("identifier", ["c0001", "c0048", "g0001", "g0022"])
def test_no_cooperation_is_similar_to_itself(client, identifier):
    similar = page(client, f"/kooperationen/{identifier}").split('id="aehnlich"')[1]
    # They stop where they stop being similar.
    assert 1 <= similar.count('href="/kooperationen/') <= 5
    assert f'href="/kooperationen/{identifier}"' not in similar


def test_a_search_forgives_how_many(client):
    found = {
        q: {c["id"] for c in client.get(f"/v1/cooperations?q={q}&limit=500").json()["items"]}
        for q in ("Standesamt", "Standesämter")
    }
    assert "c0132" in found["Standesamt"]  # its text says "Standesämter"
    assert {"c0456", "c0588"} <= found["Standesämter"]  # their titles say "Standesamt"
