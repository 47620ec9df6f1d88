"""What the office did: events in the database, never changed, and what follows from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select

from service.outreach.status import OutreachStatus
from service.staff import events as audit
from service.storage import Database
from service.storage.moments import Clock
from service.storage.tables import OutreachEventRow


class Event(Struct, frozen=True):
    """One step: who set which status when, with a note."""

    opportunity: str
    task_area: str
    bodies: tuple[str, ...]
    status: OutreachStatus
    note: str
    who: str
    at: datetime
    matter: str = ""


class Contact(Struct, frozen=True):
    """When a body was last approached, and about which opportunity."""

    at: datetime
    opportunity: str
    task_area: str
    rests_until: datetime


class Record(Struct, frozen=True):
    """All events at one moment.

    Attributes
    ----------
    histories
        Events of each opportunity, oldest first.
    contacts
        The last contact with each body.
    now
        The moment.
    """

    histories: Mapping[str, Sequence[Event]]
    contacts: Mapping[str, Contact]
    now: datetime

    def status(self, opportunity: str) -> OutreachStatus:
        """Return the state of an opportunity: that of its last event."""
        events = self.histories.get(opportunity)
        return events[-1].status if events else OutreachStatus.NEW

    def note(self, opportunity: str) -> str:
        """Return the last note."""
        events = self.histories.get(opportunity, ())
        return next((event.note for event in reversed(events) if event.note), "")

    def resting(self, bodies: Iterable[str]) -> list[str]:
        """Return those bodies that are left alone for now."""
        return [
            key
            for key in bodies
            if key in self.contacts and self.contacts[key].rests_until > self.now
        ]

    def is_left_out(self, opportunity: str, bodies: Iterable[str]) -> bool:
        """Whether a fresh line has a resting body; what the office works on stays in sight."""
        return self.status(opportunity) is OutreachStatus.NEW and bool(self.resting(bodies))

    def contacted_since(self, bodies: Iterable[str], moment: datetime) -> bool:
        """Whether one of the bodies was approached at that moment or later."""
        return any(key in self.contacts and self.contacts[key].at >= moment for key in bodies)


class History(Struct, frozen=True):
    """Keeps events.

    Attributes
    ----------
    database
        Where they are kept.
    now
        The clock.
    rest_days
        How long a body that was approached is left alone.
    """

    database: Database
    now: Clock
    rest_days: int

    def add(
        self,
        opportunity: str,
        task_area: str,
        bodies: Sequence[str],
        status: OutreachStatus,
        note: str,
        who: str,
        matter: str = "",
    ) -> None:
        """Keep one more step."""
        row = OutreachEventRow(
            opportunity=opportunity,
            task_area=task_area,
            matter=matter,
            bodies=json.dumps(list(bodies)),
            status=status.value,
            note=note,
            who=who,
            at=self.now(),
        )
        with self.database.write() as session:
            session.add(row)
            about = f"{opportunity} {status.value}"
            audit.note(session, self.now(), who, audit.Action.OUTREACH_SET, about)

    def record(self) -> Record:
        """Read all events: a few people make some thousands in years."""
        with self.database.read() as session:
            rows = session.scalars(select(OutreachEventRow).order_by(OutreachEventRow.id)).all()
        histories: dict[str, list[Event]] = {}
        for row in rows:
            histories.setdefault(row.opportunity, []).append(_event(row))
        return Record(histories, self._contacts(histories), self.now())

    def _contacts(self, histories: Mapping[str, Sequence[Event]]) -> dict[str, Contact]:
        contacts: dict[str, Contact] = {}
        for events in histories.values():
            if events[-1].status is OutreachStatus.NEW:
                continue  # taken back: a status was set by mistake
            last = max(e.at for e in events if e.status is not OutreachStatus.NEW)
            for key in events[-1].bodies:
                if key not in contacts or contacts[key].at < last:
                    until = last + timedelta(days=self.rest_days)
                    contacts[key] = Contact(
                        last, events[-1].opportunity, events[-1].task_area, until
                    )
        return contacts


def _event(row: OutreachEventRow) -> Event:
    return Event(
        row.opportunity,
        row.task_area,
        tuple(json.loads(row.bodies)),
        OutreachStatus.parse(row.status),
        row.note,
        row.who,
        row.at,
        row.matter,
    )
