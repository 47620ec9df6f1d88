"""A data folder that a test may change, and the names of all bodies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.dataset import TABLES
from data.names import NameIndex


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


@pytest.fixture(scope="session")
def index(dataset) -> NameIndex:
    return NameIndex(dataset.bodies)
