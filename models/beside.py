"""Checks that run while what they check is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def beside(check: Callable[[], object]) -> Iterator[None]:
    """Run a check in a thread beside the block, which ends once both have.

    Meant for checksums: hashing leaves the interpreter to the block, and on two cores a start does
    not wait for them. The block may stumble over damage: what the check says of it comes first.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ikz-check") as thread:
        checked = thread.submit(check)
        try:
            yield
        finally:
            checked.result()
