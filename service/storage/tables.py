"""The tables. A change here needs a new revision in `migrations/versions`; a test compares both."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from service.storage.moments import Moment


class Base(DeclarativeBase):
    """Base of all tables; names of keys and indexes follow one rule on every database."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class SearchRow(Base):
    """A search for partners, with how to reach who published it."""

    __tablename__ = "searches"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(String(12), index=True)
    task_area: Mapped[str | None] = mapped_column(String(60), index=True)
    task_area_given: Mapped[bool]
    contact_name: Mapped[str] = mapped_column(String(100))
    contact_email: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(10))
    created: Mapped[datetime] = mapped_column(Moment)
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)
    # SHA-256 of the secret that was mailed: who reads the database cannot manage a search.
    token_hash: Mapped[str] = mapped_column(String(64))
    # How it was shown that who published it speaks for the body; None where it was not.
    proof: Mapped[str | None] = mapped_column(String(20))
    # Since when other searches have to be compared with it; None where that is done.
    fits_due: Mapped[datetime | None] = mapped_column(Moment, index=True)
    # Hash of the secret to answer what became of it; None until its owner is asked.
    outcome_hash: Mapped[str | None] = mapped_column(String(64))


class FitRow(Base):
    """Two searches that were found to fit, so that it is told once; the smaller id first.

    The mails to both owners stand in the outbox from the same transaction on.
    """

    __tablename__ = "fits"

    first_id: Mapped[str] = mapped_column(
        ForeignKey("searches.id", ondelete="CASCADE"), primary_key=True
    )
    second_id: Mapped[str] = mapped_column(
        ForeignKey("searches.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    noted: Mapped[datetime] = mapped_column(Moment)


class MessageRow(Base):
    """That a message was taken for relay, and when: for the limit. Neither words nor writer."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    search_id: Mapped[str] = mapped_column(
        ForeignKey("searches.id", ondelete="CASCADE"), index=True
    )
    sent: Mapped[datetime] = mapped_column(Moment)


class OutboxRow(Base):
    """A mail that waits until the mail server takes it; the row goes with that.

    It is written in the transaction of what the mail tells, and goes with its search. While it
    waits, whoever reads the database can read the mail, with the link to manage a search if it
    holds one.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(255))
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    search_id: Mapped[str | None] = mapped_column(
        ForeignKey("searches.id", ondelete="CASCADE"), index=True
    )
    created: Mapped[datetime] = mapped_column(Moment)
    # When it is to be tried; while one service tries it, when others may think that one dead.
    due: Mapped[datetime] = mapped_column(Moment, index=True)
    # Grows with each try: who takes a mail names the number that it saw.
    tries: Mapped[int]


class FeedbackRow(Base):
    """What somebody thinks of one suggestion."""

    __tablename__ = "feedback"

    request_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    ags: Mapped[str] = mapped_column(String(12), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(20))
    model_version: Mapped[str] = mapped_column(String(100))
    time: Mapped[datetime] = mapped_column(Moment)


class StaffRow(Base):
    """Who may work with outreach; made on the command line only."""

    __tablename__ = "staff"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    created: Mapped[datetime] = mapped_column(Moment)


class StaffSessionRow(Base):
    """That somebody is logged in: who reads the database cannot act as them."""

    __tablename__ = "staff_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("staff.name", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class StaffDeviceRow(Base):
    """That somebody was logged in on a device: guessing elsewhere does not keep them out there."""

    __tablename__ = "staff_device"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(
        ForeignKey("staff.name", ondelete="CASCADE"), primary_key=True, index=True
    )
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class StaffFailureRow(Base):
    """That a login failed, for the limits of `service.staff.login_limits`.

    People type passwords where names belong, and addresses are personal data: hashes of both.
    """

    __tablename__ = "staff_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_hash: Mapped[str] = mapped_column(String(64), index=True)
    source_hash: Mapped[str] = mapped_column(String(64), index=True)
    known_device: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class OutreachEventRow(Base):
    """One step with one opportunity; rows are added, never changed: the last one tells its state.

    Area and bodies stand here too, as a newer list may no longer hold the opportunity.
    """

    __tablename__ = "outreach_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity: Mapped[str] = mapped_column(String(32), index=True)
    task_area: Mapped[str] = mapped_column(String(60))
    matter: Mapped[str] = mapped_column(String(60), default="", server_default="")
    bodies: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class OutreachPieceRow(Base):
    """Computed scores of one task area, found by a hash of all that they were computed from."""

    __tablename__ = "outreach_piece"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    used: Mapped[datetime] = mapped_column(Moment, index=True)


class HintRow(Base):
    """What somebody says of a record; the address goes when staff have decided, or unconfirmed."""

    __tablename__ = "hints"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject: Mapped[str] = mapped_column(String(40), index=True)
    claim: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    contact_email: Mapped[str | None] = mapped_column(String(254))
    token_hash: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), index=True)
    created: Mapped[datetime] = mapped_column(Moment)
    decided: Mapped[datetime | None] = mapped_column(Moment)


class HintEventRow(Base):
    """One step in the history of a hint; rows are added, never changed."""

    __tablename__ = "hint_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    hint_id: Mapped[str] = mapped_column(ForeignKey("hints.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    who: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(Moment)


class AlertRow(Base):
    """A saved search that tells by mail what is new; it goes with its end, address and all."""

    __tablename__ = "alerts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    contact_email: Mapped[str] = mapped_column(String(254), index=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime] = mapped_column(Moment)
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)
    data_version: Mapped[str] = mapped_column(String(60))
    # Ids of cooperations that fitted, as JSON.
    known: Mapped[str] = mapped_column(Text)


class AlertLinkRow(Base):
    """The secret of one mail of an alert, as a hash: each mail has its own, so none is kept."""

    __tablename__ = "alert_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)


class OutcomeRow(Base):
    """What became of an open search: a count alone, with nothing of the search."""

    __tablename__ = "outcomes"

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)
