"""What a browser shows: a page opened, and what axe finds wrong with it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_AXE = Axe()
_OTHER = {"light": "dark", "dark": "light"}


def opened(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


def violations(page: Page, *, best_practice: bool = False) -> list[str]:
    """Return what is wrong with a page as it stands, in the light and in the dark scheme.

    Only colours differ between the two: they are checked in both, everything else once.
    """
    page.evaluate(_AXE.axe_script)
    scheme = _scheme(page)
    rules = [*_RULES, "best-practice"] if best_practice else _RULES
    found = _found(page, rules, scheme)
    page.emulate_media(color_scheme=_OTHER[scheme])
    found += _found(page, _COLOURS, _OTHER[scheme])
    page.emulate_media(color_scheme=scheme)
    return found


def _scheme(page: Page) -> str:
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    return "dark" if dark else "light"


def _found(page: Page, rules: object, scheme: str) -> list[str]:
    found = page.evaluate(
        "options => axe.run(options).then(results => results.violations)",
        {"runOnly": rules, "resultTypes": ["violations"]},
    )
    return [f"{scheme}: {v['id']}: {[node['html'][:120] for node in v['nodes']]}" for v in found]
