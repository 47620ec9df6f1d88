"""What one request does has not grown since the last release: counted, or as a ratio of times."""

from __future__ import annotations

import pytest

from eval import stored
from eval.performance.operations import RELEASE, operations

COUNTED_MORE = 1.15  # versions of libraries call a little more or less
TIMES_MORE = 3.0  # of ratios, on a machine that does other things


@pytest.fixture(scope="module")
def now(matcher):
    return operations(matcher, nonce="geprüft")


@pytest.fixture(scope="module")
def release():
    return stored.read(stored.RESULTS, RELEASE)


def test_a_new_text_is_encoded_once_and_a_known_one_never(now):
    assert now["encoded_new"] == 1
    assert now["encoded_seen"] == 0


@pytest.mark.parametrize("counted", ["calls_new", "calls_seen", "peak_mb_seen"])
def test_a_request_does_no_more_than_in_the_last_release(now, release, counted):
    assert now[counted] <= COUNTED_MORE * release[counted]


def test_a_request_takes_no_more_matrix_products_than_in_the_last_release(now, release):
    assert now["products_seen"] <= TIMES_MORE * release["products_seen"]
