"""Which openings have to be compared with others, and which pairs were found: in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.mail.composition import Mail, MailError
from service.mail.outbox import Outbox
from service.openings.opening import Contact, Opening
from service.openings.reciprocal import Fit
from service.openings.store import contact_of, read_opening
from service.storage import Database
from service.storage.moments import Clock
from service.storage.tables import FitRow, SearchRow

_LATER = timedelta(hours=1)
Letter = Callable[[Opening, Contact, Fit], Mail]


class FitStore(Struct, frozen=True):
    """Keeps what is to be compared until its outcome, and the mails that tell it, are kept.

    Attributes
    ----------
    database
        Where it is kept.
    outbox
        Where the mails wait.
    now
        The clock.
    """

    database: Database
    outbox: Outbox
    now: Clock

    def due(self) -> list[tuple[Opening, datetime]]:
        """Return the openings to compare now, each with the moment since when it waits."""
        waiting = select(SearchRow).where(SearchRow.fits_due <= self.now())
        with self.database.read() as session:
            rows = session.scalars(waiting.order_by(SearchRow.fits_due, SearchRow.id)).all()
        return [(read_opening(row), row.fits_due) for row in rows if row.fits_due is not None]

    def postpone(self, opening: Opening) -> None:
        """Compare an opening later: now it fails, for a reason that nobody foresaw."""
        with self.database.write() as session:
            row = session.get(SearchRow, opening.id)
            if row is not None and row.fits_due is not None:
                row.fits_due = self.now() + _LATER

    def note(self, opening: Opening, since: datetime, fits: Iterable[Fit], letter: Letter) -> None:
        """Note that an opening was compared, and put mails to both owners of each new pair out.

        Parameters
        ----------
        opening, since
            As `due` returned them; nothing happens where it changed meanwhile: it is due again.
        fits
            What fits it.
        letter
            Writes to the owner of one opening about another.

        Raises
        ------
        sqlalchemy.exc.IntegrityError
            Another service notes the same pair at this moment; nothing is kept, it is due still.
        """
        with self.database.write() as session:
            own = session.get(SearchRow, opening.id, with_for_update=True)
            if own is None or own.fits_due != since:
                return
            own.fits_due = None
            for fit in fits:
                other = session.get(SearchRow, fit.opening.id)
                if other is not None and self._is_new(session, opening, fit):
                    self._put(session, own, fit, letter)
                    back = Fit(opening, fit.score, fit.likeness, fit.back, fit.there)
                    self._put(session, other, back, letter)

    def _is_new(self, session: Session, opening: Opening, fit: Fit) -> bool:
        first, second = sorted((opening.id, fit.opening.id))
        if session.get(FitRow, (first, second)) is not None:
            return False
        session.add(FitRow(first_id=first, second_id=second, noted=self.now()))
        return True

    def _put(self, session: Session, row: SearchRow, fit: Fit, letter: Letter) -> None:
        try:
            mail = self.outbox.compose(letter(read_opening(row), contact_of(row), fit))
        except MailError:
            return  # logged where it was refused; the other owner is told all the same
        self.outbox.put(session, mail, row.id)
