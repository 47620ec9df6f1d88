"""The tables of who may what, and of what was done and asked for: keys, events, counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.moments import Moment
from service.storage.tables import Base


class ApiKeyRow(Base):
    """A key for programs: of the key itself only a hash, who reads the database cannot use it."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(200))
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)


class StaffEventRow(Base):
    """What somebody of the office, or the operator, did; rows are added, and deleted by age."""

    __tablename__ = "staff_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    who: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(Text)


class QuotaRow(Base):
    """That something limited was done, by a hash of for whom: mails, for instance."""

    __tablename__ = "quota"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy: Mapped[str] = mapped_column(String(40))
    key_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
