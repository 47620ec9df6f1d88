from __future__ import annotations

import re
from itertools import combinations

import pytest

from matcher.german import number
from matcher.outreach.call import in_district
from matcher.outreach.covered import Coverage
from matcher.outreach.known_facts import known


def test_reasons_carry_facts_of_the_tables(lines, dataset):
    bodies, keys = dataset.bodies, list(dataset.bodies.index)
    for line in lines:
        texts = {reason.code: reason.text for reason in line.reasons}
        assert {"these", "matter", "now", "against", "unknown"} <= set(texts)
        for code, word in (("these", "Warum diese: "), ("matter", "Warum dieses Vorhaben: "),
                           ("now", "Warum jetzt: "), ("against", "Was dagegen sprechen kann: ")):  # fmt: skip
            assert texts[code].startswith(word)
        places = [key for key in line.bodies if bodies.loc[key, "kind"] == "municipality"]
        rows = [keys.index(key) for key in places]
        pairs = list(combinations(rows, 2))
        farthest = max(dataset.seat_km[a, b] for a, b in pairs)
        assert f"{number(farthest, 1)} km" in texts["proximity"]
        if len(places) > 2:
            touching = sum(dataset.border_km[a, b] > 0 for a, b in pairs)
            assert f"{touching} von {len(pairs)} Paaren" in texts["proximity"]
        people = bodies.loc[places, "population"]
        assert f"{number(people.min())} bis {number(people.max())} Einwohner" in texts["situation"]
        for key in places:
            secured = bodies.loc[key, "fiscal_status"] == "haushaltssicherung"
            after = texts["situation"].partition("in Haushaltssicherung: ")[2]
            assert (bodies.loc[key, "name"] in re.split(r", | und |\.$", after)) == secured
        inside = [c for c in dataset.cooperations if dataset.matters.of(c).code == line.matter]
        assert f"{len(inside)} Kooperation" in texts["elsewhere"]
        said = f"Zum Vorhaben „{line.matter_name}“ ist keine gemeinsame Kooperation dieser Gruppe"
        assert texts["unknown"].startswith(said)


def test_peers_are_counted_from_the_tables(matcher, outreach, lines, dataset):
    line = next(line for line in lines if any(r.code == "peers" for r in line.reasons))
    told = next(r.text for r in line.reasons if r.code == "peers")
    involved = {
        key
        for c in dataset.cooperations
        if dataset.matters.of(c).code == line.matter
        for key in c.participants
    }
    for name, shown in re.findall(r"[:,] ([^:,]+): (\d+)", told):
        key = line.bodies[line.names.index(name)]
        assert key not in involved
        assert int(shown) == sum(peer in involved for peer in matcher.peers(key, 15))


def test_nothing_says_that_there_is_no_cooperation(lines):
    for line in lines:
        told = " ".join([reason.text for reason in line.reasons] + [line.letter.text])
        assert "Nicht bekannt heißt nicht, dass es keine gibt." in told
        assert not re.search(r"besteht (noch )?keine|kooperieren (noch )?nicht|fehlt eine", told)


def test_examples_are_cooperations_of_the_matter_with_a_source(lines, dataset):
    by_id = {cooperation.id: cooperation for cooperation in dataset.cooperations}
    names = dataset.bodies["name"]
    for line in lines:
        assert 1 <= len(line.examples) <= 3
        for example in line.examples:
            cooperation = by_id[example.cooperation]
            assert dataset.matters.of(cooperation).code == line.matter
            assert example.source_url == cooperation.source_url
            assert example.source_url.startswith("http")
            assert (example.title, example.year) == (cooperation.title, cooperation.start_year)
            assert example.members == len(cooperation.participants)
            if cooperation.lead is not None:
                assert example.lead.endswith(names[cooperation.lead])


def test_letters_name_all_bodies_and_leave_nothing_to_fill_in(lines):
    for line in lines:
        for name, recipient in zip(line.names, line.letter.recipients, strict=True):
            assert recipient.endswith(name)
            assert recipient in line.letter.text
        assert line.matter_name in line.letter.subject
        body = re.sub(r"https?://\S+|„[^“]*“", "", line.letter.text)
        assert not re.search(r"[\[\]{}<>_#]|\bXX|\.\.\.|…|None|nan\b", body)
        for example in line.examples:
            assert example.source_url in line.letter.text
        assert number(line.grant.max_eur) in line.letter.text


def test_grant_and_legal_forms(lines):
    for line in lines:
        assert line.grant.max_eur == 175_000 + 35_000 * (len(line.bodies) - 2)
        assert sum(form.share for form in line.legal_forms) == pytest.approx(1)


@pytest.mark.parametrize(
    ("kreis", "said"),
    [
        ("Märkischer Kreis", "im Märkischen Kreis"),
        ("Kreis Olpe", "im Kreis Olpe"),
        ("StädteRegion Aachen", "in der StädteRegion Aachen"),
        ("Städteregion Aachen", "in der Städteregion Aachen"),
    ],
)
def test_a_kreis_is_named_in_its_case(kreis, said):
    assert in_district(kreis) == said


def test_each_kreis_of_the_data_is_named_in_its_case(dataset):
    form = re.compile(r"im ((Rhein-)?Kreis .+|\S*[Kk]reis|\S+en Kreis)|in der StädteRegion Aachen")
    districts = dataset.bodies.query("kind == 'district'")["name"]
    assert [name for name in districts if not form.fullmatch(in_district(name))] == []


def test_what_is_known_twice_is_said_once():
    facts = (
        Coverage("carries", "Archiv A", 2022, ""),
        Coverage("carries", "Archiv B", None, ""),
        Coverage("law", "§ 5 ArchivG", None, ""),
    )
    assert known(facts) == (
        "erledigt es für andere („Archiv A“, seit 2022; „Archiv B“, Beginn nicht bekannt)"
    )
    assert known(facts[1:]) == (
        "erledigt es für andere („Archiv B“, Beginn nicht bekannt) und ist nach Gesetz nicht "
        "zuständig (§ 5 ArchivG)"
    )
