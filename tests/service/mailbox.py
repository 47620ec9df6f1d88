"""A real mail server on a free port, a clock to turn, and an application with both."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from eval.reliability.mail_server import Mailbox, receiving
from matcher import Matcher
from service.app import create_app
from service.loading import open_state
from service.mail.rounds import Rounds
from service.settings import Settings
from service.storage import Database
from service.web.state import State

OWNER, OTHER, WRITER = (
    "anna.amt@soest.example",
    "bernd@sassendorf.example",
    "carla@lippstadt.example",
)
ARCHIVE = {
    "body": "Soest",
    "title": "Partner für ein gemeinsames Archiv gesucht",
    "description": "Wir finden keinen Archivar und möchten ein Archiv mit Nachbarn gemeinsam führen.",
    "name": "Anna Amt",
    "email": OWNER,
}
SAME_MATTER = {
    "body": "05974008",
    "title": "Gemeinsames Archiv mit Nachbarkommunen",
    "description": "Uns fehlt ein Archivar, wir suchen Nachbarn, um ein Archiv gemeinsam zu führen.",
    "name": "Bernd Beamter",
    "email": OTHER,
}
MESSAGE = {"name": "Carla Christ", "email": WRITER, "message": "Guten Tag,\nwir hätten Interesse."}


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.moment = datetime(2027, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Site:
    """The service with its own database, mail server and clock."""

    settings: Settings
    matcher: Matcher
    box: Mailbox
    clock: Clock
    file: Path
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    @property
    def state(self) -> State:
        return self.client.app.state.ikz  # type: ignore[attr-defined]

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox after the postman's round, which tests wait for."""
        self.state[Rounds].go()
        return self.box

    def restart(self, **changes: object) -> FastAPI:
        """Start a new application on the same database."""
        self.settings = self.settings.model_copy(update=changes)
        app = create_app(self.settings)
        app.state.ikz = open_state(self.settings, self.matcher, self.clock)
        self.client = TestClient(app, raise_server_exceptions=False)
        return app

    def publish(self, **changes: object) -> tuple[str, str]:
        """Publish a search; returns its id and its secret from the mail."""
        response = self.client.post("/v1/searches", json=ARCHIVE | changes)
        assert response.status_code == 202, response.text
        identifier = response.json()["id"]
        link = re.compile(rf"/{identifier}/bestaetigen\?token=([\w-]+)")
        (token,) = [t for mail in self.mailbox.mails for t in link.findall(text(mail))]
        return identifier, token

    def confirm(self, identifier: str, token: str) -> None:
        response = self.client.post(
            f"/gesuche/{identifier}/bestaetigen", data={"token": token}, follow_redirects=False
        )
        assert response.status_code == 303, response.text

    def open(self, **changes: object) -> tuple[str, str]:
        """Publish and confirm a search."""
        identifier, token = self.publish(**changes)
        self.confirm(identifier, token)
        return identifier, token

    def listed(self) -> list[str]:
        return [item["id"] for item in self.client.get("/v1/searches").json()["items"]]


def text(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", "\n")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with receiving() as made:
        yield made


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database without rows, to copy: what migrations make is made once."""
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    database = Database(f"sqlite:///{file}")
    database.prepare()
    database.close()  # its journal goes into the file
    return file


@pytest.fixture
def site(
    matcher: Matcher, mailbox: tuple[Mailbox, int], empty_database: Path, tmp_path: Path
) -> Site:
    box, port = mailbox
    file = Path(shutil.copy(empty_database, tmp_path / "searches.db"))
    settings = Settings(
        database_url=f"sqlite:///{file}",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_starttls=False,
        mail_from="partnersuche@dienst.example",
    )
    return Site(settings, matcher, box, Clock(), file)
