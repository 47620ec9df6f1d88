"""The pages without JavaScript and with wrong input, in a real Chromium; axe on what they show."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page import opened, violations

_BODY = "Ihre Kommune, Ihr Kreis oder Verband"
_MATTER = "Was soll gemeinsam erledigt werden?"
_TEXT = "Uns fehlen Fachkräfte im Sozialamt, wir möchten die Sachbearbeitung bündeln"


def search(page: Page) -> None:
    page.get_by_label(_BODY).fill("Bad Sassendorf")
    page.get_by_label(_MATTER).fill(_TEXT)
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.wait_for_selector("#partner")


def test_axe_finds_nothing(browser, address):
    page = opened(browser, address)
    assert violations(page) == []
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.wait_for_selector("[role=alert]")
    assert violations(page) == []
    page.goto(f"{address}/docs")
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 768])
def test_no_page_scrolls_sideways(browser, address, width):
    page = opened(
        browser, address, viewport={"width": width, "height": 740}, java_script_enabled=False
    )
    search(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}/docs")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_error_leads_to_its_field(browser, address):
    page = opened(browser, address)
    page.get_by_label(_BODY).fill("Bad Sasendorf")
    page.get_by_label(_BODY).press("Tab")  # the list of names lies over the button until one leaves
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.get_by_role("alert").get_by_role("link", name="Bad Sassendorf").click()
    expect(page.get_by_label(_BODY)).to_be_focused()
    expect(page.get_by_label(_BODY)).to_have_value("Bad Sasendorf")


def test_the_whole_way_without_javascript(browser, address):
    page = browser.new_context(java_script_enabled=False).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    search(page)
    expect(page.locator(".suggestion")).to_have_count(10)
    first = page.locator(".suggestion th a").first.inner_text()
    page.get_by_text("Vorschläge eingrenzen").click()
    page.get_by_label("Umkreis in Kilometern").fill("20")
    page.get_by_role("button", name=f"{first} ist an Bord", exact=True).click()
    page.get_by_role("button", name=f"{first}: an Bord: nicht berücksichtigen").wait_for()
    expect(page.locator(".suggestion")).to_have_count(10)
    assert first not in page.locator(".suggestion th a").all_inner_texts()
    expect(page.get_by_label("Umkreis in Kilometern")).to_have_value("20")
    expect(page.get_by_label(_MATTER)).to_have_value(_TEXT)
    on_board = 1
    expect(page.locator("svg.map circle")).to_have_count(10 + on_board)
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV").click()
    assert saved.value.suggested_filename.endswith(".csv")
    assert all(url.startswith(address) for url in asked)
