"""How many mails one mailbox and one domain can make this service send."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service.storage import quotas
from service.storage.quotas import Quota
from service.text_fields import mailbox_of

_HOUR = timedelta(hours=1)
_MAILBOX = Quota(
    "mails-mailbox", 6, _HOUR, "Zu dieser E-Mail-Adresse gab es in der letzten Stunde genug Post."
)
_DOMAIN = Quota(
    "mails-domain", 60, _HOUR, "Zu dieser E-Mail-Domain gab es in der letzten Stunde genug Post."
)


def count(session: Session, address: str, moment: datetime) -> None:
    """Count a mail that goes to an address, or is written by it, before it is put into the outbox.

    Raises
    ------
    LimitError
        429: mailbox or domain had enough of them within the hour.
    """
    mailbox = mailbox_of(address)
    domain = mailbox.partition("@")[2]
    quotas.count(session, [(_MAILBOX, mailbox), (_DOMAIN, domain)], moment)
