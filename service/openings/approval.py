"""The office says that a search speaks for its body, where the mail domain does not show it."""

from __future__ import annotations

from datetime import datetime

from service.openings.body_proof import Proof
from service.openings.opening import OpeningStatus
from service.staff import events
from service.storage import Database
from service.storage.tables import SearchRow


def approve(database: Database, identifier: str, now: datetime, who: str = events.OPERATOR) -> bool:
    """Note it, and who said so; returns whether there is such an open search."""
    with database.write() as session:
        row = session.get(SearchRow, identifier)
        if row is None or row.status != OpeningStatus.OPEN.value:
            return False
        row.proof = Proof.STAFF.value
        events.note(session, now, who, events.Action.SEARCH_APPROVE, identifier)
    return True
