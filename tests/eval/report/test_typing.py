"""What is told of how soon the page answers who types."""

from __future__ import annotations

from eval import stored
from eval.report import typing
from eval.stored import RESULTS


def row(width, answer):
    return {
        "width": width, "texts": 20, "answer_p50_ms": 120.0, "answer_p95_ms": answer,
        "map_p50_ms": 150.0, "map_p95_ms": 210.0, "moved": 0.0, "moved_in_all": 0.0123,
        "asked_a_key": 0.5, "busy": 0, "others": 0.25,
    }  # fmt: skip


def test_the_document_counts_the_widths_that_reach_the_goal():
    rows = [row(1280, 180.0), row(360, 200.5)]
    text = typing.document({"rows": rows, "machine": "einer Maschine"})
    assert "holds at p95 in 1 of 2 widths" in text
    assert "| 360 | 20 | 120 | 200 | 150 | 210 | 0.000 | 0.012 | 0.50 | 0 | 25% |" in text


def test_the_stored_document_is_what_the_stored_figures_say():
    told = (RESULTS / typing.DOCUMENT).read_text("utf-8")
    assert told == typing.document(stored.read(RESULTS, stored.TYPING))


def test_what_else_the_machine_does_is_a_share():
    share = typing.busy_share()
    assert share is None or 0 <= share <= 1
