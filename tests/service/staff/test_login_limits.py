from __future__ import annotations

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from msgspec import structs

from service.problems import ProblemError
from service.staff import login_limits
from service.staff import pages as staff_pages
from service.staff.login_limits import Origin
from service.staff.passwords import Passwords
from tests.service.office import COOKIE, DEVICE, NAME, PASSWORD

WRONG = "ein falsches Passwort"


def at(office, address: str) -> TestClient:
    """Return a browser that was never logged in, at an address."""
    return TestClient(office.app, raise_server_exceptions=False, client=(address, 50_000))


def tried(client: TestClient, password: str = WRONG, name: str = NAME) -> int:
    data = {"name": name, "password": password}
    return client.post("/anmelden", data=data, follow_redirects=False).status_code


def guess_from_everywhere(office) -> None:
    """Reach the limit of one name over all addresses."""
    for number in range(login_limits.MOST_FOR_NAME):
        assert tried(at(office, f"198.51.100.{number // login_limits.MOST_FROM_ONE}")) == 401


def test_wrong_and_unknown_names_get_the_same_answer_and_five_are_enough(office):
    client = office.stranger()
    pages = []
    for name in (NAME, "Niemand"):
        data = {"name": name, "password": WRONG}
        for _ in range(5):
            answer = client.post("/anmelden", data=data)
            assert answer.status_code == 401
            assert "Name oder Passwort ist nicht richtig." in answer.text
        pages.append(answer.text.replace(name, "…"))
        blocked = client.post("/anmelden", data=data | {"password": PASSWORD})
        assert blocked.status_code == 429
        assert "Bitte versuchen Sie es in 15 Minuten wieder." in blocked.text
        assert blocked.headers["Retry-After"] == "900"
        assert blocked.headers["RateLimit-Policy"] == '"logins";q=5;w=900'
    assert pages[0] == pages[1]
    office.clock.turn(minutes=10)
    late = client.post("/anmelden", data={"name": NAME, "password": PASSWORD})
    assert "in 5 Minuten" in late.text
    office.clock.turn(minutes=5)
    assert office.log_in().get("/impulse").url.path == "/impulse"


def test_many_attempts_at_the_same_moment_are_counted_too(office):
    def attempt(_: int) -> int:
        try:
            office.accounts.log_in(NAME, WRONG, Origin())
        except ProblemError as problem:
            return problem.status
        return 200

    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(attempt, range(12)))
    assert sorted(statuses) == [401] * 5 + [429] * 7


def test_a_login_that_works_forgets_what_failed(office):
    client = office.stranger()
    for _ in range(2):
        for _ in range(4):
            client.post("/anmelden", data={"name": NAME, "password": "falsch falsch"})
        office.log_in()
    assert office.stored("SELECT * FROM staff_failure") == []


def test_a_stranger_does_not_lock_out_the_owner(office):
    stranger = at(office, "203.0.113.9")
    assert [tried(stranger) for _ in range(7)] == [401] * 5 + [429] * 2
    assert tried(stranger, PASSWORD) == 429
    # Neither on a device that was never logged in, nor while the stranger goes on.
    assert tried(at(office, "192.0.2.1"), PASSWORD) == 303
    assert tried(stranger) == 429


def test_a_login_elsewhere_forgives_a_stranger_nothing(office):
    stranger = at(office, "203.0.113.9")
    assert [tried(stranger) for _ in range(5)] == [401] * 5
    owner = at(office, "192.0.2.1")
    assert tried(owner, PASSWORD) == 303
    assert tried(owner, PASSWORD) == 303
    assert tried(stranger) == 429
    assert office.stored("SELECT count(*) FROM staff_failure") == [(5,)]


def test_one_address_does_not_go_on_with_other_names(office):
    stranger = at(office, "203.0.113.9")
    statuses = [tried(stranger, name=f"Name {number}") for number in range(22)]
    assert statuses == [401] * 20 + [429] * 2
    assert tried(stranger, PASSWORD) == 429
    assert tried(at(office, "192.0.2.1"), PASSWORD) == 303
    office.clock.turn(minutes=15)
    assert tried(stranger) == 401


def test_guessing_from_many_addresses_ends_too(office):
    guess_from_everywhere(office)
    fresh = at(office, "192.0.2.77")
    assert tried(fresh) == 429
    office.clock.turn(minutes=14)
    told = fresh.post("/anmelden", data={"name": NAME, "password": PASSWORD})
    assert told.status_code == 429
    assert "Bitte versuchen Sie es in 1 Minute wieder." in told.text
    assert "auf dem Sie schon angemeldet waren" in told.text
    assert told.headers["Retry-After"] == "60"
    assert told.headers["RateLimit"] == '"logins";r=0;t=60'
    assert tried(fresh, name="Niemand") == 401  # the limit is that of the name
    office.clock.turn(minutes=1)
    assert tried(fresh, PASSWORD) == 303


