"""What owners and readers do with openings: store, mails and matching taken together."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from matcher import Matcher, MatchResult, RequestError
from service.openings import letters, message_limit
from service.openings.letters import Letter
from service.openings.mail import Mailer, MailError
from service.openings.opening import Contact, Opening, OpeningStatus
from service.openings.reciprocal import Fit, Reciprocity
from service.openings.schemas import MessageAsked, OpeningAsked, OpeningChanged
from service.openings.store import OpeningStore
from service.problems import ProblemError
from service.storage import StorageError

_LOG = logging.getLogger("ikz.searches")


@dataclass(frozen=True, slots=True)
class Openings:
    """What owners and readers of openings can do.

    Attributes
    ----------
    store
        Keeps the openings.
    mailer
        Sends the mails.
    reciprocity
        Finds openings that fit.
    matcher
        Tells task areas and names.
    base_url
        Address of the service for links in mails, without a slash at the end.
    """

    store: OpeningStore
    mailer: Mailer
    reciprocity: Reciprocity
    matcher: Matcher
    base_url: str

    def publish(self, asked: OpeningAsked, body: str) -> Opening:
        """Keep an opening and mail its confirmation; `body` is the key that was found for it.

        Raises
        ------
        ProblemError
            429 too many wait, 503 no mail or no database; nothing is kept then.
        """
        self.mailer.check()
        self.store.purge()
        contact = Contact(asked.name, asked.email)
        opening, token = self.store.add(body, asked.words().completed(self.matcher), contact)
        try:
            name = self.matcher.directory.name(body)
            letter = letters.confirmation(opening, name, token, self.base_url)
            self._send(Contact("", contact.email), letter)
        except MailError:
            self.store.discard(opening.id)
            raise
        return opening

    def change(self, identifier: str, token: str, asked: OpeningChanged) -> Opening:
        """Edit, prolong or close an opening, all of what is asked for or nothing.

        Raises
        ------
        ProblemError
            403, 404, 409; 422 where nothing is asked for.
        """
        opening = self.store.owned(identifier, token)
        edits = bool(asked.model_fields_set & {"title", "description", "task_area"})
        if not (edits or asked.prolong or asked.status):
            raise ProblemError.of_fields([("", "Es ist keine Änderung angegeben.")])
        words = asked.changed(opening.words).completed(self.matcher) if edits else None
        close = asked.status == OpeningStatus.CLOSED.value
        return self.store.change(identifier, token, words, asked.prolong, close)

    def partners(self, opening: Opening, limit: int) -> MatchResult:
        """Rank bodies for an opening.

        Raises
        ------
        ProblemError
            422: the directory of bodies no longer has that of the opening.
        """
        try:
            return self.matcher.match(opening.request(limit))
        except RequestError as error:
            raise ProblemError.of_fields([(error.field, error.message)]) from None

    def fits(self, opening: Opening) -> list[Fit]:
        """Return the openings that fit an open one; none for one in another state.

        Raises
        ------
        ProblemError
            422: the directory of bodies no longer has that of the opening.
        """
        if opening.status_at(self.store.now()) is not OpeningStatus.OPEN:
            return []
        others, _ = self.store.list_open()
        try:
            return self.reciprocity.fits(opening, others)
        except RequestError as error:
            raise ProblemError.of_fields([(error.field, error.message)]) from None

    def tell_fits(self, opening: Opening) -> None:
        """Mail both owners of each pair that fits and was not told before.

        Runs after the answer: what fails is logged, and both still see the pair where they manage
        their openings.
        """
        try:
            found = {fit.opening.id: fit for fit in self.fits(opening)}
            new = self.store.note_told(opening, [fit.opening for fit in found.values()])
        except ProblemError as problem:
            _LOG.error("fits of %s not told: %s", opening.id, problem.status)
            return
        for identifier in new:
            fit = found[identifier]
            self._tell(opening, fit)
            self._tell(fit.opening, Fit(opening, fit.score, fit.likeness, fit.back, fit.there))

    def relay(self, identifier: str, asked: MessageAsked) -> None:
        """Pass a message on to the owner of an opening.

        Raises
        ------
        ProblemError
            404 no such opening, 429 too many messages, 503 no mail or no database.
        """
        self.mailer.check()
        opening = self.store.get(identifier)
        contact = self.store.contact(identifier)
        if contact is None:  # deleted between the two lines above
            raise ProblemError(404, "Dieses Gesuch gibt es nicht mehr.")
        number = message_limit.admit(self.store.database, identifier, self.store.now)
        letter = letters.relayed(opening, contact, asked.name, asked.email, asked.message)
        try:
            self._send(contact, letter, reply_to=(asked.name, asked.email))
        except MailError:
            message_limit.take_back(self.store.database, number)
            raise

    def _tell(self, own: Opening, fit: Fit) -> None:
        try:
            contact = self.store.contact(own.id)
            if contact is not None:
                name = self.matcher.directory.name(fit.opening.body)
                self._send(contact, letters.fitting(own, contact, fit, name, self.base_url))
        except (MailError, StorageError) as problem:
            _LOG.error("owner of %s not told: %s", own.id, problem.status)

    def _send(
        self, contact: Contact, letter: Letter, reply_to: tuple[str, str] | None = None
    ) -> None:
        self.mailer.send(contact.name, contact.email, letter.subject, letter.text, reply_to)
