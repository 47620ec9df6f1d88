from __future__ import annotations

import hashlib
import logging
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, inspect, text
from typer.testing import CliRunner

from service import storage
from service.cli import app as cli
from service.problems import ProblemError
from service.routes import staff_pages
from service.staff import attempts
from service.staff.attempts import Origin
from service.staff.passwords import hash_password, is_password
from service.staff.register import StaffError
from tests.service.office import NAME, PASSWORD, csrf

COMMANDS = CliRunner()
COOKIE, DEVICE = "ikz_anmeldung", "ikz_geraet"
WRONG = "ein falsches Passwort"


@pytest.fixture
def file(tmp_path, monkeypatch):
    file = tmp_path / "accounts.db"
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{file}")
    return file


@pytest.fixture
def quick(monkeypatch):
    """Compare passwords at once: hundreds of slow checks say nothing about how they are counted."""
    monkeypatch.setattr(
        "service.staff.register.is_password",
        lambda password, stored: stored is not None and password == PASSWORD,
    )


def stored(office, statement: str) -> list[tuple]:
    with sqlite3.connect(office.state.settings.database_url.removeprefix("sqlite:///")) as db:
        return db.execute(statement).fetchall()


def at(office, address: str) -> TestClient:
    """Return a browser that was never logged in, at an address."""
    return TestClient(office.app, raise_server_exceptions=False, client=(address, 50_000))


def tried(client: TestClient, password: str = WRONG, name: str = NAME) -> int:
    data = {"name": name, "password": password}
    return client.post("/anmelden", data=data, follow_redirects=False).status_code


def guess_from_everywhere(office) -> None:
    """Reach the limit of one name over all addresses."""
    for number in range(attempts.MOST_FOR_NAME):
        assert tried(at(office, f"198.51.100.{number // attempts.MOST_FROM_ONE}")) == 401


