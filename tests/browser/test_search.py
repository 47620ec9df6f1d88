"""The search page in a real Chromium: as one types, by mouse, by keyboard, on a phone, printed."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.page import opened, violations

BODY_LABEL = "Ihre Kommune, Ihr Kreis oder Verband"
TEXT_LABEL = "Was soll gemeinsam erledigt werden?"
TEXT = "Uns fehlen Standesbeamte, wir möchten das Standesamt gemeinsam mit Nachbarn betreiben"


def typed(page: Page, body: str = "Bad Sassendorf", text: str = TEXT) -> None:
    page.get_by_label(BODY_LABEL).fill(body)
    page.get_by_label(TEXT_LABEL).fill(text)
    page.wait_for_selector(".matches > li")
    expect(page.get_by_text("Vorschläge für Bad Sassendorf.")).to_be_visible()


def tabbed(page: Page, until: str) -> list[str]:
    """Press Tab until an element with this id or these words has the focus; return all on the way."""
    order: list[str] = []
    while not order or order[-1] != until:
        assert len(order) < 40, order
        page.keyboard.press("Tab")
        focused = "(e => e.id || e.textContent.trim())(document.activeElement)"
        order.append(" ".join(page.evaluate(focused).split()))
    return order


def names(page: Page) -> list[str]:
    return page.locator(".matches > li h4 a").all_inner_texts()


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ("bad sasendorf", "Bad Sassendorf"),
        ("Kreis Höxter", "Kreis Höxter"),
        ("Höxter", "Höxter"),
        ("muelheim", "Mülheim an der Ruhr"),
        ("St. Augustin", "Sankt Augustin"),
        ("Castrop", "Castrop-Rauxel"),
        ("Stadt Soest", "Soest"),
    ],
)
def test_the_name_is_found_as_one_types(browser, address, keys, first):
    page = opened(browser, address)
    page.get_by_label(BODY_LABEL).press_sequentially(keys)
    option = page.get_by_role("option").first
    expect(option).to_contain_text(first)
    page.keyboard.press("ArrowDown")
    field = page.get_by_role("combobox", name=BODY_LABEL)
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    assert field.input_value() == first
    assert field.get_attribute("aria-expanded") == "false"


def test_partners_appear_while_one_types_and_the_address_keeps_the_search(browser, address):
    page = opened(browser, address)
    typed(page)
    expect(page.locator("#sicherheit")).to_contain_text("Standesamt und Bürgerservice")
    assert page.locator("#hinweise a").count() >= 2
    assert page.locator(".matches > li").count() == 10
    parts = urlsplit(page.url)
    assert parse_qs(parts.query) == {"body": ["Bad Sassendorf"]}
    assert unquote(parts.fragment) == f"text={TEXT}"
    before = names(page)
    again = opened(browser, page.url)
    again.wait_for_selector(".matches > li")
    assert names(again) == before
    assert again.get_by_label(TEXT_LABEL).input_value() == TEXT


def test_filters_update_in_place_and_can_be_linked(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_text("Vorschläge eingrenzen").click()
    page.get_by_label("kleine kreisangehörige Kommune").check()
    page.get_by_label("Umkreis in Kilometern").fill("15,5")
    others = re.compile("kreisangehörige Stadt|kreisfrei|· Kreis")
    expect(page.locator(".facts").filter(has_text=others)).to_have_count(0)
    page.wait_for_url(re.compile("max_distance_km=15%2C5"))
    query = parse_qs(urlsplit(page.url).query)
    assert query["legal_status"] == ["klein"]
    linked = opened(browser, page.url)
    linked.wait_for_selector(".matches > li")
    assert linked.get_by_label("kleine kreisangehörige Kommune").is_checked()
    assert names(linked) == names(page)
    page.get_by_role("button", name="Alle Filter zurücksetzen").click()
    expect(page.locator(".matches > li")).to_have_count(10)


def test_who_is_on_board_changes_the_ranking_and_keeps_the_focus(browser, address):
    page = opened(browser, address)
    typed(page)
    first = names(page)[0]
    box = page.get_by_label(f"ist schon an Bord: {first}")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("group", name="Schon an Bord")).to_be_visible()
    assert first not in names(page)
    assert page.evaluate("document.activeElement.checked") is True
    page.keyboard.press("Space")
    expect(page.get_by_role("group", name="Schon an Bord")).to_have_count(0)
    expect(page.locator(".matches > li h4 a").first).to_have_text(first)


def test_the_task_area_can_be_corrected(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_label("Aufgabenbereich").select_option("archiv")
    expect(page.get_by_text("(von Ihnen gewählt)")).to_be_visible()
    assert "task_area=archiv" in page.url


def test_reasons_add_up_from_base_to_score(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_text("Alle Gründe und Belege").first.click()
    table = page.get_by_role("table").first
    numbers = [
        float(text.strip().replace("−", "-").replace("+", "").replace(",", "."))
        for text in table.locator("td.figure").all_inner_texts()
    ]
    words = table.locator("caption").inner_text().replace("−", "-").replace(",", ".").split()
    base, score = (
        float(word) for word in words if word.replace("-", "").replace(".", "").isdigit()
    )
    assert base + sum(numbers) == pytest.approx(score, abs=0.01 * len(numbers))


def test_the_map_shows_all_partners_and_leads_to_them(browser, address):
    page = opened(browser, address)
    typed(page)
    expect(page.locator(".pin")).to_have_count(10)
    assert page.locator(".area").count() == 396
    expect(page.locator(".area-searcher")).to_have_count(1)
    second = names(page)[1]
    page.locator(".pin", has_text="2").first.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == second


def test_the_list_is_saved_as_xlsx(browser, address, tmp_path):
    page = opened(browser, address)
    typed(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="XLSX").click()
    target = tmp_path / "partner.xlsx"
    saved.value.save_as(target)
    rows = list(load_workbook(target).worksheets[0].iter_rows(values_only=True))
    column = rows[0].index("Name")
    assert [row[column] for row in rows[1:]] == names(page)


def test_the_result_is_printed_on_one_page(browser, address):
    page = opened(browser, address)
    typed(page)
    expect(page.locator(".pin")).to_have_count(10)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    assert page.get_by_text(f"Vorhaben: {TEXT}").is_visible()
    assert page.locator("svg.map").is_visible()
    assert not page.locator("#suche").is_visible()


def test_the_whole_way_by_keyboard_alone(browser, address):
    page = opened(browser, address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("bad sasendorf")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(TEXT)
    page.wait_for_selector(".matches > li")
    order = tabbed(page, until="drucken")
    wanted = ["task_area", "Vorschläge eingrenzen", "Partner vorschlagen", "XLSX", "CSV", "drucken"]
    places = [order.index(name) for name in wanted]
    assert places == sorted(places)
    tabbed(page, until="Alle Gründe und Belege zu Soest")
    page.keyboard.press("Enter")
    assert page.get_by_role("table").first.is_visible()
    assert page.locator("#meldung").get_attribute("role") == "status"
    assert page.locator("#meldung").inner_text() == "10 Vorschläge für Bad Sassendorf."


def test_a_judgement_is_taken(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_role("button", name="passt", exact=True).first.click()
    expect(page.get_by_text("Danke, notiert.")).to_be_visible()
    pressed = page.locator(".feedback [aria-pressed=true]")
    expect(pressed).to_have_count(1)
    assert pressed.inner_text() == "passt"


def test_axe_finds_nothing_while_one_works(browser, address):
    # 640 px are a window of 1,280 at 200 %.
    for width in (1280, 640):
        page = opened(browser, address, viewport={"width": width, "height": 800})
        page.get_by_label(BODY_LABEL).press_sequentially("bad")
        page.get_by_role("option").first.wait_for()
        assert violations(page) == []
        typed(page)
        page.get_by_text("Vorschläge eingrenzen").click()
        page.get_by_text("Alle Gründe und Belege").first.click()
        expect(page.locator(".pin")).to_have_count(10)
        assert violations(page) == []


def test_on_a_phone_nothing_scrolls_sideways_or_jumps(browser, address):
    page = opened(browser, address, viewport={"width": 360, "height": 740})
    page.evaluate(
        """() => { window.shift = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true }); }"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") < 0.01
    typed(page)
    page.get_by_text("Alle Gründe und Belege").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_page_is_small_and_asks_nobody_else(browser, address):
    page = browser.new_context().new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto(address)
    typed(page)
    expect(page.locator(".pin")).to_have_count(10)
    assert all(url.startswith(address) for url in sizes)
    assert any("gemeinden.json" in url for url in sizes)
    assert sum(sizes.values()) < 400_000


