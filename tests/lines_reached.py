"""Which lines of the packages the tests reach; a plug-in of `make test`, judged by `coverage`.

Tracing as `coverage run` does it costs half as much again under Python 3.11. `slipcover` marks the
lines of a module when it is imported, and libraries run as fast as ever (from 3.12 on both use
`sys.monitoring`). It only collects: what counts as a line, and how many must be reached, is decided
by `coverage combine` and `coverage report` with the settings of `pyproject.toml`.

Named by PYTEST_PLUGINS, because each process of the tests must have it before it imports a package.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from coverage import CoverageData
from slipcover import FileMatcher, ImportManager, Slipcover, wrap_spec_from_file_location

_STAY = -1  # marks that were hit are not taken out of functions that may be running
# Found without being imported: what is imported before the marks are set would not be counted.
_FOLDERS = [
    Path(spec.origin).parent
    for spec in map(find_spec, ("data", "models", "matcher", "service", "eval"))
    if spec is not None and spec.origin is not None
]
_OURS = FileMatcher(sources=_FOLDERS)
_marks = Slipcover(d_miss_threshold=_STAY)
ImportManager(_marks, _OURS).__enter__()
wrap_spec_from_file_location(_marks, _OURS)  # migrations are loaded by their path


def pytest_sessionfinish() -> None:
    """Write what this process reached; a file of which it imported nothing counts as unreached."""
    reached = _marks.get_coverage()["files"]
    data = CoverageData(suffix=True)
    data.add_lines(
        {str(Path(name).resolve()): lines["executed_lines"] for name, lines in reached.items()}
    )
    data.touch_files(str(path) for folder in _FOLDERS for path in folder.rglob("*.py"))
    data.write()
