"""The mails to owners of openings, in German. None names another owner's address."""

from __future__ import annotations

from urllib.parse import quote

from service.mail.composition import Mail
from service.openings.opening import Contact, Opening
from service.openings.reciprocal import Fit
from service.storage.retention import UNCONFIRMED_DAYS

_SIGNATURE = "\n\nMit freundlichen Grüßen\nIhre IKZ-Partnersuche\n"


def confirmation(opening: Opening, email: str, name: str, token: str, base_url: str) -> Mail:
    """Ask the owner to confirm, and give the link to manage the opening.

    Nobody has shown yet that the address is theirs: the mail says nothing that somebody typed, so
    that it is of no use to who wants to write to strangers. `name` is that of the body.
    """
    confirm = f"{base_url}/gesuche/{opening.id}/bestaetigen?token={quote(token)}"
    manage = f"{base_url}/gesuche/{opening.id}/verwalten?token={quote(token)}"
    return Mail(
        "",
        email,
        "Bitte bestätigen Sie Ihr Gesuch",
        "Guten Tag,\n\n"
        f"mit dieser Adresse wurde ein Gesuch für {name} aufgegeben. Bitte bestätigen Sie es "
        f"innerhalb von {UNCONFIRMED_DAYS} Tagen; erst dann wird es veröffentlicht:\n\n"
        f"{confirm}\n\n"
        "Später können Sie es hier ändern, verlängern, schließen oder löschen. Bitte bewahren "
        "Sie diesen Link auf und geben Sie ihn nicht weiter:\n\n"
        f"{manage}\n\n"
        "Ihre E-Mail-Adresse wird nicht veröffentlicht; Nachrichten zu Ihrem Gesuch leiten wir an "
        "Sie weiter. Haben Sie das Gesuch nicht aufgegeben, brauchen Sie nichts zu tun: Ohne "
        f"Bestätigung wird es nach {UNCONFIRMED_DAYS} Tagen gelöscht.{_SIGNATURE}",
    )


def fitting(own: Opening, contact: Contact, fit: Fit, name: str, base_url: str) -> Mail:
    """Tell an owner of another opening that fits; `name` is that of its body."""
    other = fit.opening
    return Mail(
        contact.name,
        contact.email,
        f"Ein passendes Gesuch: {other.words.title}",
        f"Guten Tag {contact.name},\n\n"
        f"zu Ihrem Gesuch „{own.words.title}“ gibt es ein weiteres offenes Gesuch, das passen "
        "könnte:\n\n"
        f"{other.words.title}\n{name}\n{base_url}/gesuche/{other.id}\n\n"
        "Auf dieser Seite können Sie eine Nachricht schreiben. Die andere Seite hat dieselbe "
        "Mitteilung erhalten. Ob es passt, entscheiden Sie gemeinsam: Dies ist ein Vorschlag aus "
        f"Lage, Größe, bekannter Zusammenarbeit und Wortlaut.{_SIGNATURE}",
    )


def relayed(opening: Opening, contact: Contact, name: str, email: str, message: str) -> Mail:
    """Pass a message on to the owner of an opening."""
    return Mail(
        contact.name,
        contact.email,
        f"Nachricht zu Ihrem Gesuch: {opening.words.title}",
        f"Guten Tag {contact.name},\n\n"
        f"{name} ({email}) schreibt Ihnen zu Ihrem Gesuch „{opening.words.title}“:\n\n"
        f"----\n{message}\n----\n\n"
        "Ihre E-Mail-Adresse wurde dabei nicht weitergegeben. Wenn Sie auf diese E-Mail antworten, "
        f"geht Ihre Antwort unmittelbar an {email}; dort wird dann Ihre Adresse sichtbar. Name und "
        f"Adresse der schreibenden Person sind von uns nicht geprüft.{_SIGNATURE}",
        reply_to=(name, email),
    )
