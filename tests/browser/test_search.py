"""The search page in a real Chromium: as one types, by mouse, by keyboard, on a phone, printed."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.page import opened, violations

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
    assert page.get_by_label("Umkreis in Kilometern").input_value() == ""
    expect(page.get_by_text("(1 gesetzt)")).to_be_visible()
    page.get_by_role("button", name="Alle Filter zurücksetzen").click()
    expect(page.locator(".suggestion")).to_have_count(10)


def test_who_is_on_board_or_left_out_becomes_a_chip_that_takes_it_back(browser, address):
    page = opened(browser, address)
    typed(page)
    first = names(page)[0]
    page.get_by_role("button", name=f"{first} ist an Bord", exact=True).focus()
    page.keyboard.press("Enter")
    chip = page.get_by_role("button", name=f"{first}: an Bord: nicht berücksichtigen")
    expect(chip).to_be_focused()
    assert first not in names(page)
    second = names(page)[0]
    page.get_by_role("button", name=f"{second} weglassen", exact=True).click()
    expect(page.get_by_role("button", name=f"ohne {second}: nicht berücksichtigen")).to_be_focused()
    assert second not in names(page)
    query = parse_qs(urlsplit(page.url).query)
    assert len(query["partners"]) == len(query["exclude"]) == 1
    chip.click()
    expect(chip).to_have_count(0)
    assert first in names(page)


def test_the_table_is_sorted_and_grows(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_role("button", name="Ordnen: Einwohner").click()
    expect(page.get_by_role("columnheader", name="Einwohner")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(page.get_by_role("button", name="Ordnen: Einwohner")).to_be_focused()
    assert names(page)[0] == "Kreis Soest"
    heads = [page.locator(f"#ordnen-{key}").bounding_box() for key in ("distance", "size")]
    assert heads[0]["x"] + heads[0]["width"] < heads[1]["x"]  # they do not touch
    page.get_by_role("button", name="Mehr Partner zeigen").click()
    expect(page.locator(".suggestion")).to_have_count(35)
    query = parse_qs(urlsplit(page.url).query)
    assert (query["sort"], query["limit"]) == (["size"], ["35"])


def test_any_body_is_explained(browser, address):
    page = opened(browser, address)
    typed(page, text=f"{TEXT}, höchstens 20 km")
    field = page.get_by_label("nach dem Sie fragen")
    field.press_sequentially("köln")
    page.locator("#explain-liste [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    told = page.locator(".explained")
    expect(told).to_contain_text("Köln steht auf Platz")
    expect(told).to_contain_text("Ihr Text sagt: höchstens 20 km.")
    expect(told).to_contain_text("spricht")
    page.get_by_label("nach dem Sie fragen").fill("Atlantis")
    page.get_by_role("button", name="Erklären").click()
    expect(told).to_contain_text("„Atlantis“ ist nicht als Kommune oder Verband bekannt.")
    expect(page.locator(".suggestion")).to_have_count(10)  # the answer stays
    assert violations(page) == []


def test_the_task_area_can_be_corrected(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_label("Aufgabenbereich").select_option("archiv")
    chip = page.get_by_role("button", name="Aufgabe: Archiv: nicht berücksichtigen")
    expect(chip).to_be_visible()
    assert "task_area=archiv" in page.url


def test_reasons_are_told_in_words(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_text("Gründe und Belege").first.click()
    reasons = page.locator(".suggestion").first.locator("details")
    expect(reasons).to_contain_text("Dafür spricht")
    expect(reasons).to_contain_text("Nähe")
    assert not re.search(r"[+−]\d+,\d\d", reasons.inner_text())
    curve = reasons.get_by_role("img", name="Was Nähe in dieser Suche zählt")
    expect(curve).to_be_visible()
    expect(curve).to_have_accessible_description(
        re.compile(r"Bis etwa \d+ km spricht die Nähe dafür, weiter weg dagegen. Soest liegt 4 km")
    )


def test_the_map_names_the_group_and_leads_to_the_partners(browser, address):
    page = opened(browser, address)
    typed(page)
    expect(page.locator(".pin-group, .pin-partner")).to_have_count(10)
    expect(page.locator(".pin-searcher")).to_have_count(1)
    assert page.locator(".area").count() == 396
    expect(page.locator(".area-searcher")).to_have_count(1)
    assert {"Bad Sassendorf", "Soest"} <= set(page.locator(".map-name").all_inner_texts())
    second = names(page)[1]
    page.locator(".pin", has_text="2").first.click(force=True)
    assert page.evaluate("document.activeElement.textContent") == second


def test_a_kreis_is_seen_on_the_map_by_its_municipalities(browser, address):
    page = opened(browser, address)
    typed(page, body="Kreis Höxter")
    expect(page.locator(".area-searcher")).to_have_count(10)
    expect(page.locator(".map-name", has_text="Kreis Höxter")).to_be_visible()


@pytest.mark.parametrize("body", ["Kreis Höxter", "Gronau (Westf.)"])
def test_names_on_the_map_neither_cover_each_other_nor_leave_it(browser, address, body):
    page = opened(browser, address, viewport={"width": 1280, "height": 800})
    typed(page, body=body)
    expect(page.locator(".pin-searcher")).to_have_count(1)
    frame = page.locator(".moving-map").bounding_box()
    boxes = [name.bounding_box() for name in page.locator(".map-name").all()]
    assert len(boxes) >= 2
    for place, box in enumerate(boxes):
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        for other in boxes[place + 1 :]:
            beside = (
                box["x"] + box["width"] <= other["x"] or other["x"] + other["width"] <= box["x"]
            )
            above = (
                box["y"] + box["height"] <= other["y"] or other["y"] + other["height"] <= box["y"]
            )
            assert beside or above


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


def test_the_answer_is_printed_on_two_pages(browser, address):
    page = opened(browser, address)
    typed(page)
    expect(page.locator(".pin-group").first).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") <= 2
    page.emulate_media(media="print")
    assert page.get_by_text(f"Vorhaben: {TEXT}").is_visible()
    assert page.locator("svg.map").is_visible()
    assert (
        page.locator("#gruppe-mehr")
        .get_by_text("Es entscheidet: Bezirksregierung Arnsberg.")
        .is_visible()
    )
    assert page.locator(".print-reasons").first.is_visible()
    assert "https://" in page.locator(".print-reasons").first.inner_text()
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
    page.wait_for_selector(".suggestion")
    order = tabbed(page, until="link")
    wanted = ["Partner vorschlagen", "task_area", "Vorschläge eingrenzen", "drucken", "XLSX", "CSV"]
    places = [order.index(name) for name in wanted]
    assert places == sorted(places)
    tabbed(page, until="Gründe und Belege zu Soest")
    page.keyboard.press("Enter")
    assert page.locator(".weighed").first.is_visible()
    assert page.locator("#meldung").get_attribute("role") == "status"
    assert page.locator("#meldung").inner_text() == "10 Vorschläge für Bad Sassendorf."


def test_a_judgement_is_taken(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_text("Gründe und Belege").first.click()
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
    outage = page.get_by_text("Der Dienst ist gerade nicht erreichbar.")
    expect(outage).to_be_visible()
    assert outage.get_attribute("class") == "status outage"
    assert page.locator(".problem").count() == 0  # nothing is wrong with what was typed
    assert page.get_by_label(TEXT_LABEL).input_value() == TEXT + " und mehr"
    assert page.locator(".suggestion").count() == 10


WISHES = f"{TEXT}. Wir suchen Partner außerhalb unseres Kreises, höchstens 50 km entfernt."


def test_what_was_understood_is_taken_off_and_put_back_by_keyboard(browser, address):
    page = opened(browser, address)
    typed(page, text=WISHES)
    assert page.locator('.suggestion[data-ags^="05974"]').count() == 0
    assert violations(page) == []
    page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen").focus()
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="nicht im eigenen Kreis: wieder berücksichtigen")
    expect(again).to_be_focused()
    assert page.locator('.suggestion[data-ags^="05974"]').count() > 0
    assert parse_qs(urlsplit(page.url).query)["ignore_wishes"] == ["own_district"]
    assert violations(page) == []
    linked = opened(browser, f"{page.url}#text={quote(WISHES)}")
    linked.wait_for_selector(".suggestion")
    assert names(linked) == names(page)
    # The other chip stays as it is.
    expect(
        page.get_by_role("button", name="höchstens 50 km: nicht berücksichtigen")
    ).to_be_visible()
    page.keyboard.press("Space")
    back = page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen")
    expect(back).to_be_focused()
    assert page.locator('.suggestion[data-ags^="05974"]').count() == 0
    assert "ignore_wishes" not in page.url


def test_chips_work_without_a_script(browser, address):
    page = opened(browser, address, java_script_enabled=False)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).fill(WISHES)
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen").click()
    assert page.locator('.suggestion[data-ags^="05974"]').count() > 0
    page.get_by_role("button", name="nicht im eigenen Kreis: wieder berücksichtigen").click()
    assert page.locator('.suggestion[data-ags^="05974"]').count() == 0


def test_without_a_matter_one_question_is_asked(browser, address):
    page = opened(browser, address)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).fill("asdf jkl qwertz uiop")
    expect(page.get_by_role("heading", name="Noch kein Vorschlag")).to_be_visible()
    expect(page.locator("#meldung")).to_contain_text("Kein Vorschlag")
    assert page.locator(".suggestion").count() == 0
    assert violations(page) == []


# What one may type wrong: (body, text, kilometres), the field that says so, and its sentence.
WRONG = [
    (("Bad Sass", TEXT, ""), "body", "„Bad Sass“ ist nicht als Kommune oder Verband bekannt."),
    (("Atlantis", TEXT, ""), "body", "Bitte die Schreibweise prüfen"),
    (("Soest", TEXT, "abc"), "max_distance_km", "Bitte den Umkreis als Zahl in Kilometern angeben"),
    (("Soest", "Archiv " * 1500, ""), "text", "Höchstens 10.000 Zeichen"),
]


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
    assert page.get_by_label(BODY_LABEL).input_value() == "Bad Sassendorf"
    expect(page.locator(".problem")).to_have_count(0)


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


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Bad Sassendorf", TEXT),
        ("Kreis Höxter", TEXT),
        ("Bad Sassendorf", "Sachbearbeitung im Sozialamt mit Nachbarn bündeln"),
    ],
)
def test_the_proposal_its_reason_and_two_partners_are_seen_without_scrolling(
    browser, address, body, text
):
    page = opened(browser, address, viewport={"width": 1280, "height": 800})
    typed(page, body, text)
    places = {
        "proposal": page.locator("#gruppe"),
        "why": page.locator(".proposed .why"),
        "map": page.locator("#karte-bild"),
        "first": page.locator(".suggestion").nth(0).locator("tr").first,
        "second": page.locator(".suggestion").nth(1).locator("tr").first,
    }
    for name, place in places.items():
        box = place.bounding_box()
        assert box is not None, name
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= 800, name
    assert page.evaluate("window.scrollY") == 0


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
