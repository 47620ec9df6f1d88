"""Drafts: what stands in each Word file, and where the page offers them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from msgspec import structs

from data import LegalForm
from data.dataset import TABLES
from data.legal_steps import TABLE, Use, read_legal_steps
from matcher import MatchRequest
from service.documents.contacts import contacts
from service.documents.drafts import Draft, draft_file
from service.documents.plan import cooperation_plan
from service.documents.supervision import supervision
from service.matching.background import Background
from service.matching.body_article import accusative_in_text, dative, dative_in_text, nominative
from service.matching.official_hosts import OfficialHosts

TEXT = "Wir möchten unser Standesamt mit Nachbarn führen, weil uns Standesbeamte fehlen."
DAY = date(2026, 11, 26)
ASKED = {"body": "Bad Sassendorf", "text": TEXT}


@pytest.fixture(scope="module")
def legal():
    return read_legal_steps(TABLES / TABLE)


@pytest.fixture(scope="module")
def known(matcher):
    return Background.of(matcher.match(MatchRequest(body="05974008", description=TEXT)), matcher)


@pytest.fixture(scope="module")
def plan(known, legal):
    return cooperation_plan(known, TEXT, legal, DAY)


def read(content: bytes) -> tuple[str, list[str]]:
    """Return all text of a Word file with head and foot, and its headings."""
    file = Document(BytesIO(content))
    lines = [p.text for p in file.paragraphs]
    lines += [c.text for t in file.tables for row in t.rows for c in row.cells]
    section = file.sections[0]
    lines += [p.text for part in (section.header, section.footer) for p in part.paragraphs]
    return "\n".join(lines).replace("\xa0", " "), [
        p.text for p in file.paragraphs if p.style.name == "Heading 1"
    ]


@pytest.mark.parametrize("draft", tuple(Draft))
@pytest.mark.parametrize(
    "form", [f for f in LegalForm if f.value not in ("informell", "unbekannt")]
)
def test_each_draft_of_each_form_is_marked_and_holds_matter_and_group(plan, legal, draft, form):
    contents = legal.of(Use.CONTENT, form)
    assert len(contents) >= 5
    changed = structs.replace(plan, form=form, contents=contents)
    text, _ = read(draft_file(draft, changed).content)
    assert "ENTWURF" in text
    assert "keine Rechtsberatung" in text
    assert TEXT in text
    assert all(f"{body.address} (" in text for body in plan.members)
    assert "12.194 Einwohner" in text
    if draft is not Draft.LETTER:
        assert all(content.title in text for content in contents)
    assert not re.search(r"\bNone\b|\{|\}", text)


def test_a_council_paper_has_the_usual_headings_in_order(plan):
    text, headings = read(draft_file(Draft.COUNCIL_PAPER, plan).content)
    wanted = ["Betreff", "Beschlussvorschlag", "Sachverhalt und Begründung", "Alternativen",
              "Finanzielle Auswirkungen", "Weiteres Verfahren", "Anlagen"]  # fmt: skip
    assert [h for h in headings if h in wanted] == wanted
    assert "Antrag vor Beginn" in text
    assert "Bezirksregierung Arnsberg" in text
    assert "Landrat (Kreis Soest; § 29 Abs. 4 GkG NRW)" in text


def test_where_the_kreis_is_spoken_with_alone_nothing_is_founded(client):
    asked = {"body": "Bergisch Gladbach", "text": "Kfz-Zulassung gemeinsam erledigen"}
    page = client.post("/", data=asked).text
    assert 'value="anschreiben"' in page
    assert 'value="vereinbarung"' not in page
    assert "Als Form angenommen" not in page
    refused = client.post("/unterlagen", data=asked | {"document": "vereinbarung"})
    assert refused.status_code == 422
    assert "erst nach dem Gespräch" in refused.text
    for draft, sentence in (
        ("anschreiben", "sind Sie zuständig"),
        ("beschlussvorlage", "beauftragt die Verwaltung, mit dem Rheinisch-Bergischen Kreis zu"),
    ):
        text, headings = read(client.post("/unterlagen", data=asked | {"document": draft}).content)
        assert sentence in text
        assert "Rheinisch-Bergischer Kreis" in text
        assert "Vereinbarung abzuschließen" not in text
        assert "öffentlich-rechtliche Vereinbarung" not in text
        assert "Rechtsform und wesentlicher Inhalt" not in headings


def test_the_form_of_the_drafts_is_one_that_the_answer_names(known, legal):
    named = [share.form for share in known.result.consortium.legal_forms[:2]]
    assert cooperation_plan(known, TEXT, legal, DAY).form in named


def test_a_paragraph_of_law_stays_on_one_line(plan):
    file = Document(BytesIO(draft_file(Draft.AGREEMENT, plan).content))
    cited = [p.text for p in file.paragraphs if "§" in p.text]
    assert cited
    assert not [text for text in cited if re.search(r"§ \d|Abs\. \d", text)]


def test_what_one_shares_already_is_extended_not_joined_or_founded(plan):
    own = structs.replace(plan, extends=True, why="Sprechen Sie die Gruppe an.")
    letter, _ = read(draft_file(Draft.LETTER, own).content)
    assert "erledigen wir schon gemeinsam mit Ihnen" in letter
    paper, _ = read(draft_file(Draft.COUNCIL_PAPER, own).content)
    assert "Ausbau der bestehenden Zusammenarbeit mit" in paper
    assert "Sprechen Sie" not in paper


def test_control_characters_of_a_text_break_no_file(plan):
    text, _ = read(
        draft_file(Draft.LETTER, structs.replace(plan, matter="Arc\x01hiv\x0b<b>&")).content
    )
    assert "Archiv <b>&" in text


def test_names_carry_their_article(matcher):
    directory = matcher.directory
    assert dative(directory["05962"]) == "dem Märkischen Kreis"
    assert dative(directory["05974008"]) == "der Gemeinde Bad Sassendorf"
    assert nominative(directory["05974"]) == "der Kreis Soest"
    assert nominative(directory["05962"]) == "der Märkische Kreis"
    assert accusative_in_text(directory["05962"]) == "den Märkischen Kreis"
    assert accusative_in_text(directory["05334"]) == "die StädteRegion Aachen"
    assert dative_in_text(directory["05974008"]) == "Bad Sassendorf"
    assert dative_in_text(directory["LWL"]) == "dem Landschaftsverband Westfalen-Lippe"


@pytest.mark.parametrize(
    ("form", "keys", "district", "told"),
    [
        ("oerv", ("05974008", "05974040"), "Kreis Soest", "Landrat (Kreis Soest"),
        ("oerv", ("05974008", "05962008"), None, "§ 29 Abs. 4 Nr. 2 GkG NRW"),
        ("oerv", ("05974008", "05974"), "Kreis Soest", "Bezirksregierung"),
        ("zweckverband", ("05974008", "05915000"), None, "Bezirksregierung am Sitz: Arnsberg"),
        ("zweckverband", ("05974008", "05974040"), "Kreis Soest", "Landrat am Sitz (Kreis Soest)"),
        ("kommunalunternehmen", ("05974008", "LWL"), None, "Ministerium"),
        ("privatrecht", ("05974008", "05974040"), "Kreis Soest", "§§ 115, 120 GO NRW"),
        ("arbeitsgemeinschaft", ("05974008", "05974040"), None, "keine Aufgabe über"),
    ],
)
def test_who_approves_depends_on_form_and_members(matcher, form, keys, district, told):
    members = [matcher.directory[key] for key in keys]
    assert told in supervision(LegalForm(form), members, district)


def test_whom_to_call_begins_with_who_does_it_and_names_no_person(known):
    found = contacts(known, ("05974040", "05962008"), OfficialHosts({"05974": "kreis-soest.de"}))
    assert [c.why for c in found][-1].startswith("Ihr Kreis")
    assert found[-1].host == "kreis-soest.de"
    assert {c.key for c in found} >= {"05974040", "05962008"}


def test_the_page_offers_the_drafts_and_each_comes_as_a_file(client):
    page = client.post("/", data=ASKED).text
    assert "Nächste Schritte" in page
    for draft in Draft:
        assert f'name="document" value="{draft.value}"' in page
    answer = client.post("/unterlagen", data=ASKED | {"document": "beschlussvorlage"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "entwurf-beschlussvorlage-05974008-" in answer.headers["Content-Disposition"]
    assert "Bad Sassendorf" in read(answer.content)[0]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"document": "roman"}, "„roman“ ist unbekannt"),
        ({"body": "Atlantis"}, "ist nicht als Kommune"),
        ({"text": ""}, "Bitte beschreiben"),
    ],
)
def test_what_cannot_be_written_is_said(client, sent, sentence):
    answer = client.post("/unterlagen", data=ASKED | {"document": "anschreiben"} | sent)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_who_has_agreed_is_not_called_a_proposal(matcher):
    asked = MatchRequest(body="05974008", description="Archiv", partners=("05974052",))
    known = Background.of(matcher.match(asked), matcher)
    why = {
        c.key: c.why for c in contacts(known, known.result.consortium.bodies[1:], OfficialHosts({}))
    }
    assert why["05974052"] == "hat zugesagt"
    assert "vorgeschlagener Partner" in why.values()
