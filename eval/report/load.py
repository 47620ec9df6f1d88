"""What a service does under load: who is served how fast, who is sent away, what it takes."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import numpy as np
from rich.table import Table

from eval.report.bench import machine
from eval.report.example import TEXT
from eval.report.open_loop import Kind, Outcome, send
from eval.report.service_process import service

RATES = (40.0, 60.0, 80.0, 100.0)
SECONDS = 60.0
_SAMPLE_S = 2.0
_SHARES = {"names": 0.59, "suggestions": 0.25, "matches": 0.15, "liveness": 0.01}
_MEMORY = re.compile(r"^process_resident_memory_bytes (\S+)$", re.M)
_CPU = re.compile(r"^process_cpu_seconds_total (\S+)$", re.M)
Row = dict[str, Any]


def load(rates: Sequence[float], seconds: float, address: str | None = None) -> dict[str, Any]:
    """Ask a mix of name search, suggestions, matches and liveness at each rate.

    Parameters
    ----------
    rates
        Requests per second, one run each.
    seconds
        Length of a run.
    address
        Of a service on this machine that runs already; default: one is started for each run.

    Returns
    -------
    dict
        `machine`, and `rows`: one a rate and kind of request.
    """
    rows: list[Row] = []
    for rate in rates:
        with _at(address) as served:
            rows += (row | {"seconds": seconds} for row in _run(served, rate, seconds))
    return {"machine": machine(), "rows": rows}


def rows_of(outcomes: Sequence[Outcome], rate: float) -> Iterator[Row]:
    """Yield one row for each kind of request.

    Latencies are those of requests that were served (ms), of which `degraded` rest on the words
    alone, as the service had no time for the text model. `shed` counts answers 503, of which
    `shed_without_retry_after` say not when to come again, and `shed_p99_ms` is how long being sent
    away took. `timeouts` had no answer in time, `failed` are all other answers.
    """
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.kind].append(outcome)
    for kind, asked in sorted(kinds.items()):
        answered = [o for o in asked if o.status == httpx.codes.OK]
        served = [o.seconds for o in answered]
        shed = [o for o in asked if o.status == httpx.codes.SERVICE_UNAVAILABLE]
        timeouts = sum(o.status == 0 for o in asked)
        p50, p95, p99 = (_percentile(served, q) for q in (50, 95, 99))
        yield {
            "rate": rate,
            "kind": kind,
            "asked": len(asked),
            "served": len(served),
            "degraded": sum(o.degraded for o in answered),
            "p50_ms": p50,
            "p95_ms": p95,
            "p99_ms": p99,
            "shed": len(shed),
            "shed_p99_ms": _percentile([o.seconds for o in shed], 99),
            "shed_without_retry_after": sum(not o.retry_after for o in shed),
            "timeouts": timeouts,
            "failed": len(asked) - len(served) - len(shed) - timeouts,
        }


def printed(results: dict[str, Any]) -> Table:
    """Return the rows as a table to print."""
    table = Table(
        "rate/s", "kind", "asked", "served", "p50 ms", "p95 ms", "p99 ms",
        "shed", "shed p99 ms", "timeouts", "failed", "MB before", "MB most", "MB after",
    )  # fmt: skip
    for row in results["rows"]:
        table.add_row(
            f"{row['rate']:g}", row["kind"], str(row["asked"]), str(row["served"]),
            *(_shown(row[key]) for key in ("p50_ms", "p95_ms", "p99_ms")),
            f"{row['shed'] / row['asked']:.1%}", _shown(row["shed_p99_ms"]),
            str(row["timeouts"]), str(row["failed"]),
            *(_shown(row[f"memory_{when}_mb"]) for when in ("before", "most", "after")),
        )  # fmt: skip
    return table


def _run(address: str, rate: float, seconds: float) -> Iterator[Row]:
    kinds = _mix(address)
    before = _memory_mb(address)
    with _sampled(address) as sampled, _shares(address) as shares:
        outcomes = send(address, kinds, rate, seconds, seed=round(rate))
    after = _memory_mb(address)
    memory = {
        "memory_before_mb": before,
        "memory_most_mb": max([*sampled, after]),
        "memory_after_mb": after,
    }
    taken = {
        "service_ms": shares.service_s * 1000 / max(len(outcomes), 1),
        "client_ms": shares.client_s * 1000 / max(len(outcomes), 1),
        "others": shares.others,
    }
    for row in rows_of(outcomes, rate):
        yield row | memory | taken


def _mix(address: str) -> list[Kind]:
    """Return the kinds of requests, with names and words of what the service knows."""
    with httpx.Client(base_url=address, timeout=60) as client:
        bodies = client.get("/v1/bodies", params={"limit": 500}).json()["items"]
        known = client.get("/v1/cooperations", params={"limit": 100}).json()["items"]
    names, keys = [body["name"] for body in bodies], [body["ags"] for body in bodies]
    titles = [cooperation["title"] for cooperation in known]
    number = itertools.count()

    def text(chance: random.Random) -> str:
        # Each is new: an answer kept from before would make the service look faster than it is.
        return f"{chance.choice(titles)}. {TEXT}, Vorgang {next(number)}"

    def name(chance: random.Random) -> tuple[str, str, bytes]:
        whole = chance.choice(names)
        typed = whole[: chance.randint(2, len(whole))]
        return "GET", f"/v1/bodies?q={quote(typed)}&limit=8", b""

    def suggestion(chance: random.Random) -> tuple[str, str, bytes]:
        return "POST", "/v1/suggestions", json.dumps({"text": text(chance)}).encode()

    def match(chance: random.Random) -> tuple[str, str, bytes]:
        asked = {"body": chance.choice(keys), "description": text(chance)}
        return "POST", "/v1/matches", json.dumps(asked).encode()

    def liveness(_: random.Random) -> tuple[str, str, bytes]:
        return "GET", "/health/live", b""

    draws = {"names": name, "suggestions": suggestion, "matches": match, "liveness": liveness}
    return [Kind(kind, share, draws[kind]) for kind, share in _SHARES.items()]


@dataclass(slots=True)
class _Shares:
    """Who took the cores: service and client in seconds, other programs as a share of all."""

    service_s: float = 0.0
    client_s: float = 0.0
    others: float | None = None


@contextmanager
def _shares(address: str) -> Iterator[_Shares]:
    """Note who takes the cores meanwhile."""
    found = _Shares()
    stat = Path("/proc/stat")
    before = _ticks(stat)
    service_s, client_s = _service_s(address), time.process_time()
    yield found
    found.client_s = time.process_time() - client_s
    found.service_s = _service_s(address) - service_s
    passed = [after - earlier for after, earlier in zip(_ticks(stat), before, strict=True)]
    if not passed:
        return
    idle = passed[3] + passed[4]  # idle and waiting for a disk, see proc_stat(5)
    own = (found.service_s + found.client_s) * os.sysconf("SC_CLK_TCK")
    found.others = round(max(sum(passed) - idle - own, 0) / max(sum(passed), 1), 3)


def _ticks(stat: Path) -> list[int]:
    """Return how long all cores did each kind of thing; nothing where no file says so."""
    if not stat.is_file():
        return []
    return [int(word) for word in stat.read_text().splitlines()[0].split()[1:9]]


def _service_s(address: str) -> float:
    found = _CPU.search(httpx.get(f"{address}/metrics", timeout=30).text)
    return float(found[1]) if found else 0.0


@contextmanager
def _at(address: str | None) -> Iterator[str]:
    if address is not None:
        yield address
        return
    with service() as (started, _):
        yield started


@contextmanager
def _sampled(address: str) -> Iterator[list[float]]:
    """Note the memory of the service every other second, as far as it answers."""
    sampled: list[float] = []
    done = threading.Event()

    def sample() -> None:
        while not done.wait(_SAMPLE_S):
            try:
                sampled.append(_memory_mb(address))
            except httpx.HTTPError:
                continue

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield sampled
    finally:
        done.set()
        thread.join()


def _memory_mb(address: str) -> float:
    found = _MEMORY.search(httpx.get(f"{address}/metrics", timeout=30).text)
    return float(found[1]) / 1e6 if found else float("nan")


def _percentile(seconds: Sequence[float], q: float) -> float | None:
    return float(np.percentile(seconds, q)) * 1000 if seconds else None


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
