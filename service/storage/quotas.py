"""How often something may be done within a time, counted in the database: for all replicas alike.

For whom is stored as a hash alone; what is older than its window is deleted.
"""

from __future__ import annotations

import hashlib
import math
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.problems import LimitError
from service.storage.access_tables import QuotaRow

_LONGEST = timedelta(days=1)
_POSTGRESQL_LOCK = 7_465_390_144  # any number that no other program on the database uses


class Quota(Struct, frozen=True):
    """What is allowed: at most so many within a window; `sentence` says it in German."""

    policy: str
    most: int
    window: timedelta
    sentence: str


def count(session: Session, wanted: list[tuple[Quota, str]], now: datetime) -> None:
    """Count something for each of several quotas, or for none of them.

    Parameters
    ----------
    session
        Holds the right to write; on PostgreSQL counts of all services take turns until its end.
    wanted
        Quotas, each with for whom.
    now
        The moment.

    Raises
    ------
    LimitError
        429: a quota is used up.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))
    session.execute(delete(QuotaRow).where(QuotaRow.at <= now - _LONGEST))
    for quota, whom in wanted:
        at = select(QuotaRow.at).where(
            QuotaRow.policy == quota.policy,
            QuotaRow.key_hash == hashed(whom),
            QuotaRow.at > now - quota.window,
        )
        used = session.scalars(at.order_by(QuotaRow.at)).all()
        if len(used) >= quota.most:
            wait_s = max(1, math.ceil((used[-quota.most] + quota.window - now).total_seconds()))
            minutes = math.ceil(wait_s / 60)
            later = f"{minutes} {'Minute' if minutes == 1 else 'Minuten'}"
            raise LimitError(
                f"{quota.sentence} Bitte versuchen Sie es in {later} noch einmal.",
                quota.policy,
                quota.most,
                int(quota.window.total_seconds()),
                wait_s,
            )
    for quota, whom in wanted:
        session.add(QuotaRow(policy=quota.policy, key_hash=hashed(whom), at=now))


def hashed(whom: str) -> str:
    """Return what is stored of for whom something is counted."""
    return hashlib.sha256(f"quota:{whom}".encode("utf-8", "replace")).hexdigest()
