"""Where artifacts lie, how they are read, and the measured quality that belongs to a ranker."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from data.provenance import write_atomically
from models.errors import MissingModelError, StaleArtifactError
from models.manifest import renew_entry
from models.ranker import RETRAIN

ARTIFACTS = Path(__file__).parent / "artifacts"
EMBEDDINGS = "embeddings.npz"
_QUALITY = "quality.json"
_SHRUNK = 0.5
BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile)
"""What reading a file of arrays or JSON raises where it is damaged."""


@contextmanager
def reading(path: Path, what: str) -> Iterator[None]:
    """Turn what goes wrong while an artifact is read into a sentence that says what to do.

    Parameters
    ----------
    path
        The file.
    what
        What it holds, as the subject of a German sentence: "Die Prüfung der Vorhaben".

    Raises
    ------
    MissingModelError
        The file is missing or broken.
    """
    if not path.is_file():
        raise MissingModelError(f"{what} fehlt ({path}). {RETRAIN}")
    try:
        yield
    except BROKEN as error:
        raise MissingModelError(f"{what} ist beschädigt ({error}). {RETRAIN}") from None


def check_made_of(made_of: str, expected: str | None, what: str) -> None:
    """Raise StaleArtifactError where an artifact was learned from something else than expected."""
    if expected is not None and made_of != expected:
        raise StaleArtifactError(f"{what} wurde aus anderen Daten gelernt. {RETRAIN}")


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write named arrays as numpy's `npz`; no code, so that loading runs none.

    An array that does not shrink to half is kept as it is: to unpack all took a start 0.1 s.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, array in arrays.items():
            raw = io.BytesIO()
            np.lib.format.write_array(raw, np.asarray(array), allow_pickle=False)
            content = raw.getvalue()
            shrinks = len(zlib.compress(content)) < len(content) * _SHRUNK
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy"),  # of no date: the same arrays, the same bytes
                content,
                zipfile.ZIP_DEFLATED if shrinks else zipfile.ZIP_STORED,
            )
    write_atomically(path, buffer.getvalue())


def read_quality(folder: Path, ranker_version: str) -> dict[str, object]:
    """Return the figures measured for this ranker; empty where they are for another or missing."""
    path = folder / _QUALITY
    if not path.is_file():
        return {}
    try:
        quality = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError:
        return {}
    if not isinstance(quality, dict) or quality.get("ranker") != ranker_version:
        return {}
    return quality


def write_quality(folder: Path, quality: dict[str, object]) -> None:
    """Write figures; `quality["ranker"]` names the ranker they belong to."""
    content = json.dumps(quality, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    write_atomically(folder / _QUALITY, content)
    renew_entry(folder, _QUALITY)
