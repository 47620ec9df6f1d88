"""Text in, unit vectors of 384 dimensions out."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnxruntime

from models.beside import beside
from models.derived import Arrays, Derived, code_of
from models.e5.constants import INPUT, OUTPUT, Constants, constants_of
from models.e5.pieces import Pieces
from models.e5.weights import Weights, check_weights

QUERY_PROMPT = "query: "
# The model reads 512 tokens; German needs about 4 characters a token, so little more is ever read.
MAX_CHARACTERS = 2_000
_ONLY_ERRORS = 3


class E5:
    """Text in, unit vectors of 384 dimensions out.

    It has the part of sentence-transformers' interface that `models.text` uses: that library would
    only pass texts through here, and costs three seconds of every start.

    Each text is computed on its own: none is padded for another's sake, and its vector has the same
    bits whatever is encoded with it. Texts of several requests are encoded side by side. Two
    threads shorten the wait where cores are free, to the same bits too (`OMP_NUM_THREADS` names
    another number); those that wait sleep, for spinning ones would hold up whoever computes.

    Its floor: each token meets 12 layers of 4 · 384² + 2 · 384 · 1,536 weights, `MACS_A_TOKEN`
    multiplications with 8-bit integers; all weights of the layers are `WEIGHT_BYTES`, read once a
    text. A text of 24 tokens is 0.5 · 10⁹ multiplications on 12 MB: the cores bound it, not the
    memory.

    Parameters
    ----------
    derived
        May keep what follows from the weights alone: how pieces are found, and what is computed.
    """

    reentrant = True
    """Several threads may encode at once."""

    def __init__(self, derived: Derived | None = None) -> None:
        with beside(check_weights):
            self._load(derived or Derived())

    def _load(self, derived: Derived) -> None:
        self._weights = Weights()
        self._pieces = Pieces(self._weights.vocabulary, self._weights.version, derived)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _threads()
        options.log_severity_level = _ONLY_ERRORS
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        constants = constants_of(self._weights)
        model = _graph(self._weights, constants, derived)
        options.add_external_initializers(
            list(constants), [*map(onnxruntime.OrtValue.ortvalue_from_numpy, constants.values())]
        )
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )
        places = self._weights.vector("emb.pos").reshape(-1, self._weights.width)
        self._places = places + self._weights.vector("emb.type")[: self._weights.width]

    def encode(self, texts: Sequence[str], *, prompt: str, **_: object) -> npt.NDArray[np.float32]:
        """Encode texts, cut to what the model reads; returns (n, 384) unit vectors."""
        return np.stack([self._vector(prompt + text[:MAX_CHARACTERS]) for text in texts])

    def tokens(self, text: str) -> int:
        """Return how many tokens a search is to the model, its marks and prefix included."""
        return len(self._numbers(QUERY_PROMPT + text[:MAX_CHARACTERS]))

    def _numbers(self, text: str) -> list[int]:
        return self._pieces.of(text, self._weights.positions)

    def _vector(self, text: str) -> npt.NDArray[np.float32]:
        numbers = np.array(self._numbers(text))
        words = self._weights.words(numbers) + self._places[: len(numbers)]
        (pieces,) = self._session.run([OUTPUT], {INPUT: words[None]})
        mean: npt.NDArray[np.float32] = pieces[0].mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))


def _threads() -> int:
    named = os.environ.get("OMP_NUM_THREADS", "")
    return int(named) if named.isdigit() and int(named) > 0 else min(os.cpu_count() or 1, 2)


def _graph(weights: Weights, constants: Constants, derived: Derived) -> bytes:
    """Return the model for ONNX Runtime; written anew where weights or `graph` changed."""

    def write() -> Arrays:
        # Imported here: where it is kept, the library that writes it down is not needed.
        from models.e5 import graph

        return {"model": np.frombuffer(graph.write(weights, constants), np.uint8)}

    made_of = [weights.version, *code_of(__file__, "graph", "constants", "weights")]
    return derived.get("graph", made_of, write)["model"].tobytes()
