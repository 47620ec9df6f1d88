"""Mails that wait until the mail server takes them: at least once, whatever happens meanwhile."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Update, delete, func, select, update
from sqlalchemy.orm import Session

from service.mail.composition import FinishedMail, Mail, MailError, compose
from service.settings import Settings
from service.storage import Database
from service.storage.moments import Clock
from service.storage.tables import OutboxRow

_LOG = logging.getLogger("ikz.mail")
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
# A refusal that is said to last (RFC 5321, section 4.2.1: 5yz) is asked again, as an operator may
# mend its cause, but rarely.
_FIRST_PAUSE_REFUSED, _LONGEST_PAUSE_REFUSED = timedelta(hours=1), timedelta(hours=12)


class WaitingMail(Struct, frozen=True):
    """A mail that was taken out to be handed over; nobody else takes it for a while."""

    id: int
    mail: FinishedMail
    created: datetime
    tries: int


class Outbox:
    """Keeps mails, and lends each to one sender at a time.

    A sender that dies leaves its mail to the next one when its time is over: the reader may then
    get it twice, with one message id, but never not at all.

    Parameters
    ----------
    database
        Where they are kept.
    settings
        IKZ_SMTP_…, IKZ_MAIL_….
    now
        The clock.
    """

    def __init__(self, database: Database, settings: Settings, now: Clock) -> None:
        self._database, self._settings, self._now = database, settings, now
        # Longer than a sender may take for one mail.
        self._lent = timedelta(seconds=2 * settings.smtp_seconds)
        self._given_up = timedelta(days=settings.mail_days)
        # No pause is as long: what is due later was written by a clock that was ahead.
        self._farthest = _LONGEST_PAUSE_REFUSED + self._lent

    @property
    def is_set_up(self) -> bool:
        """Whether there is a mail server."""
        return bool(self._settings.smtp_host)

    def check(self) -> None:
        """Refuse what needs a mail, before anything is stored.

        Raises
        ------
        MailError
            There is no mail server.
        """
        if not self.is_set_up:
            raise MailError(
                503,
                "Auf diesem Dienst ist kein E-Mail-Versand eingerichtet. Gesuche und Nachrichten "
                "sind deshalb nicht möglich. Bitte wenden Sie sich an den Betreiber.",
            )

    def compose(self, mail: Mail) -> FinishedMail:
        """Write a mail from the service's own address, now.

        Raises
        ------
        MailError
            422: its parts are no mail.
        """
        return compose(mail, self._settings.mail_from, self._now())

    def put(self, session: Session, mail: FinishedMail, search_id: str | None) -> None:
        """Keep a mail in the transaction of what it tells; it goes with that search."""
        now = self._now()
        session.add(
            OutboxRow(
                message_id=mail.message_id,
                recipient=mail.recipient,
                content=mail.content,
                search_id=search_id,
                created=now,
                due=now,
                tries=0,
            )
        )

    def take(self) -> WaitingMail | None:
        """Lend the mail that is due for longest; None where none is due.

        Where several services ask at once, one gets it: its UPDATE names the number of tries that
        it saw, and the others find that number changed.
        """
        due = select(OutboxRow).order_by(OutboxRow.due, OutboxRow.id).limit(1)
        while True:
            now = self._now()
            is_due = (OutboxRow.due <= now) | (OutboxRow.due > now + self._farthest)
            with self._database.read() as session:
                row = session.scalars(due.where(is_due)).first()
            if row is None:
                return None
            taken = update(OutboxRow).where(OutboxRow.id == row.id, OutboxRow.tries == row.tries)
            if self._change(taken.values(due=now + self._lent, tries=row.tries + 1)):
                mail = FinishedMail(row.message_id, row.recipient, row.content)
                return WaitingMail(row.id, mail, row.created, row.tries + 1)

    def accepted(self, waiting: WaitingMail) -> None:
        """Forget a mail, and whom it went to: the mail server has taken it."""
        self._forget(waiting)

    def failed(self, waiting: WaitingMail, lasting: bool) -> None:
        """Let a mail be tried again, or give it up after its days.

        Parameters
        ----------
        waiting
            The mail that was not taken.
        lasting
            Whether the mail server said that it will not be, either.
        """
        now = self._now()
        if now >= waiting.created + self._given_up:
            self._forget(waiting)
            _LOG.error("mail %s given up after %d tries", waiting.mail.message_id, waiting.tries)
            return
        mine = update(OutboxRow).where(OutboxRow.id == waiting.id, OutboxRow.tries == waiting.tries)
        self._change(mine.values(due=now + _pause(waiting.tries, lasting)))

    def count(self) -> int:
        """Return how many mails wait."""
        with self._database.read() as session:
            return session.scalar(select(func.count()).select_from(OutboxRow)) or 0

    def _forget(self, waiting: WaitingMail) -> None:
        with self._database.write() as session:
            session.execute(delete(OutboxRow).where(OutboxRow.id == waiting.id))
        self._database.wipe()

    def _change(self, statement: Update) -> bool:
        with self._database.write() as session:
            changed = session.execute(
                statement.returning(OutboxRow.id), execution_options={"synchronize_session": False}
            )
            return changed.first() is not None


def _pause(tries: int, lasting: bool) -> timedelta:
    """Return how long to wait after so many tries: each pause is twice the one before."""
    first, longest = _FIRST_PAUSE, _LONGEST_PAUSE
    if lasting:
        first, longest = _FIRST_PAUSE_REFUSED, _LONGEST_PAUSE_REFUSED
    return min(longest, first * (1 << min(tries - 1, 20)))
