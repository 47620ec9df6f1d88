"""Half requests, requests that contradict themselves, and too many at once, on a real process."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.service.conftest import BODY, TEXT
from tests.service.process import PLAIN, Process, read_all, serving

_HALF_HEAD = b"POST /v1/matches HTTP/1.1\r\nHost: x\r\nX-Slow: "
_HEAD = b"POST /v1/matches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_HALF_BODY = _HEAD + b"Content-Length: 5000\r\n\r\n{"
_MOST, _DEADLINE_S = 64, 2


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    limits = {"head_seconds": _DEADLINE_S, "body_seconds": _DEADLINE_S, "max_connections": _MOST}
    with serving(tmp_path_factory.mktemp("served"), **limits) as process:
        yield process


def test_a_length_beside_chunks_is_refused_and_nothing_more_is_read(process):
    framing = b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    with process.connect(_HEAD + framing + b"4\r\nabcd\r\n") as made:
        answer = read_all(made)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in answer
    assert b"widersprechen sich" in answer


@pytest.mark.parametrize(
    ("framing", "status"),
    [
        (b"Content-Length: 4\r\nContent-Length: 5\r\n", 400),
        (b"Content-Length: -4\r\n", 400),
        (b"Transfer-Encoding: gzip, chunked\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n", 411),
        (b"Content-Length: 999999999999\r\n", 413),
    ],
)
def test_framing_that_is_not_plain_gets_a_status_and_a_sentence(process, framing, status):
    answer = process.exchange(_HEAD + b"Connection: close\r\n" + framing + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b'"detail":"' in answer


@pytest.mark.parametrize("method", [b"GET", b"DELETE"])
def test_a_body_without_a_stated_length_is_counted_as_it_comes(process, method):
    head = method + b" /v1/bodies HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with process.connect(head) as made:
        sent = 0
        try:
            while sent < 100_000_000:
                made.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass  # the service has ended it
        answer = read_all(made)
    # What the sockets of both sides buffer comes on top of what is read.
    assert sent < 50_000_000
    assert answer == b"" or answer.startswith((b"HTTP/1.1 413 ", b"HTTP/1.1 411 "))
    assert process.alive()


@pytest.mark.parametrize("half", [_HALF_HEAD, _HALF_BODY, b""])
def test_what_is_half_sent_ends_at_its_deadline(process, half):
    with process.connect(half) as made:
        answer = read_all(made)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"X-Request-ID: " in answer
    assert "kam nicht vollständig an".encode() in answer


@pytest.mark.parametrize("half", [_HALF_HEAD, _HALF_BODY])
def test_a_byte_now_and_then_does_not_move_the_deadline(process, half):
    start = time.monotonic()
    with process.connect(half) as made:
        try:
            while time.monotonic() - start < 20 * _DEADLINE_S:
                made.sendall(b"x")
                time.sleep(0.2)
        except OSError:
            pass
        assert time.monotonic() - start < 20 * _DEADLINE_S


@pytest.mark.parametrize("half", [_HALF_HEAD, _HALF_BODY, b""])
def test_a_crowd_of_half_requests_shuts_nobody_out(process, half):
    crowd = [process.connect(half) for _ in range(200)]
    try:
        assert [process.alive() for _ in range(5)] == [True] * 5
        found = httpx.get(f"{process.address}/v1/bodies", params={"q": "soest"}, timeout=30)
        assert found.json()["items"][0]["name"] == "Soest"
        descriptors = httpx.get(f"{process.address}/metrics", timeout=30).text
        (line,) = [ln for ln in descriptors.splitlines() if ln.startswith("process_open_fds ")]
        assert float(line.split()[1]) < _MOST + 100
    finally:
        for made in crowd:
            made.close()


def test_broken_requests_do_not_fill_the_log(process):
    before = process.log.stat().st_size
    for _ in range(200):
        assert process.exchange(b"\x16\x03\x01 no http\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert process.log.stat().st_size - before < 2_000


def test_a_connection_is_kept_for_the_next_request(process):
    with httpx.Client(base_url=process.address, timeout=30) as client:
        before = client.get("/v1/bodies", params={"q": "soest"})
        refused = client.post("/v1/matches", content=b"x" * 300_000)
        assert (before.status_code, refused.status_code) == (200, 413)
        assert client.get("/health/live").status_code == 200


def _served(process: Process, number: int) -> tuple[int, str | None, float]:
    # What takes longest: a long text that nobody asked before, and every body explained.
    text = " ".join([TEXT, *(f"Vorgang {number}.{line}: {TEXT}" for line in range(9))])
    start = time.monotonic()
    answer = httpx.post(
        f"{process.address}/v1/matches",
        json={"body": BODY, "description": text, "limit": 500},
        timeout=60,
        verify=PLAIN,
    )
    seconds = time.monotonic() - start
    return answer.status_code, answer.headers.get("Retry-After"), seconds


def test_a_burst_is_served_or_sent_away_and_liveness_does_not_wait_for_it(process):
    with ThreadPoolExecutor(50) as crowd:
        asked = [crowd.submit(_served, process, number) for number in range(150)]
        assert all(process.alive() for _ in range(5))
        answers = [each.result() for each in asked]
    statuses = {status for status, _, _ in answers}
    assert statuses == {200, 503}
    for status, retry_after, _ in answers:
        assert (retry_after is not None and int(retry_after) >= 1) == (status == 503)
    # Nobody is put off for seconds; the bound is loose, as other things run beside tests.
    assert max(seconds for _, _, seconds in answers) < 20
    assert _served(process, 0)[0] == 200


def test_half_requests_do_not_hold_up_the_end(tmp_path):
    with serving(tmp_path, head_seconds=300, body_seconds=300) as process:
        crowd = [process.connect(half) for half in (_HALF_HEAD, _HALF_BODY) for _ in range(20)]
        assert process.alive()
        process.child.send_signal(signal.SIGTERM)
        process.child.wait(timeout=30)
        assert "Traceback" not in process.log.read_text("utf-8")
        for made in crowd:
            made.close()
