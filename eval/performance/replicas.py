"""Requests a second of replicas of the service, as it is deployed: one database, a proxy."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import httpx
from rich.console import Console

from eval.performance.paired import others
from eval.performance.proxy import PROXY, proxied
from eval.reliability.postgresql import running
from eval.report.example import BODY, TEXT
from eval.report.service_process import service

_CLIENTS = 4  # a replica
_WARM_S = 1.0
_DATABASE = "replicas"
Row = dict[str, Any]


def replica_figures(counts: Sequence[int], seconds: float, console: Console) -> Row:
    """Ask 1, 2, … replicas that share a PostgreSQL, by a proxy where the machine has one.

    Client, proxy, database and replicas share the machine. Each text is new. Without a proxy each
    client keeps to one replica.

    Returns
    -------
    dict
        `proxy`: its name, None without; `rows`: for each count `per_s`, `refused_per_s`, and
        `times` as many answers as one replica gives.
    """
    rows: list[Row] = []
    by: str | None = None
    number = itertools.count()
    with ExitStack() as held:
        server = held.enter_context(running())
        server.command(f"CREATE DATABASE {_DATABASE}")
        addresses: list[str] = []
        for count in sorted(counts):
            try:
                while len(addresses) < count:
                    started = service(database=server.url(_DATABASE))
                    addresses.append(held.enter_context(started)[0])
            except RuntimeError as error:  # a machine that does too much else
                console.print(f"{count} replicas: {error}", highlight=False)
                break
            console.print(f"{count} replicas", highlight=False)
            with proxied(addresses) as proxy:
                by = PROXY if proxy else None
                asked = [proxy] if proxy else addresses
                rows.append({"replicas": count} | _measured(asked, count, seconds, number))
    return {"proxy": by, "rows": [row | {"times": row["per_s"] / rows[0]["per_s"]} for row in rows]}


def _measured(
    addresses: Sequence[str], replicas: int, seconds: float, number: Iterator[int]
) -> Row:
    clients = _CLIENTS * replicas
    with others() as load:
        _ask(addresses, clients, _WARM_S, number)
        served, refused, took = _ask(addresses, clients, seconds, number)
    return {"per_s": served / took, "refused_per_s": refused / took} | load


def _ask(
    addresses: Sequence[str], clients: int, seconds: float, number: Iterator[int]
) -> tuple[int, int, float]:
    """Let clients ask as fast as they are answered; return served, sent away, seconds."""
    end = time.perf_counter() + seconds

    def one(client_number: int) -> tuple[int, int]:
        served = refused = 0
        address = addresses[client_number % len(addresses)]
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.perf_counter() < end:
                text = f"{TEXT}, Vorgang {next(number)}"
                answer = client.post("/v1/matches", json={"body": BODY, "description": text})
                if answer.status_code == httpx.codes.OK:
                    served += 1
                else:
                    refused += 1
                    time.sleep(0.05)
        return served, refused

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = list(pool.map(one, range(clients)))
    return sum(d[0] for d in done), sum(d[1] for d in done), time.perf_counter() - start
