from __future__ import annotations

import json
from collections import Counter

import pytest

from data import DataError, LegalForm, Status, TaskArea
from data.cooperations import read_cooperations, to_record
from data.dataset import TABLES
from data.source_pages import is_second_hand


@pytest.fixture
def record() -> dict[str, object]:
    line = (TABLES / "cooperations.jsonl").read_text("utf-8").splitlines()[0]
    return json.loads(line)


def test_the_1025_collected_ones_are_there(dataset):
    collected = [c for c in dataset.cooperations if c.id.startswith("c")]
    assert len(collected) == 779 + 246
    first = collected[0]
    assert first.id == "c0001"
    assert first.task_area is TaskArea.KINDER
    assert first.legal_form is LegalForm.AGREEMENT
    assert first.status is Status.ACTIVE
    assert first.lead == "05378004"
    assert first.lead in first.participants


def test_the_examples_of_the_audit_office_are_there(dataset):
    examples = [c for c in dataset.cooperations if c.id.startswith("g")]
    assert len(examples) >= 10
    assert {"LVR", "LWL"} <= {key for c in examples for key in c.participants}
    assert all(c.source_title.startswith("gpaNRW") for c in examples)


def test_texts_of_the_examples_name_no_body(dataset):
    names = {name for name in dataset.bodies["name"] if len(name) > 4}
    for cooperation in (c for c in dataset.cooperations if c.id.startswith("g")):
        words = set(f"{cooperation.description} {cooperation.request}".replace(",", " ").split())
        assert not words & names, cooperation.id


def test_every_cooperation_names_its_source(dataset):
    assert all(c.source_url.startswith("http") for c in dataset.cooperations)


def test_a_source_at_second_hand_is_never_grade_a_and_their_number_is_published(dataset):
    second_hand = [c for c in dataset.cooperations if is_second_hand(c.source_url)]
    assert {c.evidence_grade for c in second_hand} == {"B", "C"}
    total = f"{len(dataset.cooperations):,}"
    published = f"{len(second_hand)} of the {total} cooperations have a source at second hand"
    assert published in (TABLES.parent / "SOURCES.md").read_text("utf-8")


def test_states_and_years_are_facts(dataset):
    states = Counter(c.status for c in dataset.cooperations)
    assert min(states[s] for s in (Status.ACTIVE, Status.PLANNED, Status.ENDED)) >= 90
    years = [c.start_year for c in dataset.cooperations if c.start_year is not None]
    assert len(years) > 650
    assert max(years) <= 2026


@pytest.mark.parametrize(
    ("identifier", "members", "among"),
    [
        ("c0460", 10, {"05358012", "05358044", "05358016", "05358028", "05334", "05358"}),
        ("c0236", 17, {"05766", "05766004", "05766064"}),
        ("c0721", 9, {"05554012"}),
        ("c0252", 11, {"05978012", "05978028"}),
        ("c1246", 28, {"05515000", "05915000", "05558", "05570", "05558044", "05570052"}),
    ],
)
def test_members_that_were_missing(dataset, identifier, members, among):
    found = next(c for c in dataset.cooperations if c.id == identifier)
    assert len(found.participants) == members
    assert among <= set(found.participants)


def test_the_music_school_that_is_dissolved_has_ended(dataset):
    school = next(c for c in dataset.cooperations if c.id == "c0181")
    assert (school.status, school.start_year) == (Status.ENDED, 2008)


def test_records_come_back_as_they_were(dataset, tmp_path):
    path = tmp_path / "copy.jsonl"
    lines = [json.dumps(to_record(c), ensure_ascii=False) for c in dataset.cooperations]
    path.write_text("\n".join(lines), "utf-8")
    assert tuple(read_cooperations(path)) == dataset.cooperations


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("task_area", "Zauberei", "Feld „task_area“: „Zauberei“ ist unbekannt"),
        ("participants", [], "Feld „participants“: „\\[\\]“ muss eine Liste"),
        ("participants", ["05974008", "05974008"], "Feld „participants“"),
        ("start_year", "früher", "Feld „start_year“: „früher“ hat den falschen Typ"),
        ("source_url", "interkommunales.nrw", "Feld „source_url“.*Webadresse"),
        ("request", "kurz", "Feld „request“"),
        ("lead", "Soest", "Feld „lead“"),
    ],
)
def test_a_broken_record_names_line_and_field(tmp_path, record, field, value, expected):
    path = tmp_path / "broken.jsonl"
    good = json.dumps(record | {"id": "c9999"})
    path.write_text(f"{good}\n\n{json.dumps(record | {field: value})}\n", "utf-8")
    with pytest.raises(DataError, match=rf"broken\.jsonl, Zeile 3, {expected}"):
        read_cooperations(path)


@pytest.mark.parametrize("line", ["{", "[]", '"text"'])
def test_what_is_no_json_object_is_refused(tmp_path, line):
    path = tmp_path / "broken.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(DataError, match=r"broken\.jsonl, Zeile 1"):
        read_cooperations(path)


def test_unknown_participants_are_named(tmp_path, record):
    from data import load

    for path in TABLES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    bad = record | {"id": "e0001", "participants": ["05974008", "05999999"], "lead": None}
    (tmp_path / "cooperations_own.jsonl").write_text(json.dumps(bad), "utf-8")
    with pytest.raises(DataError, match="e0001: „05999999“ steht nicht im Register"):
        load(tmp_path)


@pytest.mark.parametrize("term", ["archiv", "Archiv", " ARCHIV "])
def test_terms_are_found_by_code_and_label(term):
    assert TaskArea.parse(term) is TaskArea.ARCHIV


def test_unknown_terms_list_what_is_allowed():
    with pytest.raises(ValueError, match=r"„Zauberei“ ist unbekannt.*archiv"):
        TaskArea.parse("Zauberei")


def test_31_task_areas_and_the_forms_cover_the_data(dataset):
    assert len(TaskArea) == 31
    assert {c.task_area for c in dataset.cooperations} == set(TaskArea)
    assert {c.legal_form for c in dataset.cooperations} == set(LegalForm)
