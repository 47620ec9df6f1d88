"""The search page in a real Chromium: as one types, by mouse, by keyboard, on a phone."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.form import BODY_LABEL, TEXT, TEXT_LABEL, names, tabbed, typed
from tests.browser.page import opened, violations

# What one may type wrong: (body, text, kilometres), the field that says so, and its sentence.
WRONG = [
    (("Bad Sass", TEXT, ""), "body", "„Bad Sass“ ist nicht als Kommune oder Verband bekannt."),
    (("Atlantis", TEXT, ""), "body", "Bitte die Schreibweise prüfen"),
    (("Soest", TEXT, "abc"), "max_distance_km", "Bitte den Umkreis als Zahl in Kilometern angeben"),
    (("Soest", "Archiv " * 1500, ""), "text", "Höchstens 10.000 Zeichen"),
]


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
    expect(field).to_have_value(first)
    expect(field).to_have_attribute("aria-expanded", "false")


def test_partners_appear_while_one_types_and_the_address_keeps_all_but_the_text(browser, address):
    page = opened(browser, address)
    typed(page)
    expect(page.locator("#sicherheit")).to_contain_text("Standesamt und Bürgerservice")
    expect(page.locator(".suggestion")).to_have_count(10)
    parts = urlsplit(page.url)
    assert parse_qs(parts.query) == {"body": ["Bad Sassendorf"]}
    assert parts.fragment == ""
    assert page.locator("#link").get_attribute("href") == "/?body=Bad+Sassendorf"
    before = names(page)
    again = opened(browser, f"{page.url}#text={quote(TEXT)}")
    again.wait_for_selector(".suggestion")
    assert names(again) == before
    assert again.get_by_label(TEXT_LABEL).input_value() == TEXT


def test_a_link_holds_the_text_only_where_one_asks_for_it(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    typed(page)
    for button, fragment in (("Link ohne Text", ""), ("Link mit Text", f"text={TEXT}")):
        page.get_by_text(button).click()
        expect(page.locator("#meldung")).to_have_text("Der Link ist kopiert.")
        copied = urlsplit(page.evaluate("navigator.clipboard.readText()"))
        assert parse_qs(copied.query) == {"body": ["Bad Sassendorf"]}
        assert unquote(copied.fragment) == fragment


def test_filters_update_in_place_and_can_be_linked(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_text("Vorschläge eingrenzen").click()
    page.get_by_label("kleine kreisangehörige Kommune").check()
    page.get_by_label("Umkreis in Kilometern").fill("15,5")
    chip = page.get_by_role("button", name="höchstens 15,5 km: nicht berücksichtigen")
    expect(chip).to_be_visible()
    page.wait_for_url(re.compile("max_distance_km=15%2C5"))
    assert parse_qs(urlsplit(page.url).query)["legal_status"] == ["klein"]
    assert "Soest" not in names(page)
    linked = opened(browser, f"{page.url}#text={quote(TEXT)}")
    linked.wait_for_selector(".suggestion")
    expect(linked.get_by_text("(2 gesetzt)")).to_be_visible()
    expect(linked.locator("#legal_status-klein")).to_be_hidden()
    assert linked.locator("#legal_status-klein").is_checked()
    assert names(linked) == names(page)
    # A chip takes its filter off, where it was typed too.
    chip.click()
    expect(chip).to_have_count(0)
    expect(page.get_by_label("Umkreis in Kilometern")).to_have_value("")
    expect(page.get_by_text("(1 gesetzt)")).to_be_visible()
    page.get_by_role("button", name="Alle Filter zurücksetzen").click()
    expect(page.locator(".suggestion")).to_have_count(10)


def test_the_task_area_can_be_corrected(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_label("Aufgabenbereich").select_option("archiv")
    chip = page.get_by_role("button", name="Aufgabe: Archiv: nicht berücksichtigen")
    expect(chip).to_be_visible()
    expect(page).to_have_url(re.compile("task_area=archiv"))


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
    page.wait_for_selector(".suggestion")
    order = tabbed(page, until="link")
    wanted = ["Partner vorschlagen", "task_area", "Vorschläge eingrenzen", "drucken", "XLSX", "CSV"]
    places = [order.index(name) for name in wanted]
    assert places == sorted(places)
    tabbed(page, until="Gründe und Belege zu Soest")
    page.keyboard.press("Enter")
    expect(page.locator(".weighed").first).to_be_visible()
    assert page.locator("#meldung").get_attribute("role") == "status"
    assert page.locator("#meldung").inner_text() == "10 Vorschläge für Bad Sassendorf."


def test_axe_finds_nothing_while_one_works(browser, address):
    # 640 px are a window of 1,280 at 200 %.
    for width in (1280, 640):
        page = opened(browser, address, viewport={"width": width, "height": 800})
        page.get_by_label(BODY_LABEL).press_sequentially("bad")
        page.get_by_role("option").first.wait_for()
        assert violations(page) == []
        typed(page)
        page.get_by_text("Vorschläge eingrenzen").click()
        page.get_by_text("Gründe und Belege").first.click()
        expect(page.locator(".pin-searcher")).to_have_count(1)
        assert violations(page, best_practice=True) == []


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
    page.get_by_text("Gründe und Belege").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_page_is_small_and_asks_nobody_else(browser, address):
    page = browser.new_context().new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto(address)
    typed(page)
    expect(page.locator(".pin-searcher")).to_have_count(1)
    assert all(url.startswith(address) for url in sizes)
    assert any("gemeinden.json" in url for url in sizes)
    assert sum(sizes.values()) < 400_000


def test_an_unreachable_service_loses_nothing(browser, address):
    page = opened(browser, address)
    typed(page)
    page.context.set_offline(True)
    page.get_by_label(TEXT_LABEL).fill(TEXT + " und mehr")
    outage = page.get_by_text("Der Dienst ist gerade nicht erreichbar.")
    expect(outage).to_be_visible()
    assert outage.get_attribute("class") == "status outage"
    assert page.locator(".problem").count() == 0  # nothing is wrong with what was typed
    assert page.get_by_label(TEXT_LABEL).input_value() == TEXT + " und mehr"
    assert page.locator(".suggestion").count() == 10


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("entered", "field", "sentence"), WRONG)
def test_wrong_input_is_told_at_its_field(browser, address, entered, field, sentence, script):
    page = opened(browser, address, java_script_enabled=script)
    body, text, kilometres = entered
    page.locator("#filter summary").click()
    page.locator("#max_distance_km").fill(kilometres)
    page.get_by_label(BODY_LABEL).fill(body)
    page.get_by_label(TEXT_LABEL).fill(text)
    page.get_by_role("button", name="Partner vorschlagen").click()
    told = page.locator(f"#{field}-error")
    expect(told).to_contain_text(sentence)
    expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    assert f"{field}-error" in str(page.locator(f"#{field}").get_attribute("aria-describedby"))
    expect(page.get_by_role("heading", name="Bitte die Angaben prüfen")).to_be_visible()
    expect(page.get_by_text("nicht erreichbar")).to_have_count(0)
    if script:
        expect(page.locator(f"#{field}")).to_be_focused()
        assert violations(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_half_name_is_mended_by_one_press(browser, address, script):
    page = opened(browser, address, java_script_enabled=script)
    page.get_by_label(BODY_LABEL).fill("Bad Sass")
    page.get_by_label(TEXT_LABEL).fill(TEXT)
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.get_by_role("button", name="Bad Sassendorf").click()
    expect(page.locator("#ergebnis-titel")).to_contain_text("Vorschläge für Bad Sassendorf")
    expect(page.get_by_label(BODY_LABEL)).to_have_value("Bad Sassendorf")
    expect(page.locator(".problem")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_name_typed_right_takes_the_error_away_while_one_types(browser, address, width):
    page = opened(browser, address, viewport={"width": width, "height": 740})
    typed(page)
    for right in ("Bad Sassendorf", "Soest"):  # what was shown before, and something else
        name = page.get_by_label(BODY_LABEL)
        name.fill("Bad Sass")
        name.press("Tab")  # the list of names lies over the button until one leaves
        page.get_by_role("button", name="Partner vorschlagen").click()
        expect(page.locator("#body-error")).to_be_visible()
        expect(name).to_be_focused()  # what was pressed is answered
        name.fill("")
        name.press_sequentially(right)
        expect(page.locator(".problem")).to_have_count(0)
        expect(page.locator("#fehler")).to_have_count(0)
        expect(name).not_to_have_attribute("aria-invalid", "true")
        expect(name).to_be_focused()
        expect(page.locator("#meldung")).to_have_text(f"10 Vorschläge für {right}.")
        expect(page.locator("#ergebnis-titel")).to_contain_text(f"Vorschläge für {right}")


def test_what_is_wrong_while_one_types_is_told_without_taking_the_focus(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_text("Vorschläge eingrenzen").click()
    page.get_by_label("Umkreis in Kilometern").press_sequentially("abc")
    expect(page.locator("#max_distance_km-error")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "max_distance_km"
    page.get_by_label("Umkreis in Kilometern").fill("20")
    expect(page.locator("#max_distance_km-error")).to_have_count(0)
    expect(page.locator("#max_distance_km")).not_to_have_attribute("aria-invalid", "true")


def test_a_busy_service_says_so_and_looks_unlike_wrong_input(browser, address):
    page = opened(browser, address)
    problem = {"detail": "Der Dienst ist gerade ausgelastet.", "status": 503}
    page.route(
        f"{address}/",
        lambda route: (
            route.fulfill(status=503, json=problem)
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    page.get_by_label(BODY_LABEL).fill("Soest")
    page.get_by_label(TEXT_LABEL).fill(TEXT)
    page.get_by_role("button", name="Partner vorschlagen").click()
    expect(page.locator(".status.outage")).to_have_text("Der Dienst ist gerade ausgelastet.")
    expect(page.locator(".problem")).to_have_count(0)


@pytest.mark.parametrize("text", ["OZG", "Archiv", "IT"])
def test_short_texts_are_answered_as_one_types(browser, address, text):
    page = opened(browser, address)
    typed(page, text=text)
    expect(page.locator("#sicherheit")).not_to_be_empty()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_jumps_and_nothing_breaks_while_a_linked_search_loads(browser, address, width):
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda m: broken.append(m.text) if m.type == "error" else None)
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(f"{address}/?body=Bad+Sassendorf#text={quote(TEXT)}")
    page.wait_for_selector(".suggestion")
    expect(page.locator(".pin-searcher")).to_have_count(1)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.05
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert broken == []


def test_who_types_on_has_one_search_under_way_and_gets_the_answer_to_the_last_key(
    browser, address
):
    page = browser.new_context().new_page()
    page.add_init_script(
        """window.underway = 0; window.most = 0; window.sent = 0;
        const ask = window.fetch;
        window.fetch = async (url, options) => {
            if (options?.headers?.["X-Fragment"] === undefined) return ask(url, options);
            window.sent += 1;
            window.most = Math.max(window.most, ++window.underway);
            try { return await ask(url, options); } finally { window.underway -= 1; }
        };"""
    )
    page.goto(address)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).press_sequentially(TEXT, delay=30)
    expect(page.locator(".print-only").first).to_have_text(f"Vorhaben: {TEXT}")
    expect(page.locator("#ergebnis")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("window.most") == 1
    assert page.evaluate("window.sent") < len(TEXT) / 2


def test_an_announcement_that_is_right_already_is_not_read_out_again(browser, address):
    page = opened(browser, address)
    typed(page)
    page.evaluate(
        """() => { window.told = 0; new MutationObserver(() => { window.told += 1; })
            .observe(document.getElementById("meldung"), { childList: true }); }"""
    )
    with page.expect_response(lambda r: r.request.method == "POST" and r.url == f"{address}/"):
        page.get_by_label(TEXT_LABEL).fill(f"{TEXT} und Vertretung regeln")
    expect(page.locator(".print-only").first).to_contain_text("Vertretung regeln")
    assert page.locator("#meldung").inner_text() == "10 Vorschläge für Bad Sassendorf."
    assert page.evaluate("window.told") in (0, 2)  # 2: it took long, which is said, and then done
