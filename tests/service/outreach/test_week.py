from __future__ import annotations

import pytest

from service.outreach import weekly
from service.outreach.outcomes import (
    ENOUGH,
    Outcome,
    offsets,
    outcomes_of,
    overall_rate,
    shrunken,
)
from service.outreach.status import OutreachStatus
from tests.service.office import step

WEEK = "/impulse/woche?government_region=Detmold"


def test_a_week_has_ten_calls_of_one_region_each_body_once(three_areas, office, matcher):
    found = weekly.calls_of_week("Detmold", three_areas.lines(), office.history.record())
    assert [rank for rank, _ in found] == list(range(1, len(found) + 1))
    assert 5 < len(found) <= weekly.CALLS
    bodies = [key for _, line in found for key in line.bodies]
    assert len(bodies) == len(set(bodies))
    matters = [line.matter.code for _, line in found]
    assert max(map(matters.count, matters)) <= weekly.PER_MATTER
    for _, line in found:
        regions = {matcher.directory[key].government_region for key in line.bodies}
        assert "Detmold" in regions


def test_the_page_tells_why_and_has_a_mail_and_a_pdf(office):
    client = office.log_in()
    page = client.get(WEEK).text
    for words in ("Die zehn Anrufe dieser Woche", "Warum diese: ", "Warum dieses Vorhaben: ",
                  "Warum jetzt: ", "Was dagegen sprechen kann: ", "Entwurf der E-Mail"):  # fmt: skip
        assert words in page, words
    file = client.get(f"{WEEK}&format=pdf")
    assert file.headers["content-type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")
    assert client.get("/impulse/woche?government_region=Bonn").status_code == 422


def test_who_was_called_is_not_in_the_next_week(office, three_areas):
    client, lines = office.log_in(), three_areas.lines()
    first = weekly.calls_of_week("Detmold", lines, office.history.record())[0][1]
    step(client, first.id, status="abgelehnt", note="Stelle ist besetzt")
    after = weekly.calls_of_week("Detmold", lines, office.history.record())
    assert not {key for _, line in after for key in line.bodies} & set(first.bodies)


def test_outcomes_are_told_with_their_reason(office, three_areas):
    client = office.log_in()
    assert "Noch hat keine Anregung ein Ergebnis" in client.get("/impulse/ergebnisse").text
    found = weekly.calls_of_week("Detmold", three_areas.lines(), office.history.record())
    step(client, found[0][1].id, status="abgelehnt", note="Stelle ist besetzt")
    step(client, found[1][1].id, status="interesse")
    page = client.get("/impulse/ergebnisse").text
    assert "2 Anregungen haben ein Ergebnis" in page
    assert "Stelle ist besetzt" in page
    assert found[0][1].matter.name in page
    kept = outcomes_of(office.history.record())
    assert {outcome.matter for outcome in kept} == {
        found[0][1].matter.code,
        found[1][1].matter.code,
    }


def test_few_outcomes_change_little(three_areas):
    lines = three_areas.lines()
    before = [line.id for line in lines.select(weekly.OutreachFilters(limit=50))]

    def outcomes(count: int, refused: str) -> list[Outcome]:
        status = OutreachStatus
        return [
            Outcome(f"o{n}", refused if n % 3 == 0 else "standesamt", "it-e-government", (),
                    status.DECLINED if n % 3 == 0 else status.INTERESTED, "")
            for n in range(count)
        ]  # fmt: skip

    assert offsets(outcomes(ENOUGH - 1, "breitband"), lines) == {}
    assert [line.id for line in lines.select(weekly.OutreachFilters(limit=50), {})] == before
    few, many = (offsets(outcomes(n, "breitband"), lines) for n in (ENOUGH, 10 * ENOUGH))
    row = next(i for i, m in enumerate(lines.outreach.prospects.matters) if m.code == "breitband")
    assert many[row] < few[row] < 0
    assert shrunken(0, 1, 0.5) == pytest.approx(5 / 11)
    assert shrunken(0, 1, 0.5) > shrunken(0, 10, 0.5) == 0.25
    assert overall_rate([]) == 0.5
