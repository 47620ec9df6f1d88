"""Looks after alerts: compares each with what is new, and puts mails into the outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from msgspec import Struct, structs

from matcher import Matcher
from service.alerts import letters
from service.alerts.alert import Alert, News
from service.alerts.store import AlertStore
from service.mail.composition import FinishedMail, MailError

_LOG = logging.getLogger("ikz.alerts")
_FITTING = 60  # cooperations that are remembered as known, the likest first
NewSearches = Callable[[str, str, datetime], list[tuple[str, str]]]
"""(body, text, since) -> (title, path) of open searches that fit and were published later."""


class Watch(Struct, frozen=True):
    """Compares alerts with new open searches and new data.

    Attributes
    ----------
    store
        Keeps the alerts.
    matcher
        Finds cooperations, and names bodies.
    searches
        Finds open searches.
    newest
        When the newest open search was published, None where there is none: mostly nothing is new.
    base_url
        Address of the service, for links.
    """

    store: AlertStore
    matcher: Matcher
    searches: NewSearches
    newest: Callable[[], datetime | None]
    base_url: str

    def begin(self, identifier: str, token: str) -> None:
        """Confirm an alert; all that fits by now is known.

        Raises
        ------
        service.problems.ProblemError
            403, 404.
        """
        alert = self.store.owned(identifier, token)
        fitting = frozenset(key for key, _ in self._fitting(alert.text))
        self.store.confirm(identifier, token, self._version, fitting)

    def tell(self) -> None:
        """Put a mail into the outbox for each alert that has news."""
        newest, now = self.newest(), self.store.now()
        for alert in self.store.confirmed():
            is_new_search = newest is not None and newest > alert.seen
            if not is_new_search and alert.data_version == self._version:
                continue
            self._tell(alert, now)

    @property
    def _version(self) -> str:
        return self.matcher.dataset.version

    def _tell(self, alert: Alert, now: datetime) -> None:
        known, fresh = alert.known, []
        if alert.data_version != self._version:
            fitting = self._fitting(alert.text)
            fresh = [
                (title, f"{self.base_url}/kooperationen/{key}")
                for key, title in fitting
                if key not in known
            ]
            known = frozenset(key for key, _ in fitting) | known
        found = self.searches(alert.body, alert.text, alert.seen)
        told = News([(title, f"{self.base_url}{path}") for title, path in found], fresh)
        kept = structs.replace(alert, seen=now, data_version=self._version, known=known)
        try:
            self.store.told(alert, kept, self._letter(alert, told) if told else None)
        except MailError:
            _LOG.error("news of alert %s are no mail", alert.id)

    def _letter(self, alert: Alert, told: News) -> Callable[[str, str], FinishedMail]:
        name = self.matcher.directory.name(alert.body)
        here = f"{self.base_url}/benachrichtigung/{alert.id}/beenden?token="

        def letter(email: str, token: str) -> FinishedMail:
            mail = letters.news(email, here + quote(token), name, told)
            return self.store.outbox.compose(mail)

        return letter

    def _fitting(self, text: str) -> list[tuple[str, str]]:
        return [(s.cooperation, s.title) for s in self.matcher.listener.similar(text, _FITTING)]
