"""Whether the mail server answers; nothing is sent."""

from __future__ import annotations

import smtplib

from service.settings import Settings

_PATIENCE_S = 5


def probe(settings: Settings) -> str:
    """Return "off" without a mail server, else "ok", "refused" or "unreachable".

    It goes as far as the greeting, and to STARTTLS where that is asked for: a login would be
    counted as an attempt by many servers.
    """
    if not settings.smtp_host:
        return "off"
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_PATIENCE_S) as server:
            code, _ = server.ehlo()
            encrypts = server.has_extn("starttls")
    except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected, smtplib.SMTPHeloError):
        return "refused"
    except OSError:
        return "unreachable"
    return "ok" if code == 250 and (encrypts or not settings.smtp_starttls) else "refused"
