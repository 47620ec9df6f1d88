"""The mails of alerts; the first repeats nothing that was typed, each holds the way to end it."""

from __future__ import annotations

from urllib.parse import quote

from service.alerts.alert import News
from service.mail.composition import Mail
from service.storage.retention import UNCONFIRMED_DAYS

_SIGNATURE = "\n\nMit freundlichen Grüßen\nIhre IKZ-Partnersuche\n"


def confirmation(email: str, identifier: str, token: str, name: str, base_url: str) -> Mail:
    """Ask to confirm; `name` is that of the body."""
    here = f"{base_url}/benachrichtigung/{identifier}"
    return Mail(
        "",
        email,
        "Bitte bestätigen Sie Ihre Benachrichtigung",
        "Guten Tag,\n\n"
        f"mit dieser Adresse wurde eine gemerkte Suche für {name} angelegt. Sie bekommen eine "
        "E-Mail, sobald ein neues Gesuch oder eine neue Kooperation passt. Bitte bestätigen Sie "
        f"das innerhalb von {UNCONFIRMED_DAYS} Tagen:\n\n"
        f"{here}/bestaetigen?token={quote(token)}\n\n"
        "Ohne Bestätigung wird die Adresse gelöscht. Beenden können Sie die Benachrichtigung "
        f"jederzeit hier:\n\n{here}/beenden?token={quote(token)}{_SIGNATURE}",
    )


def news(email: str, end: str, name: str, found: News) -> Mail:
    """Tell what is new; `end` is the address at which the alert ends."""
    parts = []
    for heading, entries in (
        ("Neue Gesuche:", found.searches),
        ("Neue bekannte Kooperationen:", found.cooperations),
    ):
        if entries:
            lines = "\n".join(f"– {title}\n  {address}" for title, address in entries)
            parts.append(f"{heading}\n{lines}")
    told = "\n\n".join(parts)
    return Mail(
        "",
        email,
        f"Neues zu Ihrer gemerkten Suche für {name}",
        f"Guten Tag,\n\nzu Ihrer gemerkten Suche für {name} könnte passen:\n\n{told}\n\n"
        f"Keine E-Mails mehr dazu:\n{end}{_SIGNATURE}",
        one_click=end,
    )
