"""Where each data file comes from: `datapackage.json`, a Frictionless Data Package descriptor."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from data.errors import DataError, Problem

DESCRIPTOR = "datapackage.json"
Sealed = Mapping[str, str]
"""Names of files with the hash that each had when it was checked, see `sealed`."""
NOTHING_SEALED: Sealed = {}


class Resource(Struct, frozen=True):
    """One data file with its source, date and licence, as the descriptor states them."""

    path: str
    title: str
    source: str
    date: str
    license: str
    hash: str


def read_descriptor(folder: Path) -> list[Resource]:
    """Read the descriptor of a data folder.

    Raises
    ------
    DataError
        The descriptor is missing or an entry lacks source, date or licence.
    """
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise DataError([Problem(path.name, f"Die Datei fehlt ({path}).")])
    try:
        entries = json.loads(path.read_text("utf-8"))["resources"]
        return [
            Resource(
                path=entry["path"],
                title=entry["title"],
                source="; ".join(source["title"] for source in entry["sources"]),
                date=entry["date"],
                license="; ".join(licence["name"] for licence in entry["licenses"]),
                hash=entry["hash"],
            )
            for entry in entries
        ]
    except KeyError as error:
        message = f"ist unvollständig: Die Angabe „{error.args[0]}“ fehlt"
        raise DataError([Problem(path.name, message)]) from None
    except (ValueError, TypeError):
        raise DataError([Problem(path.name, "ist unvollständig oder kein JSON")]) from None


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in the descriptor's notation."""
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def sealed(*folders: Path) -> Sealed:
    """Return the hashes of what data folders describe; a later folder comes before the others.

    A hash is written once the tables were found to be in order (`data.update`, `data.build`): who
    starts a service need not check again what did not change since.

    Raises
    ------
    DataError
        A descriptor is missing or broken.
    """
    return {r.path: r.hash for folder in folders for r in read_descriptor(folder)}


def is_sealed(path: Path, files: Sealed) -> bool:
    """Tell whether a file is as it was when it was checked."""
    return path.name in files and files[path.name] == file_hash(path)


def check_hashes(folder: Path) -> list[Problem]:
    """Return a problem for each file that is missing, undescribed or not as described."""
    described = {DESCRIPTOR, *(resource.path for resource in read_descriptor(folder))}
    return damaged_files(folder) + [
        Problem(path.name, "hat keinen Eintrag in datapackage.json")
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in described
    ]


def damaged_files(folder: Path) -> list[Problem]:
    """Return a problem for each described file that is missing or not as described."""
    problems = []
    for resource in read_descriptor(folder):
        name, path = resource.path, folder / resource.path
        if not path.is_file():
            problems.append(Problem(name, "steht im Verzeichnis datapackage.json, fehlt aber"))
        elif file_hash(path) != resource.hash:
            problems.append(
                Problem(
                    name,
                    "weicht von der Prüfsumme in datapackage.json ab. Abhilfe: die Datei aus "
                    "einer Sicherung zurückspielen oder neu einlesen („ikz data import“); war "
                    "die Änderung gewollt, erneuert „python -m data.build“ die Prüfsumme",
                )
            )
    return problems


def update_descriptor(folder: Path, dates: dict[str, str] | None = None) -> None:
    """Write the present hash of every described file, and new dates where given (file -> date)."""
    path = folder / DESCRIPTOR
    document = json.loads(path.read_text("utf-8"))
    for entry in document["resources"]:
        entry["hash"] = file_hash(folder / entry["path"])
        entry["date"] = (dates or {}).get(entry["path"], entry["date"])
    write_atomically(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace a file in one step: a full disk or a killed process leaves the old one as it was."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
