"""Where things stand: nothing jumps, covers something else or has to be scrolled for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.form import BODY_LABEL, TEXT, TEXT_LABEL, typed
from tests.browser.page import opened, violations

_ALL_SHIFTS = """window.shift = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
_SIZES = [(1280, 800), (768, 1024), (360, 740)]


def sized(browser, address: str, width: int, height: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.add_init_script(_ALL_SHIFTS)
    page.goto(address)
    return page


@pytest.mark.parametrize(("width", "height"), _SIZES)
def test_nothing_jumps_while_one_types(browser, address, width, height):
    page = sized(browser, address, width, height)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).press_sequentially(TEXT, delay=5)
    page.wait_for_selector(".suggestion")
    expect(page.locator(".pin-searcher")).to_have_count(1)
    page.get_by_label(TEXT_LABEL).press_sequentially(", höchstens 20 km", delay=5)
    expect(page.get_by_role("button", name="höchstens 20 km")).to_be_attached()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.05


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Dahlem", "Unsere Standesbeamtin geht in Rente, wir finden niemanden."),
        ("Kreis Höxter", "Wir wollen unsere IT-Sicherheit gemeinsam mit anderen Kreisen stärken"),
        ("Bottrop", "Zentrale Vergabestelle gemeinsam betreiben"),
        ("Soest", "Gemeinsamer IT-Dienstleister"),
        ("Gronau (Westf.)", "Feuerwehrausbildung mit Enschede und Bad Bentheim"),
    ],
)
def test_the_proposal_its_reason_and_two_partners_need_no_scrolling(browser, address, body, text):
    page = sized(browser, address, 1280, 800)
    typed(page, body=body, text=text)
    for part in ("#gruppe", ".why", ".suggestion >> nth=0", ".suggestion >> nth=1"):
        row = page.locator(part).locator("tr").first if "suggestion" in part else page.locator(part)
        box = row.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, part


@pytest.mark.parametrize(("width", "height"), _SIZES[1:])
def test_on_a_narrow_screen_the_answer_follows_the_form(browser, address, width, height):
    page = sized(browser, address, width, height)
    typed(page)
    # What is read from the text stands by it, not behind all that is answered.
    parts = ("#text", "#hilfe", "#filter", ".answer")
    tops = [page.locator(part).bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    # Nothing of the help is cut off.
    assert page.evaluate(
        "(e => e.scrollHeight <= e.clientHeight + 1)(document.querySelector('#hilfe'))"
    )
    assert violations(page) == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_who_asks_on_a_phone_is_taken_to_the_answer(browser, address, motion):
    page = opened(browser, address, viewport={"width": 390, "height": 844}, reduced_motion=motion)
    typed(page)
    page.get_by_role("button", name="Partner vorschlagen").click()
    title = page.locator("#ergebnis-titel")
    expect(title).to_be_focused()
    # At the top of the screen, not peeping in at the bottom.
    expect(page.locator("#hilfe")).not_to_be_in_viewport()
    expect(title).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_can_be_pressed_is_high_enough_and_looks_like_a_link(browser, address, width):
    page = opened(browser, address, viewport={"width": width, "height": 844})
    typed(page, text="Zentrale Vergabestelle gemeinsam betreiben")
    for parts in (".reasons summary", ".source:visible", ".choose button", ".tools .kern-btn"):
        boxes = [each.bounding_box() for each in page.locator(parts).all()]
        assert boxes
        assert min(box["height"] for box in boxes) >= 24, parts
    line = page.locator(".choose button").first.evaluate(
        "e => getComputedStyle(e).textDecorationLine"
    )
    assert line == "underline"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tools_stand_in_line_with_the_answer(browser, address, width):
    page = opened(browser, address, viewport={"width": width, "height": 844})
    typed(page)
    heights = [page.locator(part).bounding_box()["y"] for part in ("#link", "#link-text")]
    assert heights[0] == heights[1]
    left = page.locator("#drucken .kern-label").bounding_box()["x"]
    right = page.locator("#link-text").bounding_box()
    frame = page.locator(".result").bounding_box()
    if width == 390:
        assert abs(left - frame["x"]) <= 4
    else:
        assert abs(right["x"] + right["width"] - 16 - frame["x"] - frame["width"]) <= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_mark_lies_below_the_buttons_of_the_map(browser, address):
    page = sized(browser, address, 1280, 800)
    typed(page, body="Bottrop", text="Zentrale Vergabestelle gemeinsam betreiben")
    expect(page.locator(".pin-searcher")).to_have_count(1)
    control = page.locator(".leaflet-control-zoom").bounding_box()
    for pin in page.locator(".pin").all():
        box = pin.bounding_box()
        apart = (
            box["x"] >= control["x"] + control["width"]
            or box["y"] >= control["y"] + control["height"]
        )
        assert apart, pin.inner_text()


def test_words_beside_a_curve_are_crossed_by_no_line(browser, address):
    page = sized(browser, address, 1280, 800)
    typed(page)
    page.get_by_text("Gründe und Belege").first.click()
    for drawing in page.locator(".suggestion").first.locator(".reason-curves svg").all():
        line = drawing.locator("polyline").bounding_box()
        for word in drawing.locator(".side").all():
            assert word.bounding_box()["x"] >= line["x"] + line["width"]


def test_a_field_that_is_wrong_shows_its_label(browser, address):
    page = sized(browser, address, 1280, 800)
    page.get_by_label(BODY_LABEL).fill("Neu")
    page.get_by_label(TEXT_LABEL).fill(TEXT)
    page.mouse.wheel(0, 2_000)
    page.get_by_role("button", name="Partner vorschlagen").press("Enter")
    expect(page.locator("#body-error")).to_be_visible()
    assert page.locator("label[for=body]").bounding_box()["y"] >= 0
    assert "(05" not in page.locator("#fehler").inner_text()  # names; no keys


def test_a_link_without_its_text_says_what_is_missing(browser, address):
    page = opened(browser, f"{address}/?body=Dahlem&max_distance_km=30")
    expect(page.locator(".start")).to_contain_text("Noch fehlt, worum es geht")
    page.goto(address)
    expect(page.locator(".start")).not_to_contain_text("Noch fehlt")


def test_without_a_script_nothing_promises_help_while_one_types(browser, address):
    page = opened(browser, address, java_script_enabled=False)
    expect(page.locator("#hilfe")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_button_of_the_map_is_read_while_it_has_the_focus(browser, address, scheme):
    """Leaflet paints it light there, whatever the scheme."""
    page = opened(browser, address, color_scheme=scheme)
    typed(page)
    button = page.locator(".leaflet-control-zoom-in")
    button.focus()
    colours = button.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    light = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours]
    assert abs(light[0] - light[1]) > 400


def test_what_a_field_may_hold_is_read_in_both_schemes(browser, address):
    page = opened(browser, address, color_scheme="dark")
    soft = page.evaluate("getComputedStyle(document.querySelector('.hint, footer')).color")
    shown = page.evaluate(
        "getComputedStyle(document.getElementById('body'), '::placeholder').color"
    )
    assert shown == soft
