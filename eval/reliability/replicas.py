"""Two replicas on one PostgreSQL, and a PostgreSQL that freezes, breaks off and comes back."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx

import models
from eval.reliability.finding import Finding, Findings, scenario, timed, until
from eval.reliability.mail_server import Mailbox, receiving
from eval.reliability.people import crowd, publish, publishing, secret, sentence, text
from eval.reliability.postgresql import Server, frozen, running
from eval.reliability.process import Process, serving

_DRAFTS = 20
_BODIES = ("05974040", "05974008")


@scenario
def two_replicas(folder: Path) -> Findings:
    """Let two replicas share one database and one mail server."""
    with ExitStack() as stack:
        server = stack.enter_context(running())
        box, port = stack.enter_context(receiving())
        server.command("CREATE DATABASE shared")
        settings = {
            # Openings are compared by what they mean: without it none would fit another.
            "text_model": models.BUNDLED,
            "database_url": server.url("shared"),
            "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": "false",
        }  # fmt: skip
        replicas = []
        for name in ("one", "two"):
            own = folder / name
            own.mkdir()
            replicas.append(stack.enter_context(serving(own, **settings)))
        yield _sent_once(replicas, box)
        yield _confirmed_once(replicas, box, server)
        yield _one_is_killed(replicas, server)
        yield from _frozen(replicas[1], server)
        yield _broken_off(replicas[1], server)


def _sent_once(replicas: list[Process], box: Mailbox) -> Finding:
    with ThreadPoolExecutor(8) as people:
        asked = [
            people.submit(publish, replicas[number % 2].address, body=_BODIES[number // 2 % 2])
            for number in range(_DRAFTS)
        ]
        accepted = sum(each.result().status_code == httpx.codes.ACCEPTED for each in asked)
    came = until(lambda: len(box.mails) >= accepted)
    time.sleep(2)
    ids = {mail["Message-ID"] for mail in box.mails}
    return Finding(
        f"two replicas, {_DRAFTS} searches published by both at once",
        f"{accepted}x 202; {len(box.mails)} mails with {len(ids)} Message-IDs: none twice",
        "nothing" if len(ids) == accepted else f"{accepted - len(ids)} mails",
        None,
        came is not None and len(box.mails) == len(ids) == accepted == _DRAFTS,
    )


def _confirmed_once(replicas: list[Process], box: Mailbox, server: Server) -> Finding:
    # Two neighbours look for the same: once both are open, each gets one mail.
    first, second = (
        secret(next(mail for mail in box.mails if f" für {name} aufgegeben" in text(mail)))
        for name in ("Soest", "Bad Sassendorf")
    )
    before = len(box.mails)

    def confirm(replica: Process, asked: tuple[str, str]) -> int:
        identifier, token = asked
        answer = httpx.post(
            f"{replica.address}/gesuche/{identifier}/bestaetigen",
            data={"token": token},
            timeout=60,
        )
        return answer.status_code

    with ThreadPoolExecutor(8) as people:
        pressed = [
            people.submit(confirm, replica, asked)
            for asked in (first, second)
            for replica in replicas * 2
        ]
        statuses = {each.result() for each in pressed}
    until(lambda: len(box.mails) >= before + 2, within_s=10)
    time.sleep(2)
    opened = server.command("SELECT count(*) FROM searches WHERE status = 'open'", "shared")[0][0]
    told = [mail["To"] for mail in box.mails[before:]]
    return Finding(
        "two replicas, each of two searches confirmed four times at once",
        f"statuses {sorted(statuses)}; {opened} open; mails about a fit: {len(told)}, "
        f"to {len(set(told))} addresses",
        "nothing",
        None,
        statuses == {303} and opened == 2 and len(told) == len(set(told)) == 2,
    )


def _one_is_killed(replicas: list[Process], server: Server) -> Finding:
    with crowd(replicas[0], publishing) as asked:
        time.sleep(1.5)
        replicas[0].kill()
    with timed() as watch:
        other = publish(replicas[1].address)
    return Finding(
        "one of two replicas is killed while four people publish",
        f"on it broken connections, before {asked.statuses['202']}x 202; the other: "
        f"{sentence(other)} after {watch.seconds:.2f} s",
        _lost(asked.acknowledged, server),
        None,
        other.status_code == 202 and _lost(asked.acknowledged, server).startswith("nothing"),
    )


def _frozen(process: Process, server: Server) -> Findings:
    with frozen(server):
        with timed() as stored:
            refused = httpx.get(f"{process.address}/v1/searches", timeout=60)
        waits = []
        for address in ("/health/live", "/v1/bodies?q=soest", "/kommunen"):
            with timed() as watch:
                status = httpx.get(f"{process.address}{address}", timeout=60).status_code
            waits.append((status, watch.seconds))
        health = httpx.get(f"{process.address}/health/ready", timeout=60).json()
    recovered = until(lambda: publish(process.address).status_code == 202)
    slowest = max(seconds for _, seconds in waits)
    yield Finding(
        "PostgreSQL is frozen (SIGSTOP of all its processes)",
        f"open searches {sentence(refused)} after {stored.seconds:.1f} s; name search, pages and "
        f"liveness {sorted({status for status, _ in waits})} within {slowest:.2f} s; "
        f"/health/ready: {health['parts']['database']['status']}",
        "nothing",
        recovered,
        refused.status_code == 503
        and {status for status, _ in waits} == {200}
        and stored.seconds < 15
        and recovered is not None,
    )


def _broken_off(process: Process, server: Server) -> Finding:
    with crowd(process, publishing) as asked:
        time.sleep(1.5)
        server.end()
        time.sleep(3)
        server.begin()
        recovered = until(lambda: publish(process.address).status_code == 202)
    return Finding(
        "PostgreSQL is stopped at once while four people publish, started again after 3 s",
        f"{asked.told()}; slowest answer {asked.slowest_s:.1f} s",
        _lost(asked.acknowledged, server),
        recovered,
        recovered is not None
        and set(asked.statuses) <= {"202", "503"}
        and _lost(asked.acknowledged, server).startswith("nothing"),
    )


def _lost(acknowledged: set[str], server: Server) -> str:
    kept = {name for (name,) in server.command("SELECT id FROM searches", "shared")}
    gone = acknowledged - kept
    return f"{len(gone)} of {len(acknowledged)} acknowledged" if gone else (
        f"nothing of {len(acknowledged)} acknowledged"
    )  # fmt: skip
