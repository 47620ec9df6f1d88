"""`ikz key`: keys for programs of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.console import ERRORS, WRONG_INPUT, settings_or_stop, stop
from service.commands.storage import told
from service.commands.usage import Commands

if TYPE_CHECKING:
    from service.staff.api_keys import ApiKeys

app = Commands(help="Schlüssel für Programme.")


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Wofür der Schlüssel ist.")],
    scope: Annotated[list[str], typer.Option(help="Recht; mehrfach möglich.")],
    days: Annotated[
        int | None, typer.Option(help="Tage, die er gilt; sonst bis er widerrufen wird.", min=1)
    ] = None,
) -> None:
    """Legt einen Schlüssel an und zeigt ihn dieses eine Mal."""
    from service.staff.api_keys import ApiKeyError, Scope

    try:
        scopes = [Scope.parse(text) for text in scope]
    except ValueError as error:
        stop(str(error), WRONG_INPUT)
    with told():
        try:
            identifier, key = _keys().create(name, scopes, days)
        except ApiKeyError as error:
            stop(str(error), WRONG_INPUT)
    ERRORS.print(f"Schlüssel {identifier} angelegt. Er wird nur jetzt gezeigt:")
    print(key)


@app.command("list")
def list_keys() -> None:
    """Zeigt alle Schlüssel mit ihren Rechten, ohne die Schlüssel selbst."""
    with told():
        keys = _keys()
        for key in keys.listed():
            state = "gilt" if key.is_valid_at(keys.now()) else "gilt nicht mehr"
            scopes = ",".join(sorted(key.scopes))
            print(f"{key.id}\t{key.name}\t{scopes}\tangelegt am {key.created:%d.%m.%Y}\t{state}")


@app.command()
def revoke(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Kennung aus „ikz key list“.")],
) -> None:
    """Widerruft einen Schlüssel; er öffnet sofort nichts mehr."""
    with told():
        found = _keys().revoke(identifier)
    if not found:
        stop(
            f"Einen gültigen Schlüssel mit der Kennung „{identifier}“ gibt es nicht; "
            "„ikz key list“ nennt die Kennungen."
        )
    print(f"Schlüssel widerrufen: {identifier}")


def _keys() -> ApiKeys:
    from service.staff.api_keys import ApiKeys
    from service.storage import Database
    from service.storage.moments import utc_now

    return ApiKeys(Database(settings_or_stop().database_url), utc_now)
