"""SQLite's file: full, gone, replaced, read-only, garbage, of a newer version; and its backups."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from eval.reliability.finding import Finding, Findings, scenario, timed, until
from eval.reliability.people import kept, publish, sentence
from eval.reliability.process import Process, command, serving

_MB = 2**20
# Nobody listens there: mails wait, which is not what is looked at here.
_MAIL = {"smtp_host": "127.0.0.1", "smtp_port": 9, "smtp_starttls": "false"}


@scenario
def a_full_disk_and_a_file_that_goes(folder: Path) -> Findings:
    """Fill the disk that the database lies on; take its file away; delete and restore it."""
    disk = folder / "disk"
    disk.mkdir()
    with _small_disk(disk) as kind:
        file = disk / "state.db"
        with serving(folder, database_url=f"sqlite:///{file}", **_MAIL) as process:
            first = publish(process.address).json()["id"]
            _fill(disk)
            full, others = publish(process.address), _others(process)
            until(lambda: _part(process, "database") == "full", within_s=15)
            health = _part(process, "database")
            (disk / "filler").unlink()
            recovered = until(lambda: publish(process.address).status_code == 202)
            yield Finding(
                f"disk full ({kind})",
                f"publishing {sentence(full)}; name search {others}; /health/ready: {health}",
                _lost({first} - kept(file)),
                recovered,
                full.status_code == 503 and others == 200 and recovered is not None,
            )
            _moved_away(process, file)
            yield from _moved(process, file)
            yield from _deleted(process, file, folder)


def _moved_away(process: Process, file: Path) -> None:
    """Let the journal be written into the file, so that it alone holds all."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _moved(process: Process, file: Path) -> Findings:
    before, elsewhere = kept(file), file.with_name("elsewhere")
    elsewhere.mkdir()
    moved = sorted(file.parent.glob("state.db*"))
    for each in moved:
        each.rename(elsewhere / each.name)
    refused, others = publish(process.address), _others(process)
    for each in moved:
        (elsewhere / each.name).rename(each)
    elsewhere.rmdir()
    recovered = until(lambda: publish(process.address).status_code == 202)
    yield Finding(
        "SQLite's file moved away while serving, then put back",
        f"publishing {sentence(refused)}; name search {others}",
        _lost(before - kept(file)),
        recovered,
        refused.status_code == 503 and others == 200 and recovered is not None,
    )


def _deleted(process: Process, file: Path, folder: Path) -> Findings:
    address = {"database_url": f"sqlite:///{file}"}
    backup = folder / "backup.zip"
    taken = command("backup", str(backup), **address)
    before = kept(file)
    for each in file.parent.glob("state.db*"):
        each.unlink()
    refused = publish(process.address)
    with timed() as watch:
        restored = command("restore", str(backup), "--yes", **address)
        until(lambda: publish(process.address).status_code == 202)
    yield Finding(
        "SQLite's file deleted while serving, then restored from a backup",
        f"publishing {sentence(refused)}; „ikz restore“ ends with {restored.returncode}",
        _lost(before - kept(file)),
        watch.seconds,
        (taken.returncode, refused.status_code, restored.returncode) == (0, 503, 0),
    )
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)
    before = kept(file)
    refused_restore = command("restore", str(backup), "--yes", **address)
    yield Finding(
        "one byte of a backup changed, restored while serving",
        f"„ikz restore“ ends with {refused_restore.returncode}: "
        f"{_first_sentence(refused_restore.stderr)}",
        _lost(before - kept(file)),
        None,
        refused_restore.returncode != 0 and publish(process.address).status_code == 202,
    )


@scenario
def files_that_cannot_be_used(folder: Path) -> Findings:
    """Start on a file that is garbage, of a newer version, or for reading alone."""
    with serving(folder, **_MAIL) as process:
        publish(process.address)
    good = folder / "state.db"
    _moved_away(process, good)
    before = kept(good)

    bad = folder / "garbage.db"
    bad.write_bytes(random.Random(1).randbytes(65_536))
    yield from _started(folder, "the database is garbage, at the start", bad, 500)

    newer = folder / "newer.db"
    shutil.copy(good, newer)
    with sqlite3.connect(newer) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    yield from _started(folder, "the database has the schema of a newer version", newer, 500)

    address = f"sqlite:///file:{good}?mode=ro&uri=true"
    yield from _started(folder, "the database may only be read", good, 503, address)
    with serving(folder, **_MAIL) as process:
        again = publish(process.address)
        yield Finding(
            "the service starts again on the good file",
            f"publishing {sentence(again)}",
            _lost(before - kept(good)),
            process.ready_s,
            again.status_code == 202,
        )


def _started(
    folder: Path, fault: str, file: Path, status: int, address: str | None = None
) -> Findings:
    content = file.read_bytes()
    with serving(folder, database_url=address or f"sqlite:///{file}", **_MAIL) as process:
        refused, others = publish(process.address), _others(process)
        health = _part(process, "database")
        yield Finding(
            fault,
            f"publishing {sentence(refused)}; name search {others}; /health/ready: {health}",
            "nothing" if file.read_bytes() == content else "the file was changed",
            None,
            refused.status_code == status and others == 200 and file.read_bytes() == content,
        )


@contextmanager
def _small_disk(folder: Path) -> Iterator[str]:
    """Mount a small file system, where that is allowed; else the folder's own is filled in part."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "none", folder], capture_output=True
    )
    if mounted.returncode:
        raise OSError(f"{folder} lässt sich nicht als kleiner Datenträger einhängen (mount).")
    try:
        yield "32 MB, all taken"
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _fill(folder: Path) -> None:
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            for size in (_MB, 4_096):
                try:
                    while True:
                        filler.write(b"x" * size)
                except OSError:
                    continue
        finally:
            filler.flush()


def _others(process: Process) -> int:
    found = httpx.get(f"{process.address}/v1/bodies", params={"q": "soest"}, timeout=60)
    return found.status_code


def _part(process: Process, name: str) -> str:
    answer = httpx.get(f"{process.address}/health/ready", timeout=60).json()
    return str(answer["parts"][name]["status"])


def _lost(gone: set[str]) -> str:
    return f"{len(gone)} searches" if gone else "nothing"


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0][:160]
