"""Errors of the data layer: each names the file, the line and the field that has to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one cell, row or file; `message` is a German sentence."""

    file: str
    message: str
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", Zeile {self.line}"
        if self.field is not None:
            place += f", Feld „{self.field}“"
        return f"{place}: {self.message}"


class DataError(Exception):
    """A table or file was refused.

    Parameters
    ----------
    problems
        What is wrong, in the order of the file.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:_SHOWN]]
        if len(self.problems) > _SHOWN:
            shown.append(f"… und {len(self.problems) - _SHOWN} weitere")
        super().__init__("\n".join(shown))
