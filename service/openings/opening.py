"""What an opening is: words, a body, a state. Who published it is kept apart."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from data import TaskArea
from data.terms import Term
from matcher import Matcher, MatchRequest
from service.storage.retention import UNCONFIRMED_DAYS


class OpeningStatus(Term):
    """Where an opening stands; `expired` is never stored, it comes with time."""

    DRAFT = "draft", "wartet auf Bestätigung"
    OPEN = "open", "offen"
    CLOSED = "closed", "geschlossen"
    EXPIRED = "expired", "abgelaufen"


class Contact(Struct, frozen=True):
    """Who published an opening; never shown, never in an answer, never in a log."""

    name: str
    email: str


class Words(Struct, frozen=True):
    """What is looked for.

    Attributes
    ----------
    title, description
        The matter.
    task_area
        None where neither given nor told by the text.
    task_area_given
        Whether a person chose it; else it follows the text.
    """

    title: str
    description: str
    task_area: TaskArea | None = None
    task_area_given: bool = False

    @property
    def text(self) -> str:
        """Title and description as one text."""
        return f"{self.title}\n{self.description}"

    def completed(self, matcher: Matcher) -> Words:
        """Return the same with the task area that the text tells, where none was given."""
        if self.task_area_given:
            return self
        guesses = matcher.listener.task_areas(self.text)
        return structs.replace(self, task_area=guesses[0].area if guesses else None)


class Opening(Struct, frozen=True):
    """An opening for partners, without its contact."""

    id: str
    body: str
    words: Words
    status: OpeningStatus
    created: datetime
    confirmed: datetime | None
    expires: datetime
    proof: str | None = None

    def status_at(self, now: datetime) -> OpeningStatus:
        """Return the state at a moment: an opening expires by itself."""
        if self.status is OpeningStatus.OPEN and self.expires <= now:
            return OpeningStatus.EXPIRED
        return self.status

    def lapsed_at(self, now: datetime) -> bool:
        """Whether it waited too long for its confirmation."""
        return (
            self.status is OpeningStatus.DRAFT
            and self.created + timedelta(days=UNCONFIRMED_DAYS) <= now
        )

    def request(self, limit: int) -> MatchRequest:
        """Return the opening as the matcher reads it."""
        return MatchRequest(
            body=self.body,
            title=self.words.title,
            description=self.words.description,
            task_area=self.words.task_area if self.words.task_area_given else None,
            limit=limit,
        )
