from __future__ import annotations

import json

import pytest

from data import DataError, LegalForm, Status, TaskArea
from data.cooperations import read_cooperations, to_record
from data.dataset import TABLES


@pytest.fixture
def record() -> dict[str, object]:
    line = (TABLES / "cooperations.jsonl").read_text("utf-8").splitlines()[0]
    return json.loads(line)


def test_the_779_are_there(dataset):
    collected = [c for c in dataset.cooperations if c.id.startswith("c")]
    assert len(collected) == 779
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
