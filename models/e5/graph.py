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

from models.e5.constants import INPUT, OUTPUT, Constants
from models.e5.weights import BLOCK, Weights

_MICROSOFT = "com.microsoft"
_OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
_IR_VERSION = 9  # of opset 17's time: read by every ONNX Runtime that knows it
_ROUND_ACTIVATIONS = 4  # "accuracy level" of MatMulNBits: products of 8-bit integers


def write(weights: Weights, constants: Constants) -> bytes:
    """Return the model; its constants are handed over beside it, by name.

    It makes (1, n, width) vectors of words to (1, n, width) vectors of pieces. With the constants
    in it, each of the steps from here to ONNX Runtime would copy all weights once more.
    """
    graph = _Graph(weights)
    first = [INPUT, *graph.norm("emb.ln")]
    x = graph.node("LayerNormalization", first, epsilon=weights.epsilon)
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
            [_declared(name, constants[name]) for name in graph.named],
        ),
        opset_imports=_OPSETS,
        ir_version=_IR_VERSION,
    )
    return bytes(model.SerializeToString())


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
    """Collects nodes and names of constants; each node's output is named by its number."""

    def __init__(self, weights: Weights) -> None:
        self.nodes: list[object] = []
        self.named: list[str] = []
        self._weights = weights

    def node(self, kind: str, inputs: list[str], output: str = "", **options: object) -> str:
        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **options))
        return output

    def norm(self, name: str) -> list[str]:
        """Return gain and offset of a normalisation."""
        return [self._constant(f"{name}.{part}") for part in "wb"]

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
        return self.node(
            "MatMulNBits",
            [
                x,
                self._constant(f"{name}.codes"),
                self._constant(f"{name}.scales"),
                "",  # zero point: 8, as is usual
                "",
                self._constant(f"{name}.b"),
            ],
            domain=_MICROSOFT,
            K=size,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_ROUND_ACTIVATIONS,
        )

    def _constant(self, name: str) -> str:
        self.named.append(name)
        return name
