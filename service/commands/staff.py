"""`ikz staff`: accounts for the office; there is no other way to get one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.console import stop
from service.commands.usage import Commands

if TYPE_CHECKING:
    from service.staff.accounts import Accounts

app = Commands(help="Konten der Geschäftsstelle.")
Name = Annotated[str, typer.Argument(help="Name des Kontos.")]


@app.command()
def add(
    name: Name,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Passwort von der Standardeingabe lesen.")
    ] = False,
) -> None:
    """Legt ein Konto an und fragt zweimal nach dem Passwort."""
    from service.staff.accounts import StaffError

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = typer.prompt("Passwort", hide_input=True)
        if password != typer.prompt("Passwort noch einmal", hide_input=True):
            stop("Die beiden Eingaben sind verschieden.")
    with _Told():
        try:
            _accounts().add(name, password)
        except StaffError as error:
            stop(str(error))
    print(f"Konto angelegt: {name.strip()}")


@app.command("list")
def list_accounts() -> None:
    """Zeigt alle Konten."""
    with _Told():
        for name, created in _accounts().names():
            print(f"{name}\tangelegt am {created:%d.%m.%Y}")


@app.command()
def remove(name: Name) -> None:
    """Löscht ein Konto und beendet seine Anmeldungen."""
    with _Told():
        found = _accounts().remove(name)
    if not found:
        stop(f"Ein Konto „{name}“ gibt es nicht.")
    print(f"Konto gelöscht: {name.strip()}")


@app.command()
def approve(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Kennung des Gesuchs.")],
) -> None:
    """Bestätigt, dass ein Gesuch wirklich von der genannten Kommune kommt."""
    from service.openings.approval import approve

    with _Told():
        accounts = _accounts()
        found = approve(accounts.database, identifier, accounts.now())
    if not found:
        stop(f"Ein offenes Gesuch „{identifier}“ gibt es nicht.")
    print(f"Bestätigt: {identifier}")


@app.command()
def audit(
    limit: Annotated[int, typer.Option(help="Zahl der Einträge.", min=1, max=100_000)] = 100,
) -> None:
    """Zeigt, wer wann was getan hat, das Neueste zuerst."""
    from service.staff import events

    with _Told():
        accounts = _accounts()
        for event in events.listed(accounts.database, accounts.now, limit):
            print(f"{event.at:%Y-%m-%d %H:%M:%S}Z\t{event.who}\t{event.action}\t{event.about}")


class _Told:
    """Ends the command with a sentence where settings or database are to blame."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        from service.settings import SettingsError
        from service.storage import StorageError

        if isinstance(error, StorageError):
            stop(error.detail)
        if isinstance(error, (SettingsError, OSError)):
            stop(str(error))


def _accounts() -> Accounts:
    from service.settings import read_settings
    from service.staff.accounts import Accounts
    from service.storage import Database
    from service.storage.moments import utc_now

    settings = read_settings()
    return Accounts(Database(settings.database_url), utc_now, settings.staff_hours)
