"""Errors of the data layer: each names the file, the line and the field that has to be mended."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

_SHOWN = 20


class Problem(Struct, frozen=True):
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


def os_problem(path: Path, error: OSError) -> Problem:
    """Say in words why the operating system refused a file."""
    if isinstance(error, FileNotFoundError):
        return Problem(path.name, f"Die Datei fehlt ({path}).")
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return Problem(path.name, "ist ein Ordner, keine Datei.")
    if isinstance(error, PermissionError):
        message = (
            "ist gesperrt: Ein anderes Programm hält die Datei offen, oder das Recht fehlt, sie zu "
            "lesen oder zu schreiben."
        )
        return Problem(path.name, message)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(path.name, "Der Datenträger ist voll; nichts wurde übernommen.")
    message = f"Das Betriebssystem verweigert die Datei (Fehler {error.errno})."
    return Problem(path.name, message)
