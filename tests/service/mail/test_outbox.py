"""Mails wait until they are taken: at least once, by one sender at a time, on each database."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain

import pytest

from service.mail.composition import Mail
from service.mail.outbox import Outbox
from service.settings import Settings
from service.storage import Database
from tests.service.mailbox import Clock

SETTINGS = Settings(mail_from="partnersuche@dienst.example", smtp_seconds=60, mail_days=3)


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def outbox(database, clock):
    return Outbox(database, SETTINGS, clock)


def put(database: Database, outbox: Outbox, *addresses: str) -> None:
    with database.write() as session:
        for address in addresses:
            mail = outbox.compose(Mail("", address, "Gesuch", "Guten Tag"))
            outbox.put(session, mail, search_id=None)


def test_a_mail_is_kept_with_what_it_tells_or_not_at_all(database, outbox):
    def fail() -> None:
        with database.write() as session:
            outbox.put(session, outbox.compose(Mail("", "a@b.example", "x", "y")), None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert outbox.take() is None


def test_a_mail_is_lent_to_one_and_to_the_next_when_that_one_is_dead(database, outbox, clock):
    put(database, outbox, "a@b.example")
    first = outbox.take()
    assert outbox.take() is None
    clock.turn(seconds=119)
    assert outbox.take() is None
    clock.turn(seconds=1)
    second = outbox.take()
    assert second.mail == first.mail  # the same id, so that a double can be seen
    assert (first.tries, second.tries) == (1, 2)
    # The first was not dead, only slow: what it says of its failure is no longer asked for …
    outbox.failed(first, lasting=False)
    clock.turn(seconds=60)
    assert outbox.take() is None
    # … that the server took it is.
    outbox.accepted(first)
    clock.turn(days=1)
    assert outbox.take() is None


def test_a_clock_that_was_ahead_keeps_no_mail(database, outbox, clock):
    """What is due in twenty days only because the clock said so is due now."""
    clock.turn(days=20)
    put(database, outbox, "a@b.example", "c@d.example")
    outbox.take()  # lent, and its sender died
    clock.turn(days=-20)
    found = [outbox.take() for _ in range(3)]
    assert {waiting.mail.recipient for waiting in found[:2]} == {"a@b.example", "c@d.example"}
    assert found[2] is None  # each is lent to one
    outbox.failed(found[0], lasting=True)
    assert outbox.take() is None  # a pause is no clock that was ahead
    clock.turn(hours=1)
    assert outbox.take() is not None


def test_two_services_hand_each_mail_over_once(database_url, database, outbox, clock):
    addresses = [f"a{number}@b.example" for number in range(30)]
    put(database, outbox, *addresses)

    def hand_over(_: int) -> list[str]:
        own = Database(database_url)
        mine, taken = Outbox(own, SETTINGS, clock), []
        while (waiting := mine.take()) is not None:
            taken.append(waiting.mail.recipient)
            mine.accepted(waiting)
        own.close()
        return taken

    with ThreadPoolExecutor(3) as pool:
        shares = list(pool.map(hand_over, range(3)))
    assert sorted(chain(*shares)) == sorted(addresses)
    assert outbox.count() == 0


@pytest.mark.parametrize(
    ("lasting", "seconds"),
    [(False, [30, 60, 120, 240, 480, 900, 900]), (True, [3_600, 7_200, 14_400, 28_800, 43_200])],
)
def test_each_pause_is_twice_the_one_before(lasting, seconds, database, outbox, clock):
    put(database, outbox, "a@b.example")
    for pause in seconds:
        outbox.failed(outbox.take(), lasting)
        clock.turn(seconds=pause - 1)
        assert outbox.take() is None
        clock.turn(seconds=1)
    assert outbox.take().tries == len(seconds) + 1


def test_after_its_days_a_mail_is_given_up_and_forgotten(database, outbox, clock, caplog):
    put(database, outbox, "anna@soest.example")
    clock.turn(days=3, seconds=-1)
    outbox.failed(outbox.take(), lasting=False)
    assert outbox.count() == 1
    clock.turn(seconds=30)
    with caplog.at_level(logging.ERROR):
        waiting = outbox.take()
        outbox.failed(waiting, lasting=False)
    assert outbox.count() == 0
    assert caplog.messages == [f"mail {waiting.mail.message_id} given up after 2 tries"]
    assert "anna" not in caplog.text


def test_what_was_taken_leaves_no_trace(database, outbox, tmp_path):
    put(database, outbox, "anna@soest.example")
    outbox.accepted(outbox.take())
    assert outbox.count() == 0
    for file in tmp_path.glob("test.db*"):
        assert b"anna@soest" not in file.read_bytes(), file.name


def test_who_waits_for_longest_comes_first(database, outbox, clock):
    put(database, outbox, "b@b.example")
    clock.turn(seconds=1)
    put(database, outbox, "a@b.example")
    taken = [outbox.take().mail.recipient for _ in range(2)]
    assert taken == ["b@b.example", "a@b.example"]


def test_dates_are_of_the_moment_of_writing(outbox, clock):
    clock.moment = datetime(2027, 7, 1, 12, tzinfo=UTC)
    content = outbox.compose(Mail("", "a@b.example", "x", "y")).content
    assert b"Date: Thu, 01 Jul 2027 12:00:00 +0000\r\n" in content
