from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from eval.report import load
from eval.report.open_loop import Kind, Outcome, send

_OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\r\n"


@contextmanager
def answering(answer: bytes, after_s: float = 0.0) -> Iterator[tuple[str, list[float]]]:
    """Serve one answer to all, each after a while, and note when each request came."""
    came: list[float] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(time.monotonic())
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(after_s)
        writer.write(answer)
        writer.close()

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", came
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def kind(name: str = "names") -> Kind:
    return Kind(name, 1.0, lambda _: ("GET", "/v1/bodies?q=so", b""))


def test_requests_leave_in_their_time_whatever_becomes_of_those_before():
    with answering(_OK, after_s=1.0) as (address, came):
        outcomes = send(address, [kind()], rate=50, seconds=1.0)
    assert 25 < len(outcomes) < 85  # Poisson, mean 50
    assert len(came) == len(outcomes)
    # One after the other they would have taken a second each.
    assert max(came) - min(came) < 10
    assert all(o.status == 200 and o.seconds >= 1.0 for o in outcomes)


def test_an_answer_from_the_words_alone_is_told_from_others():
    for written, degraded in ((b"true", True), (b"false", False)):
        with answering(_OK + b'{"degraded":' + written + b"}") as (at, _):
            assert {o.degraded for o in send(at, [kind()], 20, 0.5)} == {degraded}


def test_the_same_seed_asks_the_same():
    with answering(_OK) as (address, _):
        mix = [Kind(name, 0.5, kind().draw) for name in ("names", "matches")]
        first, again = ([o.kind for o in send(address, mix, 40, 0.5, seed=3)] for _ in range(2))
    assert first == again
    assert {"names", "matches"} == set(first)


def test_being_sent_away_is_told_from_no_answer_at_all():
    with answering(_BUSY) as (address, _):
        assert {(o.status, o.retry_after) for o in send(address, [kind()], 20, 0.5)} == {
            (503, True)
        }
    with answering(b"") as (address, _):
        assert {o.status for o in send(address, [kind()], 20, 0.5)} == {0}


@pytest.mark.parametrize(
    "address", ["http://example.org:80", "http://10.0.0.1:8000", "http://localhost"]
)
def test_load_is_for_a_service_on_this_machine_alone(address):
    with pytest.raises(ValueError, match="gehört nicht zu diesem Rechner"):
        send(address, [kind()], 1, 1)


def test_rows_by_hand():
    outcomes = [
        *(Outcome("names", 200, ms / 1000, degraded=ms > 25) for ms in (10, 20, 30)),
        Outcome("names", 503, 0.004, retry_after=True),
        Outcome("names", 503, 0.006),
        Outcome("names", 0, 30.0),
        Outcome("names", 500, 0.001),
        Outcome("matches", 0, 30.0),
    ]
    matches, names = load.rows_of(outcomes, 40.0)
    assert (names["asked"], names["served"], names["shed"]) == (7, 3, 2)
    assert (names["degraded"], matches["degraded"]) == (1, 0)
    assert (names["timeouts"], names["failed"], names["shed_without_retry_after"]) == (1, 1, 1)
    assert names["p50_ms"] == pytest.approx(20)
    assert names["shed_p99_ms"] == pytest.approx(5.98)
    assert (matches["served"], matches["timeouts"], matches["p50_ms"]) == (0, 1, None)
    memory = {f"memory_{when}_mb": 500.0 for when in ("before", "most", "after")}
    table = load.printed({"rows": [row | memory for row in (matches, names)]})
    assert table.row_count == 2
