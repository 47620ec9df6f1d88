"""Tables as offices send them: CSV in any usual encoding, or any sheet of an XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from msgspec import Struct

from data.errors import DataError, Problem
from data.formats.text import read_text
from data.formats.workbook import Rows, is_workbook, read_sheets
from data.names import normalize

_SEPARATORS = ";,\t|"
_TITLE_ROWS = 40  # the header stands somewhere in these; above it are titles and notes
_NOTE = re.compile(r"(?i)^(quelle|stand|hinweis|anmerkung|fußnote|legende|©|\*|\d\))")


class _Candidate(Struct, frozen=True):
    """A way of reading the file: which row is the header and which column means what."""

    file: str
    rows: Rows
    header: int
    columns: dict[str, int]


def read_table(
    path: Path, spellings: Mapping[str, Sequence[str]], required: Sequence[str]
) -> pd.DataFrame:
    """Read a table as text, by the names of its columns.

    Titles above the header, a first line `sep=;`, further sheets, notes below the table and
    columns that nobody asked for are passed over.

    Parameters
    ----------
    path
        CSV or XLSX.
    spellings
        Project name -> headers that mean it, best first; case, hyphens and umlauts do not matter.
    required
        Project names that have to be there.

    Returns
    -------
    DataFrame
        Columns by their project names; cells stripped, empty ones ""; index = line in the file.

    Raises
    ------
    DataError
        The file is unreadable or empty, a required column is missing (the sentence lists the
        headers that would do), two sheets could be meant, or a row has more cells than the header.
    """
    best = _choose(_readings(path, spellings), required, path.name)
    missing = [name for name in required if name not in best.columns]
    if missing:
        raise DataError(
            [
                Problem(best.file, f"die Spalte fehlt (erwartet: {' oder '.join(spellings[name])})",
                        best.rows[best.header][0], name)
                for name in missing
            ]
        )  # fmt: skip
    return _frame(best)


def _readings(path: Path, spellings: Mapping[str, Sequence[str]]) -> list[_Candidate]:
    if is_workbook(path):
        sheets = [(name, rows) for name, rows in read_sheets(path).items() if rows]
        labels = [path.name, *(f"{path.name}, Blatt „{name}“" for name, _ in sheets[1:])]
        return [
            _find_header(label, rows, spellings)
            for label, (_, rows) in zip(labels, sheets, strict=False)
        ]
    text = read_text(path)
    if re.match(r"(?i)\s*(<!doctype|<html|<table)", text):
        message = "ist eine Webseite, keine Tabelle. Bitte als XLSX oder CSV speichern."
        raise DataError([Problem(path.name, message)])
    # The separator is the one with which the header makes most sense; the first of equals.
    parsed = [_parse(text, separator) for separator in _SEPARATORS]
    found = [_find_header(path.name, rows, spellings) for rows, _ in parsed]
    best = max(range(len(found)), key=lambda i: len(found[i].columns))
    broken = parsed[best][1]
    if broken is not None:
        message = "Ein Anführungszeichen wird nicht geschlossen oder steht mitten im Text."
        raise DataError([Problem(path.name, message, broken)])
    return [found[best]]


def _parse(text: str, separator: str) -> tuple[Rows, int | None]:
    """Return the rows, and the line from which on quotes make no sense."""
    lines = text.splitlines(keepends=True)
    skipped = 1 if lines and re.match(r'(?i)"?sep=', lines[0]) else 0
    reader = csv.reader(io.StringIO("".join(lines[skipped:])), delimiter=separator, strict=True)
    rows: Rows = []
    line = skipped + 1
    try:
        for cells in reader:
            rows.append((line, [cell.strip() for cell in cells]))
            line = skipped + reader.line_num + 1
    except csv.Error:
        return rows, line
    return rows, None


def _find_header(file: str, rows: Rows, spellings: Mapping[str, Sequence[str]]) -> _Candidate:
    first = next((i for i, (_, cells) in enumerate(rows) if any(cells)), 0)
    best = _Candidate(file, rows, first, {})
    for row, (_, cells) in enumerate(rows[:_TITLE_ROWS]):
        columns = _match(cells, spellings)
        if len(columns) > len(best.columns):
            best = _Candidate(file, rows, row, columns)
    return best


def _match(cells: Sequence[str], spellings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    headers: dict[str, int] = {}
    for column, cell in enumerate(cells):
        headers.setdefault(_plain(cell), column)
    columns = {}
    for name, accepted in spellings.items():
        found = next((headers[_plain(s)] for s in accepted if _plain(s) in headers), None)
        if found is not None:
            columns[name] = found
    return columns


def _plain(header: str) -> str:
    return normalize(header).replace(" ", "")


def _choose(candidates: list[_Candidate], required: Sequence[str], file: str) -> _Candidate:
    if not candidates:
        raise DataError([Problem(file, "Die Tabelle hat keine Zeilen.")])
    whole = [c for c in candidates if set(required) <= set(c.columns)]
    filled = [c for c in whole if any(any(cells) for _, cells in c.rows[c.header + 1 :])]
    if len(filled) > 1:
        sheets = " und ".join(candidate.file for candidate in filled)
        message = (
            f"mehrere Blätter kommen in Frage ({sheets}). Bitte nur eines in der Datei lassen."
        )
        raise DataError([Problem(file, message)])
    return max(filled or whole or candidates, key=lambda candidate: len(candidate.columns))


def _frame(table: _Candidate) -> pd.DataFrame:
    header = table.rows[table.header][1]
    width = len(header)
    lines, records, problems = [], [], []
    for line, cells in table.rows[table.header + 1 :]:
        if any(cells[width:]):
            message = (
                "hat mehr Felder als die Kopfzeile. Steht das Trennzeichen im Text, gehört der "
                "Text in Anführungszeichen."
            )
            problems.append(Problem(table.file, message, line))
        padded = [*cells, *[""] * (width - len(cells))]
        if padded[:width] == header:  # repeated on each printed page, or merged over two rows
            continue
        record = {name: padded[column] for name, column in table.columns.items()}
        if any(record.values()) and not _is_note(padded):
            lines.append(line)
            records.append(record)
    if problems:
        raise DataError(problems)
    if not records:
        raise DataError([Problem(table.file, "Die Tabelle hat keine Zeilen.")])
    return pd.DataFrame(records, index=pd.Index(lines, dtype="int64"), dtype=str)


def _is_note(cells: Sequence[str]) -> bool:
    """Recognise a line such as "Quelle: …" below a table; a merged one repeats its only text."""
    filled = {cell for cell in cells if cell}
    return len(filled) == 1 and bool(_NOTE.match(filled.pop()))
