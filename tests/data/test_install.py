from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data import DataError, load
from data.build import RAW_REGISTER
from data.dataset import TABLES
from data.geometry import UTM32
from data.importers import install
from data.provenance import check_hashes


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_fiscal_status(folder):
    frame = pd.DataFrame(
        [("05974008", 6, "haushaltssicherung")],
        columns=["ags", "fiscal_status_level", "fiscal_status"],
    )
    assert install.install_fiscal_status(folder, frame, "2027-01-31") == 1
    body = load(folder).bodies.loc["05974008"]
    assert (body["fiscal_status_level"], body["fiscal_status"]) == (6, "haushaltssicherung")
    assert check_hashes(folder) == []
    assert load(folder).version.startswith("2027-01-31")


def test_only_the_changed_cells_change(folder):
    before = (folder / "municipalities.csv").read_text("utf-8").splitlines()
    test_fiscal_status(folder)
    after = (folder / "municipalities.csv").read_text("utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line[:8] for line in changed] == ["05974008"]


def test_own_cooperations_are_appended(folder, dataset):
    own = [
        replace(dataset.cooperations[0], id="e0001"),
        replace(dataset.cooperations[1], id="e0002"),
    ]
    assert install.install_cooperations(folder, own[:1], "2027-01-31") == 1
    assert install.install_cooperations(folder, own[1:], "2027-01-31") == 1
    loaded = load(folder).cooperations
    assert [c.id for c in loaded[-2:]] == ["e0001", "e0002"]
    assert len(loaded) == len(dataset.cooperations) + 2
    assert check_hashes(folder) == []


def test_an_id_that_exists_is_refused_and_nothing_written(folder, dataset):
    before = state(folder)
    with pytest.raises(DataError, match="„c0001“ gibt es schon"):
        install.install_cooperations(folder, dataset.cooperations[:1], "2027-01-31")
    assert state(folder) == before


def test_register_updates_figures_and_sums(folder):
    changed = install.install_register(folder, RAW_REGISTER)
    loaded = load(folder)
    assert loaded.bodies.loc["05974008", "population"] == 12_194
    members = loaded.bodies[loaded.bodies["district_ags"] == "05974"]
    assert loaded.bodies.loc["05974", "population"] == members["population"].sum()
    assert changed >= 0
    assert install.install_register(folder, RAW_REGISTER) == 0


def test_a_new_municipality_is_refused(folder, tmp_path):
    path = tmp_path / "register.txt"
    text = RAW_REGISTER.read_text("utf-8").replace("059740080008", "059740990099", 1)
    path.write_text(text, "utf-8")
    before = state(folder)
    with pytest.raises(DataError, match=r"05974008 .*steht nur im alten"):
        install.install_register(folder, path)
    assert state(folder) == before


def test_boundaries_are_derived_again(folder, dataset):
    full = dataset.bodies.iloc[:396][["geometry"]].to_crs(UTM32)
    full.index.name = "ags"
    assert install.install_boundaries(folder, full, "2027-01-31") == 396
    assert load(folder).version.startswith("2027-01-31")
    before = state(folder)
    with pytest.raises(DataError, match=r"steht nur in einer|passt nicht"):
        install.install_boundaries(folder, full.iloc[:-1], "2027-01-31")
    assert state(folder) == before


def test_a_full_disk_leaves_the_old_state(folder, dataset, monkeypatch):
    before = state(folder)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        install.install_cooperations(
            folder, [replace(dataset.cooperations[0], id="e0001")], "2027-01-31"
        )
    assert state(folder) == before
