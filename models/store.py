"""Where artifacts lie, and the measured quality that belongs to a ranker."""

from __future__ import annotations

import json
from pathlib import Path

from data.provenance import write_atomically
from models.manifest import renew_entry

ARTIFACTS = Path(__file__).parent / "artifacts"
EMBEDDINGS = "embeddings.npz"
_QUALITY = "quality.json"


def read_quality(folder: Path, ranker_version: str) -> dict[str, object]:
    """Return the figures measured for this ranker; empty where they are for another or missing."""
    path = folder / _QUALITY
    if not path.is_file():
        return {}
    try:
        quality = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError:
        return {}
    if not isinstance(quality, dict) or quality.get("ranker") != ranker_version:
        return {}
    return quality


def write_quality(folder: Path, quality: dict[str, object]) -> None:
    """Write figures; `quality["ranker"]` names the ranker they belong to."""
    content = json.dumps(quality, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    write_atomically(folder / _QUALITY, content)
    renew_entry(folder, _QUALITY)
