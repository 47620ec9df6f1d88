"""The element on a foreign page under a strict policy."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Error, Page, Route, expect

from service.app import create_app
from service.settings import Settings
from tests.browser.page import violations
from tests.browser.server import serving

BODY = "05974008"
TEXT = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln, weil Fachkräfte fehlen"
SCRIPT = "/static/embed/ikz-partnersuche.js"
BODY_LABEL = "Ihre Kommune, Ihr Kreis oder Verband"
TEXT_LABEL = "Was soll gemeinsam erledigt werden?"
_PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Portal</title>
<meta name="color-scheme" content="light dark">
<script type="module" src="{service}{script}"></script></head>
<body><main><h1>Portal einer Kommune</h1>{content}</main></body></html>"""


class _Host(BaseHTTPRequestHandler):
    """Answers with pages under a policy; both are set once the service has its address."""

    pages: ClassVar[dict[str, str]] = {}
    policy: ClassVar[str] = ""

    def do_GET(self) -> None:
        content = self.pages.get(self.path, "").encode()
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests readable."""


@pytest.fixture(scope="module")
def addresses(matcher) -> Iterator[tuple[str, str]]:
    """Serve the service and a foreign page, each at a port of its own."""
    hosting = ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    host = f"http://127.0.0.1:{hosting.server_port}"

    class Listed(Settings):
        cors_origins: tuple[str, ...] = (host,)

    threading.Thread(target=hosting.serve_forever, daemon=True).start()
    with serving(create_app(Listed(), matcher)) as service:
        page = functools.partial(_PAGE.format, service=service, script=SCRIPT)
        _Host.pages = {
            "/": page(content=f'<ikz-partnersuche api="{service}"></ikz-partnersuche>'),
            "/form": page(
                content='<label for="v">Vorhaben</label><textarea id="v"></textarea>'
                f'<ikz-partnersuche api="{service}" for="v" body="{BODY}"></ikz-partnersuche>'
            ),
        }
        _Host.policy = (
            f"default-src 'none'; script-src {service}; connect-src {service}; "
            "style-src 'none'; require-trusted-types-for 'script'"
        )
        yield service, host
    hosting.shutdown()


@pytest.fixture
def page(browser) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(20_000)
    return page


def watched(page: Page) -> list[str]:
    """Collect what the console complains about, refusals by a policy among them."""
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def choose_body(page: Page, typed: str = "bad sass") -> None:
    field = page.get_by_role("combobox", name=BODY_LABEL)
    field.press_sequentially(typed)
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Bad Sassendorf")


def shown(page: Page, count: int = 5) -> None:
    expect(page.get_by_role("status").last).to_have_text(
        f"{count} mögliche Partner für Bad Sassendorf.", timeout=20_000
    )


def test_a_foreign_page_with_a_strict_policy_gets_suggestions(page, addresses):
    service, host = addresses
    complaints = watched(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host)
    choose_body(page)
    page.get_by_label(TEXT_LABEL).fill(TEXT)
    shown(page)
    items = page.locator("ol > li")
    expect(items).to_have_count(5)
    expect(items.first).to_contain_text("1. ")
    expect(items.first.locator("strong")).to_have_text(
        re.compile("^(naheliegend|gut möglich|eher selten)$")
    )
    expect(items.first).to_contain_text("; 4 km")
    expect(page.get_by_text("Bestehende Gruppe: Ense, Erwitte und Welver.")).to_be_visible()
    expect(page.get_by_text("Erkannter Aufgabenbereich: Soziales")).to_be_visible()
    link = page.get_by_role("link", name="Zur vollständigen Partnersuche")
    assert link.get_attribute("href") == f"{service}/?body={BODY}"
    assert complaints == []
    foreign = [url for url in asked if not url.startswith((service, host))]
    assert foreign == []
    assert page.context.cookies() == []
    style = "e => getComputedStyle(e.shadowRoot.querySelector('.frame')).paddingLeft"
    assert page.locator("ikz-partnersuche").evaluate(style) == "20px"


def test_the_field_of_the_page_can_be_used(page, addresses):
    _, host = addresses
    page.goto(f"{host}/form")
    page.evaluate(
        "() => document.addEventListener('ikz-vorschlaege', e => { window.heard = e.detail })"
    )
    expect(page.get_by_role("combobox", name=BODY_LABEL)).to_have_value("Bad Sassendorf")
    expect(page.get_by_role("textbox")).to_have_count(1)
    page.get_by_label("Vorhaben").fill(TEXT)
    shown(page)
    heard = page.evaluate("() => window.heard")
    assert heard["suggestions"]["task_areas"][0]["code"] == "soziales"
    assert [match["rank"] for match in heard["matches"]["matches"]] == [1, 2, 3, 4, 5]
    page.get_by_label("Vorhaben").fill("")
    expect(page.locator("ol > li")).to_have_count(0)


def test_it_is_used_by_keyboard_alone(page, addresses):
    page.goto(addresses[1])
    field = page.get_by_role("combobox", name=BODY_LABEL)
    page.keyboard.press("Tab")
    expect(field).to_be_focused()
    page.keyboard.type("soest")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == last.get_attribute("id")
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    name = first.evaluate("e => e.firstChild.textContent")
    page.keyboard.press("Enter")
    expect(field).to_have_value(name)
    page.keyboard.press("Tab")
    page.keyboard.type("Archiv gemeinsam führen")
    expect(page.get_by_role("status")).to_have_text(f"5 mögliche Partner für {name}.")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "() => document.querySelector('ikz-partnersuche').shadowRoot.activeElement.localName"
    ) == "a"  # fmt: skip


def test_without_a_body_it_helps_with_the_text_and_says_what_is_missing(page, addresses):
    page.goto(addresses[1])
    page.get_by_label(TEXT_LABEL).fill("Archiv gemeinsam")
    expect(page.get_by_role("status")).to_have_text(
        "Bitte geben Sie Ihre Kommune an, um mögliche Partner zu sehen."
    )
    expect(
        page.get_by_text("Erkannter Aufgabenbereich: Archiv (über 99\u00a0% sicher)")
    ).to_be_visible()
    expect(page.get_by_text("Beschreiben Sie in ein, zwei Sätzen")).to_be_visible()


def test_an_unknown_body_is_an_error_at_its_field(page, addresses):
    page.goto(addresses[1])
    page.get_by_label(TEXT_LABEL).fill(TEXT)
    field = page.get_by_role("combobox", name=BODY_LABEL)
    field.fill("Atlantis")
    field.press("Tab")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(
        page.get_by_text("„Atlantis“ ist nicht als Kommune oder Verband bekannt")
    ).to_be_visible()
    assert "body-error" in str(field.get_attribute("aria-describedby"))
    field.fill("Bad Sassendorf")
    field.press("Tab")
    shown(page)
    expect(field).to_have_attribute("aria-invalid", "false")


def test_typing_on_waits_and_cancels(page, addresses):
    service, host = addresses
    asked: list[str] = []
    failed: list[str] = []
    held: list[Route] = []

    def slowed(route: Route) -> None:
        text = json.loads(route.request.post_data)["text"]
        if text:
            asked.append(text)
        if len(asked) == 1:
            held.append(route)  # not answered: only a cancel ends it
            return
        route.continue_()

    page.route(f"{service}/v1/suggestions", slowed)
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(host)
    choose_body(page)
    field = page.get_by_label(TEXT_LABEL)
    field.press_sequentially("Archiv", delay=20)
    page.wait_for_timeout(800)
    assert asked == ["Archiv"]
    field.press_sequentially(" und Bauhof", delay=20)
    shown(page)
    assert asked == ["Archiv", "Archiv und Bauhof"]
    assert failed == [f"{service}/v1/suggestions"]
    with contextlib.suppress(Error):
        held[0].abort()


def test_answers_are_shown_as_text(page, addresses):
    service, host = addresses
    evil = "<img src=x onerror=window.hit=1>"
    answer = {
        "degraded": False,
        "task_areas": [{"code": "archiv", "label": evil, "probability": 0.9}],
        "similar_cooperations": [
            {"title": evil, "year": None, "participant_names": [evil], "source_url": "javascript:1"}
        ],
        "hints": [{"code": "short", "text": evil}],
        "body": None,
    }
    headers = {"Access-Control-Allow-Origin": host}
    page.route(
        f"{service}/v1/suggestions", lambda route: route.fulfill(json=answer, headers=headers)
    )
    page.goto(host)
    page.get_by_label(TEXT_LABEL).fill("Archiv")
    expect(page.get_by_text(evil)).to_have_count(3)
    assert page.locator("ikz-partnersuche img").count() == 0
    assert page.get_by_role("link").count() == 1
    assert page.evaluate("() => window.hit") is None


def test_a_service_out_of_reach_is_said(page, addresses):
    service, host = addresses
    page.goto(host)
    page.route(f"{service}/v1/**", lambda route: route.abort())
    page.get_by_label(TEXT_LABEL).fill("Archiv")
    expect(page.get_by_role("status")).to_contain_text("gerade nicht erreichbar")


def test_axe_finds_nothing(page, addresses):
    service, host = addresses
    page.goto(host)
    field = page.get_by_role("combobox", name=BODY_LABEL)
    field.press_sequentially("soest")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    assert violations(page) == []
    field.fill("")
    choose_body(page)
    page.get_by_label(TEXT_LABEL).fill("Archiv gemeinsam")
    shown(page)
    assert violations(page) == []
    page.goto(f"{service}/beispiel-einbindung")
    page.get_by_label(TEXT_LABEL).fill("Archiv gemeinsam")
    expect(page.get_by_text("Erkannter Aufgabenbereich").first).to_be_visible()
    assert violations(page, best_practice=True) == []


@pytest.mark.parametrize(
    ("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 24, 27)")]
)
def test_it_is_light_or_dark_as_the_reader_likes(browser, addresses, scheme, ground):
    page = browser.new_context(color_scheme=scheme).new_page()
    page.goto(addresses[1])
    colour = "e => getComputedStyle(e.shadowRoot.querySelector('.frame')).backgroundColor"
    assert page.locator("ikz-partnersuche").evaluate(colour) == ground


@pytest.mark.parametrize("width", [320, 768])
def test_the_example_does_not_scroll_sideways(browser, addresses, width):
    page = browser.new_context(viewport={"width": width, "height": 740}).new_page()
    page.goto(f"{addresses[0]}/beispiel-einbindung")
    page.get_by_label("Beschreibung des Vorhabens").fill(TEXT)
    shown(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_says_what_exists_and_asks_where_there_is_no_matter(page, addresses):
    page.goto(f"{addresses[1]}/form")
    expect(page.get_by_role("combobox", name=BODY_LABEL)).to_have_value("Bad Sassendorf")
    page.get_by_label("Vorhaben").fill(TEXT)
    shown(page)
    expect(page.get_by_text("Das gibt es schon:")).to_be_visible()
    link = page.get_by_role("link", name="Interkommunales Sozialamt Bad Sassendorf").first
    assert str(link.get_attribute("href")).startswith("http")
    expect(page.locator("ol > li", has_text="schon mit Ihnen zusammen").first).to_be_visible()
    page.get_by_label("Vorhaben").fill("asdf jkl qwertz uiop")
    expect(page.get_by_role("status")).to_have_text("Noch kein Vorschlag.")
    expect(page.get_by_text("Der Text ist nicht zu verstehen.")).to_be_visible()
    expect(page.locator("ol > li")).to_have_count(0)
    assert violations(page) == []
