"""How fast it is, side by side with what one would take instead."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import Any

from rich.table import Table

from eval.report.http_bench import service_rows
from eval.report.in_process_bench import in_process_rows
from eval.report.timing import RUNS, Row
from matcher import Matcher


def bench(matcher: Matcher) -> dict[str, Any]:
    """Time a real service and the parts of a matcher."""
    rows = [*service_rows(), *in_process_rows(matcher)]
    return {"ranker": matcher.version, "machine": machine(), "runs": RUNS, "rows": rows}


def printed(rows: list[Row]) -> Table:
    """Return the rows as a table to print."""
    table = Table("what", "p50 ms", "p95 ms", "p99 ms", "against", "times as fast")
    for row in rows:
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> list[str]:
    figures = [f"{row[key]:.2f}" for key in ("p50_ms", "p95_ms", "p99_ms")]
    ratio = f"{row['ratio']:.1f}" if "ratio" in row else ""
    return [str(row["what"]), *figures, str(row.get("against", "")), ratio]


def section(results: dict[str, Any]) -> str:
    """Return what README shows."""
    lines = [
        "| what | p50 | p95 | p99 | against | times as fast |",
        "|---|---:|---:|---:|---|---:|",
        *("| " + " | ".join(_cells(row)) + " |" for row in results["rows"]),
    ]
    runs, machine = results["runs"], results["machine"]
    return "\n".join(lines) + f"\n\nMilliseconds over {runs} runs on {machine}."


def machine() -> str:
    """Return what it was measured on: cores, processor, Python."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", info.read_text()) if info.is_file() else []
    processor = names[0] if names else platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores ({processor}), Python {platform.python_version()}"
