from __future__ import annotations

import re

import numpy as np
import pytest
from msgspec import structs

from matcher import MatchRequest
from service.mail.rounds import Rounds
from service.openings.opening import Opening, OpeningStatus, Words
from service.openings.publishing import Openings
from service.openings.reciprocal import FITS, Reciprocity
from tests.service.mailbox import (
    ARCHIVE,
    MESSAGE,
    OTHER,
    OWNER,
    SAME_MATTER,
    WRITER,
    bearer,
    text,
)


def search(body: str, title: str, description: str = "Bitte melden.", area=None) -> Opening:
    words = Words(title, description, area, area is not None)
    moment = None
    return Opening(f"{body}-{title}", body, words, OpeningStatus.OPEN, moment, moment, moment)  # type: ignore[arg-type]


def archive(body: str, matcher) -> Opening:
    found = search(body, str(SAME_MATTER["title"]), str(SAME_MATTER["description"]))
    return Opening(
        found.id, body, found.words.completed(matcher), found.status,
        found.created, found.confirmed, found.expires,
    )  # fmt: skip


def test_two_searches_that_fit_are_told_to_both_and_no_address_is_shown(site):
    first, first_token = site.open()
    assert len(site.mailbox.mails) == 1  # the confirmation alone: there is nothing to fit yet
    second, second_token = site.open(**SAME_MATTER)
    third, _ = site.open(
        body="Kleve", title="Sirenen", description="Sirenen gemeinsam warten und beschaffen",
        email="d@kleve.example",
    )  # fmt: skip

    told = [m for m in site.mailbox.mails if "passendes Gesuch" in m["Subject"]]
    assert [m["To"].addresses[0].addr_spec for m in told] == [OTHER, OWNER]
    assert f"/gesuche/{first}" in text(told[0])
    assert f"/gesuche/{second}" in text(told[1])
    assert OWNER not in text(told[0])
    assert OTHER not in text(told[1])

    pages = []
    for own, other in ((first, second), (second, first)):
        answer = site.client.get(f"/v1/searches/{own}/matches?limit=3")
        fits = answer.json()["searches"]
        assert [fit["search"]["id"] for fit in fits] == [other]
        assert FITS <= fits[0]["score"] <= 1
        assert len(answer.json()["matches"]) == 3
        pages.append(answer)
    assert [p.json()["searches"][0]["score"] for p in pages] == [
        pytest.approx(pages[0].json()["searches"][0]["score"])
    ] * 2

    sent = site.client.post(f"/v1/searches/{first}/messages", json=MESSAGE)
    assert (sent.status_code, sent.json()) == (202, {"status": "sent"})
    relayed = site.mailbox.mails[-1]
    assert relayed["To"].addresses[0].addr_spec == OWNER
    assert relayed["From"].addresses[0].addr_spec == "partnersuche@dienst.example"
    assert relayed["Reply-To"].addresses[0].addr_spec == WRITER
    assert relayed["Reply-To"].addresses[0].display_name == "Carla Christ"
    assert "wir hätten Interesse." in text(relayed)

    pages += [sent, site.client.get("/v1/searches"), site.client.get("/gesuche")]
    pages += [site.client.get(f"/gesuche/{i}") for i in (first, second, third)]
    pages += [site.client.get(f"/v1/searches/{i}") for i in (first, second, third)]
    for identifier, token in ((first, first_token), (second, second_token)):
        managed = site.client.get(f"/gesuche/{identifier}/verwalten?token={token}")
        assert "Passende Gesuche" in managed.text
        pages.append(managed)
    for page in pages:
        assert page.status_code in (200, 202)
        for secret in (OWNER, OTHER, "Anna Amt", "Bernd Beamter"):
            assert secret not in page.text, page.url


def test_a_pair_is_told_once(site):
    _, token = site.open()
    second, token = site.open(**SAME_MATTER)
    before = len(site.mailbox.mails)
    changed = site.client.patch(
        f"/v1/searches/{second}",
        json={"title": "Archiv, gemeinsam mit Nachbarkommunen"},
        headers=bearer(token),
    )
    assert changed.status_code == 200
    site.confirm(second, token)
    assert len(site.mailbox.mails) == before


def test_a_fit_that_comes_with_an_edit_is_told(site):
    site.open()
    second, token = site.open(
        body="05974008", title="Sirenen", description="Sirenen gemeinsam warten", email=OTHER
    )
    before = len(site.mailbox.mails)
    words = {key: SAME_MATTER[key] for key in ("title", "description")}
    changed = site.client.patch(f"/v1/searches/{second}", json=words, headers=bearer(token)).json()
    assert changed["task_area"] == {"code": "archiv", "label": "Archiv"}
    assert len(site.mailbox.mails) == before + 2


