"""What the text model computes, written down for ONNX Runtime.

A BERT encoder (Devlin et al. 2019): in each layer attention between all pieces of the text, then
two products to four times the width and back, each added to what came in and normalised. Weights
stay in 4 bits; ONNX Runtime rounds activations to 8 bits in the same blocks of 32, so that every
product is one of whole numbers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from models.e5.weights import BLOCK, Weights

_LAYERS, _WIDTH, _INNER = 12, 384, 1_536
MACS_A_TOKEN = _LAYERS * (4 * _WIDTH**2 + 2 * _WIDTH * _INNER)
"""Multiplications of a weight with an activation, 8-bit integers: 21.2 million."""
WEIGHT_BYTES = MACS_A_TOKEN * 18 // 32
"""Of the layers: 32 weights of 4 bits and their scale take 18 bytes."""
INPUT, OUTPUT = "words", "pieces"
_MICROSOFT = "com.microsoft"
_OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
_IR_VERSION = 9  # of opset 17's time: read by every ONNX Runtime that knows it
_ROUND_ACTIVATIONS = 4  # "accuracy level" of MatMulNBits: products of 8-bit integers


def write(weights: Weights) -> tuple[bytes, dict[str, npt.NDArray[np.generic]]]:
    """Return the model and its constants by name, which are handed over beside it.

    It makes (1, n, width) vectors of words to (1, n, width) vectors of pieces. With the constants
    in it, each of the steps from here to ONNX Runtime would copy all weights once more.
    """
    graph = _Graph(weights)
    x = graph.node("LayerNormalization", [INPUT, *graph.norm("emb.ln")], epsilon=weights.epsilon)
    for layer in range(weights.layers):
        x = graph.layer(x, f"l{layer}.")
    graph.node("Identity", [x], OUTPUT)
    shape = [1, "n", weights.width]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, shape)],
            [_declared(name, values) for name, values in graph.constants.items()],
        ),
        opset_imports=_OPSETS,
        ir_version=_IR_VERSION,
    )
    return bytes(model.SerializeToString()), graph.constants


def _declared(name: str, values: npt.NDArray[np.generic]) -> TensorProto:
    """Return a constant that comes from outside the model."""
    declared = TensorProto(
        name=name,
        dims=values.shape,
        data_type=helper.np_dtype_to_tensor_dtype(values.dtype),
        data_location=TensorProto.EXTERNAL,
    )
    declared.external_data.add(key="location", value=name)
    return declared


class _Graph:
    """Collects nodes and constants; each node's output is named by its number."""

    def __init__(self, weights: Weights) -> None:
        self.nodes: list[object] = []
        self.constants: dict[str, npt.NDArray[np.generic]] = {}
        self._weights = weights

    def node(self, kind: str, inputs: list[str], output: str = "", **options: object) -> str:
        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **options))
        return output

    def norm(self, name: str) -> list[str]:
        """Return gain and offset of a normalisation."""
        return [
            self._constant(f"{name}.{part}", self._weights.vector(f"{name}.{part}"))
            for part in "wb"
        ]

    def layer(self, x: str, name: str) -> str:
        width, inner = self._weights.width, self._weights.inner
        asked = [self._product(x, f"{name}{part}", width, width) for part in "qkv"]
        seen = self.node(
            "MultiHeadAttention", asked, domain=_MICROSOFT, num_heads=self._weights.heads
        )
        x = self._added(x, self._product(seen, f"{name}ao", width, width), f"{name}aln")
        wide = self.node("Gelu", [self._product(x, f"{name}fi", width, inner)], domain=_MICROSOFT)
        return self._added(x, self._product(wide, f"{name}fo", inner, width), f"{name}oln")

    def _added(self, x: str, y: str, name: str) -> str:
        return self.node(
            "SkipLayerNormalization",
            [x, y, *self.norm(name)],
            domain=_MICROSOFT,
            epsilon=self._weights.epsilon,
        )

    def _product(self, x: str, name: str, size: int, outputs: int) -> str:
        matrix = self._weights.packed(f"{name}.w", outputs)
        return self.node(
            "MatMulNBits",
            [
                x,
                self._constant(f"{name}.codes", matrix.codes),
                self._constant(f"{name}.scales", matrix.scales.astype(np.float32)),
                "",  # zero point: 8, as is usual
                "",
                self._constant(f"{name}.b", self._weights.vector(f"{name}.b")),
            ],
            domain=_MICROSOFT,
            K=size,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_ROUND_ACTIVATIONS,
        )

    def _constant(self, name: str, values: npt.NDArray[np.generic]) -> str:
        self.constants[name] = np.ascontiguousarray(values)
        return name
