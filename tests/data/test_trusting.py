"""Who starts a service trusts tables that were checked when their checksums were written."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import data
from data import schemas
from data.dataset import TABLES
from data.language import load_language
from data.legal_steps import SCHEMA, TABLE, read_legal_steps
from data.provenance import sealed, update_descriptor

CHECKED = {
    "municipalities.csv": schemas.MUNICIPALITIES,
    "districts.csv": schemas.DISTRICTS,
    "adjacency.csv": schemas.ADJACENCY,
    TABLE: SCHEMA,
}


@pytest.fixture
def folder(tmp_path):
    for path in TABLES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def _break(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", CHECKED)
def test_a_table_that_was_checked_reads_the_same_unchecked(name):
    checked = schemas.read_csv(TABLES / name, CHECKED[name])
    trusted = schemas.read_csv(TABLES / name, CHECKED[name], sealed(TABLES))
    pd.testing.assert_frame_equal(trusted, checked)


def test_all_that_is_loaded_is_the_same(dataset):
    trusted = data.load(trusting=True)
    assert trusted.cooperations == dataset.cooperations
    assert trusted.matters == dataset.matters
    assert load_language(trusting=True) == load_language()
    steps = read_legal_steps(TABLES / TABLE, sealed(TABLES))
    assert steps == read_legal_steps(TABLES / TABLE)


def test_a_changed_table_is_checked_and_refused_as_before(folder):
    _break(folder, "municipalities.csv", "mittlere", "mittelgroße")
    _break(folder, "competences.csv", "ja", "vielleicht")
    with pytest.raises(data.DataError, match=r"municipalities.csv.*mittelgroße.*unbekannt"):
        data.load(folder, trusting=True)
    with pytest.raises(data.DataError, match=r"competences.csv.*vielleicht.*unbekannt"):
        load_language(folder, trusting=True)


def test_a_changed_record_is_checked_and_refused_as_before(folder):
    _break(folder, "cooperations.jsonl", '"evidence_grade": "A"', '"evidence_grade": "Z"')
    with pytest.raises(data.DataError, match=r"cooperations.jsonl.*„Z“ ist unbekannt"):
        data.load(folder, trusting=True)


def test_whoever_does_not_trust_checks_what_has_its_checksum(folder):
    _break(folder, "districts.csv", "Kreis Soest", "")
    update_descriptor(folder)
    with pytest.raises(data.DataError, match=r"districts.csv.*darf nicht leer sein"):
        data.load(folder)


def test_what_checks_tables_is_not_even_imported():
    program = (
        "import sys, data; from data.language import load_language; data.load(trusting=True); "
        "load_language(trusting=True); print([m for m in sys.modules if 'pandera' in m])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
