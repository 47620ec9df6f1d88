"""No export holds a formula, however it is hidden."""

from __future__ import annotations

import ast
import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

import service
from service.feedback import store
from service.feedback.store import Feedback, Verdict
from service.storage import Database
from service.web.spreadsheets import Column, Shape, csv_file, guarded
from service.web.workbook import xlsx_file

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
HIDDEN = (
    "", " ", "   ", "\u00a0", "\u202f", "\u3000", "\u2003", "\u1680", "\u200b", "\u200c", "\u200d",
    "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202e", "\u2066", "\u034f", "\u180e", "\u061c", "\t",
    "\n", "\r\n", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\u3164", "\u2800",
    "\U000e0020", " \u200b\u00a0", "\u200b\t ",
)  # fmt: skip
FORMULAS = [f"{hidden}{sign}1+1" for hidden in HIDDEN for sign in SIGNS]
HARMLESS = (
    "Archiv",
    " Archiv",
    "1+1",
    "a=b",
    "\u00a0Soest",
    "„=“",
    "",
    " ",
    "\u200b",
    "’s-Heerenberg",
)
COLUMNS = (Column("Text", 20, Shape.TEXT, str), Column("Quelle", 20, Shape.LINK, str))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(text):
    assert guarded(text) == text


def test_csv():
    rows = list(
        csv.reader(io.StringIO(csv_file(COLUMNS, FORMULAS).decode("utf-8-sig")), delimiter=";")
    )
    assert len(rows) == 1 + len(FORMULAS)
    assert all(cell.startswith("'") for row in rows[1:] for cell in row)


def test_xlsx():
    notes = [("Suche", text) for text in FORMULAS]
    book = load_workbook(io.BytesIO(xlsx_file(COLUMNS, FORMULAS, "Liste", notes)))
    cells = [cell for row in book["Liste"].iter_rows(min_row=2) for cell in row]
    cells += [row[1] for row in book["Hinweise"].iter_rows()]
    assert len(cells) == 3 * len(FORMULAS)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(str(cell.value).startswith("'") for cell in cells)


def test_feedback(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'state.db'}")
    moment = datetime(2027, 3, 1, tzinfo=UTC)
    store.record(database, Feedback("-2-3", "05974008", Verdict.FITS, "=1+1", moment))
    store.export(database, tmp_path / "feedback.csv")
    (_, row) = csv.reader((tmp_path / "feedback.csv").read_text("utf-8").splitlines())
    assert row[:4] == ["'-2-3", "05974008", "fits", "'=1+1"]


def test_no_other_module_writes_tables():
    """Each export goes through `spreadsheets`, or guards what it writes itself."""
    folder = Path(service.__file__).parent
    writers = set()
    for path in folder.rglob("*.py"):
        source = path.read_text("utf-8")
        used = {
            node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)
        }
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        if {"writer", "DictWriter"} & used or {"Workbook"} & names:
            writers.add(str(path.relative_to(folder)))
            assert "guarded(" in source, path
    assert writers == {"web/spreadsheets.py", "web/workbook.py", "feedback/store.py"}
