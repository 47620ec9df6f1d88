"""A night over many bodies gives the same partners in this process and on workers."""

from __future__ import annotations

from eval.performance.document import _on_two
from eval.performance.night import _asked


def test_each_body_is_asked_once_and_none_proposes_itself(matcher):
    keys = matcher.directory.keys[:3]
    found = _asked(matcher, keys)
    assert [len(partners) for partners in found] == [10, 10, 10]
    assert all(key not in partners for key, partners in zip(keys, found, strict=True))


def test_what_was_left_out_is_said():
    assert _on_two({"skipped": "no cluster"}, "the same partners") == "no cluster"
    told = _on_two({"cluster_s": 2.0, "speed_up": 1.5, "worker_mb": 500}, "the same partners")
    assert "1.50 times as fast, the same partners, at most 500 MB a worker" in told
