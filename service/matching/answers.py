"""Answers of partner searches as JSON, kept for a while: who asks the same again waits less."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock

from msgspec import Struct
from pydantic import TypeAdapter

from service.matching.schemas import MatchAsked, MatchesAnswer

_MOST_BYTES = 6_000_000  # of JSON: six answers with all bodies, some hundred of the usual ten
_START = b'{"request_id":""'
_WRITTEN = TypeAdapter(MatchesAnswer)  # writes bytes; a model writes text, which is one copy more
_LEVEL = 1  # all bodies are 0.9 MB: level 3 takes a fifth longer for 6 % fewer bytes


class Answers(Struct, frozen=True):
    """The last answers of one matcher; no wording is kept, only a hash of each question."""

    _kept: OrderedDict[bytes, bytes]
    _lock: Lock

    @classmethod
    def none_yet(cls) -> Answers:
        """Return an empty memory."""
        return cls(OrderedDict(), Lock())

    def json(
        self, asked: MatchAsked, today: date, request_id: str, make: Callable[[], MatchesAnswer]
    ) -> bytes:
        """Return the answer to a question of a day, in UTF-8.

        Parameters
        ----------
        asked, today
            What the answer depends on.
        request_id
            Of this request: the one thing that differs when the same is asked again.
        make
            Makes the answer, with an empty `request_id`.
        """
        question = f"{today.isoformat()}{asked.model_dump_json()}".encode()
        key = hashlib.sha256(question).digest()
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is None:
            found = _WRITTEN.dump_json(make())
            self._keep(key, found)
        return b'{"request_id":' + json.dumps(request_id).encode() + found[len(_START) :]

    def _keep(self, key: bytes, answer: bytes) -> None:
        with self._lock:
            self._kept[key] = answer
            size = sum(map(len, self._kept.values()))
            while size > _MOST_BYTES and len(self._kept) > 1:
                size -= len(self._kept.popitem(last=False)[1])


def compressed(content: bytes) -> bytes:
    """Return the content as gzip; called where the answer is made, not where all are sent."""
    return gzip.compress(content, _LEVEL)
