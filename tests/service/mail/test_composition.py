"""A mail says what was meant, whatever people type; else it does not go."""

from __future__ import annotations

import email
import logging
import random
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest

from service.mail import composition
from service.mail.composition import Mail, MailError, compose
from service.text_fields import line

SENDER, MOMENT = "partnersuche@dienst.example", datetime(2027, 3, 1, 12, tzinfo=UTC)
HIDDEN = "=?utf-8?q?x=0D=0AContent-Type:_text/html=0D=0A=0D=0A<b>?="
HEADERS = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def written(typed: str, text: str = "Guten Tag") -> EmailMessage:
    mail = Mail(typed, "a@b.example", f"Gesuch: {typed}", text, (typed, "c@d.example"))
    return read(compose(mail, SENDER, MOMENT).content)


def body(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", "\n").rstrip("\n")


@pytest.mark.parametrize(
    "typed",
    [
        HIDDEN,
        "=?us-ascii?b?DQpCY2M6IG9wZmVyQHguZGU=?=",
        "=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3D0D=3D0A=3F=3D?=",
        f"{HIDDEN} {HIDDEN}",
        "=?",
        "?=",
        'Amt, Anna "Leitung" <x@y.example>; (Kommentar) \\',
        "Öz, Çağla",
        "😀" * 50,
        "x" * 100,
        "Ein Titel mit   mehreren  Lücken und – Strichen",
        "100 % = „gemeinsam“, _unterstrichen_",
        "\u202etfel hcan sthcer nov",
    ],
)
def test_typed_text_is_read_as_it_was_typed(typed):
    mail = written(typed, f"{typed}\nzweite Zeile")
    assert mail.keys() == HEADERS
    assert mail["Subject"] == f"Gesuch: {typed}"
    for name, address in (("To", "a@b.example"), ("Reply-To", "c@d.example")):
        (found,) = mail[name].addresses
        assert "".join(found.display_name.split()) == "".join(typed.split())
        assert found.addr_spec == address
    assert mail.get_content_type() == "text/plain"
    assert body(mail) == f"{typed}\nzweite Zeile"


def test_any_characters_are_read_as_they_were_typed():
    """A hundred texts by chance, of what encoded words, addresses and headers are made of too."""
    pick = random.Random(1)
    letters = [chr(code) for code in range(0x20, 0x3000)] + [
        *'=?_<>@,;:()[]\\"',
        "=?utf-8?q?",
        "=0D=0A",
    ] * 200
    for _ in range(100):
        typed = "".join(pick.choice(letters) for _ in range(pick.randint(1, 100)))
        try:
            typed = line(typed)
        except ValueError:
            continue  # refused where it comes in
        assert written(typed)["Subject"] == f"Gesuch: {typed}"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5_000,  # one line
        "ä" * 5_000,
        ".\n..\n.\n",
        "From hier an\nBcc: opfer@x.example",
        "a\u2028b\u2029c",
        "Zeile mit Leerzeichen am Ende   \n\n\n   und am Anfang\tTab",
    ],
)
def test_a_body_is_read_as_it_was_typed(text):
    assert body(written("Anna", text)) == text.rstrip("\n")


@pytest.mark.parametrize("broken", ["a\rb", "a\nb", "a\0b", "a\u2028b", "a\u0085b", "a\ud800b"])
@pytest.mark.parametrize("part", ["name", "subject", "reply_to"])
def test_no_header_is_made_of_what_breaks_lines(part, broken, caplog):
    parts = {"name": "Anna", "subject": "Gesuch", "reply_to": ("Carla", "c@d.example")}
    parts[part] = (broken, "c@d.example") if part == "reply_to" else broken
    mail = Mail(email="a@b.example", text="Guten Tag", **parts)
    with caplog.at_level(logging.ERROR), pytest.raises(MailError) as refused:
        compose(mail, SENDER, MOMENT)
    assert refused.value.status == 422
    names = {"name": "To", "subject": "Subject", "reply_to": "Reply-To"}
    assert caplog.messages == [f"mail refused: {names[part]}"]


@pytest.mark.parametrize("broken", ["a\rb", "a\0b", "a\x1bb", "a\ud800b"])
def test_no_body_is_made_of_what_is_no_text(broken, caplog):
    with pytest.raises(MailError):
        compose(Mail("", "a@b.example", "Gesuch", broken), SENDER, MOMENT)
    assert caplog.messages == ["mail refused: text"]


class Careless:
    """Writes a text as it stands, as `EmailMessage` did after decoding it."""

    def __init__(self, text: str, *_: object, **__: object) -> None:
        self.text = text

    def encode(self, **_: object) -> str:
        return self.text


@pytest.mark.parametrize(
    ("typed", "unlike"),
    [
        (HIDDEN, "Subject"),
        ("x\r\nBcc: opfer@x.example", "headers"),
        ("x\r\nContent-Type: text/html", "headers"),
        ("x\r\n\r\n<b>", "headers"),
    ],
)
def test_what_would_be_read_otherwise_does_not_go(typed, unlike, monkeypatch, caplog):
    monkeypatch.setattr(composition, "Header", Careless)
    monkeypatch.setattr(composition.unicodedata, "category", lambda _: "Ll")
    with pytest.raises(MailError):
        compose(Mail("", "a@b.example", typed, "Guten Tag"), SENDER, MOMENT)
    assert caplog.messages == [f"mail refused: {unlike}"]


def test_each_mail_has_an_id_of_its_own():
    ids = {compose(Mail("", "a@b.example", "x", "y"), SENDER, MOMENT).message_id for _ in range(5)}
    assert len(ids) == 5
    assert all(each.endswith("@dienst.example>") for each in ids)