def test_accounts_are_made_listed_and_removed_on_the_command_line(file):
    made = COMMANDS.invoke(cli, ["staff", "add", "Berta"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert "Konto angelegt: Berta" in made.output
    assert PASSWORD not in made.output
    piped = COMMANDS.invoke(cli, ["staff", "add", "Carl", "--password-stdin"], input=PASSWORD)
    assert piped.exit_code == 0, piped.output
    listed = COMMANDS.invoke(cli, ["staff", "list"]).output
    assert "Berta\tangelegt am" in listed
    assert "Carl" in listed
    assert "$argon2id$" not in listed
    assert PASSWORD.encode() not in file.read_bytes()
    gone = COMMANDS.invoke(cli, ["staff", "remove", "Berta"])
    assert "Konto gelöscht: Berta" in gone.output
    assert "Berta" not in COMMANDS.invoke(cli, ["staff", "list"]).output


@pytest.mark.parametrize(
    ("command", "typed", "sentence"),
    [
        (["add", "Berta"], f"{PASSWORD}\nein anderes Passwort\n", "Eingaben sind verschieden"),
        (["add", "Berta", "--password-stdin"], "zu kurz 123", "12 bis 1000 Zeichen"),
        (["add", " ", "--password-stdin"], PASSWORD, "1 bis 100 druckbare"),
        (["remove", "Niemand"], "", "„Niemand“ gibt es nicht"),
    ],
)
def test_what_cannot_be_done_on_the_command_line_is_told(file, command, typed, sentence):
    answer = COMMANDS.invoke(cli, ["staff", *command], input=typed)
    assert answer.exit_code == 1
    assert sentence in answer.output


def test_a_name_is_given_once(office):
    with pytest.raises(StaffError, match="gibt es schon"):
        office.state.staff.add(NAME, PASSWORD)


def test_passwords_are_argon2id_hashes():
    made = hash_password(PASSWORD)
    assert made.startswith("$argon2id$")
    assert is_password(PASSWORD, made)
    assert not is_password(PASSWORD + " ", made)
    assert not is_password("nobody has this password", None)
    assert not is_password(PASSWORD, "no hash at all")


def test_strangers_are_led_to_the_login_and_from_there_back(office):
    client = office.stranger()
    for address in ("/impulse", "/impulse/o1", "/impulse/luecken", "/impulse/dienstleister"):
        answer = client.get(address, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/anmelden?weiter=%2Fimpulse")
        assert "Argon" not in answer.text
    page = client.get("/impulse?task_area=archiv&government_region=Arnsberg")
    assert page.url.path == "/anmelden"
    assert 'value="/impulse?task_area=archiv&amp;government_region=Arnsberg"' in page.text
    back = client.post(
        "/anmelden",
        data={
            "name": NAME,
            "password": PASSWORD,
            "weiter": "/impulse?task_area=archiv&government_region=Arnsberg",
        },
    )
    assert back.url.path == "/impulse"
    assert back.url.query == b"task_area=archiv&government_region=Arnsberg"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/impulseevil", "/impulse\\x",
     "/impulse\r\nX: y", "javascript:alert(1)"],
)  # fmt: skip
def test_the_login_leads_to_no_other_site(office, target):
    data = {"name": NAME, "password": PASSWORD, "weiter": target}
    answer = office.stranger().post("/anmelden", data=data, follow_redirects=False)
    assert answer.headers["Location"] == "/impulse"


def test_the_cookie_is_kept_from_scripts_and_other_sites(office):
    data = {"name": NAME, "password": PASSWORD}
    plain = office.stranger().post("/anmelden", data=data, follow_redirects=False)
    session, device = plain.headers.get_list("Set-Cookie")
    for cookie in (session, device):
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Secure" not in cookie
    assert session.startswith(f"{COOKIE}=")
    assert "Max-Age=28800; Path=/;" in session
    assert device.startswith(f"{DEVICE}=")
    assert "Max-Age=15552000; Path=/anmelden;" in device
    office.restart(base_url="https://partnersuche.example")
    secure = office.stranger().post("/anmelden", data=data, follow_redirects=False)
    assert all("Secure" in cookie for cookie in secure.headers.get_list("Set-Cookie"))


def test_the_database_holds_no_secret(office):
    client = office.log_in()
    token = client.cookies[COOKIE]
    assert len(token) == 43
    rows = stored(office, "SELECT * FROM staff_session") + stored(office, "SELECT * FROM staff")
    assert token not in str(rows)
    assert PASSWORD not in str(rows)
    assert csrf(client.get("/impulse").text) not in str(rows)


def test_a_session_ends_by_itself_by_logout_and_with_the_account(office):
    client = office.log_in()
    office.clock.turn(hours=7.9)
    assert client.get("/impulse").url.path == "/impulse"
    office.clock.turn(hours=0.2)
    assert client.get("/impulse").url.path == "/anmelden"

    client = office.log_in()
    token = client.cookies[COOKIE]
    out = client.post("/abmelden", data={"csrf": csrf(client.get("/impulse").text)})
    assert "Sie sind abgemeldet." in out.text
    assert COOKIE not in client.cookies
    thief = office.stranger()
    thief.cookies.set(COOKIE, token)
    assert thief.get("/impulse").url.path == "/anmelden"

    client = office.log_in()
    assert office.state.staff.remove(NAME)
    assert client.get("/impulse").url.path == "/anmelden"
    assert stored(office, "SELECT * FROM staff_session") == []


def test_nobody_is_logged_out_without_the_token_of_the_session(office):
    client = office.log_in()
    for wrong in ("", "0" * 64, "ä"):
        assert client.post("/abmelden", data={"csrf": wrong}).status_code == 403
    other = office.log_in()
    foreign = csrf(other.get("/impulse").text)
    assert client.post("/abmelden", data={"csrf": foreign}).status_code == 403
    assert client.get("/impulse").url.path == "/impulse"


def test_other_sites_cannot_log_anybody_in(office):
    answer = office.stranger().post(
        "/anmelden",
        data={"name": NAME, "password": PASSWORD},
        headers={"Sec-Fetch-Site": "cross-site"},
        follow_redirects=False,
    )
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


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
            office.state.staff.log_in(NAME, WRONG, Origin())
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
    assert stored(office, "SELECT * FROM staff_failure") == []


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
    assert stored(office, "SELECT count(*) FROM staff_failure") == [(5,)]


def test_one_address_does_not_go_on_with_other_names(office, quick):
    stranger = at(office, "203.0.113.9")
    statuses = [tried(stranger, name=f"Name {number}") for number in range(22)]
    assert statuses == [401] * 20 + [429] * 2
    assert tried(stranger, PASSWORD) == 429
    assert tried(at(office, "192.0.2.1"), PASSWORD) == 303
    office.clock.turn(minutes=15)
    assert tried(stranger) == 401


def test_guessing_from_many_addresses_ends_too(office, quick):
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


def test_guessing_from_many_addresses_does_not_lock_out_a_known_device(office, quick):
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
    assert len(stored(office, "SELECT * FROM staff_failure WHERE NOT known_device")) == 30


def test_a_device_is_known_for_the_names_that_were_logged_in_there(office, quick):
    office.state.staff.add("Berta", PASSWORD)
    shared = at(office, "192.0.2.1")
    assert tried(shared, PASSWORD) == 303
    first = shared.cookies[DEVICE]
    guess_from_everywhere(office)
    for number in range(attempts.MOST_FOR_NAME):
        tried(at(office, f"198.51.100.{100 + number // 5}"), name="Berta")
    assert tried(shared, PASSWORD, "Berta") == 429
    office.clock.turn(minutes=15)
    assert tried(shared, PASSWORD, "Berta") == 303
    assert shared.cookies[DEVICE] == first
    assert len(stored(office, "SELECT * FROM staff_device")) == 2
    guess_from_everywhere(office)
    assert tried(shared, PASSWORD) == 303
    assert office.state.staff.remove("Berta")
    assert stored(office, "SELECT name FROM staff_device") == [(NAME,)]


def test_a_secret_that_was_not_given_out_is_not_taken_over(office, quick):
    planted = {DEVICE: "known to whoever put it there"}
    owner = at(office, "192.0.2.1")
    owner.cookies.update(planted)
    assert tried(owner, PASSWORD) == 303
    guess_from_everywhere(office)
    thief = at(office, "192.0.2.2")
    thief.cookies.update(planted)
    assert tried(thief, PASSWORD) == 429


def test_a_device_is_not_known_for_ever(office, quick):
    owner = at(office, "192.0.2.1")
    assert tried(owner, PASSWORD) == 303
    office.clock.turn(hours=24 * 179)
    guess_from_everywhere(office)
    assert tried(owner, PASSWORD) == 303
    office.clock.turn(hours=24 * 180)
    guess_from_everywhere(office)
    assert tried(owner, PASSWORD) == 429
    assert stored(office, "SELECT * FROM staff_device") == []


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
def test_one_client_does_not_change_its_address_at_will(office, quick, first, second, same):
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
    failures = stored(office, "SELECT * FROM staff_failure")
    kept = str(failures) + str(stored(office, "SELECT * FROM staff_device"))
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
    assert len(stored(office, "SELECT * FROM staff_failure")) == 1


def test_a_failure_is_answered_late(office, monkeypatch):
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(staff_pages, "DELAY_S", 1.0)
    monkeypatch.setattr(staff_pages.asyncio, "sleep", sleep)
    office.stranger().post("/anmelden", data={"name": NAME, "password": "falsch falsch"})
    office.log_in()
    assert waited == [1.0]


def test_unknown_names_take_as_long(office, monkeypatch):
    checked: list[str] = []

    class Recorder:
        def verify(self, stored: str, _password: str) -> bool:
            checked.append(stored[:9])
            return True

    from service.staff import passwords

    passwords._nobody()
    monkeypatch.setattr(passwords, "_HASHER", Recorder())
    with pytest.raises(ProblemError):
        office.state.staff.log_in("Niemand", "irgendein Passwort", Origin())
    assert checked == ["$argon2id"]


def test_names_and_passwords_stay_out_of_the_log_and_of_the_pages_of_others(office, caplog):
    with caplog.at_level(logging.DEBUG):
        office.log_in()
        office.stranger().post(
            "/anmelden", data={"name": "Geheimer", "password": "sehr geheim 123"}
        )
    for word in (NAME, PASSWORD, "Geheimer", "sehr geheim"):
        assert word not in caplog.text
    assert "/impulse" not in office.stranger().get("/").text
    assert 'href="/anmelden"' in office.stranger().get("/").text


def test_what_staff_see_is_kept_by_no_cache(office):
    client = office.log_in()
    for address in ("/", "/impulse", "/methode", "/impulse/luecken"):
        assert client.get(address).headers["Cache-Control"] == "no-store"
    assert 'href="/impulse"' in client.get("/methode").text
    assert "Cache-Control" not in office.stranger().get("/methode").headers


def test_privacy_tells_of_the_cookie(office):
    page = office.stranger().get("/datenschutz")
    assert "keine Cookies" not in page.text
    assert "technisch notwendiges Cookie" in page.text
    assert "set-cookie" not in page.headers


def test_without_a_database_staff_are_told_and_others_find_partners(office):
    client = office.log_in()
    file = office.settings.database_url.removeprefix("sqlite:///")
    office.state.database.close()
    for name in (file, f"{file}-wal", f"{file}-shm"):
        Path(name).unlink(missing_ok=True)
    Path(file).mkdir()
    assert client.get("/impulse", headers={"Accept": "text/html"}).status_code == 503
    assert client.get("/v1/outreach").status_code == 503
    assert client.get("/").status_code == 200
    assert client.post("/anmelden", data={"name": NAME, "password": PASSWORD}).status_code == 503


def test_a_database_of_the_version_before_keeps_what_it_has(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO feedback VALUES ('r', '05974008', 'fits', 'm', '2027-01-01')")
        )
    engine.dispose()
    database = storage.Database(f"sqlite:///{tmp_path / 'old.db'}")
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM feedback")) == 1
        assert session.scalar(text("SELECT count(*) FROM staff")) == 0
    database.close()


def test_counting_by_device_can_be_taken_back(tmp_path):
    database = storage.Database(f"sqlite:///{tmp_path / 'new.db'}")
    database.prepare()
    database.close()
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO staff VALUES ('Ada', 'hash', '2027-01-01')"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
        assert "source_hash" not in str(inspect(connection).get_columns("staff_failure"))
        assert not inspect(connection).has_table("staff_device")
        command.upgrade(config, "head")
        assert connection.scalar(text("SELECT count(*) FROM staff")) == 1
        assert connection.scalar(text("SELECT count(*) FROM staff_device")) == 0
    engine.dispose()
