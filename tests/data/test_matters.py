from __future__ import annotations

import shutil

import pytest
from msgspec import structs

import data
from data.competences import read_competences
from data.dataset import TABLES
from data.matters import MATTERS, MEMBERS, PROVIDERS, other_of, read_matters


@pytest.fixture(scope="module")
def tasks():
    return read_competences(TABLES / "competences.csv")


@pytest.fixture
def folder(tmp_path):
    for name in (MATTERS, MEMBERS, PROVIDERS):
        shutil.copy(TABLES / name, tmp_path / name)
    return tmp_path


def test_every_known_cooperation_belongs_to_one_matter_of_its_area(dataset):
    for cooperation in dataset.cooperations:
        assert cooperation.id in dataset.matters.of_cooperation
        assert dataset.matters.of(cooperation).covers(cooperation.task_area)


def test_there_are_about_150_matters_and_one_other_for_each_area(dataset):
    others = [m for m in dataset.matters.all if m.code == other_of(m.task_area)]
    assert len(others) == len(data.TaskArea)
    assert 140 <= len(dataset.matters.all) - len(others) <= 250
    assert not any(m.proposed for m in others)
    assert all(m.proposed or m.caveat for m in dataset.matters.all)


def test_a_new_cooperation_is_read_by_its_words(dataset):
    known = next(c for c in dataset.cooperations if c.task_area is data.TaskArea.FINANZEN)
    fresh = structs.replace(
        known, id="x1", title="Gemeinsame Vollstreckung im Süden", description=""
    )
    assert dataset.matters.of(fresh).code == "vollstreckung"
    strange = structs.replace(fresh, title="Etwas ganz anderes")
    assert dataset.matters.of(strange).code == other_of(data.TaskArea.FINANZEN)


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (MATTERS, ",nein,ja,\n", ",vielleicht,ja,\n", "several"),
        (MATTERS, ",ja,nein,es nennt keine Aufgabe", ",ja,nein,", "caveat"),
        (MATTERS, "finanzen-steuern", "raumfahrt", "task_areas"),
        (MEMBERS, ",adoption", ",adoptionen", "matter"),
        (PROVIDERS, ",2016,", ",bald,", "since"),
    ],
)
def test_a_broken_line_is_named(folder, tasks, file, old, new, field):
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(data.DataError) as error:
        read_matters(folder, tasks)
    (problem,) = error.value.problems
    assert (problem.file, problem.field) == (file, field)
    assert problem.line is not None


def test_a_missing_table_is_named(folder, tasks):
    (folder / MEMBERS).unlink()
    with pytest.raises(data.DataError, match=MEMBERS):
        read_matters(folder, tasks)
