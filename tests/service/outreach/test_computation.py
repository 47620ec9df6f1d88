from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from data import TaskArea
from matcher.outreach import Fits, score_all
from service.outreach.computation import ClusterError, compute

ROOT = Path(__file__).parents[3]
AREAS = (TaskArea.ARCHIV, TaskArea.STANDESAMT)
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Hold the processes of Dask that a test starts; those are ended, by their own id."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        process.kill()
        process.wait(10)


@pytest.fixture
def start(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> Start:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "DASK_DISTRIBUTED__DASHBOARD__LINK": "",
    }

    def start(*words: str) -> subprocess.Popen[bytes]:
        with (tmp_path / f"{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                cwd=tmp_path, env=environment, stdout=log, stderr=log,
            )  # fmt: skip
        started.append(process)
        return process

    return start


@pytest.fixture
def scheduler(start: Start) -> str:
    address = f"127.0.0.1:{free_port()}"
    host, port = address.split(":")
    start("scheduler", "--host", host, "--port", port, "--no-dashboard")
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return f"tcp://{address}"
        time.sleep(0.1)
    raise TimeoutError("the scheduler did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def worker(start: Start, scheduler: str) -> subprocess.Popen[bytes]:
    # Without a nanny: a worker that dies stays dead.
    return start("worker", scheduler, "--no-nanny", "--nthreads", "1", "--no-dashboard")


def wait_for(scheduler: str, workers: int) -> None:
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=60)


@pytest.fixture(scope="module")
def here(matcher) -> Fits:
    return compute(matcher, None, None, (*AREAS, TaskArea.IT, TaskArea.SPORT))


def of(fits: Fits, area: TaskArea) -> np.ndarray:
    return fits.table[fits.areas.index(area)]


def test_in_this_process_it_is_what_the_core_computes(matcher, here):
    told: list[tuple[int, int]] = []
    whole = score_all(matcher.knowledge, matcher.ranker, AREAS, lambda *step: told.append(step))
    for area in AREAS:
        assert np.array_equal(of(whole, area), of(here, area))
    assert told == [(1, 1)]


def test_the_text_model_changes_nothing(degraded, here):
    fits = compute(degraded, None, None, (TaskArea.ARCHIV,))
    assert np.array_equal(of(fits, TaskArea.ARCHIV), of(here, TaskArea.ARCHIV))


def test_two_workers_of_which_one_is_killed_give_the_same_bits(matcher, here, scheduler, start):
    workers = [worker(start, scheduler) for _ in range(2)]
    wait_for(scheduler, 2)
    told: list[tuple[int, int]] = []

    def kill_one(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            os.kill(workers[0].pid, signal.SIGKILL)

    fits = compute(matcher, scheduler, kill_one, here.areas)
    assert workers[0].wait(10) == -signal.SIGKILL
    assert told == [(done, 4) for done in range(1, 5)]
    assert fits.areas == here.areas
    assert np.array_equal(fits.table, here.table)


def test_when_all_workers_die_the_next_one_takes_over(matcher, here, scheduler, start):
    first = worker(start, scheduler)
    wait_for(scheduler, 1)
    told: list[int] = []

    def replace_it(done: int, total: int) -> None:
        told.append(done)
        if done == 1:
            os.kill(first.pid, signal.SIGKILL)
            worker(start, scheduler)

    fits = compute(matcher, scheduler, replace_it, AREAS)
    assert told == [1, 2]
    for area in AREAS:
        assert np.array_equal(of(fits, area), of(here, area))


def test_a_scheduler_that_dies_is_told(matcher, here, scheduler, start, monkeypatch, started):
    monkeypatch.setattr("service.outreach.computation._WORKERS_S", 4)
    worker(start, scheduler)
    wait_for(scheduler, 1)
    with pytest.raises(ClusterError, match="Der Dask-Cluster hat 1 von 2 Teilen nicht berechnet"):
        compute(matcher, scheduler, lambda done, total: started[0].kill(), AREAS)


def test_an_unreachable_scheduler_is_told_within_seconds(matcher):
    began = time.monotonic()
    with pytest.raises(ClusterError, match=r"Der Dask-Scheduler tcp://127\.0\.0\.1:\d+ antwortet"):
        compute(matcher, f"tcp://127.0.0.1:{free_port()}", None, AREAS)
    assert time.monotonic() - began < 12


@pytest.mark.parametrize(
    "address", ["quark://x:1", "tcp://127.0.0.1:99999", "tcp://[", "tcp://rechner", "rechner", ""]
)
def test_a_broken_address_is_told_at_once(matcher, address):
    began = time.monotonic()
    with pytest.raises(ClusterError, match="antwortet nicht"):
        compute(matcher, address, None, AREAS)
    assert time.monotonic() - began < 2


def test_a_scheduler_without_workers_is_told(matcher, scheduler, monkeypatch):
    monkeypatch.setattr("service.outreach.computation._WORKERS_S", 1)
    with pytest.raises(ClusterError, match="hat keine Worker"):
        compute(matcher, scheduler, None, AREAS)


def test_without_dask_the_sentence_names_the_package(matcher, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"ikz-partnersuche\[cluster\]"):
        compute(matcher, "tcp://127.0.0.1:8786", None, AREAS)
