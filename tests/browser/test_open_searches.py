"""The pages of open searches in a real Chromium: axe, wide and narrow; nothing goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.page import violations
from tests.browser.server import serving
from tests.service.mailbox import SAME_MATTER


@pytest.fixture
def served(site) -> Iterator[str]:
    """Return the address of the site on a real port."""
    with serving(site.client.app) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_goes_wrong(site, served, browser, width):
    site.open(**SAME_MATTER)
    identifier, token = site.open()
    draft, draft_token = site.publish(title="Noch nicht bestätigt")
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    for path, button in (
        ("/gesuche", ""),
        ("/gesuche/neu", "Gesuch aufgeben"),  # empty: the same page with what is wrong
        (f"/gesuche/{identifier}", ""),
        (f"/gesuche/{identifier}/verwalten?token={token}", "Änderungen speichern"),
        (f"/gesuche/{draft}/bestaetigen?token={draft_token}", ""),
        (f"/gesuche/{identifier}/loeschen?token={token}", ""),
        ("/feedback/danke", ""),
    ):
        page.goto(served + path)
        if button:
            with page.expect_navigation():  # else the page that is left would be checked
                page.get_by_role("button", name=button).click()
        assert violations(page, best_practice=True) == [], path
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, path
        assert page.title().endswith("IKZ-Partnersuche")
    # A 422 is what the empty form is for; nothing else may go wrong, styles and icons included.
    assert [m for m in messages if "422" not in m] == []
