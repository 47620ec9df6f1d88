"""How many messages an opening may get: a relay must not become a way to pester somebody."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.problems import LimitError
from service.storage.tables import MessageRow

MOST = 5
_WITHIN = timedelta(hours=1)


def admit(session: Session, opening: str, moment: datetime) -> None:
    """Count a message in the transaction that puts it into the outbox.

    Raises
    ------
    LimitError
        The opening had `MOST` messages within the last hour.
    """
    of_search = MessageRow.search_id == opening
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
    session.add(MessageRow(search_id=opening, sent=moment))
