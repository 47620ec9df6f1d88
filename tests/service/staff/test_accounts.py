from __future__ import annotations

import logging
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app as cli
from service.staff.accounts import StaffError
from service.staff.passwords import Passwords
from tests.service.office import COOKIE, DEVICE, NAME, PASSWORD, csrf

COMMANDS = CliRunner()


@pytest.fixture
def file(tmp_path, monkeypatch):
    file = tmp_path / "accounts.db"
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{file}")
    return file


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
        office.accounts.add(NAME, PASSWORD)


def test_passwords_are_argon2id_hashes():
    passwords = Passwords()
    made = passwords.hashed(PASSWORD)
    # RFC 9106, its recommendation where memory is scarce: 64 MiB, three passes, four lanes.
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(PASSWORD, made)
    assert not passwords.matches(PASSWORD + " ", made)
    assert not passwords.matches("nobody has this password", None)
    assert not passwords.matches(PASSWORD, "no hash at all")


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
    rows = office.stored("SELECT * FROM staff_session") + office.stored("SELECT * FROM staff")
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
    assert office.accounts.remove(NAME)
    assert client.get("/impulse").url.path == "/anmelden"
    assert office.stored("SELECT * FROM staff_session") == []


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
