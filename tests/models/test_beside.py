from __future__ import annotations

import threading

import pytest

from models.beside import beside


def _fail() -> None:
    raise OSError("damaged")


def test_the_block_does_not_wait_for_the_check():
    reached, waited = threading.Event(), []
    with beside(lambda: waited.append(reached.wait(30))):
        reached.set()
    assert waited == [True]


def test_the_block_ends_with_what_the_check_found():
    with pytest.raises(OSError, match="damaged"), beside(_fail):
        pass


def test_what_the_check_found_comes_before_what_the_block_stumbled_over():
    with pytest.raises(OSError, match="damaged"), beside(_fail):
        raise ValueError("stumbled")


def test_what_the_block_stumbled_over_is_told_where_the_check_found_nothing():
    with pytest.raises(ValueError, match="stumbled"), beside(lambda: None):
        raise ValueError("stumbled")
