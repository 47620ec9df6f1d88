"""What is answered, in a real Chromium: chips, group with map, table, reasons, print."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.form import BODY_LABEL, TEXT, TEXT_LABEL, names, typed
from tests.browser.page import opened, violations

WISHES = f"{TEXT}. Wir suchen Partner außerhalb unseres Kreises, höchstens 50 km entfernt."
OWN_DISTRICT = '.suggestion[data-ags^="05974"]'  # Kreis Soest, to which Bad Sassendorf belongs


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
    field = page.get_by_label("fragen Sie")
    field.press_sequentially("köln")
    page.locator("#explain-liste [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    told = page.locator(".explained")
    expect(told).to_contain_text("Köln steht auf Platz")
    expect(told).to_contain_text("Ihr Text sagt: höchstens 20 km.")
    expect(told).to_contain_text("spricht")
    page.get_by_label("fragen Sie").fill("Atlantis")
    page.get_by_role("button", name="Erklären").click()
    expect(told).to_contain_text("„Atlantis“ ist nicht als Kommune oder Verband bekannt.")
    expect(page.locator(".suggestion")).to_have_count(10)  # the answer stays
    assert violations(page) == []


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


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Bergisch Gladbach", "Kfz-Zulassung gemeinsam erledigen"),  # the Kreis has its seat there
        ("Kreis Höxter", TEXT),
        ("Gronau (Westf.)", TEXT),
    ],
)
def test_names_on_the_map_cover_neither_marks_nor_each_other(browser, address, body, text):
    page = opened(browser, address, viewport={"width": 1280, "height": 800})
    typed(page, body=body, text=text)
    expect(page.locator(".pin-searcher")).to_have_count(1)
    frame = page.locator(".moving-map").bounding_box()
    named = [name.bounding_box() for name in page.locator(".map-name").all()]
    marks = [mark.bounding_box() for mark in page.locator(".pin").all()]
    assert named
    for place, box in enumerate(named):
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert not [other for other in (*named[place + 1 :], *marks) if overlapping(box, other)]
    seats = [(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2) for mark in marks]
    assert len({(round(x), round(y)) for x, y in seats}) == len(marks)


def overlapping(one, other):
    """Whether two boxes share more than half a pixel, which rounding gives away."""
    return all(
        min(one[at] + one[long], other[at] + other[long]) - max(one[at], other[at]) > 0.5
        for at, long in (("x", "width"), ("y", "height"))
    )


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
    # Paper is no phone, however narrow.
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.get_by_text("weglassen").first.is_visible()


def test_a_judgement_is_taken(browser, address):
    page = opened(browser, address)
    typed(page)
    page.get_by_text("Gründe und Belege").first.click()
    page.get_by_role("button", name="passt", exact=True).first.click()
    expect(page.get_by_text("Danke, notiert.")).to_be_visible()
    pressed = page.locator(".feedback [aria-pressed=true]")
    expect(pressed).to_have_count(1)
    assert pressed.inner_text() == "passt"


def test_scripts_in_texts_are_shown_never_run(browser, address):
    page = opened(browser, address)
    broken: list[str] = []
    page.on("dialog", lambda dialog: broken.append(dialog.message))
    page.on("console", lambda m: broken.append(m.text) if "Content Security" in m.text else None)
    script = f"<img src=x onerror=alert(1)><script>alert(2)</script> {TEXT}"
    typed(page, text=script)
    assert script in (page.locator(".print-only").first.text_content() or "")
    assert broken == []


def test_what_was_understood_is_taken_off_and_put_back_by_keyboard(browser, address):
    page = opened(browser, address)
    typed(page, text=WISHES)
    expect(page.locator(OWN_DISTRICT)).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen").focus()
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="nicht im eigenen Kreis: wieder berücksichtigen")
    expect(again).to_be_focused()
    expect(page.locator(OWN_DISTRICT).first).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]ignore_wishes=own_district(&|#|$)"))
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
    expect(page.locator(OWN_DISTRICT)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("ignore_wishes"))


def test_chips_work_without_a_script(browser, address):
    page = opened(browser, address, java_script_enabled=False)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).fill(WISHES)
    page.get_by_role("button", name="Partner vorschlagen").click()
    page.get_by_role("button", name="nicht im eigenen Kreis: nicht berücksichtigen").click()
    expect(page.locator(OWN_DISTRICT).first).to_be_visible()
    page.get_by_role("button", name="nicht im eigenen Kreis: wieder berücksichtigen").click()
    expect(page.locator(OWN_DISTRICT)).to_have_count(0)


def test_without_a_matter_one_question_is_asked(browser, address):
    page = opened(browser, address)
    page.get_by_label(BODY_LABEL).fill("Bad Sassendorf")
    page.get_by_label(TEXT_LABEL).fill("asdf jkl qwertz uiop")
    expect(page.get_by_role("heading", name="Noch kein Vorschlag")).to_be_visible()
    expect(page.locator("#meldung")).to_contain_text("Kein Vorschlag")
    expect(page.locator(".suggestion")).to_have_count(0)
    assert violations(page) == []


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
        expect(place, name).to_be_in_viewport(ratio=0.99)
    assert page.evaluate("window.scrollY") == 0


def test_the_map_shows_who_is_on_board(browser, address):
    page = opened(browser, address)
    text = "Kalkar und Emmerich haben zugesagt, Abwasserreinigung gemeinsam, höchstens 40 km"
    typed(page, body="Rees", text=text)
    marks = page.locator(".pin-group")
    expect(marks.first).to_be_visible()
    titles = [mark.get_attribute("title") for mark in marks.all()]
    assert {"Kalkar, schon an Bord", "Emmerich am Rhein, schon an Bord"} <= set(titles)
    expect(page.locator("svg.map circle.group")).to_have_count(len(titles))
