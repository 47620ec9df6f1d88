from __future__ import annotations

import pytest

from data import dataset as loading
from data.dataset import TABLES


@pytest.fixture(autouse=True)
def shipped_once(dataset, monkeypatch):
    """Load the tables that ship once for all: a source is read beside them, and changes none."""
    load = loading.load
    monkeypatch.setattr(
        loading, "load", lambda folder: dataset if folder == TABLES else load(folder)
    )
