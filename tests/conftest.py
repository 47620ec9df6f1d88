"""The real data, models and application, loaded once for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI

import data
from matcher import Matcher
from service.app import create_app
from service.settings import Settings
from service.web import state
from tests.across import across, across_folder, wide  # noqa: F401 (fixtures)
from tests.schedule import (  # noqa: F401 (hooks)
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_xdist_make_scheduler,
)
from tests.service.mailbox import empty_database, mailbox, site  # noqa: F401 (fixtures)
from tests.service.office import office, three_areas  # noqa: F401 (fixtures)
from tests.service.postgresql import database_url, postgresql  # noqa: F401 (fixtures)


@pytest.fixture(scope="session")
def dataset() -> data.Dataset:
    return data.load()


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.load()


@pytest.fixture(scope="session")
def row(dataset: data.Dataset):
    """Return the row of a body by its name."""
    names = {name: i for i, name in enumerate(dataset.bodies["name"])}
    return names.__getitem__


@pytest.fixture(scope="session", autouse=True)
def isolated_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Keep tests away from the database of whoever runs them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'tests.db'}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("IKZ_DATABASE_URL", url)
        yield url


@pytest.fixture(scope="session")
def app(matcher: Matcher) -> FastAPI:
    return create_app(Settings(), matcher)


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    """Draw maps once for each register, not for each start of the service."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LandMap", "map_json"):
            patch.setattr(state, name, _once(getattr(state, name)))
        yield


def _once(derive: Callable[[object], object]) -> Callable[[object], object]:
    derived: list[tuple[object, object]] = []

    def once(source: object) -> object:
        for known, made in derived:
            if known is source:
                return made
        derived.append((source, derive(source)))
        return derived[-1][1]

    return once
