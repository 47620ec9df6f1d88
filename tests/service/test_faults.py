"""Faults done to real processes: the mail server hangs, the service is killed, its database goes.

What was acknowledged is there afterwards, or told to be lost; the rest is served all the same.
"""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable

import httpx
import pytest

import models
from eval.reliability.process import ServiceEndedError, command
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


@pytest.fixture
def database_url(postgresql):
    postgresql.command("CREATE DATABASE faults")
    yield postgresql.url("faults")
    postgresql.command("DROP DATABASE faults WITH (FORCE)")


def test_mails_and_all_else_outlive_what_fails_around_them(tmp_path, postgresql, database_url):
    with receiving() as (box, port):
        settings = mail_settings(port, database_url=database_url, smtp_seconds=2)
        box.hangs = True
        first = subprocess.Popen([sys.executable, "-c", _POSTMAN], env=environment(**settings))
        wait_until(lambda: len(box.mails) == 1)
        first.kill()  # the server has the mail, and nobody was told
        first.wait()
        with serving(tmp_path, **settings) as process:
            published(process)  # at once, although the mail server hangs
            box.hangs = False
            check_that_one_came_twice_and_none_is_missing(box)
            with frozen(postgresql):
                check_that_others_are_served(process)
            published(process)
            wait_until(lambda: len(ids(box)) == 4)
            check_that_it_stops(process)


def ids(box: Mailbox) -> set[str]:
    return {mail["Message-ID"] for mail in box.mails}


def check_that_one_came_twice_and_none_is_missing(box: Mailbox) -> None:
    wait_until(lambda: len(ids(box)) == 3)
    first = box.mails[0]["Message-ID"]
    wait_until(lambda: sum(mail["Message-ID"] == first for mail in box.mails) >= 2)
    assert {str(mail["To"]) for mail in box.mails} == {
        "anna@soest.example", "bernd@soest.example", ARCHIVE["email"],
    }  # fmt: skip


def check_that_others_are_served(process: Process) -> None:
    """Many wait for a database that does not answer; whoever needs none waits for nobody."""
    waiting = [process.connect(_LIST) for _ in range(30)]
    for address in ("/health/live", "/v1/bodies?q=soest", "/kommunen"):
        before = time.monotonic()
        assert httpx.get(f"{process.address}{address}", timeout=30).status_code == 200
        assert time.monotonic() - before < 3, address
    told = set()
    for made in waiting:
        with made:
            head, _, body = read_all(made).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503")
        told.add(json.loads(body)["detail"].split(" ")[1])
    assert told == {"Datenbank", "Dienst"}  # is not reachable; has enough who wait


_LIST = b"GET /v1/searches HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


# Keeps what it reads and says so, line by line.
_WRITER = """
import sys
from datetime import UTC, datetime
from service.storage import Database, StorageError
from service.storage.tables import FeedbackRow

database, now = Database(sys.argv[1]), datetime.now(UTC)
for line in sys.stdin:
    try:
        with database.write() as session:
            session.add(FeedbackRow(
                request_id=line.strip(), ags="0", verdict="x", model_version="m", time=now))
        print("kept", flush=True)
    except StorageError as error:
        print(error.fault.name, flush=True)
"""


@pytest.fixture
def writer(tmp_path):
    url = f"sqlite:///{tmp_path / 'state.db'}"
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    ) as child:  # fmt: skip
        yield child
        child.kill()


def write(writer: subprocess.Popen[str], word: str) -> str:
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(f"{word}\n")
    return writer.stdout.readline().strip()


def test_what_was_acknowledged_outlives_kill_9(writer, tmp_path):
    assert [write(writer, f"r{number}") for number in range(20)] == ["kept"] * 20
    writer.kill()
    writer.wait()
    with sqlite3.connect(tmp_path / "state.db") as database:
        assert database.execute("SELECT count(*) FROM feedback").fetchone() == (20,)


def test_a_file_that_is_deleted_under_a_process_takes_nothing_more(writer, tmp_path):
    assert write(writer, "r1") == "kept"
    for file in tmp_path.glob("state.db*"):
        file.unlink()
    assert [write(writer, f"r{number}") for number in (2, 3)] == ["GONE", "GONE"]
    assert list(tmp_path.glob("state.db*")) == []


def test_a_damaged_model_is_refused_by_name_with_the_command_that_mends_it(tmp_path):
    artifacts = tmp_path / "artifacts"
    shutil.copytree(models.ARTIFACTS, artifacts)
    ranker = artifacts / "ranker.json"
    ranker.write_text(ranker.read_text("utf-8").replace("0.1", "0.2", 1), "utf-8")
    database = f"sqlite:///{tmp_path / 'state.db'}"
    settings = {"artifacts_dir": artifacts, "text_model": "", "database_url": database}
    named = r"„ranker\.json“ ist beschädigt: Die Prüfsumme"
    with pytest.raises(ServiceEndedError, match=named), serving(tmp_path, **settings):
        pass
    told = command("doctor", **settings)
    assert told.returncode == 1
    assert "„ranker.json“ ist beschädigt" in " ".join(told.stdout.split())
    assert "ikz train" in told.stdout
