"""All faults in turn, and the document that tells what they did."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.reliability import connections, files, mails, processes, replicas  # noqa: F401
from eval.reliability.finding import SCENARIOS, Finding
from eval.report.bench import machine

DOCUMENT = "reliability.md"
_HEAD = """# What happens when something breaks

Each fault was done to real processes: the service, PostgreSQL, a mail server. Written by
`python -m eval reliability`; {held} of {count} faults ended as the service promises.

What is acknowledged (202, 204) counts as lost where it is not there afterwards. The service ran
without its text model, which changes nothing about faults but the time of a start. Recovery: from
the end of the fault, or the start of the process, until all was as before. The full disk is a file
system in memory, the clock that jumps is the one that the service reads, and nobody drew the plug:
what a machine loses that fails while its disk has not written yet is not tried here.

{table}

{machine}
"""


def reliability(tell: Callable[[Finding], None]) -> dict[str, Any]:
    """Do every fault; `tell` gets each finding as it comes."""
    rows = []
    for scenario in SCENARIOS:
        with tempfile.TemporaryDirectory(prefix="ikz-") as folder:
            for finding in scenario(Path(folder)):
                tell(finding)
                rows.append(asdict(finding))
    return {"machine": machine(), "rows": rows}


def document(results: dict[str, Any]) -> str:
    """Return the document about stored findings."""
    rows = results["rows"]
    told = [
        [
            _cell(row["fault"]),
            _cell(row["seen"]),
            _cell(row["lost"]),
            "" if row["recovery_s"] is None else f"{row['recovery_s']:.1f} s",
            "yes" if row["held"] else "**no**",
        ]
        for row in rows
    ]
    head = ["fault", "what the user saw", "lost", "recovery", "as promised"]
    lines = [head, ["---"] * len(head), *told]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    held = sum(row["held"] for row in rows)
    return _HEAD.format(held=held, count=len(rows), table=table, machine=results["machine"])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
