"""What is wrong with how a command is called is told in German, whatever finds it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from service.cli import app

ENGLISH = ("Usage", "Missing", "Invalid", "No such", "Error", "Try", "Got ", "Input", "Options",
           "Arguments", "Commands", "Show", "required", "default", "completion for")  # fmt: skip
HALF = "\udcff\udcfe"  # what Python makes of bytes that are no UTF-8


def called(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, " ".join((done.stdout + done.stderr).split())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["match"], "Es fehlt: body. Name oder Schlüssel der suchenden Kommune."),
        (["match", "Soest"], "Es fehlt: text."),
        (["key", "create", "x"], "Es fehlt: --scope."),
        (["match", "a", "b", "--limit", "-1"], "--limit: Erwartet wird eine ganze Zahl von 1 bis 500."),
        (["match", "a", "b", "--limit", "abc"], "--limit: Erwartet wird eine ganze Zahl von 1 bis 500."),
        (["match", "a", "b", "--limit"], "--limit: Der Wert fehlt."),
        (["match", "a", "b", "--json=3"], "--json: Diese Option hat keinen Wert."),
        (["serve", "--port", "abc"], "--port: Erwartet wird eine ganze Zahl von 1 bis 65535."),
        (["serve", "--port", "0"], "--port: Erwartet wird eine ganze Zahl von 1 bis 65535."),
        (["key", "create", "x", "--days", "0", "--scope", "a"],
         "--days: Erwartet wird eine ganze Zahl ab 1."),
        (["match", "a", "b", "--limt", "3"],
         "Die Option „--limt“ gibt es nicht. Gemeint sein könnte: --limit."),
        (["match", "--foo"], "Die Option „--foo“ gibt es nicht."),
        (["match", "-x"], "Die Option „-x“ gibt es nicht."),
        (["--foo"], "Die Option „--foo“ gibt es nicht."),
        (["mach"], "Den Befehl „mach“ gibt es nicht. Gemeint sein könnte: match."),
        (["foo"], "Den Befehl „foo“ gibt es nicht. Es gibt: backup, "),
        (["data", "chek"], "Den Befehl „chek“ gibt es nicht. Gemeint sein könnte: check."),
        (["match", "a", "b", "c", "d"], "Zu viele Angaben: c d."),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_in_german(arguments, sentence):
    code, told = called(*arguments)
    assert code == 2
    assert sentence in told
    assert [word for word in ENGLISH if word in told] == []


def commands(group, path: tuple[str, ...] = ()):
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", list(commands(typer.main.get_command(app))), ids=" ".join)
def test_help_of_every_command_is_german(path):
    code, told = called(*path, "--help")
    assert code == 0
    assert "Aufruf: " in told
    assert [word for word in ENGLISH if word in told] == []


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["match", "Hille", HALF], "text"),
        (["match", HALF, "Archiv"], "body"),
        (["match", "Hille", "Archiv", "--task-area", HALF], "--task-area"),
        (["data", "import", HALF, "liste.csv"], "source"),
        (["key", "create", HALF, "--scope", "outreach"], "name"),
        (["key", "create", "x", "--scope", HALF], "--scope"),
        (["staff", "add", HALF], "name"),
        (["outreach", "--out", "a.csv", "--region", HALF], "--region"),
        (["contact", "export", HALF], "address"),
        (["serve", "--host", HALF], "--host"),
    ],
)
def test_bytes_that_are_no_text_are_refused_by_name(arguments, name):
    code, told = called(*arguments)
    assert code == 2
    assert f"{name}: Der Text enthält ungültige Zeichen." in told


def test_a_process_gets_such_bytes_from_its_console():
    done = subprocess.run(
        [sys.executable, "-c", "from service.cli import main; main()", "match", "Hille", b"\xff\xfe"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 2
    assert "text: Der Text enthält ungültige Zeichen.".encode() in done.stderr
    assert b"Traceback" not in done.stderr
