"""Hints in the database, with their history; addresses go as soon as they are not needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from service.hints.hint import Accepted, Claim, Event, Hint, HintState, Origin
from service.mail import mail_quotas
from service.mail.composition import Mail
from service.mail.outbox import Outbox
from service.problems import LimitError, ProblemError
from service.staff import events
from service.storage import Database
from service.storage.moments import Clock
from service.storage.retention import UNCONFIRMED_DAYS
from service.storage.tables import HintEventRow, HintRow
from service.storage.tokens import is_token, new_id, new_token, token_hash

MOST_AN_HOUR = 10
"""Hints on one record within an hour; more are noise, or somebody at play."""
_HOUR = timedelta(hours=1)
_GONE = "Diesen Hinweis gibt es nicht mehr."


class HintStore(Struct, frozen=True):
    """Keeps hints.

    Attributes
    ----------
    database, outbox, now
        Where they and their mails are kept, and the clock.
    """

    database: Database
    outbox: Outbox
    now: Clock

    def add(
        self,
        subject: str,
        claim: Claim,
        text: str,
        email: str = "",
        letter: Callable[[str, str], Mail] | None = None,
    ) -> str:
        """Keep a hint and return its id.

        Parameters
        ----------
        subject, claim, text
            What is said of which record.
        email
            Where to ask for a confirmation; "" where none is wanted.
        letter
            Asks for it, given id and secret.

        Raises
        ------
        ProblemError
            422 no mail can be made of it, 429 too many hints on the record or mails to the address.
        """
        self.forget_addresses()
        token, identifier, now = new_token(), new_id(), self.now()
        mail = self.outbox.compose(letter(identifier, token)) if email and letter else None
        with self.database.write() as session:
            self._admit(session, subject)
            if mail is not None:
                mail_quotas.count(session, email, now)
            session.add(
                HintRow(
                    id=identifier,
                    subject=subject,
                    claim=claim.value,
                    text=text,
                    contact_email=email or None,
                    token_hash=token_hash(token),
                    origin=Origin.ANYBODY.value,
                    state=HintState.WAITING.value,
                    created=now,
                )
            )
            session.flush()
            self._note(session, identifier, "eingegangen", "")
            if mail is not None:
                self.outbox.put(session, mail, None)
        return identifier

    def confirm(self, identifier: str, token: str, is_own: Callable[[str, str], bool]) -> Hint:
        """Note that the address is that of the writer.

        Parameters
        ----------
        identifier, token
            As they were mailed.
        is_own
            (record, address) -> whether the address is of a body that the record is about.

        Raises
        ------
        ProblemError
            403 the secret is wrong; 404 there is no such hint.
        """
        with self.database.write() as session:
            row = self._owned(session, identifier, token)
            if row.origin == Origin.ANYBODY.value and row.contact_email:
                own = is_own(row.subject, row.contact_email)
                row.origin = (Origin.OWN_DOMAIN if own else Origin.CONFIRMED).value
                self._note(session, identifier, "bestätigt", "")
            return _read(row, ())

    def owned(self, identifier: str, token: str) -> Hint:
        """Return a hint to who holds its secret.

        Raises
        ------
        ProblemError
            403, 404 as `confirm`.
        """
        with self.database.read() as session:
            return _read(self._owned(session, identifier, token), ())

    def decide(self, identifier: str, state: HintState, who: str) -> None:
        """Accept or reject a hint; its address is forgotten, its history grows.

        Raises
        ------
        ProblemError
            404: there is no such hint.
        """
        with self.database.write() as session:
            row = session.get(HintRow, identifier)
            if row is None:
                raise ProblemError(404, _GONE)
            row.state, row.decided, row.contact_email = state.value, self.now(), None
            self._note(session, identifier, state.value, who)
            about = f"{identifier} {state.value}"
            events.note(session, self.now(), who, events.Action.HINT_DECIDE, about)
        self.database.wipe()

    def list_by(self, state: HintState) -> list[Hint]:
        """Return hints in a state with their history, newest first."""
        with self.database.read() as session:
            rows = session.scalars(
                select(HintRow).where(HintRow.state == state.value).order_by(HintRow.created.desc())
            ).all()
            wanted = [row.id for row in rows]
            history = session.scalars(
                select(HintEventRow)
                .where(HintEventRow.hint_id.in_(wanted))
                .order_by(HintEventRow.id)
            ).all()
        return [_read(row, (e for e in history if e.hint_id == row.id)) for row in rows]

    def accepted(self, subject: str) -> Accepted | None:
        """Return the newest accepted hint on a record, None where there is none."""
        newest = (
            select(HintRow)
            .where(HintRow.subject == subject, HintRow.state == HintState.ACCEPTED.value)
            .order_by(HintRow.decided.desc())
            .limit(1)
        )
        with self.database.read() as session:
            row = session.scalars(newest).first()
        if row is None or row.decided is None:
            return None
        return Accepted(Claim.parse(row.claim), row.decided)

    def all_accepted(self) -> dict[str, Accepted]:
        """Return the newest accepted hint of each record that has one."""
        oldest_first = (
            select(HintRow)
            .where(HintRow.state == HintState.ACCEPTED.value)
            .order_by(HintRow.decided)
        )
        with self.database.read() as session:
            found = session.scalars(oldest_first).all()
        return {
            row.subject: Accepted(Claim.parse(row.claim), row.decided)
            for row in found
            if row.decided is not None
        }

    def forget_addresses(self) -> None:
        """Forget addresses that nobody confirmed in time; what was said stays."""
        late = self.now() - timedelta(days=UNCONFIRMED_DAYS)
        with self.database.write() as session:
            session.execute(
                update(HintRow)
                .where(HintRow.contact_email.is_not(None), HintRow.created <= late)
                .values(contact_email=None)
            )

    def _admit(self, session: Session, subject: str) -> None:
        since = self.now() - _HOUR
        count = session.scalar(
            select(func.count())
            .select_from(HintRow)
            .where(HintRow.subject == subject, HintRow.created > since)
        )
        if (count or 0) >= MOST_AN_HOUR:
            raise LimitError(
                "Zu diesem Eintrag gab es in der letzten Stunde schon viele Hinweise. Bitte "
                "versuchen Sie es später noch einmal.",
                "hints",
                MOST_AN_HOUR,
                int(_HOUR.total_seconds()),
                int(_HOUR.total_seconds()),
            )

    def _note(self, session: Session, identifier: str, what: str, who: str) -> None:
        session.add(HintEventRow(hint_id=identifier, what=what, who=who, at=self.now()))

    def _owned(self, session: Session, identifier: str, token: str) -> HintRow:
        row = session.get(HintRow, identifier)
        if row is None:
            raise ProblemError(404, _GONE)
        if not is_token(token, row.token_hash):
            raise ProblemError(403, "Dieser Link gehört nicht zu diesem Hinweis.")
        return row


def _read(row: HintRow, events: Iterable[HintEventRow]) -> Hint:
    return Hint(
        row.id,
        row.subject,
        Claim.parse(row.claim),
        row.text,
        Origin.parse(row.origin),
        HintState.parse(row.state),
        row.created,
        tuple(Event(e.what, e.who, e.at) for e in events),
    )
