from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from service.outreach.background import OutreachStore
from service.outreach.status import OutreachStatus
from tests.browser.page import violations
from tests.browser.server import serving
from tests.service.office import NAME, PASSWORD

ARCHIVE = "/impulse?task_area=archiv&government_region=Arnsberg"
PAGES = (
    "/impulse", ARCHIVE, "/impulse/woche", "/impulse/ergebnisse", "/impulse/luecken", "/impulse/dienstleister",
    "/impulse/dienstleister?seite=2", "/impulse/dienstleister?task_area=archiv",
    "/impulse/dienstleister?task_area=sport-baeder", "/impulse/gesuche", "/impulse/protokoll",
)  # fmt: skip


@pytest.fixture
def served(office) -> Iterator[str]:
    with serving(office.app) as address:
        yield address


def logged_in(browser, address: str, target: str = "/impulse", **options) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(address + target)
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(address + target)
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_way_of_the_office(browser, served, scripts, tmp_path):
    page = logged_in(browser, served, java_script_enabled=scripts)
    page.get_by_label("Aufgabenbereich").select_option("Archiv")
    page.get_by_label("Regierungsbezirk").select_option("Arnsberg")
    page.get_by_role("button", name="Filtern").click()
    expect(page).to_have_url(re.compile("task_area=archiv&government_region=Arnsberg"))
    with page.expect_download() as saved:
        page.get_by_role("link", name="XLSX").click()
    saved.value.save_as(tmp_path / "impulse.xlsx")
    rows = list(load_workbook(tmp_path / "impulse.xlsx").worksheets[0].iter_rows(values_only=True))
    area = rows[0].index("Aufgabenbereich")
    assert len(rows) > 1
    assert {row[area] for row in rows[1:]} == {"Archiv"}
    link = page.get_by_role("table").get_by_role("link").first
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("[Aa]rchiv.*: "))
    expect(
        page.get_by_text("ist keine gemeinsame Kooperation dieser Gruppe bekannt").first
    ).to_be_visible()
    page.get_by_label("Neuer Stand").select_option("in Gesprächen")
    page.get_by_label("Notiz (freiwillig)").fill("Termin am 4. März")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Ihre Eintragung ist gespeichert.")).to_be_visible()
    address = page.url.partition("?")[0]
    page.get_by_role("link", name="Zurück zur Liste").click()
    expect(page).to_have_url(re.compile("/impulse[?].*government_region=Arnsberg"))
    expect(page.get_by_role("table").get_by_text("in Gesprächen")).to_be_visible()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_text("Sie sind abgemeldet.")).to_be_visible()
    page.goto(address)
    expect(page).to_have_url(re.compile("/anmelden"))

    stranger = browser.new_context().new_page()
    stranger.goto(address)
    expect(stranger).to_have_url(re.compile("/anmelden"))
    assert title not in stranger.content()
    assert stranger.request.get(f"{served}/v1/outreach").status == 401
    expect(stranger.get_by_role("link", name="Impulse")).to_have_count(0)

    other = logged_in(browser, served, address.removeprefix(served))
    expect(other.get_by_text("Termin am 4. März")).to_be_visible()


def test_the_letter_is_edited_and_copied(browser, served):
    page = logged_in(browser, served, ARCHIVE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("table").get_by_role("link").first.click()
    letter = page.get_by_label("Schreiben", exact=True)
    letter.fill("Guten Tag")
    page.get_by_role("button", name="Schreiben kopieren").click()
    expect(page.get_by_text("Kopiert.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Guten Tag"


def test_axe_finds_nothing_and_no_policy_is_broken(browser, served):
    stranger = browser.new_context().new_page()
    stranger.goto(f"{served}/impulse")
    assert violations(stranger) == []
    page = logged_in(browser, served)
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text))
    for address in (*PAGES, "/impulse?task_area=Raumfahrt"):
        page.goto(served + address)
        assert violations(page, best_practice=True) == [], address
        broken = [text for text in broken if "422" not in text]
    page.goto(served + ARCHIVE)
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_label("Neuer Stand").select_option("umgesetzt")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Ihre Eintragung ist gespeichert.")).to_be_visible()
    assert violations(page) == []
    assert broken == []


def test_axe_finds_nothing_while_one_waits_and_where_a_line_is_gone(browser, served, office):
    office.history.add(
        "oaaaaaaaaaaaa", "archiv", ("05966012",), OutreachStatus.DORMANT, "", "Berta"
    )
    neighbours = ("05966012", "05966024")
    office.history.add("obbbbbbbbbbbb", "archiv", neighbours, OutreachStatus.DORMANT, "", "Berta")
    page = logged_in(browser, served, "/impulse/oaaaaaaaaaaaa")
    assert violations(page) == []
    page.goto(f"{served}/impulse/obbbbbbbbbbbb")
    expect(page.get_by_role("heading", name="Warum diese Gruppe?")).to_be_visible()
    assert violations(page) == []
    computing = OutreachStore(office.matcher)
    computing.start = lambda: None
    ready = office.state[OutreachStore]
    office.publish(computing)
    page.goto(f"{served}/impulse")
    expect(page.get_by_text("Die Berechnung beginnt.")).to_be_visible()
    assert violations(page) == []
    computing._note(1, 8)
    expect(page.get_by_text("11 % sind fertig.")).to_be_visible()
    office.publish(ready)
    expect(page.get_by_role("table")).to_be_visible()  # by itself


def test_on_a_phone_nothing_scrolls_sideways(browser, served):
    page = logged_in(browser, served, viewport={"width": 360, "height": 740})
    for address in PAGES:
        page.goto(served + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.goto(served + ARCHIVE)
    page.get_by_role("table").get_by_role("link").first.click()
    page.wait_for_selector("#schreiben")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
