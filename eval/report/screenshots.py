"""Pictures of every page for the README, taken from a real service in a real browser."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from eval.report import chromium
from eval.report.service_process import service
from eval.stored import RESULTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    # Name of the file, what it shows, how to get there, options of the browser.
    Picture = tuple[str, str, Callable[[Page], None], dict[str, object]]

FOLDER = RESULTS / "pages"
_SHOWN_AS = "eval/results/pages"  # from README
_WIDTH, _HEIGHT, _PHONE = 1280, 1100, 360
_TEXT = "Uns fehlen Standesbeamte, wir möchten das Standesamt gemeinsam mit Nachbarn betreiben"
_PAGES = {
    "start": ("/", "The form"),
    "kommune": ("/kommunen/05974008", "A municipality"),
    "kommunen": ("/kommunen", "All municipalities"),
    "kooperation": ("/kooperationen/c0048", "A known cooperation"),
    "kooperationen": ("/kooperationen?q=standesamt", "Known cooperations"),
    "gesuche": ("/gesuche", "Open searches"),
    "gesuch-neu": ("/gesuche/neu?body=Bad%20Sassendorf", "Publish a search"),
    "methode": ("/methode", "How it works and how often it is right"),
    "barrierefreiheit": ("/barrierefreiheit", "Accessibility statement"),
    "datenschutz": ("/datenschutz", "Privacy"),
    "impressum": ("/impressum", "Imprint"),
    "einbindung": ("/beispiel-einbindung", "Embedded in another form"),
    "docs": ("/docs", "The interface"),
}
_ACCOUNT = ("Geschäftsstelle", secrets.token_urlsafe())
_COMPUTED = ".outreach-list, .outreach-matrix"
_COMPUTED_WITHIN_MS = 300_000


def take(folder: Path = FOLDER) -> None:
    """Photograph every page.

    Raises
    ------
    chromium.NoBrowserError
        There is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with chromium.started() as browser, service(_ACCOUNT) as (address, _):
        for name, _what, prepare, options in _pictures(address):
            _save(browser, folder / f"{name}.jpg", prepare, **options)


def section() -> str:
    """Return what README shows: each page by what it is."""
    rows = [
        f"| {what} | ![{what}]({_SHOWN_AS}/{name}.jpg) |"
        for name, what, *_ in _pictures(address="")
    ]
    return "\n".join(["| page | |", "|---|---|", *rows])


def _pictures(address: str) -> Iterator[Picture]:
    """Yield what to photograph; the pages for staff last, as they have to be computed."""
    for name, (target, what) in _PAGES.items():
        yield name, what, partial(_open, address=address + target), {}
    search = partial(_search, address=address)
    yield "ergebnis", "Suggestions as one types", search, {}
    yield "ergebnis-dunkel", "The same in dark mode", search, {"color_scheme": "dark"}
    phone = {"width": _PHONE, "height": _HEIGHT}
    yield "ergebnis-telefon", "On a phone", search, {"viewport": phone}
    listed = partial(_open_list, address=address)
    yield "impulse", "For the office: whom to approach about what", listed, {}
    line = partial(_open_line, address=address)
    yield "impulse-zeile", "For the office: one group, why, and how to begin", line, {}
    gaps = partial(_open_for_staff, address=address, target="/impulse/luecken")
    yield "impulse-luecken", "For the office: where nothing is known", gaps, {}


def _save(
    browser: Browser, target: Path, prepare: Callable[[Page], None], **options: object
) -> None:
    settings = {"viewport": {"width": _WIDTH, "height": _HEIGHT}, "reduced_motion": "reduce"}
    context = browser.new_context(**settings | options)  # type: ignore[arg-type]
    page = context.new_page()
    prepare(page)
    page.screenshot(path=target, type="jpeg", quality=72)
    context.close()


def _open(page: Page, address: str) -> None:
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{address} answered {answer and answer.status}.")


def _search(page: Page, address: str) -> None:
    _open(page, address)
    page.fill("#body", "Bad Sassendorf")
    page.fill("#text", _TEXT)
    page.wait_for_selector(".pin")
    page.wait_for_load_state("networkidle")
    page.locator("#ergebnis-titel").scroll_into_view_if_needed()  # on a phone; else it is in view


def _open_for_staff(page: Page, address: str, target: str) -> None:
    """Log in on the way to a page, and wait until what it shows is computed."""
    _open(page, address + target)
    for field, text in zip(("#name", "#password"), _ACCOUNT, strict=True):
        page.fill(field, text)
    page.click("button[type=submit]")
    page.wait_for_selector(_COMPUTED, timeout=_COMPUTED_WITHIN_MS)
    page.wait_for_load_state("networkidle")


def _open_list(page: Page, address: str) -> None:
    _open_for_staff(page, address, "/impulse")
    # Below the filters: the list is what the page is about. At once: the style sheet asks for a
    # slow movement, which the picture would catch half-way.
    head = page.locator(".outreach-head")
    head.evaluate("place => place.scrollIntoView({behavior: 'instant'})")


def _open_line(page: Page, address: str) -> None:
    _open_for_staff(page, address, "/impulse")
    page.locator(".outreach-list a").first.click()
    page.wait_for_selector("#gruende")
    page.wait_for_load_state("networkidle")
