"""The real data and the real models, loaded once for all tests."""

from __future__ import annotations

import pytest

import data
from matcher import Matcher


@pytest.fixture(scope="session")
def dataset() -> data.Dataset:
    return data.load()


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.load()


@pytest.fixture(scope="session")
def row(dataset: data.Dataset):
    """Return the row of a body by its name."""
    names = {name: i for i, name in enumerate(dataset.bodies["name"])}
    return names.__getitem__
