"""The desk where searches are handed in: register, mails and matching taken together."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from matcher import Matcher, RequestError
from service.mail import Mailer, MailError
from service.problems import ProblemError
from service.searches import letters, messages
from service.searches.letters import Letter
from service.searches.reciprocal import Fit, Reciprocity
from service.searches.register import SearchRegister
from service.searches.schemas import MessageAsked, SearchAsked, SearchChanged, body_name
from service.searches.search import Contact, Search, SearchStatus
from service.storage import StorageError

_LOG = logging.getLogger("ikz.searches")


@dataclass(frozen=True, slots=True)
class SearchDesk:
    """What owners and readers of searches can do.

    Attributes
    ----------
    register
        Keeps the searches.
    mailer
        Sends the mails.
    reciprocity
        Finds searches that fit.
    matcher
        Tells task areas and names.
    base_url
        Address of the service for links in mails, without a slash at the end.
    """

    register: SearchRegister
    mailer: Mailer
    reciprocity: Reciprocity
    matcher: Matcher
    base_url: str

    def publish(self, asked: SearchAsked, body: str) -> Search:
        """Keep a search and mail its confirmation; `body` is the key that was found for it.

        Raises
        ------
        ProblemError
            429 too many wait, 503 no mail or no database; nothing is kept then.
        """
        self.mailer.check()
        self.register.purge()
        contact = Contact(asked.name, asked.email)
        search, token = self.register.add(body, asked.words().completed(self.matcher), contact)
        try:
            name = body_name(self.matcher, body)
            letter = letters.confirmation(search, name, token, self.base_url)
            self._send(Contact("", contact.email), letter)
        except MailError:
            self.register.discard(search.id)
            raise
        return search

    def change(self, identifier: str, token: str, asked: SearchChanged) -> Search:
        """Edit, prolong or close a search, all of what is asked for or nothing.

        Raises
        ------
        ProblemError
            403, 404, 409; 422 where nothing is asked for.
        """
        search = self.register.owned(identifier, token)
        edits = bool(asked.model_fields_set & {"title", "description", "task_area"})
        if not (edits or asked.prolong or asked.status):
            raise ProblemError.of_fields([("", "Es ist keine Änderung angegeben.")])
        words = asked.changed(search.words).completed(self.matcher) if edits else None
        close = asked.status == SearchStatus.CLOSED.value
        return self.register.change(identifier, token, words, asked.prolong, close)

    def fits(self, search: Search) -> list[Fit]:
        """Return the open searches that fit an open one; none for one in another state.

        Raises
        ------
        ProblemError
            422: the register of bodies no longer has that of the search.
        """
        if search.status_at(self.register.now()) is not SearchStatus.OPEN:
            return []
        others, _ = self.register.list_open()
        try:
            return self.reciprocity.fits(search, others)
        except RequestError as error:
            raise ProblemError.of_fields([(error.field, error.message)]) from None

    def tell_fits(self, search: Search) -> None:
        """Mail both owners of each pair that fits and was not told before.

        Runs after the answer: what fails is logged, and both still see the pair where they manage
        their searches.
        """
        try:
            found = {fit.search.id: fit for fit in self.fits(search)}
            new = self.register.note_told(search, [fit.search for fit in found.values()])
        except ProblemError as problem:
            _LOG.error("fits of %s not told: %s", search.id, problem.status)
            return
        for identifier in new:
            fit = found[identifier]
            self._tell(search, fit)
            self._tell(fit.search, Fit(search, fit.score, fit.likeness, fit.back, fit.there))

    def relay(self, identifier: str, asked: MessageAsked) -> None:
        """Pass a message on to the owner of an open search.

        Raises
        ------
        ProblemError
            404 no such search, 429 too many messages, 503 no mail or no database.
        """
        self.mailer.check()
        search = self.register.get(identifier)
        contact = self.register.contact(identifier)
        if contact is None:  # deleted between the two lines above
            raise ProblemError(404, "Dieses Gesuch gibt es nicht mehr.")
        number = messages.admit(self.register.database, identifier, self.register.now)
        letter = letters.relayed(search, contact, asked.name, asked.email, asked.message)
        try:
            self._send(contact, letter, reply_to=(asked.name, asked.email))
        except MailError:
            messages.take_back(self.register.database, number)
            raise

    def _tell(self, own: Search, fit: Fit) -> None:
        try:
            contact = self.register.contact(own.id)
            if contact is not None:
                name = body_name(self.matcher, fit.search.body)
                self._send(contact, letters.fitting(own, contact, fit, name, self.base_url))
        except (MailError, StorageError) as problem:
            _LOG.error("owner of %s not told: %s", own.id, problem.status)

    def _send(
        self, contact: Contact, letter: Letter, reply_to: tuple[str, str] | None = None
    ) -> None:
        self.mailer.send(contact.name, contact.email, letter.subject, letter.text, reply_to)
