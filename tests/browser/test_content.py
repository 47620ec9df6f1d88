"""The pages of content in a real Chromium: axe, light and dark, narrow, without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.page import opened, violations

PAGES = [
    "/kommunen", "/kommunen?q=bad", "/kommunen?q=xqzwxqzw", "/kommunen/05974008", "/kommunen/05974",
    "/kommunen/LWL", "/kommunen/Bad%20Sasendorf", "/kooperationen", "/kooperationen?q=archiv",
    "/kooperationen?body=Nirgendwo&task_area=Zauberei", "/kooperationen/c0001",
    "/kooperationen/g0022", "/methode", "/impressum", "/datenschutz", "/barrierefreiheit", "/nichts",
    "/daten", "/hinweise/zu/c0048?angabe=fehlt", "/benachrichtigung/neu", "/kooperationen?since=bald",
]  # fmt: skip


def unfold(page) -> None:
    # Not by clicks, each of which waits for its turn: that a summary opens is the browser's.
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def test_axe_finds_nothing(browser, address):
    page = opened(browser, address)
    for path in PAGES:
        page.goto(address + path)
        unfold(page)
        assert violations(page) == [], path


def test_axe_finds_nothing_on_a_narrow_screen(browser, address):
    # Tables are laid out as blocks there.
    page = opened(browser, address, viewport={"width": 320, "height": 640})
    for path in ("/kommunen/05974008", "/methode"):
        page.goto(address + path)
        assert violations(page) == [], path
        assert page.get_by_role("table").get_by_role("rowheader").count() >= 7
        assert page.get_by_role("table").get_by_role("columnheader").count() >= 3


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_page_scrolls_sideways(browser, address, width):
    page = opened(browser, address, viewport={"width": width, "height": 740})
    for path in PAGES:
        page.goto(address + path)
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_pages_work_without_javascript_and_ask_nobody_else(browser, address):
    page = browser.new_context(java_script_enabled=False).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/kommunen")
    page.get_by_label("Name oder amtlicher Schlüssel").fill("bad sass")
    page.get_by_role("main").get_by_role("button", name="Suchen").click()
    expect(page).to_have_url(f"{address}/kommunen?q=bad+sass")
    page.get_by_role("main").get_by_role("link", name="Bad Sassendorf").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bad Sassendorf")
    page.get_by_role("main").locator("a[href^='/kooperationen/']").first.click()
    expect(page).to_have_url(re.compile("/kooperationen/"))
    page.goto(f"{address}/kommunen/05974008")
    page.get_by_role("link", name="Partner für diese Kommune suchen").click()
    expect(page).to_have_url(f"{address}/?body=Bad%20Sassendorf")
    assert all(url.startswith(address) for url in asked)


def test_a_filter_that_is_wrong_leads_to_its_field(browser, address):
    page = opened(browser, f"{address}/kooperationen?body=Nirgendwo")
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "body"


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_what_was_found_is_seen_above_folded_filters(browser, address, script):
    phone = {"width": 390, "height": 844}
    page = opened(browser, f"{address}/kooperationen", viewport=phone, java_script_enabled=script)
    assert page.locator(".content-rows a").first.bounding_box()["y"] < phone["height"]
    expect(page.locator("#status")).to_be_hidden()
    page.get_by_label("Suchtext").fill("Archiv")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#status").select_option("aktiv")
    page.get_by_label("Suchtext").press("Enter")
    page.wait_for_url("**status=aktiv**")
    expect(page.get_by_text("Suche eingrenzen (1 gesetzt)")).to_be_visible()


def test_on_a_wide_screen_filters_are_always_seen(browser, address):
    page = opened(browser, f"{address}/kooperationen", viewport={"width": 1280, "height": 800})
    expect(page.locator("#status")).to_be_visible()
    expect(page.locator(".content-filters summary")).to_be_hidden()
