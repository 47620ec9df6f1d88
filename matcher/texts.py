"""From a text to what it says: its matter, its wishes, the bodies that it names."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from msgspec import Struct

from data import TaskArea
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from matcher.result import TaskAreaGuess
from matcher.understanding.interpreter import Interpreter, Reading
from models import TextModel

_BESIDE = 2  # threads: reading words takes a fifth of the time that the text model computes
_REMEMBERED = 256  # texts with who asks: about 30 kB each


class ReadText(Struct, frozen=True):
    """A text as it was read, and its matter as the ranking sees it (None without a text model)."""

    reading: Reading
    matter: Matter | None


@dataclass(frozen=True)
class TextReader:
    """Reads texts, and remembers the last ones: who asks again waits less.

    Attributes
    ----------
    interpreter
        Tells what a text says beside its matter.
    knowledge
        What its matter is compared with.
    text_model
        None when switched off.
    areas
        Task areas in the order of the model's shares.
    """

    interpreter: Interpreter
    knowledge: Knowledge
    text_model: TextModel | None
    areas: tuple[TaskArea, ...]

    def read(self, text: str, searcher: str | None) -> ReadText:
        """Read a text of the body with this key; without one nothing is told of partners."""
        found: ReadText = self._remembered(text, searcher)
        return found

    def guesses(self, reading: Reading) -> tuple[TaskAreaGuess, ...]:
        """Return task areas with their probability, likeliest first; none without a text model."""
        if reading.compared is None:
            return ()
        shares = reading.compared.shares[0]
        return tuple(
            TaskAreaGuess(self.areas[i], float(shares[i]), "predicted")
            for i in np.argsort(-shares, kind="stable")
        )

    @cached_property
    def _remembered(self) -> Any:
        return lru_cache(_REMEMBERED)(self._read)

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_BESIDE, "words")

    def _read(self, text: str, searcher: str | None) -> ReadText:
        partners = self.interpreter.partners(text, searcher)
        gist = self.interpreter.gist(text, partners)
        vector = words = None
        if self.text_model is not None and gist.strip():
            # Words are read while the text model computes: it leaves Python to others meanwhile.
            being_read = self._beside.submit(self.interpreter.words, text, gist)
            vector = np.asarray(self.text_model.encode_queries([gist])[0], np.float32)
            words = being_read.result()
        reading = self.interpreter.read(text, partners, gist, vector, words)
        reader, compared = self.knowledge.reader, reading.compared
        if vector is None or reader is None:
            return ReadText(reading, None)
        if compared is None:
            return ReadText(reading, reader.read(vector, gist))
        # What was compared already is not compared again.
        return ReadText(reading, reader.matter(compared.meaning, compared.wording))
