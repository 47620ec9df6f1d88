"""Openings in the database: each verb is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct, field
from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from data import TaskArea
from service.mail import mail_quotas
from service.mail.composition import FinishedMail, Mail
from service.mail.outbox import Outbox
from service.openings import message_limit
from service.openings.body_proof import MailDomains
from service.openings.opening import (
    Contact,
    Opening,
    OpeningStatus,
    Words,
)
from service.problems import LimitError, ProblemError
from service.storage import Database
from service.storage.moments import Clock
from service.storage.retention import EXPIRED_DAYS, UNCONFIRMED_DAYS
from service.storage.tables import SearchRow
from service.storage.tokens import is_token, new_id, new_token, token_hash

_MOST_DRAFTS = 3  # unconfirmed openings of one address: nobody is flooded with our mails
_DAY_S = 86_400
_GONE = "Dieses Gesuch gibt es nicht oder nicht mehr."
Letter = Callable[[Opening, str], Mail]


class OpeningStore(Struct, frozen=True):
    """Keeps openings.

    Attributes
    ----------
    database
        Where they are kept.
    now
        The clock.
    days
        How long an opening is open.
    outbox
        Where mails wait: each is put there in the transaction of what it tells.
    domains
        Whose address speaks for which body.
    """

    database: Database
    now: Clock
    days: int
    outbox: Outbox
    domains: MailDomains = field(default_factory=MailDomains)

    def add(
        self, body: str, words: Words, contact: Contact, letter: Letter | None = None
    ) -> tuple[Opening, str]:
        """Keep an opening that waits for its confirmation; returns it with its secret.

        Parameters
        ----------
        body, words, contact
            Who looks for what, and how to reach them.
        letter
            Asks for the confirmation, given opening and secret.

        Raises
        ------
        ProblemError
            429: too many openings of this address wait already; 422: no mail can be made of it.
        """
        now, token = self.now(), new_token()
        row = SearchRow(
            id=new_id(),
            body=body,
            contact_name=contact.name,
            contact_email=contact.email,
            status=OpeningStatus.DRAFT.value,
            created=now,
            confirmed=None,
            expires=now + timedelta(days=self.days),
            token_hash=token_hash(token),
        )
        _write_words(row, words)
        mail = letter and self.outbox.compose(letter(read_opening(row), token))
        waiting = select(func.count()).where(
            func.lower(SearchRow.contact_email) == contact.email.lower(),
            SearchRow.status == OpeningStatus.DRAFT.value,
            SearchRow.created > now - timedelta(seconds=_DAY_S),
        )
        with self.database.write() as session:
            if (session.scalar(waiting) or 0) >= _MOST_DRAFTS:
                sentence = (
                    f"Zu dieser E-Mail-Adresse warten schon {_MOST_DRAFTS} Gesuche auf ihre "
                    "Bestätigung. Bitte bestätigen Sie diese zuerst oder versuchen Sie es morgen."
                )
                raise LimitError(sentence, "drafts", _MOST_DRAFTS, _DAY_S, wait_s=_DAY_S)
            mail_quotas.count(session, contact.email, now)
            session.add(row)
            if mail is not None:
                session.flush()  # the mail refers to it
                self.outbox.put(session, mail, row.id)
        return read_opening(row), token

    def confirm(self, identifier: str, token: str) -> tuple[Opening, bool]:
        """Open an opening; returns it and whether it was not open before.

        Raises
        ------
        ProblemError
            403, 404; 409 where it was closed meanwhile.
        """
        now = self.now()
        with self.database.write() as session:
            row = self._owned(session, identifier, token)
            if row.status == OpeningStatus.OPEN.value:
                return read_opening(row), False
            if row.status != OpeningStatus.DRAFT.value:
                raise ProblemError(409, "Dieses Gesuch ist bereits geschlossen.")
            row.status, row.confirmed = OpeningStatus.OPEN.value, now
            row.expires = now + timedelta(days=self.days)
            row.fits_due = now
            # Now it is known that the address is theirs.
            row.proof = self.domains.prove(row.body, row.contact_email)
        return read_opening(row), True

    def get(self, identifier: str) -> Opening:
        """Return an opening.

        Raises
        ------
        ProblemError
            404: there is none, or it is not open.
        """
        with self.database.read() as session:
            row = session.get(SearchRow, identifier)
        if row is None or read_opening(row).status_at(self.now()) is not OpeningStatus.OPEN:
            raise ProblemError(404, _GONE)
        return read_opening(row)

    def owned(self, identifier: str, token: str) -> Opening:
        """Return an opening in whatever state to who holds its secret.

        Raises
        ------
        ProblemError
            403: the secret is wrong; 404: there is no such opening.
        """
        with self.database.read() as session:
            return read_opening(self._owned(session, identifier, token))

    def contact(self, identifier: str) -> Contact | None:
        """Return whom to write to; None where the opening is gone."""
        with self.database.read() as session:
            row = session.get(SearchRow, identifier)
        return None if row is None else contact_of(row)

    def list_open(
        self,
        task_area: TaskArea | None = None,
        body: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[list[Opening], int]:
        """Return a page of the openings, newest first, and how many there are in all."""
        conditions = self._is_open()
        if task_area is not None:
            conditions.append(SearchRow.task_area == task_area.value)
        if body is not None:
            conditions.append(SearchRow.body == body)
        page = (
            select(SearchRow)
            .where(*conditions)
            .order_by(SearchRow.confirmed.desc(), SearchRow.id)
            .offset(offset)
        )
        with self.database.read() as session:
            total = session.scalar(select(func.count()).select_from(SearchRow).where(*conditions))
            rows = session.scalars(page if limit is None else page.limit(limit)).all()
        return [read_opening(row) for row in rows], total or 0

    def change(
        self,
        identifier: str,
        token: str,
        words: Words | None = None,
        prolong: bool = False,
        close: bool = False,
    ) -> Opening:
        """Change an opening: all of what is asked for, or nothing.

        Parameters
        ----------
        identifier, token
            Which opening, and its secret.
        words
            New words.
        prolong
            Let it be open for its full time from now, also where it expired.
        close
            Keep it until it is deleted, but show and match it no longer.

        Raises
        ------
        ProblemError
            403, 404; 409 where it is closed, or is to be prolonged before it is confirmed.
        """
        with self.database.write() as session:
            row = self._owned(session, identifier, token)
            if row.status == OpeningStatus.CLOSED.value and (words or prolong):
                raise ProblemError(409, "Ein geschlossenes Gesuch lässt sich nicht ändern.")
            if row.status == OpeningStatus.DRAFT.value and prolong:
                raise ProblemError(409, "Nur ein bestätigtes Gesuch lässt sich verlängern.")
            if words is not None:
                _write_words(row, words)
            if prolong:
                row.expires = self.now() + timedelta(days=self.days)
            if close:
                row.status = OpeningStatus.CLOSED.value
            if row.status == OpeningStatus.OPEN.value:
                row.fits_due = self.now()
        return read_opening(row)

    def delete(self, identifier: str, token: str) -> None:
        """Delete an opening for good, with all that hangs on it."""
        with self.database.write() as session:
            session.delete(self._owned(session, identifier, token))
        self.database.wipe()

    def relay(self, identifier: str, mail: FinishedMail, writer: str) -> None:
        """Put a message to the owner of an opening out, if there were not too many lately.

        Parameters
        ----------
        identifier, mail
            Which opening, and what goes to its owner.
        writer
            Address of who wrote it.

        Raises
        ------
        ProblemError
            404: the opening is gone; 429: too many messages.
        """
        with self.database.write() as session:
            if session.get(SearchRow, identifier) is None:
                raise ProblemError(404, _GONE)
            message_limit.admit(session, identifier, self.now())
            mail_quotas.count(session, writer, self.now())
            self.outbox.put(session, mail, identifier)

    def purge(self) -> int:
        """Delete what nobody confirmed and what expired long ago; returns how many."""
        now = self.now()
        unconfirmed = and_(
            SearchRow.status == OpeningStatus.DRAFT.value,
            SearchRow.created <= now - timedelta(days=UNCONFIRMED_DAYS),
        )
        expired = and_(
            SearchRow.status != OpeningStatus.DRAFT.value,
            SearchRow.expires <= now - timedelta(days=EXPIRED_DAYS),
        )
        with self.database.write() as session:
            gone = session.scalars(select(SearchRow.id).where(unconfirmed | expired)).all()
            session.execute(delete(SearchRow).where(SearchRow.id.in_(gone)))
        if gone:
            self.database.wipe()
        return len(gone)

    def _is_open(self) -> list[ColumnElement[bool]]:
        return [SearchRow.status == OpeningStatus.OPEN.value, SearchRow.expires > self.now()]

    def _owned(self, session: Session, identifier: str, token: str) -> SearchRow:
        row = session.get(SearchRow, identifier)
        if row is None or read_opening(row).lapsed_at(self.now()):
            raise ProblemError(404, _GONE)
        if not is_token(token, row.token_hash):
            raise ProblemError(403, "Dieser Link gehört nicht zu diesem Gesuch.")
        return row


def _write_words(row: SearchRow, words: Words) -> None:
    row.title, row.description = words.title, words.description
    row.task_area = None if words.task_area is None else words.task_area.value
    row.task_area_given = words.task_area_given


def read_opening(row: SearchRow) -> Opening:
    """Return what a row holds, without its contact."""
    return Opening(
        id=row.id,
        body=row.body,
        words=Words(row.title, row.description, _area(row.task_area), row.task_area_given),
        status=OpeningStatus.parse(row.status),
        created=row.created,
        confirmed=row.confirmed,
        expires=row.expires,
        proof=row.proof,
    )


def contact_of(row: SearchRow) -> Contact:
    """Return whom to write to."""
    return Contact(row.contact_name, row.contact_email)


def _area(code: str | None) -> TaskArea | None:
    try:
        return None if code is None else TaskArea.parse(code)
    except ValueError:  # a newer vocabulary may have dropped it
        return None
