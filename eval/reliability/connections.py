"""Half requests, requests that contradict themselves, too many at once, and too much text."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np

from eval.reliability.finding import Finding, Findings, scenario, timed
from eval.reliability.people import MATCH, sentence
from eval.reliability.process import Process, read_all, serving

_HEAD = b"POST /v1/matches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_HALF_HEAD = b"POST /v1/matches HTTP/1.1\r\nHost: x\r\nX-Slow: "
_HALF_BODY = _HEAD + b"Content-Length: 5000\r\n\r\n{"
_DEADLINE_S = 3
_IDLE = 1_100
_BURST = 200
_PATIENCE_S = 5.0


@scenario
def strange_connections(folder: Path) -> Findings:
    """Send what no browser sends, and more of it than the service takes."""
    deadlines = {"head_seconds": _DEADLINE_S, "body_seconds": _DEADLINE_S}
    with serving(folder, **deadlines) as process:
        yield from _halves(process)
        yield _contradiction(process)
        yield from _too_much(process)
        yield _no_http(process)
        yield _idle(process)
        yield _never_read(process)
        yield _burst(process)
        crowd = [process.connect(half) for half in (_HALF_HEAD, _HALF_BODY) for _ in range(50)]
        _, seconds = process.terminate()
        for made in crowd:
            made.close()
        yield Finding(
            "SIGTERM while 100 requests are half sent",
            f"the service ended in {seconds:.1f} s",
            "nothing",
            None,
            seconds < 12,
        )


def _halves(process: Process) -> Findings:
    for name, half in (("head", _HALF_HEAD), ("body", _HALF_BODY)):
        with timed() as watch, process.connect(half) as made:
            answer = read_all(made)
        yield Finding(
            f"a {name} that is half sent",
            f"{_status(answer)} after {watch.seconds:.1f} s (limit {_DEADLINE_S} s)",
            "nothing",
            None,
            answer.startswith(b"HTTP/1.1 408 ") and watch.seconds < _DEADLINE_S + _PATIENCE_S,
        )


def _contradiction(process: Process) -> Finding:
    framing = b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n"
    chunk, sent = b"10000\r\n" + b"x" * 0x10000 + b"\r\n", 0
    with process.connect(_HEAD + framing) as made:
        try:
            while sent < 100_000_000:
                made.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass
        answer = read_all(made)
    return Finding(
        "Content-Length beside chunked encoding, then 100 MB",
        f"{_status(answer) if answer else 'connection ended'}; "
        f"{sent / 1e6:.0f} MB left the sender, buffers included",
        "nothing",
        None,
        sent < 50_000_000 and process.alive(),
    )


def _too_much(process: Process) -> Findings:
    large = httpx.post(f"{process.address}/v1/matches", content=b"x" * 300_000, timeout=60)
    asked = MATCH | {"description": "a" * 10_001}
    long = httpx.post(f"{process.address}/v1/matches", json=asked, timeout=60)
    yield Finding(
        "a request of 300 kB, a text of 10,001 letters",
        f"{sentence(large)}, {long.status_code} „{long.json()['errors'][0]['detail'][:60]}“",
        "nothing",
        None,
        (large.status_code, long.status_code) == (413, 422),
    )


def _no_http(process: Process) -> Finding:
    before = process.log.stat().st_size
    answers = {process.exchange(b"\x16\x03\x01 no http\r\n\r\n")[:12] for _ in range(200)}
    written = process.log.stat().st_size - before
    return Finding(
        "200 connections that speak no HTTP",
        f"{', '.join(sorted(_status(answer) for answer in answers))}; {written} bytes of log",
        "nothing",
        None,
        answers == {b"HTTP/1.1 400"} and written < 2_000,
    )


def _idle(process: Process) -> Finding:
    crowd: list[socket.socket] = []
    try:
        crowd.extend(process.connect() for _ in range(_IDLE))
        waits = [_name_search(process) for _ in range(50)]
    finally:
        for made in crowd:
            made.close()
    statuses = {status for status, _ in waits}
    p95 = 1_000 * float(np.percentile([seconds for _, seconds in waits], 95))
    return Finding(
        f"{_IDLE:,} idle connections",
        f"50 name searches beside them: {sorted(statuses)}, 95 % within {p95:.0f} ms",
        "nothing",
        None,
        statuses == {200},
    )


def _never_read(process: Process) -> Finding:
    asked = b"GET /map/gemeinden.json HTTP/1.1\r\nHost: x\r\n\r\n"
    crowd = [process.connect(asked) for _ in range(50)]
    waits = [_name_search(process) for _ in range(20)]
    for made in crowd:
        made.close()
    slowest = max(seconds for _, seconds in waits)
    return Finding(
        "50 clients that ask for the map and never read it",
        f"20 name searches beside them: {sorted({s for s, _ in waits})}, slowest {slowest:.2f} s",
        "nothing",
        None,
        {status for status, _ in waits} == {200} and slowest < _PATIENCE_S,
    )


def _burst(process: Process) -> Finding:
    def match(number: int) -> tuple[int, bool]:
        asked = MATCH | {"title": f"Vorgang {number}"}
        answer = httpx.post(f"{process.address}/v1/matches", json=asked, timeout=60)
        return answer.status_code, "Retry-After" in answer.headers

    with ThreadPoolExecutor(_BURST) as people:
        asked = [people.submit(match, number) for number in range(_BURST)]
        lively = []
        while not all(each.done() for each in asked):
            with timed() as watch:
                process.alive()
            lively.append(watch.seconds)
            time.sleep(0.05)
        answers = [each.result() for each in asked]
    with timed() as calm:
        after = match(_BURST)[0]
    served, shed = (sum(status == wanted for status, _ in answers) for wanted in (200, 503))
    return Finding(
        f"{_BURST} matches at one moment",
        f"{served}x 200, {shed}x 503 with Retry-After; slowest answer of /health/live "
        f"{max(lively, default=0):.2f} s",
        "nothing",
        calm.seconds,
        served + shed == _BURST and all(retry for status, retry in answers if status == 503)
        and after == 200,
    )  # fmt: skip


def _name_search(process: Process) -> tuple[int, float]:
    with timed() as watch:
        found = httpx.get(f"{process.address}/v1/bodies", params={"q": "soest"}, timeout=60)
    return found.status_code, watch.seconds


def _status(answer: bytes) -> str:
    words = answer.split(b" ", 2)
    return words[1].decode() if len(words) > 1 else "no answer"
