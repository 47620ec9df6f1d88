"""What follows from the data is kept, and made anew where it does not fit."""

from __future__ import annotations

import numpy as np
import pytest

from models.derived import Derived

NUMBERS = np.arange(3.0)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "derived.npz"
    derived = Derived(path)
    derived.get("squares", ["rule 1", NUMBERS], lambda: {"squares": NUMBERS**2})
    assert derived.made_anew == ["squares"]
    derived.save(path)
    return path


def test_what_was_kept_is_not_made_again(path):
    derived = Derived(path)
    kept = derived.get("squares", ["rule 1", NUMBERS], lambda: pytest.fail("made anew"))
    assert kept["squares"].tolist() == [0, 1, 4]
    assert derived.made_anew == []


@pytest.mark.parametrize("made_of", [["rule 2", NUMBERS], ["rule 1", NUMBERS + 1], ["rule 1"]])
def test_what_follows_from_something_else_is_made_anew(path, made_of):
    derived = Derived(path)
    assert derived.get("squares", made_of, lambda: {"squares": NUMBERS})["squares"] is NUMBERS
    assert derived.made_anew == ["squares"]


@pytest.mark.parametrize("content", [b"", b"kaputt"])
def test_a_broken_file_costs_time_only(path, content):
    path.write_bytes(content)
    found = Derived(path).get("squares", ["rule 1", NUMBERS], lambda: {"squares": NUMBERS**2})
    assert found["squares"].tolist() == [0, 1, 4]


def test_what_nobody_asked_for_is_not_kept_any_longer(path):
    derived = Derived(path)
    derived.get("cubes", [NUMBERS], lambda: {"cubes": NUMBERS**3})
    derived.save(path)
    with np.load(path) as stored:
        assert sorted(stored.files) == ["cubes/cubes", "cubes/made_of"]
