"""The form of the search page as tests fill it, and what they read off its answer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

# A machine that runs other tests at the same time answers late, which is not what is tested here.
expect.set_options(timeout=15_000)

BODY_LABEL = "Ihre Kommune, Ihr Kreis oder Verband"
TEXT_LABEL = "Was soll gemeinsam erledigt werden?"
TEXT = "Uns fehlen Standesbeamte, wir möchten das Standesamt gemeinsam mit Nachbarn betreiben"


def typed(page: Page, body: str = "Bad Sassendorf", text: str = TEXT) -> None:
    page.get_by_label(BODY_LABEL).fill(body)
    page.get_by_label(TEXT_LABEL).fill(text)
    page.get_by_label(TEXT_LABEL).press("Tab")  # out of the field, as before the next step
    page.wait_for_selector(".suggestion")
    expect(page.locator("#ergebnis-titel")).to_have_text(
        re.compile(f"Vorschläge für {re.escape(body)}")
    )


def tabbed(page: Page, until: str) -> list[str]:
    """Press Tab until an element with this id or these words has the focus; return all on the way."""
    order: list[str] = []
    while not order or order[-1] != until:
        assert len(order) < 60, order
        page.keyboard.press("Tab")
        focused = "(e => e.id || e.textContent.trim())(document.activeElement)"
        order.append(" ".join(page.evaluate(focused).split()))
    return order


def names(page: Page) -> list[str]:
    return page.locator(".suggestion th a").all_inner_texts()
