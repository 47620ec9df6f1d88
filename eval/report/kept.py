"""What was measured is stored, and the documents that tell of it are written."""

from __future__ import annotations

from typing import Any

import pandas as pd
from rich.console import Console

import models
from data.provenance import write_atomically
from eval import stored
from eval.report import documents, load_document, published
from eval.served import Served


def keep_evaluation(served: Served, results: dict[str, Any], queries: pd.DataFrame) -> None:
    """Store an evaluation, give its figures to the ranker, and write the documents."""
    measured = {key: value for key, value in results.items() if key != "ablation"}
    stored.write(served.results, stored.EVALUATION, measured)
    stored.write_queries(served.results, queries)
    if "ablation" in results:
        alone = {"ranker": results["ranker"], "rounds": None} | results["ablation"]
        stored.write(served.results, stored.ABLATION, alone)
    models.write_quality(served.artifacts, published.quality(results))
    publish(served)


def keep_load(served: Served, results: dict[str, Any]) -> None:
    """Store what was measured under load, beside other rates of the same machine."""
    if (served.results / stored.LOAD).is_file():
        results = load_document.merged(stored.read(served.results, stored.LOAD), results)
    stored.write(served.results, stored.LOAD, results)
    write_atomically(served.results / load_document.DOCUMENT, load_document.document(results))


def publish(served: Served) -> None:
    """Write the documents, which speak of what ships alone."""
    if served.is_shipped:
        for section in documents.write():
            Console(stderr=True).print(f"{section.document.name}: {section.name or 'ganz'}")
