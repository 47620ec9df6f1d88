"""Open searches of others that fit come first on the answer page."""

from __future__ import annotations

from service.openings.reciprocal import Reciprocity
from tests.service.mailbox import ARCHIVE

ASKED = {"body": "Bad Sassendorf", "text": "Wir möchten ein Archiv gemeinsam mit Nachbarn führen"}


def test_who_asks_for_the_same_is_named_first(site):
    identifier, _ = site.open()
    page = site.client.post("/", data=ASKED).text
    section = page.split('id="suchen-auch"')[1].split("</section>")[0]
    assert f'href="/gesuche/{identifier}"' in section
    assert ARCHIVE["title"] in section
    assert 'href="/kommunen/05974040"' in section
    assert page.index('id="suchen-auch"') < page.index('id="gruppe"') < page.index('id="partner"')
    # Neither who published it nor how to reach them.
    assert ARCHIVE["name"] not in page
    assert ARCHIVE["email"] not in page


def test_what_is_closed_or_about_something_else_is_not(site):
    site.open(title="Sirenen", description="Sirenen gemeinsam warten und beschaffen")
    site.publish()  # not confirmed
    assert 'id="suchen-auch"' not in site.client.post("/", data=ASKED).text


def test_ones_own_search_is_not_proposed_to_oneself(site):
    site.open(body="05974008")
    assert 'id="suchen-auch"' not in site.client.post("/", data=ASKED).text


def test_nothing_of_a_text_is_kept_for_it(site, monkeypatch):
    site.open()
    seen: list[Reciprocity] = []
    forget = Reciprocity.forget

    def watched(self, opening):
        forget(self, opening)
        seen.append(self)

    monkeypatch.setattr(Reciprocity, "forget", watched)
    site.client.post("/", data=ASKED)
    [reciprocity] = seen
    kept = [words.text for _, words in reciprocity._known]
    assert not [text for text in kept if ASKED["text"] in text]
