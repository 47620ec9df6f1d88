from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.dataset import TABLES
from data.errors import DataError
from data.provenance import check_hashes, read_descriptor, update_descriptor, write_atomically


def test_each_file_carries_source_date_and_licence():
    resources = read_descriptor(TABLES)
    assert all(r.source and r.license and r.date for r in resources)
    assert check_hashes(TABLES) == []


def test_a_changed_a_missing_and_a_foreign_file_are_reported(tmp_path):
    for path in TABLES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "districts.csv").write_text("anders")
    (tmp_path / "adjacency.csv").unlink()
    (tmp_path / "fremd.csv").write_text("x")
    assert {p.file for p in check_hashes(tmp_path)} == {
        "districts.csv", "adjacency.csv", "fremd.csv",
    }  # fmt: skip


def test_a_broken_descriptor_is_refused(tmp_path):
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "a"}]}')
    with pytest.raises(DataError, match="unvollständig"):
        read_descriptor(tmp_path)


def test_updating_the_descriptor_mends_the_hash(tmp_path):
    for path in TABLES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "districts.csv").write_text("anders")
    update_descriptor(tmp_path, {"districts.csv": "2027-01-01"})
    assert check_hashes(tmp_path) == []
    dates = {r.path: r.date for r in read_descriptor(tmp_path)}
    assert dates["districts.csv"] == "2027-01-01"


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "tabelle.csv"
    path.write_text("alt")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, "neu")
    assert path.read_text() == "alt"
    assert list(Path(tmp_path).iterdir()) == [path]
