"""The page in a real Chromium: keyboard alone, phone width, light and dark, axe."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip
_TEXT = "Uns fehlen Fachkräfte im Sozialamt, wir möchten die Sachbearbeitung bündeln"


@pytest.fixture(scope="module")
def address(app) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        reason = "Chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield started
        started.close()


def opened(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


def search(page: Page) -> None:
    page.get_by_label("Ihre Kommune, Ihr Kreis oder Verband").fill("Bad Sassendorf")
    page.get_by_label("Was soll gemeinsam erledigt werden?").fill(_TEXT)
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.wait_for_selector("h2#partner")


def violations(page: Page) -> list[str]:
    results = Axe().run(
        page,
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    )
    return [
        f"{v['id']}: {[node['html'][:120] for node in v['nodes']]}"
        for v in results.response["violations"]
    ]


def test_a_search_by_keyboard_alone(browser, address):
    page = opened(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Bad Sassendorf")
    page.keyboard.press("Tab")
    page.keyboard.type(_TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2#partner")
    assert page.get_by_role("heading", level=1).inner_text() == "Vorschläge für Bad Sassendorf"
    assert page.locator("ol.matches > li").count() == 10
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("table").first.is_visible()
    assert page.get_by_role("heading", name="Belege").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, address, scheme):
    page = opened(browser, address, color_scheme=scheme)
    assert violations(page) == []
    search(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []
    page.goto(f"{address}/docs")
    assert violations(page) == []
    page.goto(address)
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.wait_for_selector("[role=alert]")
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_page_scrolls_sideways(browser, address, width):
    page = opened(browser, address, viewport={"width": width, "height": 740})
    search(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}/docs")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_error_leads_to_its_field(browser, address):
    page = opened(browser, address)
    page.get_by_label("Ihre Kommune, Ihr Kreis oder Verband").fill("Bad Sasendorf")
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.get_by_role("alert").get_by_role("link", name="Bad Sassendorf (05974008)").click()
    assert page.evaluate("document.activeElement.id") == "body"
    assert (
        page.get_by_label("Ihre Kommune, Ihr Kreis oder Verband").input_value() == "Bad Sasendorf"
    )


def test_it_works_without_javascript_and_asks_nobody_else(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    search(page)
    assert page.locator("ol.matches > li").count() == 10
    assert asked
    assert all(url.startswith(address) for url in asked)
