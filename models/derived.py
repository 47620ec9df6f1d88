"""Arrays that follow from data and models alone, kept so that a start need not make them anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.store import BROKEN, write_arrays

DERIVED = "derived.npz"
_KEY = "made_of"
Arrays = Mapping[str, npt.NDArray[Any]]
Part = str | bytes | npt.NDArray[Any]


class Derived:
    """Derivations by name, each with a hash of all that it was made from.

    What fits is taken; what does not, or is not there, is made anew: a file from other data costs
    time, never a result.

    Parameters
    ----------
    path
        File that `save` wrote; it need not exist. None keeps nothing.

    Examples
    --------
    >>> derived = Derived(folder / DERIVED)
    >>> derived.get("squares", [numbers], lambda: {"squares": numbers**2})["squares"]
    """

    def __init__(self, path: Path | None = None) -> None:
        self._kept = {} if path is None else _read(path)
        self._used: dict[str, tuple[str, Arrays]] = {}
        self.made_anew: list[str] = []

    def get(self, name: str, made_of: Iterable[Part], make: Callable[[], Arrays]) -> Arrays:
        """Return the arrays of a derivation.

        Parameters
        ----------
        name
            Of the derivation, without a slash.
        made_of
            Everything that it follows from, constants of its rule too.
        make
            Makes the arrays, by name.
        """
        key = _hash(made_of)
        kept = self._kept.get(name)
        if kept is None or kept[0] != key:
            kept = key, make()
            self.made_anew.append(name)
        self._used[name] = kept
        return kept[1]

    def save(self, path: Path) -> None:
        """Write what was asked for, and nothing else."""
        arrays: dict[str, Any] = {}
        for name, (key, found) in self._used.items():
            arrays[f"{name}/{_KEY}"] = np.array(key)
            arrays |= {f"{name}/{part}": array for part, array in found.items()}
        write_arrays(path, arrays)


def code_of(module: str, *names: str) -> list[Part]:
    """Return the code of modules that lie beside one (its `__file__`), for `made_of`."""
    return [Path(module).with_name(f"{name}.py").read_bytes() for name in names]


def _read(path: Path) -> dict[str, tuple[str, Arrays]]:
    if not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except BROKEN:
        return {}
    found: dict[str, dict[str, npt.NDArray[Any]]] = {}
    for full, array in arrays.items():
        name, _, part = full.partition("/")
        found.setdefault(name, {})[part] = array
    return {name: (str(parts.pop(_KEY)), parts) for name, parts in found.items() if _KEY in parts}


def _hash(made_of: Iterable[Part]) -> str:
    digest = hashlib.sha256()
    for part in made_of:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype}{part.shape}".encode())
            part = np.ascontiguousarray(part).tobytes()
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\0")
    return digest.hexdigest()[:32]
