"""Faults done to real processes: the mail server hangs, the service is killed, its database goes.

What was acknowledged is there afterwards, or told to be lost; the rest is served all the same.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import httpx

from tests.service.mailbox import ARCHIVE, Mailbox, receiving
from tests.service.postgresql import frozen
from tests.service.process import Process, environment, read_all, serving

_STOPS_WITHIN_S = 12


def wait_until(condition: Callable[[], bool], within_s: float = 30) -> None:
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def mail_settings(port: int, **more: object) -> dict[str, object]:
    return {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": "false"} | more


def published(process: Process, within_s: float = 5) -> None:
    before = time.monotonic()
    answer = httpx.post(f"{process.address}/v1/searches", json=ARCHIVE, timeout=30)
    assert answer.status_code == 202, answer.text
    assert time.monotonic() - before < within_s


def check_that_it_stops(process: Process) -> None:
    process.child.send_signal(signal.SIGTERM)
    assert process.child.wait(timeout=_STOPS_WITHIN_S) == -signal.SIGTERM


# What a service does with its mails, without what it does else: quick to start.
_POSTMAN = """
from service.mail.composition import Mail
from service.mail.outbox import Outbox
from service.mail.rounds import Rounds
from service.settings import Settings
from service.storage import Database
from service.storage.moments import utc_now

settings = Settings()
database = Database(settings.database_url)
outbox = Outbox(database, settings, utc_now)
with database.write() as session:
    for name in ("anna", "bernd"):
        mail = outbox.compose(Mail("", f"{name}@soest.example", "Gesuch", "Guten Tag"))
        outbox.put(session, mail, None)
Rounds(outbox, settings).go()
"""


def test_a_mail_outlives_a_server_that_hangs_and_a_service_that_is_killed(tmp_path):
    with receiving() as (box, port):
        settings = mail_settings(port, smtp_seconds=2)
        box.hangs = True
        given = settings | {"database_url": f"sqlite:///{tmp_path / 'state.db'}"}
        first = subprocess.Popen([sys.executable, "-c", _POSTMAN], env=environment(**given))
        wait_until(lambda: len(box.mails) == 1)
        first.kill()  # the server has the mail, and nobody was told
        first.wait()
        with serving(tmp_path, **settings) as process:
            published(process)  # at once, although the mail server hangs
            box.hangs = False
            _check_doubles(box)
            _check_a_deleted_file(process)
            check_that_it_stops(process)


def _check_doubles(box: Mailbox) -> None:
    """The mail that was with the server comes again with its id; none is missing."""
    wait_until(lambda: len({mail["Message-ID"] for mail in box.mails}) == 3)
    ids = [mail["Message-ID"] for mail in box.mails]
    wait_until(lambda: [mail["Message-ID"] for mail in box.mails].count(ids[0]) >= 2)
    assert {str(mail["To"]) for mail in box.mails} == {
        "anna@soest.example", "bernd@soest.example", ARCHIVE["email"],
    }  # fmt: skip


def _check_a_deleted_file(process: Process) -> None:
    for file in process.log.parent.glob("state.db*"):
        file.unlink()
    refused = httpx.post(f"{process.address}/v1/searches", json=ARCHIVE, timeout=30)
    assert refused.status_code == 503
    assert "Datei der Datenbank ist verschwunden" in refused.json()["detail"]
    given = {"request_id": "r", "ags": "05974008", "verdict": "passt"}
    assert httpx.post(f"{process.address}/v1/feedback", json=given).status_code == 503
    assert httpx.get(f"{process.address}/v1/bodies?q=soest").status_code == 200
    assert "GoneError" in process.log.read_text("utf-8")


def test_a_frozen_postgresql_stalls_nobody_else(tmp_path, postgresql):
    postgresql.command("CREATE DATABASE frozen")
    with (
        receiving() as (box, port),
        serving(tmp_path, database_url=postgresql.url("frozen"), **mail_settings(port)) as process,
    ):
        with frozen(postgresql):
            waiting = [process.connect(_LIST) for _ in range(30)]
            for address in ("/health/live", "/v1/bodies?q=soest", "/kommunen"):
                before = time.monotonic()
                answer = httpx.get(f"{process.address}{address}", timeout=30)
                assert answer.status_code == 200
                assert time.monotonic() - before < 3, address
            for made in waiting:
                with made:
                    head, _, body = read_all(made).partition(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 503")
                assert "Die Datenbank ist gerade" in body.decode() or "ausgelastet" in body.decode()
        published(process)
        wait_until(lambda: len(box.mails) == 1)
        check_that_it_stops(process)


_LIST = b"GET /v1/searches HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
