"""Sizes of the text model, and its weights as ONNX Runtime reads them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.e5.weights import Weights

_LAYERS, _WIDTH, _INNER = 12, 384, 1_536
MACS_A_TOKEN = _LAYERS * (4 * _WIDTH**2 + 2 * _WIDTH * _INNER)
"""Multiplications of a weight with an activation, 8-bit integers: 21.2 million."""
WEIGHT_BYTES = MACS_A_TOKEN * 18 // 32
"""Of the layers: 32 weights of 4 bits and their scale take 18 bytes."""
INPUT, OUTPUT = "words", "pieces"
Constants = dict[str, npt.NDArray[np.generic]]


def constants_of(weights: Weights) -> Constants:
    """Return all weights but those of words, by the names that `graph` calls them by."""
    found: Constants = _norm(weights, "emb.ln")
    for layer in range(weights.layers):
        name = f"l{layer}."
        for part in ("q", "k", "v", "ao", "fo"):
            found |= _product(weights, name + part, weights.width)
        found |= _product(weights, f"{name}fi", weights.inner)
        for part in ("aln", "oln"):
            found |= _norm(weights, name + part)
    return {key: np.ascontiguousarray(values) for key, values in found.items()}


def _norm(weights: Weights, name: str) -> Constants:
    """Return gain and offset of a normalisation."""
    return {f"{name}.{part}": weights.vector(f"{name}.{part}") for part in "wb"}


def _product(weights: Weights, name: str, outputs: int) -> Constants:
    matrix = weights.packed(f"{name}.w", outputs)
    return {
        f"{name}.codes": matrix.codes,
        f"{name}.scales": matrix.scales.astype(np.float32),
        f"{name}.b": weights.vector(f"{name}.b"),
    }