def test_an_opening_that_cannot_be_compared_keeps_no_other_and_is_tried_later(
    site, monkeypatch, caplog
):
    find = Reciprocity.fits

    def fail_with_sirens(self, opening, others):
        if opening.words.title == "Sirenen":
            raise ZeroDivisionError
        return find(self, opening, others)

    with monkeypatch.context() as patch:
        patch.setattr(Reciprocity, "fits", fail_with_sirens)
        site.open()
        broken, _ = site.open(body="Kleve", title="Sirenen", email="d@kleve.example")
        site.open(**SAME_MATTER)
        told = [mail for mail in site.mailbox.mails if "passendes Gesuch" in mail["Subject"]]
    assert [mail["To"].addresses[0].addr_spec for mail in told] == [OTHER, OWNER]
    assert f"fits of {broken} not found" in caplog.text
    store = site.state[Openings].fit_store
    assert store.due() == []
    site.clock.turn(hours=1)
    assert [opening.id for opening, _ in store.due()] == [broken]
    site.state[Rounds].go()
    assert store.due() == []


def test_the_score_is_what_its_formula_says(matcher):
    soest, sassendorf = archive("05974040", matcher), archive("05974008", matcher)
    fit = Reciprocity(matcher).fits(soest, [sassendorf])[0]
    there = {m.body: m.probability for m in matcher.match(soest.request(500)).matches}
    back = {m.body: m.probability for m in matcher.match(sassendorf.request(500)).matches}
    assert fit.there == pytest.approx(there["05974008"])
    assert fit.back == pytest.approx(back["05974040"])
    assert fit.likeness == pytest.approx(1.0)  # the same words
    asked = [p * np.e**3 / (1 - p + p * np.e**3) for p in (fit.there, fit.back)]
    assert fit.score == pytest.approx((asked[0] * asked[1]) ** 0.5)


def test_the_same_body_far_away_ones_and_other_matters_do_not_fit(matcher):
    soest = archive("05974040", matcher)
    sirens = search("05974008", "Sirenen", "Sirenen gemeinsam warten").words.completed(matcher)
    others = [
        archive("05974040", matcher),
        archive("05154032", matcher),
        Opening("s", "05974008", sirens, OpeningStatus.OPEN, *[soest.created] * 3),
    ]
    reciprocity = Reciprocity(matcher)
    assert reciprocity.fits(soest, others) == []
    assert (
        reciprocity.fits(soest, [*others, archive("05974008", matcher)])[0].opening.body
        == "05974008"
    )


def test_without_a_text_model_the_task_area_tells(degraded):
    from data import TaskArea

    soest = search("05974040", "Archiv", area=TaskArea.ARCHIV)
    same = search("05974008", "Magazin", area=TaskArea.ARCHIV)
    other = search("05974008", "Schule", area=TaskArea.SCHULE)
    fits = Reciprocity(degraded).fits(soest, [same, other])
    assert [(fit.opening.id, fit.likeness) for fit in fits] == [(same.id, 0.5)]


def test_the_ranking_is_that_of_v1_matches(site):
    identifier, _ = site.open()
    ranked = site.client.get(f"/v1/searches/{identifier}/matches?limit=5").json()
    request = MatchRequest("05974040", str(ARCHIVE["title"]), str(ARCHIVE["description"]), limit=5)
    expected = [match.body for match in site.matcher.match(request).matches]
    assert [match["body"]["ags"] for match in ranked["matches"]] == expected
    assert re.fullmatch(r"[0-9a-f]{32}", ranked["request_id"])
    assert ranked["searches"] == []


def test_a_wish_in_the_words_of_an_opening_is_obeyed(matcher):
    def opening(body: str, wish: str) -> Opening:
        words = f"{SAME_MATTER['description']} {wish}"
        return search(body, str(SAME_MATTER["title"]), words)

    there, soest = opening("05974008", ""), opening("05974040", "")
    assert [fit.opening for fit in Reciprocity(matcher).fits(there, [soest])] == [soest]
    closed = opening("05974008", "Wir suchen Partner außerhalb unseres Kreises.")
    assert Reciprocity(matcher).fits(closed, [soest]) == []
    assert Reciprocity(matcher).fits(soest, [closed]) == []


def test_an_opening_without_a_matter_fits_nobody(matcher):
    nothing = search("05974008", "asdf jkl", "qwertz uiop")
    assert Reciprocity(matcher).fits(nothing, [archive("05974040", matcher)]) == []


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (
            "Archivar für unser Stadtarchiv gemeinsam anstellen",
            "Wir suchen eine Partnerin fürs Stadtarchiv",
        ),
        ("Standesamt", "Uns fehlen Standesbeamte"),
        ("Hallenbad gemeinsam betreiben", "Schwimmbad erhalten, Kosten teilen"),
    ],
)
def test_a_town_of_the_own_kreis_that_asks_for_the_same_fits(matcher, own, theirs):
    """Neither is among the likeliest for the other: that it asks is what makes it so."""
    asked, same, other = (
        structs.replace(one, words=one.words.completed(matcher))
        for one in (
            search("05974040", "", own),
            search("05974052", "", theirs),
            search("05974008", "", "Bauhof gemeinsam betreiben"),
        )
    )
    fits = Reciprocity(matcher).fits(asked, [same, other])
    assert [fit.opening.body for fit in fits] == ["05974052"]
    assert fits[0].score >= FITS
