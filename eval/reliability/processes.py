"""The service is killed, ended, reloaded with broken data, and its clock is moved."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import httpx

import models
from data.dataset import TABLES
from eval.reliability.finding import Finding, Findings, scenario, timed, until
from eval.reliability.mail_server import receiving
from eval.reliability.people import (
    crowd,
    kept,
    looking,
    publish,
    publishing,
    secret,
    sentence,
)
from eval.reliability.process import Process, ServiceEndedError, serving

# The process reads a clock that a file moves: no other clock of this machine is touched.
_MOVED_CLOCK = """
import os
from datetime import timedelta
from pathlib import Path
from service.storage import moments
true, moved = moments.utc_now, Path(os.environ["MOVED_CLOCK"])
moments.utc_now = lambda: true() + timedelta(days=float(moved.read_text()))
from service.cli import main
main()
"""


@scenario
def killed_and_ended(folder: Path) -> Findings:
    """Kill while people publish; end by SIGTERM while people ask."""
    with receiving() as (_, port):
        settings = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": "false"}
        with serving(folder, **settings) as process, crowd(process, publishing) as asked:
            time.sleep(2)
            process.kill()
        gone = asked.acknowledged - kept(folder / "state.db")
        with serving(folder, **settings) as process:
            yield Finding(
                "kill -9 while four people publish",
                f"broken connections at that moment; before it {asked.statuses['202']}x 202",
                _lost(gone, len(asked.acknowledged)),
                process.ready_s,
                not gone and bool(asked.acknowledged),
            )
            with crowd(process, publishing, people=8, pause_s=0) as asked:
                time.sleep(2)
                status, seconds = process.terminate()
        gone = asked.acknowledged - kept(folder / "state.db")
        yield Finding(
            "SIGTERM while eight people publish",
            f"{asked.statuses['202']}x 202, then connections refused; ended in {seconds:.1f} s",
            _lost(gone, len(asked.acknowledged)),
            None,
            not gone and status == -signal.SIGTERM and seconds < 12,
        )


@scenario
def broken_data_and_models(folder: Path) -> Findings:
    """Start with damaged models; reload damaged and good tables while people ask."""
    artifacts = folder / "artifacts"
    for fault, name, damage in (
        ("one digit of the ranker changed", "ranker.json", _change_a_digit),
        ("the classifier cut off", "task_area.npz", _cut_off),
        ("the classifier missing", "task_area.npz", Path.unlink),
    ):
        shutil.rmtree(artifacts, ignore_errors=True)
        shutil.copytree(models.ARTIFACTS, artifacts)
        damage(artifacts / name)
        said = _refusal(folder, artifacts_dir=artifacts)
        yield Finding(
            f"{fault}, at the start",
            f"the service does not start and says: {said}",
            "nothing",
            None,
            name in said and "Abhilfe" in said,
        )
    tables = folder / "tables"
    shutil.copytree(TABLES, tables)
    with serving(folder, data_dir=tables) as process:
        register = tables / "municipalities.csv"
        good = register.read_bytes()
        register.write_bytes(good[: len(good) // 2])
        yield _reloaded(process, "reload of a table cut in half, under load", "refused")
        register.write_bytes(good)
        yield _reloaded(process, "reload of whole tables, under load", "ok")


def _reloaded(process: Process, fault: str, expected: str) -> Finding:
    def status() -> str:
        answer = httpx.get(f"{process.address}/health/ready", timeout=60).json()
        return str((answer.get("reload") or {}).get("status"))

    with crowd(process, looking, people=3) as asked:
        process.child.send_signal(signal.SIGHUP)
        seconds = until(lambda: status() == expected)
        time.sleep(0.5)
    return Finding(
        fault,
        f"{asked.told()}; slowest {asked.slowest_s:.1f} s; /health/ready says reload: {status()}",
        "nothing",
        seconds if expected == "ok" else None,
        seconds is not None and set(asked.statuses) == {"200"},
    )


@scenario
def a_clock_that_jumps(folder: Path) -> Findings:
    """Move the clock of the process on by 200 days and back before its start."""
    moved = folder / "days"
    moved.write_text("0")
    with (
        receiving() as (box, port),
        serving(
            folder,
            {"MOVED_CLOCK": str(moved)},
            _MOVED_CLOCK,
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_starttls="false",
        ) as process,
    ):
        publish(process.address)
        until(lambda: len(box.mails) == 1)
        identifier, token = secret(box.mails[0])
        httpx.post(
            f"{process.address}/gesuche/{identifier}/bestaetigen", data={"token": token}, timeout=60
        )
        for days in (-2, 20, 0):
            moved.write_text(str(days))
            found = httpx.get(f"{process.address}/v1/searches/{identifier}", timeout=60)
            asked = publish(process.address)
            told = f"open search {found.status_code}, a new one {sentence(asked)}"
            fine = found.status_code == 200 and asked.status_code == 202
            if days:
                yield Finding(f"the clock jumps by {days:+d} days", told, "nothing", None, fine)
        with timed() as watch:
            arrived = until(lambda: len(box.mails) >= 4)
        yield Finding(
            "the clock jumps back to the right time",
            f"{told}; mails kept while it was wrong: {len(box.mails) - 1} of 3 arrived",
            "nothing" if arrived is not None else "mails late",
            watch.seconds,
            fine and arrived is not None,
        )


def _refusal(folder: Path, **settings: object) -> str:
    (folder / "log.txt").unlink(missing_ok=True)  # what an earlier start said is not said now
    try:
        with serving(folder, log_level="CRITICAL", **settings):
            return "it started"
    except ServiceEndedError as error:
        said = " ".join(str(error).replace(f"{folder}/", "").split())
        return said[max(said.find("„"), 0) :]


def _change_a_digit(file: Path) -> None:
    text = file.read_text("utf-8")
    place = text.index("1", len(text) // 2)
    file.write_text(text[:place] + "2" + text[place + 1 :], "utf-8")


def _cut_off(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _lost(gone: set[str], of: int) -> str:
    return f"{len(gone)} of {of} acknowledged" if gone else f"nothing of {of} acknowledged"
