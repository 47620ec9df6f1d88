"""Results as they are stored, so that documents and notebooks are drawn without measuring."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from data.provenance import write_atomically

RESULTS = Path(__file__).parent / "results"
EVALUATION, ABLATION, OUTREACH = "evaluation.json", "ablation.json", "outreach.json"
UNDERSTANDING, TRIALS = "understanding.json", "trials.json"
BENCH, EXAMPLE, QUERIES = "bench.json", "example.json", "queries.csv.gz"
LOAD, RELIABILITY = "load.json", "reliability.json"
BORDER, PERFORMANCE, TYPING = "border.json", "performance.json", "typing.json"


class NoResultError(Exception):
    """A result was never measured; the sentence says by which command it is."""


def read(folder: Path, name: str) -> dict[str, Any]:
    """Return a stored result.

    Raises
    ------
    NoResultError
        It is missing.
    """
    path = folder / name
    if not path.is_file():
        raise NoResultError(f"{path} fehlt: „python -m eval --help“ nennt, was es misst.")
    result: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return result


def write(folder: Path, name: str, result: dict[str, Any]) -> None:
    """Store a result; what was there stays until it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_atomically(folder / name, text)


def write_queries(folder: Path, queries: pd.DataFrame) -> None:
    """Store the figures of each query and system."""
    # Without the time of day: the same figures give the same file.
    zipped = {"method": "gzip", "mtime": 0}
    queries.to_csv(folder / QUERIES, index=False, compression=zipped)
