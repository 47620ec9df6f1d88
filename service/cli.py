"""The command `ikz`. Heavy packages are imported inside commands, so that help answers at once."""

from __future__ import annotations

import io
import sys

from service.commands import (
    data,
    doctor,
    feedback,
    keys,
    matching,
    outreach,
    ranking,
    serve,
    staff,
    storage,
)
from service.commands.usage import Commands

app = Commands(help="Partner für interkommunale Zusammenarbeit finden.")
app.command("backup")(storage.backup)
app.add_typer(storage.contact, name="contact")
app.add_typer(data.app, name="data")
app.command("doctor")(doctor.doctor)
app.add_typer(feedback.app, name="feedback")
app.add_typer(keys.app, name="key")
app.command("outreach")(outreach.outreach)
app.command("restore")(storage.restore)
app.add_typer(staff.app, name="staff")
app.command("match")(matching.match)
app.command("serve")(serve.serve)
app.command("train")(ranking.train)


def main() -> None:
    """Run the command line, on consoles too that have no sign for all that is printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # not where a program took its place
            stream.reconfigure(errors="replace")
    app()
