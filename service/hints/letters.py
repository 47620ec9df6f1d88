"""The mail that asks who gave a hint to confirm the address; it repeats nothing that was typed."""

from __future__ import annotations

from urllib.parse import quote

from service.mail.composition import Mail
from service.storage.retention import UNCONFIRMED_DAYS


def confirmation(email: str, identifier: str, token: str, base_url: str) -> Mail:
    """Ask to confirm the address of a hint."""
    link = f"{base_url}/hinweise/{identifier}/bestaetigen?token={quote(token)}"
    return Mail(
        "",
        email,
        "Bitte bestätigen Sie Ihren Hinweis",
        "Guten Tag,\n\n"
        "mit dieser Adresse wurde ein Hinweis zu einem Eintrag der IKZ-Partnersuche gegeben. Mit "
        "dem folgenden Link bestätigen Sie, dass er von Ihnen ist:\n\n"
        f"{link}\n\n"
        "Ihre Adresse wird nicht veröffentlicht. Sie wird gelöscht, sobald über den Hinweis "
        f"entschieden ist, ohne Bestätigung nach {UNCONFIRMED_DAYS} Tagen. Ist der Hinweis nicht "
        "von Ihnen, brauchen Sie nichts zu tun.\n\n"
        "Mit freundlichen Grüßen\nIhre IKZ-Partnersuche\n",
    )
