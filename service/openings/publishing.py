"""What owners and readers do with openings: store, mails and matching taken together."""

from __future__ import annotations

import logging
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy.exc import IntegrityError

from matcher import Matcher, MatchResult, RequestError
from service.mail.composition import Mail
from service.mail.outbox import Outbox
from service.matching.matter_asked import missing_matter
from service.openings import letters
from service.openings.fit_store import FitStore
from service.openings.opening import Contact, Opening, OpeningStatus, Words
from service.openings.reciprocal import Fit, Reciprocity
from service.openings.schemas import MessageAsked, OpeningAsked, OpeningChanged
from service.openings.store import OpeningStore
from service.problems import ProblemError
from service.storage import StorageError

_LOG = logging.getLogger("ikz.searches")


class Openings(Struct, frozen=True):
    """What owners and readers of openings can do.

    Attributes
    ----------
    store
        Keeps the openings.
    fit_store
        Keeps which of them were compared.
    outbox
        Where mails wait.
    wake
        Tells who hands mails over, and who compares openings, that there is something to do.
    reciprocity
        Finds openings that fit.
    matcher
        Tells task areas and names.
    base_url
        Address of the service for links in mails, without a slash at the end.
    """

    store: OpeningStore
    fit_store: FitStore
    outbox: Outbox
    wake: Callable[[], None]
    reciprocity: Reciprocity
    matcher: Matcher
    base_url: str

    def publish(self, asked: OpeningAsked, body: str) -> Opening:
        """Keep an opening and mail its confirmation; `body` is the key that was found for it.

        Raises
        ------
        ProblemError
            422 it says no matter, or no mail can be made of it, 429 too many wait, 503 no mail
            server or no database; nothing is kept then.
        """
        self.outbox.check()
        self.store.purge()
        name = self.matcher.directory.name(body)

        def letter(opening: Opening, token: str) -> Mail:
            return letters.confirmation(opening, asked.email, name, token, self.base_url)

        words = self._about_something(asked.words())
        opening, _ = self.store.add(body, words, Contact(asked.name, asked.email), letter)
        self.wake()
        return opening

    def confirm(self, identifier: str, token: str) -> Opening:
        """Open an opening; both owners of each pair that fits get a mail afterwards.

        Raises
        ------
        ProblemError
            403, 404; 409 where it was closed meanwhile.
        """
        opening, is_new = self.store.confirm(identifier, token)
        if is_new:
            self.wake()
        return opening

    def change(self, identifier: str, token: str, asked: OpeningChanged) -> Opening:
        """Edit, prolong or close an opening, all of what is asked for or nothing.

        Raises
        ------
        ProblemError
            403, 404, 409; 422 where nothing is asked for, or no matter is left.
        """
        opening = self.store.owned(identifier, token)
        edits = bool(asked.model_fields_set & {"title", "description", "task_area"})
        if not (edits or asked.prolong or asked.status):
            raise ProblemError.of_fields([("", "Es ist keine Änderung angegeben.")])
        words = self._about_something(asked.changed(opening.words)) if edits else None
        close = asked.status == OpeningStatus.CLOSED.value
        opening = self.store.change(identifier, token, words, asked.prolong, close)
        self.wake()
        return opening

    def _about_something(self, words: Words) -> Words:
        """Return words with their task area; who chose one has a matter, whatever the text says."""
        question = None if words.task_area_given else missing_matter(self.matcher, words.text)
        if question is not None:
            raise ProblemError.of_fields([("/description", question)])
        return words.completed(self.matcher)

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

    def tell_fits(self) -> None:
        """Put mails to both owners of each pair that fits and was not noted before into the outbox.

        Openings wait in the database to be compared, from their confirmation or change on: what
        fails now, or ends with the process, is done at the next call.
        """
        for opening, since in self.fit_store.due():
            try:
                self.fit_store.note(opening, since, self._fits_if_any(opening), self._fitting)
            except IntegrityError:
                _LOG.info("fits of %s are noted by another service", opening.id)
            except StorageError:
                raise
            except Exception:  # what one opening does to the matcher keeps no other
                _LOG.exception("fits of %s not found", opening.id)
                self.fit_store.postpone(opening)

    def relay(self, identifier: str, asked: MessageAsked) -> None:
        """Pass a message on to the owner of an opening.

        Raises
        ------
        ProblemError
            404 no such opening, 429 too many messages, 503 no mail or no database.
        """
        self.outbox.check()
        opening = self.store.get(identifier)
        contact = self.store.contact(identifier)
        if contact is None:  # deleted between the two lines above
            raise ProblemError(404, "Dieses Gesuch gibt es nicht mehr.")
        letter = letters.relayed(opening, contact, asked.name, asked.email, asked.message)
        self.store.relay(identifier, self.outbox.compose(letter), asked.email)
        self.wake()

    def _fits_if_any(self, opening: Opening) -> list[Fit]:
        try:
            return self.fits(opening)
        except ProblemError as problem:  # its body is no longer there
            _LOG.error("fits of %s not found: %s", opening.id, problem.status)
            return []

    def _fitting(self, own: Opening, contact: Contact, fit: Fit) -> Mail:
        name = self.matcher.directory.name(fit.opening.body)
        return letters.fitting(own, contact, fit, name, self.base_url)
