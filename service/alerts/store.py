"""Alerts in the database: each verb is one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import timedelta

from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.alerts.alert import Alert
from service.mail import mail_quotas
from service.mail.composition import FinishedMail, Mail
from service.mail.outbox import Outbox
from service.problems import LimitError, ProblemError
from service.storage import Database
from service.storage.moments import Clock
from service.storage.retention import UNCONFIRMED_DAYS
from service.storage.tables import AlertLinkRow, AlertRow
from service.storage.tokens import is_token, new_id, new_token, token_hash

MOST_OF_ADDRESS = 5
_DAY_S = 86_400
_GONE = "Diese Benachrichtigung gibt es nicht oder nicht mehr."


class AlertStore(Struct, frozen=True):
    """Keeps alerts.

    Attributes
    ----------
    database, outbox, now
        Where they and their mails are kept, and the clock.
    """

    database: Database
    outbox: Outbox
    now: Clock

    def add(self, body: str, text: str, email: str, letter: Callable[[str, str], Mail]) -> str:
        """Keep an alert that waits for its confirmation; returns its id.

        Raises
        ------
        ProblemError
            422 no mail can be made of it, 429 too many of one address, mailbox or domain.
        """
        self.purge()
        identifier, token, now = new_id(), new_token(), self.now()
        mail = self.outbox.compose(letter(identifier, token))
        with self.database.write() as session:
            self._admit(session, email)
            mail_quotas.count(session, email, now)
            session.add(
                AlertRow(
                    id=identifier,
                    body=body,
                    text=text,
                    contact_email=email,
                    token_hash=token_hash(token),
                    created=now,
                    confirmed=None,
                    seen=now,
                    data_version="",
                    known="[]",
                )
            )
            self.outbox.put(session, mail, None)
        return identifier

    def owned(self, identifier: str, token: str) -> Alert:
        """Return an alert to who holds its secret, that of its confirmation or of any later mail.

        Raises
        ------
        ProblemError
            403 the secret is wrong; 404 there is no such alert.
        """
        with self.database.read() as session:
            return _read(self._owned(session, identifier, token))

    def confirm(
        self, identifier: str, token: str, data_version: str, known: Collection[str]
    ) -> None:
        """Let an alert begin now: what fits already is not news.

        Raises
        ------
        ProblemError
            403, 404 as `owned`.
        """
        with self.database.write() as session:
            row = self._owned(session, identifier, token)
            if row.confirmed is None:
                row.confirmed = row.seen = self.now()
                row.data_version, row.known = data_version, json.dumps(sorted(known))

    def end(self, identifier: str, token: str) -> None:
        """Delete an alert with its address.

        Raises
        ------
        ProblemError
            403, 404 as `owned`.
        """
        with self.database.write() as session:
            session.delete(self._owned(session, identifier, token))
        self.database.wipe()

    def confirmed(self) -> list[Alert]:
        """Return all alerts that have begun."""
        begun = select(AlertRow).where(AlertRow.confirmed.is_not(None)).order_by(AlertRow.id)
        with self.database.read() as session:
            return [_read(row) for row in session.scalars(begun).all()]

    def told(
        self, alert: Alert, now_known: Alert, letter: Callable[[str, str], FinishedMail] | None
    ) -> None:
        """Note up to where an alert was looked after, and put its mail out, in one transaction.

        Parameters
        ----------
        alert, now_known
            As it was read, and as it is to be kept: nothing happens where another service was
            quicker.
        letter
            Writes the mail, given address and a secret of its own; None where there is no news.
        """
        with self.database.write() as session:
            row = session.get(AlertRow, alert.id, with_for_update=True)
            if row is None or row.seen != alert.seen or row.data_version != alert.data_version:
                return
            row.seen, row.data_version = now_known.seen, now_known.data_version
            row.known = json.dumps(sorted(now_known.known))
            if letter is not None:
                token = new_token()
                session.add(AlertLinkRow(token_hash=token_hash(token), alert_id=row.id))
                self.outbox.put(session, letter(row.contact_email, token), None)

    def purge(self) -> None:
        """Delete what nobody confirmed in time."""
        late = self.now() - timedelta(days=UNCONFIRMED_DAYS)
        with self.database.write() as session:
            session.execute(
                delete(AlertRow).where(AlertRow.confirmed.is_(None), AlertRow.created <= late)
            )

    def _admit(self, session: Session, email: str) -> None:
        mine = func.lower(AlertRow.contact_email) == email.lower()
        count = session.scalar(select(func.count()).select_from(AlertRow).where(mine)) or 0
        if count >= MOST_OF_ADDRESS:
            raise LimitError(
                f"Zu dieser Adresse gibt es schon {MOST_OF_ADDRESS} gemerkte Suchen. Bitte beenden "
                "Sie zuerst eine davon.",
                "alerts",
                MOST_OF_ADDRESS,
                UNCONFIRMED_DAYS * _DAY_S,
                _DAY_S,
            )

    def _owned(self, session: Session, identifier: str, token: str) -> AlertRow:
        row = session.get(AlertRow, identifier)
        if row is None:
            raise ProblemError(404, _GONE)
        link = session.get(AlertLinkRow, token_hash(token))
        is_of_a_mail = link is not None and link.alert_id == identifier
        if not (is_of_a_mail or is_token(token, row.token_hash)):
            raise ProblemError(403, "Dieser Link gehört nicht zu dieser Benachrichtigung.")
        return row


def _read(row: AlertRow) -> Alert:
    return Alert(
        row.id,
        row.body,
        row.text,
        row.confirmed,
        row.seen,
        row.data_version,
        frozenset(json.loads(row.known)),
    )
