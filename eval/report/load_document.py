"""What was measured under load, kept by rate and told in a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

DOCUMENT = "load.md"
GOAL_MS = 500.0
_HEAD = """# What the service does under load

Written by `python -m eval load`: requests leave at their own times, whatever becomes of those
before (59 % name search, 25 % suggestions, 15 % matches with new texts, 1 % liveness). Each run
starts a service of its own; client and service share the machine. "Others" is the share of all its
cores that other programs took meanwhile: where that is not near 0, a quiet machine does better.
Of what was served, "words alone" are suggestions made without the text model, as those who search
go first. "CPU" is what a request of the mix took, in milliseconds of one core, service / client.

{highest}

{table}

Latencies in milliseconds of what was served; memory in MB before, at most, and after the run.
On {machine}.
"""
_COLUMNS = (
    "rate/s", "s", "kind", "asked", "served", "words alone", "p50", "p99", "503", "503 within, p99",
    "503 without Retry-After", "no answer", "other", "memory", "CPU", "others",
)  # fmt: skip
Row = dict[str, Any]


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return new results with the rates that were measured on the same machine before."""
    if old.get("machine") != new["machine"]:
        return new
    rates = {row["rate"] for row in new["rows"]}
    kept = [row for row in old["rows"] if row["rate"] not in rates]
    return new | {"rows": sorted([*kept, *new["rows"]], key=lambda row: row["rate"])}


def highest(rows: Sequence[Row]) -> float | None:
    """Return the highest rate at which all is served, each kind with its p99 below the goal."""
    good = [
        rate
        for rate in {row["rate"] for row in rows}
        if all(
            row["served"] == row["asked"] and row["p99_ms"] < GOAL_MS
            for row in rows
            if row["rate"] == rate
        )
    ]
    return max(good, default=None)


def document(results: dict[str, Any]) -> str:
    """Return the document about stored results."""
    rows = results["rows"]
    rate = highest(rows)
    told = (
        f"The highest of these rates at which everything was served, 99 % of each kind within "
        f"{GOAL_MS:.0f} ms: **{rate:g}/s**."
        if rate is not None
        else f"At none of these rates was everything served, 99 % within {GOAL_MS:.0f} ms."
    )
    lines = [list(_COLUMNS), ["---:"] * len(_COLUMNS), *(_cells(row) for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return _HEAD.format(highest=told, table=table, machine=results["machine"])


def _cells(row: Row) -> list[str]:
    memory = (f"{row[f'memory_{when}_mb']:.0f}" for when in ("before", "most", "after"))
    return [
        f"{row['rate']:g}", f"{row['seconds']:g}", row["kind"], str(row["asked"]),
        str(row["served"]), _shown(row.get("degraded")), _shown(row["p50_ms"]),
        _shown(row["p99_ms"]), str(row["shed"]), _shown(row["shed_p99_ms"]),
        str(row["shed_without_retry_after"]), str(row["timeouts"]), str(row["failed"]),
        " / ".join(memory), _processor(row), _share(row["others"]),
    ]  # fmt: skip


def _processor(row: Row) -> str:
    if "service_ms" not in row:
        return ""  # measured before this was noted
    return f"{row['service_ms']:.1f} / {row['client_ms']:.1f}"


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"