def test_scripts_in_texts_are_shown_never_run(browser, address):
    page = opened(browser, address)
    broken: list[str] = []
    page.on("dialog", lambda dialog: broken.append(dialog.message))
    page.on("console", lambda m: broken.append(m.text) if "Content Security" in m.text else None)
    script = f"<img src=x onerror=alert(1)><script>alert(2)</script> {TEXT}"
    typed(page, text=script)
    assert script in (page.locator(".print-only").first.text_content() or "")
    assert broken == []


def test_an_unreachable_service_loses_nothing(browser, address):
    page = opened(browser, address)
    typed(page)
    page.context.set_offline(True)
    page.get_by_label(TEXT_LABEL).fill(TEXT + " und mehr")
    expect(page.get_by_text("Der Dienst ist gerade nicht erreichbar.")).to_be_visible()
    assert page.get_by_label(TEXT_LABEL).input_value() == TEXT + " und mehr"
    assert page.locator(".matches > li").count() == 10


WISHES = f"{TEXT}. Wir suchen Partner außerhalb unseres Kreises, höchstens 50 km entfernt."


def test_what_was_understood_is_taken_off_and_put_back_by_keyboard(browser, address):
    page = opened(browser, address)
    typed(page, text=WISHES)
    expect(page.locator("#hinweise")).to_contain_text("Verstanden: nicht im eigenen Kreis")
    assert page.locator('li[data-ags^="05974"]').count() == 0
    assert violations(page) == []
    page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen").focus()
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="nicht im eigenen Kreis: wieder berücksichtigen")
    expect(again).to_be_focused()
    assert page.locator('li[data-ags^="05974"]').count() > 0
    assert parse_qs(urlsplit(page.url).query)["ignore_wishes"] == ["own_district"]
    assert violations(page) == []
    linked = opened(browser, page.url)
    linked.wait_for_selector(".matches > li")
    assert names(linked) == names(page)
    # The other chip stays as it is.
    expect(
        page.get_by_role("button", name="höchstens 50 km: nicht berücksichtigen")
    ).to_be_visible()
    page.keyboard.press("Space")
    back = page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen")
    expect(back).to_be_focused()
    assert page.locator('li[data-ags^="05974"]').count() == 0
    assert "ignore_wishes" not in page.url


def test_chips_work_without_a_script(browser, address):
    page = opened(browser, address, java_script_enabled=False)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).fill(WISHES)
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen").click()
    assert page.locator('li[data-ags^="05974"]').count() > 0
    page.get_by_role("button", name="nicht im eigenen Kreis: wieder berücksichtigen").click()
    assert page.locator('li[data-ags^="05974"]').count() == 0


def test_without_a_matter_one_question_is_asked(browser, address):
    page = opened(browser, address)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).fill("asdf jkl qwertz uiop")
    expect(page.get_by_role("heading", name="Noch kein Vorschlag")).to_be_visible()
    expect(page.locator("#meldung")).to_contain_text("Kein Vorschlag")
    assert page.locator(".matches > li").count() == 0
    assert violations(page) == []
