"""Tables that a German Excel opens well, and that hold no formula; here as CSV. No I/O."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar

from msgspec import Struct

# Control characters that XML 1.0, and so XLSX, cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What a spreadsheet may take for a formula; the wide forms count in East Asian editions.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Blanks and characters of no width (Unicode categories), and letters that look like nothing: some
# programs drop them before they look for a formula, and a person does not see them.
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Co", "Mn", "Me"})
_UNSEEN_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")

Row = TypeVar("Row")


class Shape(Enum):
    """How a column is written; the value is Excel's number format."""

    TEXT = "@"
    COUNT = "#,##0"
    KILOMETRES = "0.0"
    SHARE = "0.0%"
    ODDS = "0.00"
    DAY = "dd.mm.yyyy"
    LINK = "General"


class Column(Struct, Generic[Row], frozen=True):
    """One column: its heading, its width in characters, and what a row has in it."""

    title: str
    width: int
    shape: Shape
    value: Callable[[Row], Any]


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: such text gets an apostrophe."""
    plain = _CONTROL.sub("", text)
    start = next((i for i, character in enumerate(plain) if not _is_unseen(character)), len(plain))
    is_formula = plain.startswith(_FORMULA) or plain[start:].startswith(_FORMULA)
    return f"'{plain}" if is_formula else plain


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _UNSEEN_LETTERS


def csv_file(
    columns: Sequence[Column[Row]], rows: Sequence[Row], notes: Sequence[tuple[str, Any]] = ()
) -> bytes:
    """Return what a German Excel opens by double click: UTF-8 with BOM, semicolon, comma.

    `notes` (label and value) follow the rows after an empty line.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column.value(row)) for column in columns])
    if notes:
        writer.writerow([])
        writer.writerows([_csv_cell(label), _csv_cell(value)] for label, value in notes)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value).replace(".", ",")
