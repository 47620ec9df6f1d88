"""A real mail server on a free port that does what is asked of it."""

from __future__ import annotations

import asyncio
import email
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from eval.reliability.process import free_port


class Mailbox:
    """Keeps mails; answers with `refuses` instead while it is set.

    While `hangs` is set, it keeps them and does not answer; while `drops` is, it hangs up instead.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.sessions: list[Any] = []
        self.refuses = self.refuses_recipient = ""
        self.hangs = self.drops = False

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take or refuse a recipient."""
        if self.refuses_recipient:
            return self.refuses_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or do with it what is asked."""
        if self.refuses:
            return self.refuses
        message: Any = email.message_from_bytes(envelope.original_content, policy=default)
        self.mails.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        self.sessions.append(session)
        while self.hangs:
            await asyncio.sleep(0.05)
        if self.drops:
            server.transport.abort()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails to an address."""
        pairs = zip(self.mails, self.recipients, strict=True)
        return [mail for mail, recipients in pairs if address in recipients]


@contextmanager
def receiving(port: int | None = None, **options: Any) -> Iterator[tuple[Mailbox, int]]:
    """Run a mail server with options of aiosmtpd; returns what it got, and its port."""
    box, port = Mailbox(), port or free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield box, port
    finally:
        box.hangs = False
        controller.stop()
