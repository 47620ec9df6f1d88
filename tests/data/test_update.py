from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from msgspec import structs

from data import DataError, load
from data.cooperations import to_record
from data.provenance import check_hashes
from data.update import replace_tables

ENTRY = {
    "name": "cooperations_own",
    "path": "cooperations_own.jsonl",
    "title": "Eigene",
    "date": "2027-01-31",
    "sources": [{"title": "Tabelle"}],
    "licenses": [{"name": "eigen"}],
}


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def own(cooperation) -> dict[str, str]:
    return {"cooperations_own.jsonl": json.dumps(to_record(cooperation), ensure_ascii=False) + "\n"}


def test_new_content_is_described_and_dated(folder, dataset):
    fresh = own(structs.replace(dataset.cooperations[0], id="e0001"))
    replace_tables(folder, fresh, "2027-01-31", [ENTRY])
    loaded = load(folder)
    assert loaded.cooperations[-1].id == "e0001"
    assert loaded.version.startswith("2027-01-31")
    assert check_hashes(folder) == []


def test_what_would_not_load_is_not_written(folder, dataset):
    before = state(folder)
    with pytest.raises(DataError, match="„c0001“ gibt es schon"):
        replace_tables(folder, own(dataset.cooperations[0]), "2027-01-31", [ENTRY])
    assert state(folder) == before


def test_a_full_disk_leaves_the_old_state(folder, dataset, monkeypatch):
    before = state(folder)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="Der Datenträger ist voll; nichts wurde übernommen"):
        replace_tables(
            folder, own(structs.replace(dataset.cooperations[0], id="e0001")), "2027-01-31"
        )
    assert state(folder) == before
