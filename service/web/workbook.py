"""The tables of `service.web.spreadsheets` as XLSX. No I/O.

Imported where a workbook is written: openpyxl takes a fifth of a second of every start otherwise.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from service.web.spreadsheets import Column, Row, Shape, guarded

_LONGEST_LINK = 2_079  # of a hyperlink in Excel
_LONGEST_TEXT = 32_767  # of a cell in Excel
_PAGE = 220  # characters side by side that can still be read on a printed page
_LINE_POINTS, _HIGHEST_POINTS = 15, 409  # of a row in Excel
_FILLED = 0.9  # of a line, on average, where words wrap
_NOTE_WIDTHS = (24, 90)
_HEAD = PatternFill("solid", fgColor="E3EAF3")
_RULE = Border(bottom=Side("thin", color="5A6B80"))


def xlsx_file(
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    title: str,
    notes: Sequence[tuple[str, Any]],
    frozen: str = "D2",
) -> bytes:
    """Return a workbook: the rows, and a sheet "Hinweise" on what the list is and is not.

    Parameters
    ----------
    columns, rows
        What the first sheet holds.
    title
        Name of the first sheet.
    notes
        Label and value of each line of the second sheet.
    frozen
        Cell above and left of which everything stays in sight.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = title
    _fill(sheet, columns, rows, frozen)
    _explain(book.create_sheet("Hinweise"), notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(
    sheet: Worksheet, columns: Sequence[Column[Row]], rows: Sequence[Row], frozen: str
) -> None:
    for number, column in enumerate(columns, start=1):
        head = sheet.cell(row=1, column=number, value=column.title)
        head.font, head.fill, head.border = Font(bold=True), _HEAD, _RULE
        head.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        for row, entry in enumerate(rows, start=2):
            _write(sheet, row, number, column, column.value(entry))
    _set_heights(sheet, [c.width if c.shape is Shape.TEXT else None for c in columns])
    # A heading leaves room for the button of the filter.
    sheet.row_dimensions[1].height = 2 * _LINE_POINTS + 2
    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    pages = max(1, round(sum(column.width for column in columns) / _PAGE))
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _set_heights(sheet: Worksheet, widths: Sequence[int | None]) -> None:
    """Make rows as high as their wrapped texts need: not every program does so by itself."""
    for cells in sheet.iter_rows():
        needed = [
            _lines(cell.value, width)
            for cell, width in zip(cells, widths, strict=True)
            if width is not None and isinstance(cell.value, str)
        ]
        points = min(max(needed, default=1) * _LINE_POINTS + 2, _HIGHEST_POINTS)
        sheet.row_dimensions[cells[0].row].height = points


def _lines(text: str, width: int) -> int:
    """Estimate how many lines a text takes; words that move to the next line cost some room."""
    return sum(ceil(max(len(part), 1) / (_FILLED * width)) for part in text.split("\n"))


def _write(sheet: Worksheet, row: int, number: int, column: Column[Row], value: Any) -> None:
    cell = sheet.cell(row=row, column=number)
    cell.alignment = Alignment(vertical="top", wrap_text=column.shape is Shape.TEXT)
    cell.number_format = column.shape.value
    if not isinstance(value, str):
        cell.value = value
        return
    if not value:
        return
    cell.value = guarded(value)[:_LONGEST_TEXT]
    cell.data_type = "s"
    if column.shape is Shape.LINK and _is_link(value):
        cell.hyperlink = value
        cell.font = Font(color="0563C1", underline="single")


def _is_link(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return (
        address.scheme in ("http", "https") and bool(address.netloc) and len(text) <= _LONGEST_LINK
    )


def _explain(sheet: Worksheet, notes: Sequence[tuple[str, Any]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _NOTE_WIDTHS
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for row, (label, value) in enumerate(notes, start=1):
        head = sheet.cell(row=row, column=1, value=label)
        head.font, head.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
        cell = sheet.cell(row=row, column=2)
        cell.alignment = Alignment(vertical="top", horizontal="left", wrap_text=True)
        if isinstance(value, date):
            cell.value, cell.number_format = value, Shape.DAY.value
        else:
            cell.value, cell.data_type = guarded(value), "s"
    _set_heights(sheet, _NOTE_WIDTHS)
