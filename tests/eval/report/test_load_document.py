from __future__ import annotations

from eval import stored
from eval.report.load_document import DOCUMENT, document, highest, merged


def row(rate: float, served: int = 10, p99_ms: float | None = 100.0) -> dict[str, object]:
    return {
        "rate": rate, "seconds": 60.0, "kind": "names", "asked": 10, "served": served,
        "p50_ms": 5.0, "p99_ms": p99_ms, "shed": 10 - served, "shed_p99_ms": None,
        "shed_without_retry_after": 0, "timeouts": 0, "failed": 0, "memory_before_mb": 500.0,
        "memory_most_mb": 510.0, "memory_after_mb": 505.0, "others": 0.1,
        "degraded": 3, "service_ms": 9.87, "client_ms": 1.02,
    }  # fmt: skip


def test_the_highest_rate_is_one_at_which_all_is_served_in_time():
    rows = [row(20.0), row(40.0), row(40.0, p99_ms=499.0), row(60.0, p99_ms=501.0), row(80.0, 9)]
    assert highest(rows) == 40.0
    assert "**40/s**" in document({"machine": "one core", "rows": rows})
    assert "| 10 | 3 | 5 | 100 |" in document({"machine": "m", "rows": rows})
    assert "| 9.9 / 1.0 | 10% |" in document({"machine": "m", "rows": rows})
    assert highest([row(80.0, served=0, p99_ms=None)]) is None
    assert "At none of these rates" in document({"machine": "m", "rows": [row(80.0, 9)]})


def test_a_rate_measured_anew_takes_the_place_of_the_old_one():
    old = {"machine": "one core", "rows": [row(40.0), row(80.0)]}
    new = {"machine": "one core", "rows": [row(80.0, 9)]}
    assert [(r["rate"], r["served"]) for r in merged(old, new)["rows"]] == [(40.0, 10), (80.0, 9)]
    assert merged(old, new | {"machine": "another"})["rows"] == new["rows"]


def test_the_document_is_what_the_stored_results_say():
    results = stored.read(stored.RESULTS, stored.LOAD)
    assert (stored.RESULTS / DOCUMENT).read_text("utf-8") == document(results)
