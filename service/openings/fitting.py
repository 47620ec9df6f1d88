"""Openings that fit a matter which nobody has published: for the answer page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from data import TaskArea
from matcher import RequestError
from service.matching.open_searches import MOST, FittingSearch
from service.openings.opening import Opening, OpeningStatus, Words
from service.openings.reciprocal import Reciprocity
from service.openings.store import OpeningStore
from service.storage import StorageError

_LOG = logging.getLogger("ikz.searches")


class Fitting(Struct, frozen=True):
    """Finds openings for a matter.

    Attributes
    ----------
    store
        Keeps the openings.
    reciprocity
        Tells which fit.
    """

    store: OpeningStore
    reciprocity: Reciprocity

    def find(self, body: str, text: str, area: TaskArea | None) -> Sequence[FittingSearch]:
        """Return openings of others that fit, best first; none where the database is away."""
        try:
            others, total = self.store.list_open()
        except StorageError as problem:
            _LOG.error("open searches not read: %s", problem.status)
            return ()
        if not total:
            return ()
        now = self.store.now()
        asked = Opening("", body, Words("", text, area), OpeningStatus.OPEN, now, now, now)
        try:
            fits = self.reciprocity.fits(asked, others)
        except RequestError:
            return ()
        finally:
            self.reciprocity.forget(asked)
        return [_told(fit.opening) for fit in fits[:MOST]]

    def since(self, body: str, text: str, moment: datetime) -> list[tuple[str, str]]:
        """Return (title, path) of open searches that fit and were published after a moment."""
        others, _ = self.store.list_open()
        fresh = [o for o in others if o.confirmed is not None and o.confirmed > moment]
        if not fresh:
            return []
        now = self.store.now()
        asked = Opening("", body, Words("", text), OpeningStatus.OPEN, now, now, now)
        try:
            fits = self.reciprocity.fits(asked, fresh)
        except RequestError:
            return []
        finally:
            self.reciprocity.forget(asked)
        return [(fit.opening.words.title, f"/gesuche/{fit.opening.id}") for fit in fits]

    def newest(self) -> datetime | None:
        """Return when the newest open search was published, None where there is none."""
        found, _ = self.store.list_open(limit=1)
        return found[0].confirmed if found else None

    def of_bodies(self, keys: Sequence[str]) -> Sequence[FittingSearch]:
        """Return open searches of some bodies, newest first; none where the database is away."""
        try:
            found, _ = self.store.list_open()
        except StorageError as problem:
            _LOG.error("open searches not read: %s", problem.status)
            return ()
        return [_told(opening) for opening in found if opening.body in keys]


def _told(opening: Opening) -> FittingSearch:
    return FittingSearch(
        f"/gesuche/{opening.id}",
        opening.words.title,
        opening.body,
        opening.expires.date().isoformat(),
    )
