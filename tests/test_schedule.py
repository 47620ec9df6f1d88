from __future__ import annotations

from pathlib import Path

from tests.schedule import LONG, SHARED


def test_every_file_that_is_placed_is_there():
    named = [*LONG, *(name for files in SHARED.values() for name in files)]
    assert [name for name in named if not (Path(__file__).parent / name).is_file()] == []
