from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import structs

from data.cooperations import to_record


@pytest.fixture
def fresh(dataset, tmp_path) -> Path:
    """Return a file of five cooperations that the model does not know, and one that it does."""
    known = [c for c in dataset.cooperations if len(c.participants) == 3][:5]
    made = [
        structs.replace(
            c,
            id=f"c9{i:03}",
            description=f"Anders gesagt: {c.description}",
            participants=c.participants,
        )
        for i, c in enumerate(known)
    ]
    path = tmp_path / "neu.jsonl"
    records = [to_record(c) for c in [*made, dataset.cooperations[0]]]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path
