"""All faults in turn, and the document that tells what they did."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
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

What is acknowledged (202, 204) counts as lost where it is not there afterwards. But for the
replicas the service ran without its text model, which changes nothing about faults but the time of
a start. Recovery: from the end of the fault, or the start of the process, until all was as before.
The full disk is a file system in memory, the clock that jumps is the one that the service reads,
and nobody drew the plug: what a machine loses that fails while its disk has not written yet is not
tried here.

{table}

{machine}
"""


def reliability(tell: Callable[[Finding], None], only: Sequence[str] = ()) -> dict[str, Any]:
    """Do every fault, or those of the named scenarios; `tell` gets each finding as it comes.

    Raises
    ------
    ValueError
        There is no scenario of that name.
    """
    known = {scenario.__name__: scenario for scenario in SCENARIOS}
    if unknown := set(only) - known.keys():
        raise ValueError(f"{', '.join(sorted(unknown))}: es gibt {', '.join(known)}.")
    rows = []
    for scenario in [known[name] for name in only] or SCENARIOS:
        with tempfile.TemporaryDirectory(prefix="ikz-") as folder:
            for finding in scenario(Path(folder)):
                tell(finding)
                rows.append(asdict(finding))
    return {"machine": machine(), "rows": rows}


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return old findings with those of the same machine and fault that were made anew."""
    if old["machine"] != new["machine"]:
        return new
    anew = {row["fault"]: row for row in new["rows"]}
    rows = [anew.pop(row["fault"], row) for row in old["rows"]]
    return new | {"rows": [*rows, *anew.values()]}


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
