"""The postman's rounds: in a thread of its own, so that no answer waits for a mail server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Event, Thread

from service.mail.delivery import Delivery, DeliveryError
from service.mail.outbox import Outbox
from service.settings import Settings
from service.storage import StorageError

_LOG = logging.getLogger("ikz.mail")
_REST_S = 15.0  # until it looks for what other services left, or what is to be tried again
_LAST_TRY_S = 5.0  # for the mail under way when the service stops


class Rounds:
    """Does what comes before mails, then hands all over that are due; again and again.

    Parameters
    ----------
    outbox
        The mails.
    settings
        IKZ_SMTP_….
    before
        What may put mails into the outbox.
    """

    def __init__(
        self, outbox: Outbox, settings: Settings, before: Sequence[Callable[[], None]] = ()
    ) -> None:
        self.outbox = outbox
        self._delivery = Delivery(settings)
        self._before = tuple(before)
        self._woken, self._stopping = Event(), Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin in the background; without a mail server there is nothing to do."""
        if self.outbox.is_set_up and self._thread is None:
            self._thread = Thread(target=self._run, name="ikz-mail", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Go the next round now: there is something to do."""
        self._woken.set()

    def stop(self) -> None:
        """End, with the mail under way handed over if that takes seconds only."""
        self._stopping.set()
        self._woken.set()
        if self._thread is None:
            return
        self._thread.join(_LAST_TRY_S)
        if self._thread.is_alive():
            self._delivery.cut()
            self._thread.join(_LAST_TRY_S)

    def go(self) -> None:
        """Go one round: every step, whatever becomes of the one before."""
        for step in (*self._before, self._hand_over):
            try:
                step()
            except StorageError:
                return  # logged where it arose; the next round tries again
            except Exception:
                _LOG.exception("a round of mails was not finished")

    def _hand_over(self) -> None:
        while not self._stopping.is_set() and (waiting := self.outbox.take()) is not None:
            try:
                self._delivery.hand_over(waiting.mail)
            except DeliveryError as error:
                _LOG.error(
                    "mail %s not sent at try %d: %s",
                    waiting.mail.message_id, waiting.tries, error.kind,
                )  # fmt: skip
                self.outbox.failed(waiting, error.lasting)
            else:
                self.outbox.accepted(waiting)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            self.go()
            self._woken.wait(_REST_S)
