"""Hand one mail over to the SMTP server of the operator, within a time that is set."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from service.mail.composition import FinishedMail
from service.settings import Settings

_SILENCE_S = 15  # longest wait for a single answer


class DeliveryError(Exception):
    """The mail server did not take a mail.

    Attributes
    ----------
    kind
        What went wrong, without addresses, which the sentences of servers often name.
    lasting
        Whether the server says that it will not take this mail later either.
    """

    def __init__(self, kind: str, lasting: bool) -> None:
        self.kind, self.lasting = kind, lasting
        super().__init__(kind)


class Delivery:
    """Hands mails over, one at a time.

    Parameters
    ----------
    settings
        IKZ_SMTP_… and IKZ_MAIL_FROM.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: _CuttableSMTP | None = None

    def hand_over(self, mail: FinishedMail) -> None:
        """Return once the server has taken a mail.

        Raises
        ------
        DeliveryError
            It did not, or not in time; whether it has is unknown where it went silent at the end.
        """
        settings = self._settings
        try:
            with self._connected() as server:
                if settings.smtp_starttls:
                    server.starttls(context=ssl.create_default_context())
                if settings.smtp_user:
                    server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
                server.sendmail(settings.mail_from, [mail.recipient], mail.content)
        except (smtplib.SMTPException, OSError) as error:
            code = _code(error)
            kind = f"{type(error).__name__} {code}" if code else type(error).__name__
            raise DeliveryError(kind, lasting=_is_about_the_mail(error) and code >= 500) from None

    def cut(self) -> None:
        """End what goes on now: the service stops."""
        if self._server is not None:
            self._server.cut()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        # An answer that comes byte by byte never times out by itself.
        timer = Timer(self._settings.smtp_seconds, self.cut)
        timer.daemon = True
        timer.start()
        try:
            server = _CuttableSMTP(self._settings, self._began)
            if not timer.is_alive():  # each of several addresses was waited for
                raise TimeoutError
            yield server
            # Taken: however it says goodbye, that stays so.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            timer.cancel()
            if self._server is not None:
                self._server.close()
            self._server = None

    def _began(self, server: _CuttableSMTP) -> None:
        self._server = server


class _CuttableSMTP(smtplib.SMTP):
    """A connection that another thread can end, also while it is being made.

    Parameters
    ----------
    settings
        IKZ_SMTP_….
    began
        Gets it before it connects.
    """

    def __init__(self, settings: Settings, began: Callable[[_CuttableSMTP], None]) -> None:
        began(self)
        timeout = min(_SILENCE_S, settings.smtp_seconds)
        super().__init__(settings.smtp_host, settings.smtp_port, timeout=timeout)

    def cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                # Of the socket itself: one in TLS would first say so to the other side.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _is_about_the_mail(error: Exception) -> bool:
    kinds = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return isinstance(error, kinds)


def _code(error: Exception) -> int:
    """Return the server's three digits; 0 where it said nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), 0)
    return int(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else 0
