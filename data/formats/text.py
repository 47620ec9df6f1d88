"""Bytes to text: any usual encoding, marks of other systems taken off, umlauts composed."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from data.errors import DataError, Problem, os_problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_MARKS = dict.fromkeys(map(ord, "\ufeff\x1a\x00"))  # byte order mark, Ctrl-Z of DOS, padding
# First bytes of what is no text, with what to do about it.
_FOREIGN = (
    (b"%PDF", "ist ein PDF, keine Tabelle. Bitte als CSV oder XLSX speichern."),
    (b"PK\x03\x04", "ist ein ZIP- oder Office-Paket, kein Text. Bitte die richtige Endung geben."),
    (b"\xd0\xcf\x11\xe0", "ist eine alte oder geschützte Office-Datei. Bitte als CSV speichern."),
)


def read_bytes(path: Path) -> bytes:
    """Read a file whole.

    Raises
    ------
    DataError
        The file is missing, a folder, locked, or empty.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError([os_problem(path, error)]) from None
    if not raw.strip():
        raise DataError([Problem(path.name, "Die Datei ist leer.")])
    return raw


def first_bytes(path: Path, count: int = 8) -> bytes:
    """Read the beginning of a file that may be large, or refuse it as `read_bytes` does."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(count)
    except OSError as error:
        raise DataError([os_problem(path, error)]) from None
    if not raw:
        raise DataError([Problem(path.name, "Die Datei ist leer.")])
    return raw


def read_text(path: Path) -> str:
    """Read a text file: UTF-8 or UTF-16 with or without byte order mark, else Windows-1252.

    Ctrl-Z and byte order marks go; letters are composed (NFC), so that "ü" is one character and
    columns of fixed width stand where they should.

    Raises
    ------
    DataError
        The file cannot be read, or is a PDF, a package or another binary file.
    """
    raw = read_bytes(path)
    sentence = next((words for start, words in _FOREIGN if raw.startswith(start)), None)
    if sentence is not None:
        raise DataError([Problem(path.name, sentence)])
    return compose(decode(raw, path.name))


def compose(text: str) -> str:
    """Return a text with composed letters (NFC) and without marks that no one typed."""
    return unicodedata.normalize("NFC", text.translate(_MARKS))


def decode(raw: bytes, file: str) -> str:
    """Return the bytes as text.

    Raises
    ------
    DataError
        A UTF-16 file is cut off in the middle of a character.
    """
    encoding = next((name for bom, name in _BOMS if raw.startswith(bom)), None) or _utf16(raw)
    try:
        return raw.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding is not None:
            message = "ist beschädigt: Der Text bricht mitten in einem Zeichen ab."
            raise DataError([Problem(file, message)]) from None
    # Older editions are latin-1, of which Windows-1252 is the practical superset.
    return raw.decode("cp1252", errors="replace")


def _utf16(raw: bytes) -> str | None:
    """Recognise UTF-16 without a byte order mark: every other byte of Western text is zero."""
    sample = raw[:_SAMPLE]
    if len(sample) < 4 or sample.count(0) < len(sample) // 3:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
