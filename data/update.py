"""Change a data folder: tried on a copy, taken over in one step, described afterwards."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from data import dataset, provenance
from data.errors import DataError, os_problem


def replace_tables(
    folder: Path,
    contents: Mapping[str, str | bytes],
    date: str,
    described: Sequence[Mapping[str, object]] = (),
) -> None:
    """Replace files of a data folder; all of them, or none.

    Parameters
    ----------
    folder
        Folder with the tables.
    contents
        Name of a file -> its new content.
    date
        Reference date of the new content, YYYY-MM-DD.
    described
        Entries of the descriptor for files that it may not have yet.

    Raises
    ------
    DataError
        The folder would not load with the new content, or cannot be written; it stays as it was.
    """
    try:
        with tempfile.TemporaryDirectory() as copy:
            trial = Path(copy) / "tables"
            shutil.copytree(folder, trial)
            for name, content in contents.items():
                provenance.write_atomically(trial / name, content)
            _describe(trial / provenance.DESCRIPTOR, described)
            provenance.update_descriptor(trial, dict.fromkeys(contents, date))
            dataset.load(trial)
            # The descriptor goes last: until then its hashes tell that an update was interrupted.
            for name in [*contents, provenance.DESCRIPTOR]:
                provenance.write_atomically(folder / name, (trial / name).read_bytes())
    except OSError as error:
        raise DataError([os_problem(folder, error)]) from None


def read_cells(path: Path) -> pd.DataFrame:
    """Read a table of the folder as text, so that what does not change is written back as it was.

    Raises
    ------
    DataError
        The table cannot be read.
    """
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except OSError as error:
        raise DataError([os_problem(path, error)]) from None


def to_csv(table: pd.DataFrame) -> str:
    """Return a table as it is kept: comma, one line a row, no index."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def _describe(path: Path, described: Sequence[Mapping[str, object]]) -> None:
    document = json.loads(path.read_text("utf-8"))
    known = {entry["path"] for entry in document["resources"]}
    fresh = [{**entry, "hash": ""} for entry in described if entry["path"] not in known]
    if fresh:
        document["resources"] += fresh
        provenance.write_atomically(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
