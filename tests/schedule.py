"""In which order the tests run, and which files share a process for what they load."""

from __future__ import annotations

import gc

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# Longest first: a long file that began last would leave the other processes with nothing to do.
LONG = (
    "eval/ranking/test_evaluation.py",
    "browser/test_search.py",
    "browser/test_answer.py",
    "eval/test_notebooks.py",
    "service/content/test_pages.py",
    "browser/test_content.py",
    "browser/test_outreach.py",
    "service/web/test_connections.py",
    "service/test_faults.py",
    "service/outreach/test_history.py",
    "service/outreach/test_computation.py",
    "models/test_task_area.py",
    "service/commands/test_training.py",
    "eval/outreach/test_forward.py",
    "data/test_beyond.py",
    "browser/test_embed.py",
    "eval/ranking/test_baselines.py",
)
# Files of one process: the matcher that serves beyond the border, and outreach of three task areas,
# are then made once, not in each process that meets one of these files.
SHARED = {
    "across": (
        "data/test_beyond.py",
        "eval/ranking/test_border.py",
        "matcher/test_beyond.py",
    ),
    "office": (
        "service/outreach/test_history.py",
        "service/outreach/test_interface.py",
        "service/outreach/test_pages.py",
        "service/outreach/test_score_store.py",
        "service/outreach/test_views.py",
        "service/outreach/test_week.py",
        "service/staff/test_accounts.py",
        "service/staff/test_api_keys.py",
        "service/staff/test_login_limits.py",
    ),
}


class LoadSharedScheduling(LoadFileScheduling):
    """Give a file to one process, and files that share what they load to the same."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next(
            (name for name, files in SHARED.items() if file.removeprefix("tests/") in files), file
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> LoadSharedScheduling | None:
    """Return the scheduler of `--dist loadfile`."""
    return LoadSharedScheduling(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; all else stays in its order."""

    def place(item: pytest.Item) -> int:
        found = (number for number, name in enumerate(LONG) if item.path.match(name))
        return next(found, len(LONG))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over modules and tests, which all stay to the end.

    It has slept since `tests` was imported.
    """
    gc.freeze()
    gc.enable()
