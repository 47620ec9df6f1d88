"""What every source has: a title, a way to read it and a way to put it into the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

Content = TypeVar("Content")


class Reading(Struct, Generic[Content], frozen=True):
    """What was read and checked, nothing written yet.

    Attributes
    ----------
    content
        What `install` of the same source takes over.
    summary
        German sentence: how much was read.
    notes
        German sentences about what was mended, renamed, known already or left out.
    """

    content: Content
    summary: str
    notes: tuple[str, ...] = ()


class Source(Protocol):
    """A module of `data.sources`."""

    title: str

    def read(self, path: Path, folder: Path) -> Reading[Any]:
        """Read a file and check it against the tables in `folder`.

        Raises
        ------
        DataError
            The file cannot be taken over; each problem names line, field and mend.
        """

    def install(self, folder: Path, reading: Reading[Any], date: str) -> str:
        """Put what was read into the tables, all or nothing; returns a German sentence.

        Raises
        ------
        DataError
            The tables would contradict each other; nothing is written.
        """
