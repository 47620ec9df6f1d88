"""What people do with the service while something goes wrong, and what became of it."""

from __future__ import annotations

import itertools
import re
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx

from eval.reliability.process import Process

_NUMBER = itertools.count()
_DRAFT = {
    "body": "05974040",
    "title": "Partner für ein gemeinsames Archiv gesucht",
    "description": "Wir finden keinen Archivar und möchten ein Archiv mit Nachbarn führen.",
    "name": "Anna Amt",
}
MATCH = {"body": "05974008", "description": "Archiv gemeinsam mit Nachbarn führen"}


def draft(**changes: Any) -> dict[str, Any]:
    """Return a search to publish, of somebody new."""
    return _DRAFT | {"email": f"anna@soest{next(_NUMBER)}.example"} | changes


def publish(address: str, **changes: Any) -> httpx.Response:
    """Publish a search."""
    return httpx.post(f"{address}/v1/searches", json=draft(**changes), timeout=60)


def sentence(answer: httpx.Response) -> str:
    """Return the status of an answer and the beginning of what it says."""
    if answer.status_code < 400:
        return str(answer.status_code)
    detail = answer.json()["detail"]
    return f"{answer.status_code} „{detail.partition('.')[0]}.“"


def text(mail: EmailMessage) -> str:
    """Return the words of a mail, in one line."""
    return " ".join(str(mail.get_content()).split())


def secret(mail: EmailMessage) -> tuple[str, str]:
    """Return the id and the token from a mail that asks for a confirmation."""
    found = re.search(r"/gesuche/([\w-]+)/bestaetigen\?token=([\w-]+)", text(mail))
    if found is None:
        raise ValueError("no link in the mail")
    return found[1], found[2]


def kept(file: Path) -> set[str]:
    """Return the ids of all searches in a SQLite file."""
    with sqlite3.connect(file) as database:
        return {identifier for (identifier,) in database.execute("SELECT id FROM searches")}


@dataclass
class Crowd:
    """What a crowd asked for, and got.

    Attributes
    ----------
    acknowledged
        Ids of searches whose publication was answered 202.
    statuses
        How often each status came; "none" without an answer.
    slowest_s
        The longest wait for an answer.
    """

    acknowledged: set[str] = field(default_factory=set)
    statuses: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0

    def told(self) -> str:
        """Return the statuses in words."""
        return ", ".join(f"{count}x {name}" for name, count in sorted(self.statuses.items()))


Ask = Callable[[httpx.Client], httpx.Response]


def publishing(client: httpx.Client) -> httpx.Response:
    """Publish, as one of a crowd."""
    return client.post("/v1/searches", json=draft())


def looking(client: httpx.Client) -> httpx.Response:
    """Search a name, as one of a crowd."""
    return client.get("/v1/bodies", params={"q": "soest"})


@contextmanager
def crowd(process: Process, ask: Ask, people: int = 4, pause_s: float = 0.02) -> Iterator[Crowd]:
    """Let some people ask again and again until the block ends."""
    made, done, lock = Crowd(), threading.Event(), threading.Lock()

    def run() -> None:
        with httpx.Client(base_url=process.address, timeout=60) as client:
            while not done.wait(pause_s):
                before = time.monotonic()
                try:
                    answer = ask(client)
                except httpx.TransportError:
                    with lock:
                        made.statuses["none"] += 1
                    continue
                with lock:
                    made.slowest_s = max(made.slowest_s, time.monotonic() - before)
                    made.statuses[str(answer.status_code)] += 1
                    if answer.status_code == httpx.codes.ACCEPTED:
                        made.acknowledged.add(answer.json()["id"])

    threads = [threading.Thread(target=run) for _ in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        done.set()
        for thread in threads:
            thread.join()
