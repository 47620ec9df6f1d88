"""A real Chromium, and the service on a real port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser

from eval.report import chromium
from tests.browser.server import serving


@pytest.fixture(scope="package")
def started() -> Iterator[Browser]:
    # Not for the session: while Playwright runs, nothing else may run an event loop.
    try:
        with chromium.started() as browser:
            yield browser
    except chromium.NoBrowserError as error:
        # A skipped test would look like a passed one.
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def browser(started: Browser) -> Iterator[Browser]:
    yield started
    for context in started.contexts:
        context.close()


@pytest.fixture(scope="package")
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as served:
        yield served
