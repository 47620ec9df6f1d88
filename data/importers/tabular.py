"""Tables as offices send them: CSV in any usual encoding, or the first sheet of an XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from data.errors import DataError, Problem


def read_table(path: Path) -> pd.DataFrame:
    """Read a table as text.

    Returns
    -------
    DataFrame
        All cells as stripped strings, empty ones as ""; index = line in the file, header line 1.

    Raises
    ------
    DataError
        The file is missing, empty or unreadable.
    """
    if not path.is_file():
        raise DataError([Problem(path.name, f"Die Datei fehlt ({path}).")])
    try:
        if path.suffix.lower() in {".xlsx", ".xlsm"}:
            frame = pd.read_excel(path, dtype=str, na_filter=False, engine="openpyxl")
        else:
            frame = _read_csv(path.read_bytes())
    except (
        ValueError, KeyError, csv.Error, zipfile.BadZipFile, InvalidFileException,
        pd.errors.ParserError, pd.errors.EmptyDataError,
    ) as error:  # fmt: skip
        raise DataError([Problem(path.name, f"ist keine lesbare Tabelle: {error}")]) from None
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    frame = frame.fillna("").map(lambda cell: str(cell).strip())
    frame.columns = [str(column).strip() for column in frame.columns]
    frame = frame[(frame != "").any(axis=1)]
    if frame.empty:
        raise DataError([Problem(path.name, "Die Tabelle hat keine Zeilen.")])
    return frame


def pick_columns(
    frame: pd.DataFrame, spellings: Mapping[str, Sequence[str]], file: str, required: Sequence[str]
) -> pd.DataFrame:
    """Rename columns to the project's names.

    Parameters
    ----------
    frame
        Table from `read_table`.
    spellings
        Project name -> headers that mean it, compared without regard to case.
    file
        Name for errors.
    required
        Project names that have to be there.

    Raises
    ------
    DataError
        A required column is missing; the sentence lists the headers that would do.
    """
    headers = {str(column).casefold(): column for column in frame.columns}
    renames = {}
    for name, accepted in spellings.items():
        found = next((headers[s.casefold()] for s in accepted if s.casefold() in headers), None)
        if found is not None:
            renames[found] = name
    problems = [
        Problem(file, f"die Spalte fehlt (erwartet: {' oder '.join(spellings[name])})", 1, name)
        for name in required
        if name not in renames.values()
    ]
    if problems:
        raise DataError(problems)
    return frame[list(renames)].rename(columns=renames)


def _read_csv(raw: bytes) -> pd.DataFrame:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    header = text.splitlines()[0] if text.strip() else ""
    separator = ";" if header.count(";") >= header.count(",") and ";" in header else ","
    if "\t" in header:
        separator = "\t"
    return pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False)
