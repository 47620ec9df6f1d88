"""Computed scores in the database: found again after a restart, and by a second server."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Collection
from datetime import timedelta

import numpy as np
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from data import TaskArea
from matcher.outreach import Chunk
from service.storage import Database, StorageError
from service.storage.moments import Clock
from service.storage.tables import OutreachPieceRow

_LOG = logging.getLogger("ikz.outreach")
_AREAS = {area.value: area for area in TaskArea}
_KEPT_DAYS = 30  # after their last use; other data or another ranker leave pieces behind


class ScoreStore:
    """Scores by task area, each under the hash of its inputs (`matcher.outreach.input_keys`).

    A help, never a need: where the database fails, pieces are computed.

    Parameters
    ----------
    database
        Where they are kept.
    now
        The clock.
    """

    def __init__(self, database: Database, now: Clock) -> None:
        self._database, self._now = database, now

    def find(self, keys: Collection[str]) -> dict[str, Chunk]:
        """Return the pieces that are there; one that is damaged counts as missing."""
        rows = OutreachPieceRow
        try:
            with self._database.write() as session:
                found = session.execute(
                    select(rows.key, rows.content).where(rows.key.in_(keys))
                ).all()
                session.execute(update(rows).where(rows.key.in_(keys)).values(used=self._now()))
        except StorageError:
            return {}
        chunks = ((key, _unpack(content)) for key, content in found)
        return {key: chunk for key, chunk in chunks if chunk is not None}

    def keep(self, key: str, chunk: Chunk) -> None:
        """Store the piece of one area, and forget those that nobody has used for long."""
        rows, content = OutreachPieceRow, _pack(chunk)
        try:
            with self._database.write() as session:
                limit = self._now() - timedelta(days=_KEPT_DAYS)
                # One that is damaged under this key makes way.
                session.execute(delete(rows).where((rows.used < limit) | (rows.key == key)))
                session.add(rows(key=key, content=content, used=self._now()))
        except IntegrityError:
            return  # another server was faster
        except StorageError:
            _LOG.warning("a computed piece of outreach could not be stored")


def _pack(chunk: Chunk) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        areas=np.array([area.value for area in chunk.areas]),
        searcher=chunk.searcher.astype(np.uint16),
        candidate=chunk.candidate.astype(np.uint16),
        score=chunk.score,
    )
    return buffer.getvalue()


def _unpack(content: bytes) -> Chunk | None:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return Chunk(
                tuple(_AREAS[value] for value in stored["areas"].tolist()),
                stored["searcher"].astype(np.int64),
                stored["candidate"].astype(np.int64),
                stored["score"],
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
        return None
