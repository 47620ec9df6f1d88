"""All that is stored of a mail address: told and deleted on request (GDPR, articles 15 and 17)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Table, delete, func, or_, select
from sqlalchemy.orm import Session

from service.storage.access_tables import QuotaRow
from service.storage.database import Database
from service.storage.quotas import hashed
from service.storage.tables import Base
from service.text_fields import mailbox_of

ADDRESS_COLUMNS = frozenset({"contact_email", "recipient"})
"""Columns that hold the mail address of somebody; what stands in the same row belongs to them."""
_HIDDEN = frozenset({"token_hash", "outcome_hash"})
Rows = dict[str, list[dict[str, Any]]]


def export(database: Database, address: str) -> Rows:
    """Return all rows about an address by table, without secrets; empty where there are none."""
    found: Rows = {}
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            condition = _concerns(session, table, address)
            if condition is None:
                continue
            rows = session.execute(select(table).where(condition)).mappings()
            told = [{k: _told(v) for k, v in row.items() if k not in _HIDDEN} for row in rows]
            if told:
                found[table.name] = told
    return found


def erase(database: Database, address: str) -> dict[str, int]:
    """Delete all rows about an address; returns how many by table."""
    gone: dict[str, int] = {}
    with database.write() as session:
        # What refers to other rows goes before them.
        for table in reversed(Base.metadata.sorted_tables):
            condition = _concerns(session, table, address)
            if condition is None:
                continue
            count = session.execute(delete(table).where(condition)).rowcount  # type: ignore[attr-defined]
            if count:
                gone[table.name] = count
        # Of whom mails are counted a hash is kept for a day.
        counted = [hashed(address.strip().lower()), hashed(mailbox_of(address))]
        session.execute(delete(QuotaRow).where(QuotaRow.key_hash.in_(counted)))
    database.wipe()
    return gone


def _concerns(session: Session, table: Table, address: str) -> ColumnElement[bool] | None:
    """Return which rows of a table are about an address; None where none can be."""
    wanted = address.strip().lower()
    conditions: list[ColumnElement[bool]] = []
    for column in table.columns:
        if column.name in ADDRESS_COLUMNS:
            conditions.append(func.lower(column) == wanted)
        for key in column.foreign_keys:
            own = _concerns(session, key.column.table, address)
            if own is not None:
                conditions.append(column.in_(select(key.column).where(own)))
    mails = [c for c in table.columns if isinstance(c.type, LargeBinary)]
    if conditions and mails and len(table.primary_key.columns) == 1:
        # A mail that waits names its writer too, in a header that is plain ASCII.
        (key_column,) = table.primary_key.columns
        rows = session.execute(select(key_column, *mails)).all()
        named = [r[0] for r in rows if any(wanted.encode() in bytes(m).lower() for m in r[1:])]
        conditions.append(key_column.in_(named))
    return or_(*conditions) if conditions else None


def _told(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
