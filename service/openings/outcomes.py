"""Whether open searches found partners: asked once after twelve weeks, kept as a count alone."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from urllib.parse import quote

from msgspec import Struct
from sqlalchemy import func, select

from data.terms import Term
from service.mail.composition import Mail, MailError
from service.mail.outbox import Outbox
from service.openings.opening import Opening, OpeningStatus
from service.openings.store import contact_of, read_opening
from service.problems import ProblemError
from service.storage import Database
from service.storage.moments import Clock
from service.storage.tables import OutcomeRow, SearchRow
from service.storage.tokens import is_token, new_token, token_hash

WEEKS = 12
_ANSWERED = "answered"  # stands in place of the secret's hash: nobody answers twice
_GONE = "Dieses Gesuch gibt es nicht mehr, oder die Frage ist schon beantwortet."


class Outcome(Term):
    """What became of an open search."""

    FOUND_HERE = "gefunden", "Ja, Partner gefunden, auch durch das Gesuch"
    FOUND_ELSEWHERE = "anders", "Ja, Partner auf anderem Weg gefunden"
    NOT_FOUND = "nicht", "Nein, bisher nicht"


class Success(Struct, frozen=True):
    """Counts of answers: how many, and how many of them found partners."""

    answered: int
    found: int


class Outcomes(Struct, frozen=True):
    """Asks owners of open searches, and counts what they answer.

    Attributes
    ----------
    database, outbox, now
        Where counts and mails are kept, and the clock.
    base_url
        Address of the service, for links.
    """

    database: Database
    outbox: Outbox
    now: Clock
    base_url: str

    def ask(self) -> None:
        """Put the question to each owner whose search is twelve weeks old, once."""
        due = select(SearchRow).where(
            SearchRow.confirmed <= self.now() - timedelta(weeks=WEEKS),
            SearchRow.outcome_hash.is_(None),
            SearchRow.status != OpeningStatus.DRAFT.value,
        )
        with self.database.read() as session:
            found = [row.id for row in session.scalars(due).all()]
        for identifier in found:
            self._ask(identifier)

    def asked(self, identifier: str, token: str) -> Opening:
        """Return the search to who was asked about it.

        Raises
        ------
        ProblemError
            403 the secret is wrong; 404 it is gone or answered.
        """
        with self.database.read() as session:
            return read_opening(_asked(session.get(SearchRow, identifier), token))

    def answer(self, identifier: str, token: str, outcome: Outcome) -> None:
        """Count an answer; the search remembers only that there was one.

        Raises
        ------
        ProblemError
            403, 404 as `asked`.
        """
        with self.database.write() as session:
            row = session.get(SearchRow, identifier, with_for_update=True)
            _asked(row, token).outcome_hash = _ANSWERED
            session.add(OutcomeRow(outcome=outcome.value, at=self.now()))

    def success(self) -> Success:
        """Return the counts."""
        by_kind = select(OutcomeRow.outcome, func.count()).group_by(OutcomeRow.outcome)
        with self.database.read() as session:
            counts: Counter[str] = Counter()
            for kind, times in session.execute(by_kind).all():
                counts[kind] = times
        return Success(counts.total(), counts.total() - counts[Outcome.NOT_FOUND.value])

    def _ask(self, identifier: str) -> None:
        token = new_token()
        with self.database.write() as session:
            row = session.get(SearchRow, identifier, with_for_update=True)
            if row is None or row.outcome_hash is not None:
                return
            row.outcome_hash = token_hash(token)
            link = f"{self.base_url}/gesuche/{identifier}/ergebnis?token={quote(token)}"
            contact = contact_of(row)
            try:
                mail = self.outbox.compose(
                    Mail(
                        contact.name,
                        contact.email,
                        "Partner gefunden?",
                        f"Guten Tag {contact.name},\n\nvor {WEEKS} Wochen haben Sie das Gesuch "
                        f"„{row.title}“ veröffentlicht. Haben Sie Partner gefunden? Eine Antwort "
                        f"genügt uns:\n\n{link}\n\nWir zählen die Antworten und veröffentlichen "
                        "nur die Summe.\n\nMit freundlichen Grüßen\nIhre IKZ-Partnersuche\n",
                    )
                )
            except MailError:
                return  # logged where it was refused; nobody is asked twice
            self.outbox.put(session, mail, identifier)


def _asked(row: SearchRow | None, token: str) -> SearchRow:
    if row is None or row.outcome_hash in (None, _ANSWERED):
        raise ProblemError(404, _GONE)
    if not is_token(token, row.outcome_hash or ""):
        raise ProblemError(403, "Dieser Link gehört nicht zu diesem Gesuch.")
    return row
