"""How fast a real service answers over HTTP, to one client and to eight at once."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx

from eval.report.example import BODY, TEXT
from eval.report.service_process import IKZ, service
from eval.report.timing import Row, row_of, seconds_of
from matcher.request import MAX_LIMIT

_STARTS, _HELPS = 5, 10
_CLIENTS, _ASKED_EACH = 8, 40
_LIBRARIES = (
    "import gc; gc.disable(); import fastapi, geopandas, jinja2, onnxruntime, prometheus_client, "
    "pydantic_settings, rapidfuzz, scipy.sparse, sqlalchemy.orm, Stemmer, typer, uvicorn"
)
_NAME_PAUSE_S, _TEXT_PAUSE_S = 0.2, 1.0


def _import_libraries() -> None:
    """Do what no start gets around: load Python and the libraries that a search needs."""
    subprocess.run([sys.executable, "-c", _LIBRARIES], check=True)


def service_rows() -> Iterator[Row]:
    """Ask a real service over HTTP, each time with words it has not seen."""
    starts, imports = [], []
    for _ in range(_STARTS):
        with service() as (_, ready_s):
            starts.append(ready_s)
        imports += seconds_of(_import_libraries, "libraries", 1)
    yield row_of(f"start until ready, {_STARTS} times", starts, imports, "its libraries alone")
    helped = seconds_of(
        lambda: subprocess.run([IKZ, "--help"], capture_output=True, check=True), "help", _HELPS
    )
    yield row_of(f"ikz --help, {_HELPS} times", helped)
    with service() as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        number = itertools.count()

        def match(limit: int, matter: str) -> None:
            text = f"Sachbearbeitung im Sozialamt mit Nachbarn bündeln, Vorgang {matter}"
            asked = {"body": BODY, "description": text, "limit": limit}
            client.post("/v1/matches", json=asked).raise_for_status()

        def new(limit: int) -> None:
            match(limit, str(next(number)))

        first, everyone = 10, MAX_LIMIT
        yield row_of(
            "POST /v1/matches over HTTP, new text", seconds_of(lambda: new(first), "matches")
        )
        yield row_of(
            "POST /v1/matches over HTTP, all bodies with reasons, new text",
            seconds_of(lambda: new(everyone), "all bodies"),
        )
        yield row_of(
            "POST /v1/matches over HTTP, all bodies with reasons, text seen before",
            seconds_of(lambda: match(everyone, "gesehen"), "all bodies, seen"),
        )

        def find() -> None:
            client.get("/v1/bodies", params={"q": "bad sasendorf"}).raise_for_status()

        yield row_of("GET /v1/bodies?q= over HTTP", seconds_of(find, "bodies"))
        yield from _crowd_rows(address)


def _crowd_rows(address: str) -> Iterator[Row]:
    """Let eight people type at once; the page asks after a pause, not after each key."""
    number = itertools.count()

    def find(client: httpx.Client, step: int) -> None:
        typed = "bad sassendorf"[: 3 + step % 12]
        client.get("/v1/bodies", params={"q": typed, "limit": 8}).raise_for_status()

    def suggest(client: httpx.Client, step: int) -> None:
        text = f"{TEXT} und {next(number)} weitere"
        answer = client.post("/v1/suggestions", json={"text": text})
        while answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            # The page asks again after a pause: the wait is part of what one waits.
            time.sleep(float(answer.headers["Retry-After"]))
            answer = client.post("/v1/suggestions", json={"text": text})
        answer.raise_for_status()

    names = (
        f"GET /v1/bodies?q=, {_CLIENTS} clients, a name every {_NAME_PAUSE_S * 1000:.0f} ms each"
    )
    yield row_of(names, _crowd(address, find, _NAME_PAUSE_S))
    texts = f"POST /v1/suggestions, {_CLIENTS} clients, a new text every {_TEXT_PAUSE_S:.0f} s each"
    yield row_of(texts, _crowd(address, suggest, _TEXT_PAUSE_S))


def _crowd(address: str, ask: Callable[[httpx.Client, int], None], pause_s: float) -> list[float]:
    """Time the requests of several clients that ask side by side, each at its own pace."""

    def one(client_number: int) -> list[float]:
        seconds = []
        with httpx.Client(base_url=address, timeout=60) as client:
            time.sleep(pause_s * client_number / _CLIENTS)
            ask(client, 0)
            for step in range(_ASKED_EACH):
                start = time.perf_counter()
                ask(client, step)
                seconds.append(time.perf_counter() - start)
                time.sleep(max(0.0, pause_s - seconds[-1]))
        return seconds

    with ThreadPoolExecutor(_CLIENTS) as pool:
        return [second for seconds in pool.map(one, range(_CLIENTS)) for second in seconds]
