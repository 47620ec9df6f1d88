from __future__ import annotations

import pytest

import data
from eval.understanding.wishes import make_gazetteer
from matcher.known.bodies import Bodies


@pytest.fixture(scope="session")
def register():
    return data.load()


@pytest.fixture(scope="session")
def gazetteer(register):
    return make_gazetteer(register)


@pytest.fixture(scope="session")
def land(register) -> Bodies:
    return Bodies.of(register)
