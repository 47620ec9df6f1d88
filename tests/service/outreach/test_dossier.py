from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs
from pypdf import PdfReader

from data import TaskArea
from matcher.outreach import Opportunity, Outreach, OutreachFilters, score_all
from service.outreach.dossier.press import Press
from service.outreach.dossier.style import legible

DAY = date(2026, 3, 9)
AREAS = (TaskArea.ARCHIV, TaskArea.STANDESAMT)


@pytest.fixture(scope="module")
def press(matcher) -> Press:
    return Press.of(matcher)


@pytest.fixture(scope="module")
def everything(matcher) -> tuple[Opportunity, ...]:
    fits = score_all(matcher.knowledge, matcher.ranker, AREAS)
    outreach = Outreach(matcher.dataset, matcher.knowledge, fits)
    return outreach.opportunities(
        OutreachFilters(max_per_area=100, government_regions=("Detmold",), limit=200)
    )


@pytest.fixture(scope="module")
def lines(everything) -> tuple[Opportunity, ...]:
    return everything[:12]


@pytest.fixture(scope="module")
def line(everything) -> Opportunity:
    return next(line for line in everything if line.with_district)


@pytest.fixture(scope="module")
def reader(press, line) -> PdfReader:
    content, media_type, name = press.as_pdf([line], day=DAY)
    assert media_type == "application/pdf"
    assert name == f"ikz-dossier-{line.id}-2026-03-09.pdf"
    return PdfReader(io.BytesIO(content))


def squeezed(text: str) -> str:
    """Return text without blanks: lines are broken where the page ends them."""
    return re.sub(r"\s+", "", text)


def text_of(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def links_of(reader: PdfReader) -> set[str]:
    return {
        entry.get_object()["/A"]["/URI"]
        for page in reader.pages
        for entry in page.get("/Annots", [])
        if "/URI" in entry.get_object().get("/A", {})
    }


def test_it_holds_what_the_office_needs(reader, line, matcher):
    text = text_of(reader)
    for name in line.names:
        assert squeezed(name) in text
    assert squeezed(line.task_area.label) in text
    for reason in line.reasons:
        assert squeezed(reason.text) in text
    for example in line.examples:
        assert squeezed(example.title) in text
        assert squeezed(example.source_url) in text
    for share in line.legal_forms:
        assert squeezed(share.form.label) in text
    assert squeezed(line.grant.rule) in text
    assert squeezed("Richtlinie vom 31.08.2021") in text
    assert squeezed(line.letter.subject) in text
    for part in line.letter.text.split("\n\n"):
        assert squeezed(part) in text
    for key in line.bodies:
        assert key in text
        assert f"{matcher.directory[key].population:,}".replace(",", ".") in text


def test_sources_are_links(reader, line):
    wanted = {example.source_url for example in line.examples} | {line.grant.source_url}
    assert wanted <= links_of(reader)


def test_each_page_says_what_it_is(reader, matcher):
    count = len(reader.pages)
    assert count in (3, 4)
    for number, page in enumerate(reader.pages, start=1):
        text = squeezed(page.extract_text())
        assert squeezed("Vorschlag, kein Urteil – erstellt am 09.03.2026") in text
        assert f"Seite{number}von{count}" in text
        assert squeezed(f"Modell {matcher.version}, Daten {matcher.dataset.version}") in text
        assert [round(side) for side in page.mediabox[2:]] == [595, 842]


def test_what_is_unknown_is_not_called_absent(reader):
    assert squeezed("Nicht bekannt heißt nicht, dass es keine gibt") in text_of(reader)


def test_title_and_language_are_set(reader, line):
    assert line.task_area.label in reader.metadata.title
    assert line.names[0] in reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == "de-DE"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_all_text_is_in_embedded_fonts(reader):
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            told = font.get_object()
            descriptor = told.get("/FontDescriptor")
            if descriptor is None:
                # Reportlab names its default font on each page; nothing is written in it.
                assert told["/BaseFont"] == "/Helvetica"
                continue
            assert "/FontFile2" in descriptor.get_object()


def test_the_map_is_drawn_as_lines(reader):
    first = reader.pages[0]
    assert not first.images
    drawn = first.get_contents().get_data()
    assert len(re.findall(rb" l\b", drawn)) > 500


def test_the_map_names_the_municipalities(press, line):
    drawing = press.maps.draw(line.bodies, 480, 260)
    texts = {shape.text for shape in drawing.contents if hasattr(shape, "text")}
    assert set(line.names[:-1]) <= texts
    assert {text for text in texts if text.endswith(" km")}


def test_all_lines_of_a_kreis_make_one_dossier(press, lines):
    content, _, name = press.as_pdf(lines, "Regierungsbezirk Detmold", {lines[2].id: "ruht"}, DAY)
    assert name == "ikz-dossier-2026-03-09.pdf"
    reader = PdfReader(io.BytesIO(content))
    front = squeezed(reader.pages[0].extract_text())
    assert squeezed("Vorschläge für Regierungsbezirk Detmold") in front
    assert squeezed("12 Vorschläge") in front
    assert "ruht" in front
    for line in lines:
        assert squeezed(", ".join(line.names)) in front
    titles = [entry.title for entry in reader.outline]
    assert titles == [f"{o.rank}. {o.matter_name}: {', '.join(o.names)}" for o in lines]
    pages = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert pages == sorted(pages)
    assert pages[0] == 1
    for entry, line in zip(pages, lines, strict=True):
        assert squeezed(line.names[0]) in squeezed(reader.pages[entry].extract_text())
    assert 3 * len(lines) <= len(reader.pages) <= 4 * len(lines) + 1


def test_markup_and_strange_letters_in_data_stay_text(press, line):
    odd = "<b>A&B</b> <a href='x'>ﬁ 中 → é"
    bad = structs.replace(
        line,
        names=(odd, *line.names[1:]),
        reasons=(replace(line.reasons[0], text=odd),),
        examples=(structs.replace(line.examples[0], title=odd, source_url='javascript:x"><b>'),),
        letter=replace(line.letter, subject=odd, text=odd),
    )
    reader = PdfReader(io.BytesIO(press.as_pdf([bad])[0]))
    assert squeezed("<b>A&B</b> <a href='x'>") in text_of(reader)
    assert not [link for link in links_of(reader) if not link.startswith("http")]
    assert legible("中é\u0065\u0301→") == "?éé?"


def test_a_line_without_examples_has_no_such_section(press, line):
    reader = PdfReader(io.BytesIO(press.as_pdf([structs.replace(line, examples=())])[0]))
    assert squeezed("auf die man verweisen kann") not in text_of(reader)


def test_a_dossier_of_nothing_is_refused(press):
    with pytest.raises(ValueError, match="needs an opportunity"):
        press.as_pdf([])


def test_kreisfreie_staedte_have_a_map_too(press, matcher):
    drawing = press.maps.draw(("05911000", "05913000"), 480, 260)
    texts = {shape.text for shape in drawing.contents if hasattr(shape, "text")}
    assert {"Bochum", "Dortmund"} <= texts
