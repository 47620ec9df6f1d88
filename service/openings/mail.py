"""Mail over the SMTP server of the operator."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from service.problems import ProblemError
from service.settings import Settings
from service.storage.moments import Clock

_LOG = logging.getLogger("ikz.mail")
_TIMEOUT_S = 15
_NAME = "IKZ-Partnersuche"


class MailError(ProblemError):
    """A mail was not taken by the mail server."""


class Mailer:
    """Sends mails, one at a time; headers are built from parts, so that no text can add one.

    Parameters
    ----------
    settings
        IKZ_SMTP_… and IKZ_MAIL_FROM.
    now
        The clock that dates the mails.
    """

    def __init__(self, settings: Settings, now: Clock) -> None:
        self._settings = settings
        self._now = now

    @property
    def is_set_up(self) -> bool:
        """Whether there is a mail server."""
        return bool(self._settings.smtp_host)

    def check(self) -> None:
        """Refuse what needs a mail, before anything is stored.

        Raises
        ------
        MailError
            There is no mail server.
        """
        if not self.is_set_up:
            raise MailError(
                503,
                "Auf diesem Dienst ist kein E-Mail-Versand eingerichtet. Gesuche und Nachrichten "
                "sind deshalb nicht möglich. Bitte wenden Sie sich an den Betreiber.",
            )

    def send(
        self,
        name: str,
        email: str,
        subject: str,
        text: str,
        reply_to: tuple[str, str] | None = None,
    ) -> None:
        """Send one mail.

        Parameters
        ----------
        name, email
            Who gets it.
        subject, text
            What it says.
        reply_to
            (name, address) of whom an answer goes to.

        Raises
        ------
        MailError
            It could not be handed over; it is not tried again.
        """
        self.check()
        message = EmailMessage(policy=SMTP)
        sender = self._settings.mail_from
        message["From"] = Address(_NAME, addr_spec=sender)
        message["To"] = Address(name, addr_spec=email)
        if reply_to is not None:
            message["Reply-To"] = Address(reply_to[0], addr_spec=reply_to[1])
        message["Subject"] = subject
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
        # No out-of-office notes, please.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            self._deliver(message)
        except (smtplib.SMTPException, OSError) as error:
            # The sentence of the server often names the address: only its kind is logged.
            _LOG.error("mail not sent: %s", type(error).__name__)
            raise _not_sent(error) from None

    def _deliver(self, message: EmailMessage) -> None:
        settings = self._settings
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_TIMEOUT_S) as server:
            if settings.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(message)


def _not_sent(error: Exception) -> MailError:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return MailError(503, "Der Mailserver hat die Adresse des Empfängers nicht angenommen.")
    return MailError(
        503,
        "Die E-Mail konnte gerade nicht verschickt werden. Bitte versuchen Sie es in einigen "
        "Minuten noch einmal.",
        headers={"Retry-After": "300"},
    )
