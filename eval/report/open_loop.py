"""Requests at a set rate, whatever becomes of those before: a queue that grows is seen as such.

A client that waits for its answer before it asks again hides overload ("coordinated omission");
here each request leaves at its own time, drawn as a Poisson process.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT_S = 30.0
_MOST_OPEN = 900  # connections at once, below the usual limit of 1,024 descriptors
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request and how often it is asked.

    Attributes
    ----------
    name
        As the table names it.
    share
        Of all requests, 0 to 1.
    draw
        Makes the next request of its kind: method, target, body (empty for none).
    """

    name: str
    share: float
    draw: Callable[[random.Random], tuple[str, str, bytes]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request.

    Attributes
    ----------
    kind
        Its kind's name.
    status
        HTTP status; 0 without an answer in time.
    seconds
        From when it was due to the end of its answer.
    retry_after
        Whether the answer says when to ask again.
    degraded
        Whether it says that it rests on the words alone.
    """

    kind: str
    status: int
    seconds: float
    retry_after: bool = False
    degraded: bool = False


def send(
    address: str, kinds: Sequence[Kind], rate: float, seconds: float, seed: int = 0
) -> list[Outcome]:
    """Ask at a rate for a while, and wait for the last answers.

    Parameters
    ----------
    address
        Of a service on this machine, e.g. "http://127.0.0.1:8000".
    kinds
        What is asked; shares add up to 1.
    rate
        Requests per second, all kinds together.
    seconds
        How long new requests leave.
    seed
        Of times and texts: the same seed asks the same.

    Raises
    ------
    ValueError
        The address is not on this machine: load is for one's own service alone.
    """
    found = urlsplit(address)
    if found.hostname not in _LOOPBACK or found.port is None:
        raise ValueError(f"{address} gehört nicht zu diesem Rechner (http://127.0.0.1:PORT).")
    return asyncio.run(_send(found.hostname, found.port, kinds, rate, seconds, seed))


async def _send(
    host: str, port: int, kinds: Sequence[Kind], rate: float, seconds: float, seed: int
) -> list[Outcome]:
    chance = random.Random(seed)
    places = asyncio.Semaphore(_MOST_OPEN)
    start, due, asked = time.perf_counter(), 0.0, []
    while (due := due + chance.expovariate(rate)) < seconds:
        (kind,) = chance.choices(kinds, [kind.share for kind in kinds])
        request = kind.draw(chance)
        await asyncio.sleep(max(0.0, start + due - time.perf_counter()))
        asked.append(asyncio.create_task(_ask(host, port, kind.name, request, start + due, places)))
    return list(await asyncio.gather(*asked))


async def _ask(
    host: str,
    port: int,
    kind: str,
    request: tuple[str, str, bytes],
    due: float,
    places: asyncio.Semaphore,
) -> Outcome:
    try:
        async with asyncio.timeout(TIMEOUT_S), places:
            answer = await _exchange(host, port, *request)
    except (TimeoutError, OSError):
        answer = b""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    status = int(lines[0].split()[1]) if lines[0].startswith(b"http/") else 0
    retry = any(line.startswith(b"retry-after:") for line in lines)
    degraded = b'"degraded":true' in body
    return Outcome(kind, status, time.perf_counter() - due, retry, degraded)


async def _exchange(host: str, port: int, method: str, target: str, body: bytes) -> bytes:
    """Return all of an answer."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        head = f"{method} {target} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        return await reader.read(-1)
    finally:
        writer.close()
