from __future__ import annotations

from contextlib import contextmanager

from eval.reliability import processes
from eval.reliability.finding import SCENARIOS, timed, until
from eval.reliability.people import draft
from eval.reliability.process import ServiceEndedError


def test_a_scenario_is_told_once_and_by_its_name():
    names = [scenario.__name__ for scenario in SCENARIOS]
    assert processes.killed_and_ended in SCENARIOS
    assert len(set(names)) == len(names)
    assert all(scenario.__doc__ for scenario in SCENARIOS)


def test_waiting_ends_with_the_condition_or_its_time():
    looks = iter([False, False, True])
    seconds = until(lambda: next(looks))
    assert seconds is not None
    assert 0.1 <= seconds < 5
    assert until(lambda: False, within_s=0.1) is None
    with timed() as watch:
        pass
    assert 0 <= watch.seconds < 1


def test_each_of_a_crowd_is_somebody_else():
    assert draft()["email"] != draft()["email"]


def test_a_service_that_does_not_start_is_told(monkeypatch, tmp_path):
    @contextmanager
    def broken(*_, **__):
        raise ServiceEndedError(f"Laden …\n„x.npz“ fehlt ({tmp_path}/x.npz).\n   Abhilfe: …")
        yield

    monkeypatch.setattr(processes, "serving", broken)
    assert processes._refusal(tmp_path) == "„x.npz“ fehlt (x.npz). Abhilfe: …"
