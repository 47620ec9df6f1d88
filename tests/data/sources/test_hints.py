from __future__ import annotations

import shutil

import pytest

import data
from data import DataError, Status
from data.dataset import TABLES
from data.sources import hints


def test_what_has_ended_is_marked_where_it_stands(tmp_path):
    folder = tmp_path / "tables"
    shutil.copytree(TABLES, folder)
    file = tmp_path / "hinweise.csv"
    file.write_text("record;claim;text\nc0048;beendet;x\nc0001;fehlt;Jahr 2004\n05974008;stimmt;\n")
    reading = hints.read(file, folder)
    assert reading.content == ["c0048"]
    assert reading.notes == ("Zeile 3, c0001: bitte von Hand ändern. Jahr 2004",)
    assert hints.install(folder, reading, "2026-12-01").startswith("1 Koop")
    now = {c.id: c for c in data.load(folder).cooperations}
    assert now["c0048"].status is Status.ENDED
    before = {c.id: c for c in data.load().cooperations}
    assert [i for i in now if now[i] != before[i]] == ["c0048"]


@pytest.mark.parametrize(
    ("row", "field"), [("c9999;stimmt", "record"), ("05974008;beendet", "claim")]
)
def test_what_is_not_known_is_named(tmp_path, row, field):
    file = tmp_path / "hinweise.csv"
    file.write_text(f"record;claim\n{row}\n")
    with pytest.raises(DataError, match=field):
        hints.read(file, TABLES)
