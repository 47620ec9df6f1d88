"""`ikz feedback`: hand what people said about suggestions to the evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.commands.console import stop
from service.commands.usage import Commands

app = Commands(help="Rückmeldungen zu Vorschlägen.")


@app.callback()
def _group() -> None:
    """Rückmeldungen zu Vorschlägen."""


@app.command()
def export(file: Annotated[Path, typer.Argument(help="CSV, die geschrieben wird.")]) -> None:
    """Schreibt alle Rückmeldungen als CSV: Anfrage, AGS, Urteil, Modell, Zeitpunkt."""
    from service.feedback import store
    from service.settings import SettingsError, read_settings
    from service.storage import Database, StorageError

    try:
        count = store.export(Database(read_settings().database_url), file)
    except (SettingsError, OSError) as error:
        sentence = str(error)
    except StorageError as error:
        sentence = error.detail
    else:
        print(f"{count} Rückmeldungen geschrieben: {file}")
        return
    stop(sentence)
