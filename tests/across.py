"""Two Kreise beyond the border, Schaumburg and Altenkirchen, behind the real Land.

`tests/data/beyond` was cut by `ikz data build --region 03257,07132 --out tests/data/beyond`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import data
from data.dataset import TABLES
from data.region import Region
from matcher import Matcher
from matcher.beyond import read_beyond
from matcher.directory import Directory
from matcher.parts import Bodies, Knowledge

CUT = Path(__file__).parent / "data" / "beyond"


@pytest.fixture(scope="session")
def across_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder whose bodies beyond the border are those of two Kreise."""
    folder = tmp_path_factory.mktemp("across")
    for path in TABLES.iterdir():
        source = CUT / path.name
        (folder / path.name).symlink_to(source if source.is_file() else path)
    return folder


@pytest.fixture(scope="session")
def wide(across_folder: Path) -> data.Dataset:
    """Return the data with both Kreise."""
    return data.load(across_folder, Region.parse("DE"))


@pytest.fixture(scope="session")
def across(matcher: Matcher, wide: data.Dataset) -> Matcher:
    """Return the shipped matcher that serves both Kreise, too."""
    known = matcher.knowledge
    return replace(
        matcher,
        dataset=wide,
        knowledge=Knowledge.of(
            Bodies.of(wide), wide.cooperations, known.requests, known.passages, home=known.bodies
        ),
        interpreter=read_beyond(matcher.interpreter, Directory.of(wide)),
    )
