"""Mails go in the background, again and again, and end with the service."""

from __future__ import annotations

import time

import pytest

from service.mail import rounds as rounds_module
from service.mail.composition import Mail
from service.mail.outbox import Outbox
from service.mail.rounds import Rounds
from service.settings import Settings
from service.storage import Database
from tests.service.mailbox import Clock, Mailbox


class Post:
    """An outbox, its rounds and the mailbox they go to."""

    def __init__(self, url: str, box: Mailbox, port: int) -> None:
        self.box, self.clock, self.database = box, Clock(), Database(url)
        settings = Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_starttls=False)
        self.outbox = Outbox(self.database, settings, self.clock)
        self.faults: list[Exception] = []
        self.rounds = Rounds(self.outbox, settings, before=[self._fail])

    def _fail(self) -> None:
        if self.faults:
            raise self.faults.pop()

    def put(self, address: str = "anna@soest.example") -> None:
        with self.database.write() as session:
            mail = self.outbox.compose(Mail("", address, "Gesuch", "Guten Tag"))
            self.outbox.put(session, mail, None)

    def wait_for(self, mails: int) -> None:
        end = time.monotonic() + 10
        while len(self.box.mails) < mails:
            assert time.monotonic() < end, "no mail"
            time.sleep(0.01)


@pytest.fixture
def post(mailbox, tmp_path):
    post = Post(f"sqlite:///{tmp_path / 'test.db'}", *mailbox)
    yield post
    post.box.hangs = False
    post.rounds.stop()
    post.database.close()


def test_a_mail_goes_as_soon_as_it_is_told_of(post):
    post.rounds.start()
    post.put()
    post.rounds.wake()
    post.wait_for(1)
    post.rounds.stop()
    assert post.outbox.count() == 0


def test_who_hangs_up_after_the_mail_gets_it_again_with_the_same_id(post):
    post.box.drops = True
    post.put()
    post.rounds.go()
    assert post.outbox.count() == 1
    post.box.drops = False
    post.clock.turn(seconds=30)
    post.rounds.go()
    first, second = post.box.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert post.outbox.count() == 0


def test_one_mail_that_is_refused_keeps_no_other(post):
    post.box.refuses_recipient = "550 unbekannt"
    post.put("nobody@soest.example")
    post.rounds.go()
    post.box.refuses_recipient = ""
    post.put()
    post.rounds.go()
    assert post.box.recipients == [["anna@soest.example"]]
    assert post.outbox.count() == 1


def test_what_fails_before_keeps_no_mail(post, caplog):
    post.put()
    post.faults.append(RuntimeError("unerwartet"))
    post.rounds.go()
    assert len(post.box.mails) == 1
    assert "a round of mails was not finished" in caplog.text


def test_it_stops_while_the_mail_server_hangs(post, monkeypatch):
    monkeypatch.setattr(rounds_module, "_LAST_TRY_S", 0.3)
    post.box.hangs = True
    post.put()
    post.rounds.start()
    post.wait_for(1)
    before = time.monotonic()
    post.rounds.stop()
    assert time.monotonic() - before < 12
    assert post.outbox.count() == 1  # nobody said that it was taken


def test_without_a_mail_server_it_does_not_begin(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    idle = Rounds(Outbox(database, Settings(), Clock()), Settings())
    idle.start()
    assert idle._thread is None
    idle.stop()
