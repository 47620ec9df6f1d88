"""Whether open searches found partners: asked once after twelve weeks, published as a count."""

from __future__ import annotations

import re

from service.content.success_rate import LEAST_ANSWERS, SuccessRate
from service.openings.outcomes import WEEKS, Outcomes, Success
from tests.service.mailbox import OWNER
from tests.service.mailbox import text as words


def questions(site):
    return [m for m in site.mailbox.to(OWNER) if m["Subject"] == "Partner gefunden?"]


def test_the_owner_is_asked_once_and_the_answer_is_a_count(site):
    identifier, _ = site.open()
    site.clock.turn(weeks=WEEKS, hours=-1)
    assert questions(site) == []
    site.clock.turn(hours=2)
    (mail,) = questions(site)
    found = re.search(r"(/gesuche/[\w-]+/ergebnis)\?token=([\w-]+)", words(mail))
    assert identifier in found[1]
    asked = site.client.get(found[1], params={"token": found[2]})
    assert asked.text.count('name="outcome"') == 3
    assert site.client.post(found[1], data={"token": "x", "outcome": "nicht"}).status_code == 403
    sent = {"token": found[2], "outcome": "gefunden"}
    assert site.client.post(found[1], data=sent | {"outcome": "egal"}).status_code == 422
    assert "Danke" in site.client.post(found[1], data=sent).text
    assert site.client.post(found[1], data=sent).status_code == 404  # nobody answers twice
    assert site.state[Outcomes].success() == Success(answered=1, found=1)
    site.clock.turn(days=1)
    assert len(questions(site)) == 1


def test_the_rate_waits_for_enough_answers_and_counts_rightly(client):
    assert "Bisher gibt es keine Antworten" in client.get("/methode").text
    assert "1 Antwort;" in SuccessRate(lambda: (1, 1)).sentence()
    told = SuccessRate(lambda: (2 * LEAST_ANSWERS, LEAST_ANSWERS)).sentence()
    assert told == "Von 10 beantworteten Gesuchen fanden 5 Partner (50 %)."
    assert "nicht lesbar" in SuccessRate(lambda: None).sentence()
