"""Pictures of every page for the README, taken from a real service in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from data.provenance import write_atomically
from eval.markdown import README, replace_section
from eval.service_process import service

FOLDER = Path(__file__).parent / "results" / "pages"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
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


class NoBrowserError(Exception):
    """No Chromium is installed; the sentence says how to get one."""


def take(folder: Path = FOLDER) -> dict[str, str]:
    """Photograph every page.

    Returns
    -------
    dict
        What each file shows.

    Raises
    ------
    NoBrowserError
        Chromium is missing.
    """
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise NoBrowserError("Chromium is missing (Debian: apt-get install chromium).")
    folder.mkdir(parents=True, exist_ok=True)
    shown = {}
    with service() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)

        def save(name: str, what: str, prepare: Callable[[Page], None], **options: object) -> None:
            _save(browser, folder / f"{name}.jpg", prepare, **options)
            shown[f"{name}.jpg"] = what

        for name, (target, what) in _PAGES.items():
            save(name, what, partial(_open, address=address + target))
        save("ergebnis", "Suggestions as one types", partial(_search, address=address))
        dark = "The same in dark mode"
        save("ergebnis-dunkel", dark, partial(_search, address=address), color_scheme="dark")
        phone = {"width": _PHONE, "height": _HEIGHT}
        save("ergebnis-telefon", "On a phone", partial(_search, address=address), viewport=phone)
        browser.close()
    return shown


def main() -> None:
    """Take the pictures and put them into the README."""
    folder = FOLDER.relative_to(README.parent)
    rows = [f"| {what} | ![{what}]({folder}/{name}) |" for name, what in take().items()]
    table = "\n".join(["| page | |", "|---|---|", *rows])
    readme = README.read_text("utf-8")
    write_atomically(README, replace_section(readme, "pages", table))


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
    page.locator("#meldung").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('meldung').scrollIntoView()")


if __name__ == "__main__":
    main()
