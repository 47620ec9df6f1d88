"""What real mail servers do, well and badly, and what becomes of the mail."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword

from eval.reliability.process import free_port
from service.mail.composition import FinishedMail
from service.mail.delivery import Delivery, DeliveryError
from service.settings import Settings
from tests.service.mailbox import Mailbox, receiving

USER, PASSWORD = "partnersuche", "ein-geheimes-Wort"
MAIL = FinishedMail(
    "<1@dienst.example>", "anna@soest.example",
    b"Message-ID: <1@dienst.example>\r\nSubject: Gesuch\r\n\r\nGuten Tag\r\n",
)  # fmt: skip


def delivery(port: int, **settings: object) -> Delivery:
    given = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": False} | settings
    return Delivery(Settings(**given))


def failure(delivery: Delivery) -> tuple[str, bool]:
    with pytest.raises(DeliveryError) as raised:
        delivery.hand_over(MAIL)
    return raised.value.kind, raised.value.lasting


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@contextmanager
def encrypted(
    authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str = "127.0.0.1"
) -> Iterator[tuple[Mailbox, int]]:
    """Run a server that wants STARTTLS and a login; its authority is trusted as README says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))

    def known(_server, _session, _envelope, _mechanism, given) -> AuthResult:
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=given == right, handled=False)

    options = {"tls_context": context, "require_starttls": True, "authenticator": known}
    with receiving(auth_required=True, **options) as made:
        yield made


def test_a_mail_goes_encrypted_and_with_a_login(authority, tmp_path, monkeypatch):
    with encrypted(authority, tmp_path, monkeypatch) as (box, port):
        login = {"smtp_user": USER, "smtp_password": PASSWORD}
        delivery(port, smtp_starttls=True, **login).hand_over(MAIL)
    assert box.mails[0]["Subject"] == "Gesuch"
    assert box.recipients == [["anna@soest.example"]]
    assert box.sessions[0].ssl is not None
    assert box.sessions[0].authenticated


def test_a_wrong_password_is_told_and_may_be_mended(authority, tmp_path, monkeypatch):
    with encrypted(authority, tmp_path, monkeypatch) as (box, port):
        login = {"smtp_user": USER, "smtp_password": "falsch"}
        told = failure(delivery(port, smtp_starttls=True, **login))
    assert told == ("SMTPAuthenticationError 535", False)
    assert box.mails == []


@pytest.mark.parametrize("name", ["mail.example", "127.0.0.1"])
def test_a_certificate_of_somebody_else_gets_nothing(name, authority, tmp_path, monkeypatch):
    with encrypted(authority, tmp_path, monkeypatch, name) as (box, port):
        if name == "127.0.0.1":  # the right name, of an authority that nobody knows
            trustme.CA().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        told = failure(delivery(port, smtp_starttls=True, smtp_user=USER, smtp_password=PASSWORD))
    assert told == ("SSLCertVerificationError", False)
    assert box.mails == []


def test_who_offers_no_encryption_gets_nothing(mailbox):
    box, port = mailbox
    told = failure(delivery(port, smtp_starttls=True, smtp_user=USER, smtp_password=PASSWORD))
    assert told == ("SMTPNotSupportedError", False)
    assert box.mails == []


@pytest.mark.parametrize(
    ("refusal", "kind", "lasting"),
    [
        ({"refuses_recipient": "450 später"}, "SMTPRecipientsRefused 450", False),
        ({"refuses_recipient": "550 anna@soest.example"}, "SMTPRecipientsRefused 550", True),
        ({"refuses": "451 später"}, "SMTPDataError 451", False),
        ({"refuses": "554 nein"}, "SMTPDataError 554", True),
        ({"drops": True}, "SMTPServerDisconnected", False),
    ],
)
def test_a_refusal_is_told_by_its_code(refusal, kind, lasting, mailbox):
    box, port = mailbox
    for name, value in refusal.items():
        setattr(box, name, value)
    assert failure(delivery(port)) == (kind, lasting)


def test_nobody_there():
    assert failure(delivery(free_port())) == ("ConnectionRefusedError", False)


@contextmanager
def saying(script: list[tuple[bytes, float]]) -> Iterator[int]:
    """Run a server that says each part after a pause, whatever it hears."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            made, _ = listener.accept()
            with made:
                for part, pause_s in script:
                    time.sleep(pause_s)
                    try:
                        made.sendall(part)
                    except OSError:
                        return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    "script",
    [
        [(b"2", 0.2)] * 100,  # byte by byte: never silent for long
        [(b"", 30)],
        [(b"220 hallo\r\n250 hallo\r\n", 0), (b"", 30)],
    ],
)
def test_who_does_not_come_to_an_end_is_left_in_time(script):
    with saying(script) as port:
        before = time.monotonic()
        _, lasting = failure(delivery(port, smtp_seconds=1))
        assert time.monotonic() - before < 12  # what is said takes twenty seconds and more
    assert not lasting


def test_a_rude_goodbye_takes_nothing_back():
    answers = b"220 a\r\n250 b\r\n250 c\r\n250 d\r\n354 e\r\n250 genommen\r\n500 kein QUIT\r\n"
    with saying([(answers, 0), (b"", 1)]) as port:
        delivery(port).hand_over(MAIL)


def test_what_goes_on_can_be_ended(mailbox):
    box, port = mailbox
    box.hangs = True
    slow = delivery(port)
    timer = threading.Timer(0.3, slow.cut)
    timer.start()
    before = time.monotonic()
    assert failure(slow) == ("SMTPServerDisconnected", False)
    assert time.monotonic() - before < 12  # what is said takes twenty seconds and more


def test_one_that_is_encrypted_too(authority, tmp_path, monkeypatch):
    with encrypted(authority, tmp_path, monkeypatch) as (box, port):
        box.hangs = True
        login = {"smtp_user": USER, "smtp_password": PASSWORD, "smtp_seconds": 2}
        kind, lasting = failure(delivery(port, smtp_starttls=True, **login))
    assert kind in ("SMTPServerDisconnected", "SSLEOFError")
    assert not lasting
