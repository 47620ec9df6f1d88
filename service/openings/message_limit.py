"""How many messages an opening may get: a relay must not become a way to pester somebody."""

from __future__ import annotations

import math
from datetime import timedelta

from sqlalchemy import delete, select

from service.problems import LimitError
from service.storage import Database
from service.storage.moments import Clock
from service.storage.tables import MessageRow

MOST = 5
_WITHIN = timedelta(hours=1)


def admit(database: Database, opening: str, now: Clock) -> int:
    """Count a message before it is sent; returns the number to take it back by.

    Raises
    ------
    LimitError
        The opening had `MOST` messages within the last hour.
    """
    moment = now()
    of_search = MessageRow.search_id == opening
    with database.write() as session:
        session.execute(delete(MessageRow).where(of_search, MessageRow.sent <= moment - _WITHIN))
        sent = session.scalars(select(MessageRow.sent).where(of_search)).all()
        if len(sent) >= MOST:
            wait = math.ceil((min(sent) + _WITHIN - moment).total_seconds())
            raise LimitError(
                f"Zu diesem Gesuch gab es in der letzten Stunde schon {MOST} Nachrichten. Bitte "
                f"versuchen Sie es in {math.ceil(wait / 60)} Minuten noch einmal.",
                "messages",
                MOST,
                int(_WITHIN.total_seconds()),
                wait,
            )
        row = MessageRow(search_id=opening, sent=moment)
        session.add(row)
        session.flush()
        return row.id


def take_back(database: Database, number: int) -> None:
    """Forget a message that was not sent."""
    with database.write() as session:
        session.execute(delete(MessageRow).where(MessageRow.id == number))
