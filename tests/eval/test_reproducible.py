"""What is published does not depend on how many threads a machine gives to linear algebra."""

from __future__ import annotations

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from eval import evaluate, outreach
from service.commands import training


class Reached(Exception):  # noqa: N818 (it tells that all went well)
    """The work would begin here."""


@pytest.mark.parametrize(
    ("module", "work", "command"),
    [
        (outreach, "build_knowledge", outreach.main),
        (evaluate, "evaluate", evaluate.main),
        (training, "build_knowledge", training.train),
    ],
)
def test_the_commands_compute_with_one_thread(module, work, command, monkeypatch, tmp_path):
    seen: list[int] = []

    def begin(*_: object) -> None:
        seen.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        raise Reached

    monkeypatch.setattr(module, work, begin)
    options = {"artifacts": tmp_path} if command is training.train else {}
    with threadpool_limits(2, user_api="blas"), pytest.raises(Reached):
        command(**options)
    assert seen
    assert set(seen) == {1}
