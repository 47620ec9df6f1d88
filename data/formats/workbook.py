"""XLSX: all sheets as rows of text, merged cells filled, protected and broken files named."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from data.errors import DataError, Problem
from data.formats.text import compose, first_bytes, read_bytes

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods"}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # Excel 97, and the envelope of a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Rows = list[tuple[int, list[str]]]


def is_workbook(path: Path) -> bool:
    """Return whether a file is meant to be a workbook: by its ending or by its first bytes."""
    return path.suffix.lower() in SUFFIXES or first_bytes(path).startswith((_ZIP, _OLE))


def read_sheets(path: Path) -> dict[str, Rows]:
    """Read all sheets.

    Returns
    -------
    dict
        Name of the sheet -> (number of the row, cells as text); an empty cell is "", each cell of
        a merged block holds the text of the block, whole numbers have no decimals, dates are ISO.

    Raises
    ------
    DataError
        The file is missing, empty, locked, protected by a password, damaged or no XLSX.
    """
    raw = read_bytes(path)
    sentence = _refusal(raw)
    if sentence is None:
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
        except Exception:  # a damaged package breaks zip, XML or openpyxl itself: many hierarchies
            sentence = "ist keine lesbare Tabelle: Die Datei ist beschädigt. Bitte neu speichern."
    if sentence is not None:
        raise DataError([Problem(path.name, sentence)])
    return {sheet.title: _rows(sheet) for sheet in book.worksheets}


def _refusal(raw: bytes) -> str | None:
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            return "ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern."
        return "ist im alten Excel-Format (XLS). Bitte als XLSX oder CSV speichern."
    if not raw.startswith(_ZIP):
        return "ist keine lesbare Tabelle: Der Inhalt ist kein XLSX. Bitte als XLSX speichern."
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = package.namelist()
    except zipfile.BadZipFile:
        return "ist keine lesbare Tabelle: Die Datei ist beschädigt. Bitte neu speichern."
    if "content.xml" in names:
        return "ist eine OpenDocument-Tabelle (ODS). Bitte als XLSX oder CSV speichern."
    return None


def _rows(sheet: Worksheet) -> Rows:
    cells = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for block in sheet.merged_cells.ranges:
        first = cells[block.min_row - 1][block.min_col - 1]
        for row in range(block.min_row - 1, min(block.max_row, len(cells))):
            width = len(cells[row])
            for column in range(block.min_col - 1, min(block.max_col, width)):
                cells[row][column] = first
    return list(enumerate(cells, start=1))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return compose(str(value)).strip()
