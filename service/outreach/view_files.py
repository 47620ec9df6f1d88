"""What the files of both views over the whole Land have in common. No I/O.

They hold what the pages show, in the same order; the pages cut long lists, the files do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, TypeVar, get_args

from matcher import Matcher
from service.outreach.list_files import PROPOSALS, UNKNOWN
from service.problems import ProblemError
from service.web.attachments import MEDIA_TYPES, File
from service.web.spreadsheets import Column, csv_file

ViewFormat = Literal["csv", "xlsx"]
FORMATS: tuple[ViewFormat, ...] = get_args(ViewFormat)
Row = TypeVar("Row")


def known_format(wanted: str) -> ViewFormat:
    """Return the format of a file.

    Raises
    ------
    ProblemError
        422: it is not known.
    """
    asked = wanted.strip().lower()
    for name in FORMATS:
        if name == asked:
            return name
    sentence = f"Dieses Format gibt es nicht. Zulässig sind: {', '.join(FORMATS)}."
    raise ProblemError.of_fields([("/format", sentence)])


def view_file(
    name: str,
    fmt: ViewFormat,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    title: str,
    notes: Sequence[tuple[str, Any]],
    frozen: str,
    day: date,
) -> File:
    """Return the file of a view; `notes` and `frozen` are those of `xlsx_file`."""
    if fmt == "csv":
        content = csv_file(columns, rows)
    else:
        from service.web.workbook import xlsx_file

        content = xlsx_file(columns, rows, title, notes, frozen)
    return File(content, MEDIA_TYPES[fmt], f"ikz-{name}-{day.isoformat()}.{fmt}")


def notes_of(matcher: Matcher, day: date) -> list[tuple[str, Any]]:
    """Return what every list of the office says about itself."""
    return [
        ("Hinweis", PROPOSALS),
        ("Was nicht bekannt ist", UNKNOWN),
        ("Datum der Liste", day),
        ("Modellversion", matcher.version),
        ("Datenstand", matcher.dataset.version),
    ]
