"""The tables of routes and commands in README: `python -m service.reference`.

They are read from the application itself; a test compares, so that a new route or command is told.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import typer
from fastapi.routing import APIRoute

# Typer brings its own Click, which has no public types.
Command = Any
README = Path(__file__).parents[1] / "README.md"


def routes_table() -> str:
    """Return a row for each route, in the order in which addresses are looked for."""
    from service.app import ROUTERS

    rows = [
        (f"`{method} {route.path}`", _first_sentence(route.endpoint.__doc__))
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]
    return _table("route", "does", rows)


def commands_table() -> str:
    """Return a row for each command, with its options."""
    from service.cli import app

    group = typer.main.get_command(app)
    rows = [(f"`ikz {_usage(name, command)}`", _told(command)) for name, command in _leaves(group)]
    return _table("command", "does", rows)


def written(text: str) -> str:
    """Return README with both tables as they are today."""
    for name, table in (("routes", routes_table()), ("commands", commands_table())):
        head, tail = f"<!-- {name}: written by a command -->", f"<!-- end of {name} -->"
        pattern = re.compile(f"{re.escape(head)}.*?{re.escape(tail)}", re.DOTALL)
        block = f"{head}\n{table}\n{tail}"
        text = pattern.sub(lambda _, block=block: block, text)  # type: ignore[misc]
    return text


def _leaves(command: Command, path: str = "") -> list[tuple[str, Command]]:
    inside = getattr(command, "commands", None)
    if inside is None:
        return [(path, command)]
    return [
        leaf
        for name, each in sorted(inside.items())
        for leaf in _leaves(each, f"{path} {name}".strip())
    ]


def _usage(path: str, command: Command) -> str:
    words = [path]
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            words.append((parameter.name or "").upper())
        else:
            option = max(parameter.opts, key=len)
            words.append(option if parameter.required else f"[{option}]")
    return " ".join(words)


def _told(command: Command) -> str:
    return _first_sentence(command.help)


def _first_sentence(text: str | None) -> str:
    return inspect.cleandoc(text or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def _table(left: str, right: str, rows: list[tuple[str, str]]) -> str:
    return "\n".join([f"| {left} | {right} |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)])


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
