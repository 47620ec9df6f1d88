from __future__ import annotations

import re
from itertools import combinations

import pytest

from matcher.german import number


def test_reasons_carry_facts_of_the_tables(lines, dataset):
    bodies, keys = dataset.bodies, list(dataset.bodies.index)
    for line in lines:
        texts = {reason.code: reason.text for reason in line.reasons}
        assert 3 <= len(texts) <= 6
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
        in_area = [c for c in dataset.cooperations if c.task_area is line.task_area]
        assert f"{len(in_area)} Kooperationen" in texts["elsewhere"]
        assert "keine gemeinsame Kooperation dieser Gruppe bekannt" in texts["unknown"]
        for key in line.bodies:
            count = sum(key in c.participants for c in in_area)
            named = f"{bodies.loc[key, 'name']} ({count})" in texts["unknown"]
            assert named == (count > 0)


def test_peers_are_counted_from_the_tables(matcher, outreach, lines, dataset):
    line = next(line for line in lines if line.reasons[1].code == "peers")
    involved = {
        key for c in dataset.cooperations if c.task_area is line.task_area for key in c.participants
    }
    for name, shown in re.findall(r"[:,] ([^:,]+): (\d+)", line.reasons[1].text):
        key = line.bodies[line.names.index(name)]
        assert key not in involved
        assert int(shown) == sum(peer in involved for peer in matcher.peers(key, 15))


def test_nothing_says_that_there_is_no_cooperation(lines):
    for line in lines:
        told = " ".join([reason.text for reason in line.reasons] + [line.letter.text])
        assert "Nicht bekannt heißt nicht, dass es keine gibt." in told
        assert not re.search(r"besteht (noch )?keine|kooperieren (noch )?nicht|fehlt eine", told)


def test_examples_are_cooperations_of_the_area_with_a_source(lines, dataset):
    by_id = {cooperation.id: cooperation for cooperation in dataset.cooperations}
    names = dataset.bodies["name"]
    for line in lines:
        assert 2 <= len(line.examples) <= 3
        for example in line.examples:
            cooperation = by_id[example.cooperation]
            assert cooperation.task_area is line.task_area
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
        assert line.task_area.label in line.letter.subject
        body = re.sub(r"https?://\S+|„[^“]*“", "", line.letter.text)
        assert not re.search(r"[\[\]{}<>_#]|\bXX|\.\.\.|…|None|nan\b", body)
        for example in line.examples:
            assert example.source_url in line.letter.text
        assert number(line.grant.max_eur) in line.letter.text


def test_grant_and_legal_forms(lines):
    for line in lines:
        assert line.grant.max_eur == 175_000 + 35_000 * (len(line.bodies) - 2)
        assert sum(form.share for form in line.legal_forms) == pytest.approx(1)