def test_guessing_from_many_addresses_does_not_lock_out_a_known_device(office):
    owner = at(office, "192.0.2.1")
    assert tried(owner, PASSWORD) == 303
    owner.cookies.delete(COOKIE)  # the session ended, the device is still known
    guess_from_everywhere(office)
    assert tried(at(office, "192.0.2.1"), PASSWORD) == 429
    assert tried(owner) == 401
    assert tried(owner, PASSWORD) == 303
    # Wherever it is now, its own attempts count too, and for nobody else.
    moved = at(office, "198.51.100.0")
    moved.cookies.set(DEVICE, owner.cookies[DEVICE])
    assert [tried(moved) for _ in range(6)] == [401] * 5 + [429]
    blocked = moved.post("/anmelden", data={"name": NAME, "password": PASSWORD})
    assert blocked.status_code == 429
    assert "auf dem Sie schon angemeldet waren" not in blocked.text
    assert len(office.stored("SELECT * FROM staff_failure WHERE NOT known_device")) == 30


def test_a_device_is_known_for_the_names_that_were_logged_in_there(office):
    office.accounts.add("Berta", PASSWORD)
    shared = at(office, "192.0.2.1")
    assert tried(shared, PASSWORD) == 303
    first = shared.cookies[DEVICE]
    guess_from_everywhere(office)
    for number in range(login_limits.MOST_FOR_NAME):
        tried(at(office, f"198.51.100.{100 + number // 5}"), name="Berta")
    assert tried(shared, PASSWORD, "Berta") == 429
    office.clock.turn(minutes=15)
    assert tried(shared, PASSWORD, "Berta") == 303
    assert shared.cookies[DEVICE] == first
    assert len(office.stored("SELECT * FROM staff_device")) == 2
    guess_from_everywhere(office)
    assert tried(shared, PASSWORD) == 303
    assert office.accounts.remove("Berta")
    assert office.stored("SELECT name FROM staff_device") == [(NAME,)]


def test_a_secret_that_was_not_given_out_is_not_taken_over(office):
    planted = {DEVICE: "known to whoever put it there"}
    owner = at(office, "192.0.2.1")
    owner.cookies.update(planted)
    assert tried(owner, PASSWORD) == 303
    guess_from_everywhere(office)
    thief = at(office, "192.0.2.2")
    thief.cookies.update(planted)
    assert tried(thief, PASSWORD) == 429


def test_a_device_is_not_known_for_ever(office):
    owner = at(office, "192.0.2.1")
    assert tried(owner, PASSWORD) == 303
    office.clock.turn(hours=24 * 179)
    guess_from_everywhere(office)
    assert tried(owner, PASSWORD) == 303
    office.clock.turn(hours=24 * 180)
    guess_from_everywhere(office)
    assert tried(owner, PASSWORD) == 429
    assert office.stored("SELECT * FROM staff_device") == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:1:200::1", "2001:db8:1:2ff:9:9:9:9", True),
        ("2001:db8:1:200::1", "2001:db8:1:300::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "no address", False),
    ],
)
def test_one_client_does_not_change_its_address_at_will(office, first, second, same):
    assert [tried(at(office, first)) for _ in range(5)] == [401] * 5
    assert tried(at(office, second)) == (429 if same else 401)


def test_neither_names_nor_addresses_nor_devices_are_stored_or_logged(office, caplog):
    addresses = ("203.0.113.9", "2001:db8:1:200::1")
    with caplog.at_level(logging.DEBUG):
        for address in addresses:
            tried(at(office, address))
        owner = at(office, addresses[0])
        tried(owner, PASSWORD)
        owner.cookies.delete(COOKIE)
        tried(owner)
    device = owner.cookies[DEVICE]
    failures = office.stored("SELECT * FROM staff_failure")
    kept = str(failures) + str(office.stored("SELECT * FROM staff_device"))
    assert len(failures) == 2
    for secret in (*addresses, "2001:db8", device):
        assert secret not in kept
        assert secret not in caplog.text
    assert NAME not in str(failures)
    # Whoever tries all addresses finds none: the key is nowhere in the database.
    for address in addresses:
        assert hashlib.sha256(address.encode()).hexdigest() not in kept
    office.clock.turn(minutes=15)
    tried(at(office, "192.0.2.1"))
    assert len(office.stored("SELECT * FROM staff_failure")) == 1


def test_a_failure_is_answered_late(office, monkeypatch):
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(staff_pages, "DELAY_S", 1.0)
    monkeypatch.setattr(staff_pages.asyncio, "sleep", sleep)
    office.stranger().post("/anmelden", data={"name": NAME, "password": "falsch falsch"})
    office.log_in()
    assert waited == [1.0]


def test_unknown_names_take_as_long(office):
    checked: list[str] = []

    class Recorder(PasswordHasher):
        def verify(self, stored: str | bytes, _password: str | bytes) -> bool:
            checked.append(str(stored)[:9])
            return True

    accounts = structs.replace(office.accounts, passwords=Passwords(Recorder()))
    with pytest.raises(ProblemError):
        accounts.log_in("Niemand", "irgendein Passwort", Origin())
    assert checked == ["$argon2id"]
