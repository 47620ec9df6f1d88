from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest

from data import TaskArea
from matcher.outreach import Fits, score_all
from service.outreach.computation import ClusterError, compute
from tests.service.outreach.cluster import Cluster, free_port

AREAS = (TaskArea.ARCHIV, TaskArea.STANDESAMT)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Hold one cluster for all tests: to start its processes takes longer than what they compute."""
    cluster = Cluster(tmp_path_factory.mktemp("dask"))
    yield cluster
    cluster.end()


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


def test_a_scheduler_without_workers_is_told(matcher, cluster, monkeypatch):
    monkeypatch.setattr("service.outreach.computation._WORKERS_S", 1)
    cluster.workers(0)
    with pytest.raises(ClusterError, match="hat keine Worker"):
        compute(matcher, cluster.scheduler, None, AREAS)


def test_two_workers_of_which_one_is_killed_give_the_same_bits(matcher, here, cluster):
    workers = cluster.workers(2)
    told: list[tuple[int, int]] = []

    def kill_one(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            os.kill(workers[0].pid, signal.SIGKILL)

    fits = compute(matcher, cluster.scheduler, kill_one, here.areas)
    assert workers[0].wait(10) == -signal.SIGKILL
    assert told == [(done, 4) for done in range(1, 5)]
    assert fits.areas == here.areas
    assert np.array_equal(fits.table, here.table)


def test_when_all_workers_die_the_next_one_takes_over(matcher, here, cluster):
    (first,) = cluster.workers(1)
    told: list[int] = []

    def replace_it(done: int, total: int) -> None:
        told.append(done)
        if done == 1:
            os.kill(first.pid, signal.SIGKILL)
            cluster.add_worker()

    fits = compute(matcher, cluster.scheduler, replace_it, AREAS)
    assert told == [1, 2]
    for area in AREAS:
        assert np.array_equal(of(fits, area), of(here, area))


def test_a_scheduler_that_dies_is_told(matcher, cluster, monkeypatch):
    monkeypatch.setattr("service.outreach.computation._WORKERS_S", 1)
    cluster.workers(1)
    with pytest.raises(ClusterError, match="Der Dask-Cluster hat 1 von 2 Teilen nicht berechnet"):
        compute(matcher, cluster.scheduler, lambda done, total: cluster.kill_scheduler(), AREAS)


def test_an_unreachable_scheduler_is_told_within_seconds(matcher, monkeypatch):
    monkeypatch.setattr("service.outreach.computation._CONNECT_S", 1)
    began = time.monotonic()
    with pytest.raises(ClusterError, match=r"Der Dask-Scheduler tcp://127\.0\.0\.1:\d+ antwortet"):
        compute(matcher, f"tcp://127.0.0.1:{free_port()}", None, AREAS)
    assert time.monotonic() - began < 25


@pytest.mark.parametrize(
    "address", ["quark://x:1", "tcp://127.0.0.1:99999", "tcp://[", "tcp://rechner", "rechner", ""]
)
def test_a_broken_address_is_told_at_once(matcher, address):
    began = time.monotonic()
    with pytest.raises(ClusterError, match="antwortet nicht"):
        compute(matcher, address, None, AREAS)
    assert time.monotonic() - began < 2


def test_without_dask_the_sentence_names_the_package(matcher, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"ikz-partnersuche\[cluster\]"):
        compute(matcher, "tcp://127.0.0.1:8786", None, AREAS)
