"""A Dask cluster of real processes, which are ended by their own id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_WITHIN_S = 120
Process = subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A scheduler and its workers, started when a test wants them; those of the one before serve."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = 0
        self._scheduler: Process | None = None
        self._workers: list[Process] = []

    @property
    def scheduler(self) -> str:
        """The address of a scheduler that lives."""
        if self._scheduler is None or self._scheduler.poll() is not None:
            self.end()  # workers of one that is gone find no other
            self._port = free_port()
            self._scheduler = self._start(
                "scheduler", "--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard"
            )
            _until(self._answers, "the scheduler did not start")
        return f"tcp://127.0.0.1:{self._port}"

    def workers(self, count: int) -> list[Process]:
        """Return exactly as many living workers as the scheduler knows."""
        from distributed import Client

        with Client(self.scheduler, set_as_default=False) as client:
            self._workers = [worker for worker in self._workers if worker.poll() is None]
            for worker in self._workers[count:]:
                _kill(worker)
            del self._workers[count:]
            while len(self._workers) < count:
                self.add_worker()
            _until(lambda: len(client.nthreads()) == count, f"there are not {count} workers")
        return self._workers

    def add_worker(self) -> None:
        """Start one more, without a nanny: a worker that dies stays dead."""
        self._workers.append(
            self._start("worker", self.scheduler, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        )

    def kill_scheduler(self) -> None:
        assert self._scheduler is not None
        _kill(self._scheduler)

    def end(self) -> None:
        for process in (*self._workers, *([self._scheduler] if self._scheduler else [])):
            _kill(process)
        self._workers.clear()

    def _start(self, *words: str) -> Process:
        environment = os.environ | {
            "PYTHONPATH": str(_ROOT),
            "OMP_NUM_THREADS": "1",
            "DASK_DISTRIBUTED__DASHBOARD__LINK": "",
        }
        with (self._folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                cwd=self._folder, env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0


def _kill(process: Process) -> None:
    process.kill()
    process.wait(10)


def _until(condition, failure: str) -> None:
    deadline = time.monotonic() + _WITHIN_S
    while not condition():
        assert time.monotonic() < deadline, failure
        time.sleep(0.05)
