"""Checksums of artifacts, written beside them and verified before they are used.

One changed digit in a curve still reads as a curve: only a checksum tells it from what was learned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from data.provenance import file_hash, write_atomically
from models.beside import beside
from models.errors import DamagedArtifactError, MissingModelError

MANIFEST = "manifest.json"
_MEND = (
    "Abhilfe: Die Datei aus der Auslieferung oder einer Sicherung zurückspielen, oder "
    "„make train“ (ohne make: „ikz train“) lernt sie neu an."
)


def write_manifest(folder: Path) -> None:
    """Write the SHA-256 of every artifact in a folder; call it last, when all are complete."""
    found = {
        path.name: file_hash(path)
        for path in sorted(folder.iterdir())
        if path.suffix in (".json", ".npz") and path.name != MANIFEST
    }
    _write(folder, found)


def renew_entry(folder: Path, name: str) -> None:
    """Write the checksum of one file anew, where the folder has a list of them."""
    if (folder / MANIFEST).is_file():
        _write(folder, _read(folder) | {name: file_hash(folder / name)})


def check_manifest(folder: Path) -> None:
    """Verify every artifact in a folder.

    Raises
    ------
    MissingModelError
        An artifact is not there.
    DamagedArtifactError
        An artifact is not what was written.
    """
    _seal(folder)
    for name, stated in _read(folder).items():
        if file_hash(folder / name) != stated:
            raise DamagedArtifactError(
                f"„{name}“ ist beschädigt: Die Prüfsumme stimmt nicht ({folder / name}). {_MEND}"
            )


@contextmanager
def intact(folder: Path) -> Iterator[None]:
    """Verify the artifacts beside a block that loads them, and that none is replaced meanwhile.

    Raises
    ------
    MissingModelError, DamagedArtifactError
        As `check_manifest`; or an artifact was replaced, or its file was touched.
    """
    seal = _seal(folder)
    try:
        with beside(partial(check_manifest, folder)):
            yield
    finally:
        # Before what else was found: half of the one and half of the other looks like damage.
        if _seal(folder) != seal:
            raise DamagedArtifactError(
                f"Die Modelle in {folder} wurden ersetzt, während sie geladen wurden. Abhilfe: das "
                "Laden wiederholen, sobald alle Dateien da sind."
            )


def _seal(folder: Path) -> str:
    """Return a hash of the list of checksums and of which files these are, by place and time."""
    found = _read(folder)
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode())
    for name in (MANIFEST, *sorted(found)):
        path = folder / name
        try:
            state = path.stat()
        except OSError:
            raise MissingModelError(f"„{name}“ fehlt ({path}). {_MEND}") from None
        digest.update(f"{name} {state.st_ino} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()


def _write(folder: Path, found: dict[str, str]) -> None:
    content = json.dumps(dict(sorted(found.items())), indent=2) + "\n"
    write_atomically(folder / MANIFEST, content)


def _read(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    if not path.is_file():
        raise MissingModelError(
            f"Die Rangfolge fehlt oder ist unvollständig: „{MANIFEST}“ mit den Prüfsummen ist "
            f"nicht da ({path}). {_MEND}"
        )
    try:
        found = json.loads(path.read_text("utf-8"))
        if not found or not all(isinstance(stated, str) for stated in found.values()):
            raise TypeError
    except (ValueError, TypeError, AttributeError):
        raise DamagedArtifactError(f"„{MANIFEST}“ ist beschädigt ({path}). {_MEND}") from None
    return dict(found)
