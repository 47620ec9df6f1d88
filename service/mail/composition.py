"""A mail from what it is to say, looked at once more as its reader will see it.

Python's `EmailMessage` decodes an encoded word (RFC 2047, `=?utf-8?q?…?=`) that stands in a text
and writes what comes out: line breaks that were hidden in it become headers. So each text is
encoded here, whatever stands in it, and the finished mail is read again and compared.
"""

from __future__ import annotations

import email
import logging
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime, make_msgid

from msgspec import Struct

from service.problems import ProblemError

_LOG = logging.getLogger("ikz.mail")
_NAME = "IKZ-Partnersuche"
_BODY = SMTP.clone(cte_type="7bit")  # not every server takes 8 bits
_BODY_HEADERS = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")
_LONGEST_LINE = 998  # RFC 5322, section 2.1.1
_UNFIT = (
    "Diese Angaben lassen sich nicht in eine E-Mail übernehmen. Bitte Sonderzeichen in Name, Titel "
    "und Text weglassen."
)


class MailError(ProblemError):
    """No mail can be made of this, or none sent at all."""


class Mail(Struct, frozen=True):
    """What a mail is to say.

    Attributes
    ----------
    name, email
        Who gets it; the name may be empty.
    subject, text
        What it says.
    reply_to
        (name, address) of whom an answer goes to.
    one_click
        Address that ends such mails when a mail program posts to it (RFC 8058); "" for none.
    """

    name: str
    email: str
    subject: str
    text: str
    reply_to: tuple[str, str] | None = None
    one_click: str = ""


class FinishedMail(Struct, frozen=True):
    """A mail as it goes over the wire; its id stays the same however often it is tried."""

    message_id: str
    recipient: str
    content: bytes


def compose(mail: Mail, sender: str, moment: datetime) -> FinishedMail:
    """Write a mail.

    Parameters
    ----------
    mail
        What it is to say.
    sender
        Address of the service.
    moment
        Its date.

    Raises
    ------
    MailError
        422: read again, it would not say what was meant; the log names the kind alone.
    """
    message_id = make_msgid(domain=sender.partition("@")[2])
    headers = [_Header("From", _NAME, sender), _Header("To", mail.name, mail.email)]
    if mail.reply_to is not None:
        headers.append(_Header("Reply-To", *mail.reply_to))
    headers += [
        _Header("Subject", mail.subject),
        _Header("Date", format_datetime(moment), is_token=True),
        _Header("Message-ID", message_id, is_token=True),
        # No out-of-office notes, please.
        _Header("Auto-Submitted", "auto-generated", is_token=True),
    ]
    if mail.one_click:
        headers += [
            _Header("List-Unsubscribe", f"<{mail.one_click}>", is_token=True),
            _Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click", is_token=True),
        ]
    try:
        content = _written(headers, mail.text)
        _compare(content, headers, mail.text)
    except Exception as error:  # whatever a parser of mails stumbles over
        _LOG.error(
            "mail refused: %s", error if isinstance(error, _UnlikeError) else type(error).__name__
        )
    else:
        return FinishedMail(message_id, mail.email, content)
    raise MailError(422, _UNFIT)


class _UnlikeError(Exception):
    """A mail is not what was meant; says which part of it, never its words."""


class _Header(Struct, frozen=True):
    """A header that is meant: a text, perhaps with an address, or a token of our own."""

    name: str
    text: str
    address: str = ""
    is_token: bool = False

    def line(self) -> str:
        if self.is_token:
            return f"{self.name}: {self.text}"
        if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in self.text):
            raise _UnlikeError(self.name)
        words = Header(self.text, "utf-8", header_name=self.name).encode(linesep="\r\n")
        address = f"<{self.address}>" if self.address else ""
        return f"{self.name}: {' '.join(part for part in (words, address) if part)}"

    def is_read_as(self, read: object) -> bool:
        if not self.address:
            return str(read) == self.text
        found = [(a.display_name, a.addr_spec) for a in getattr(read, "addresses", ())]
        # Between the encoded words of one name Python's parser keeps blanks that do not count
        # (RFC 2047, section 6.2).
        return [("".join(name.split()), address) for name, address in found] == [
            ("".join(self.text.split()), self.address)
        ]


def _written(headers: Sequence[_Header], text: str) -> bytes:
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text if c not in "\n\t"):
        raise _UnlikeError("text")
    body = EmailMessage(policy=_BODY)
    body.set_content(text)
    head = "".join(f"{header.line()}\r\n" for header in headers)
    return head.encode("ascii") + body.as_bytes()


def _compare(content: bytes, headers: Sequence[_Header], text: str) -> None:
    """Read a mail as its recipient's program will.

    Raises
    ------
    _UnlikeError
        It is not what was meant.
    """
    read = email.message_from_bytes(content, policy=default)
    if sorted(read.keys()) != sorted([*(header.name for header in headers), *_BODY_HEADERS]):
        raise _UnlikeError("headers")
    for header in headers:
        if not header.is_read_as(read[header.name]) or read[header.name].defects:
            raise _UnlikeError(header.name)
    if read.is_multipart() or (read.get_content_type(), read.get_content_charset()) != (
        "text/plain",
        "utf-8",
    ):
        raise _UnlikeError("Content-Type")
    if read.defects or str(read.get_content()).replace("\r\n", "\n").rstrip("\n") != text.rstrip(
        "\n"
    ):
        raise _UnlikeError("text")
    if max(map(len, content.split(b"\r\n"))) > _LONGEST_LINE or b"\n" in content.replace(
        b"\r\n", b""
    ):
        raise _UnlikeError("lines")
