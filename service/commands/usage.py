"""How commands are called: their help, and what is wrong with a call, in German and once for all.

What typer finds by itself it tells in English, each kind of fault as a class of its own. Each is
put into a German sentence here, by its kind and by the option or argument that it is about.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from service.commands.console import ERRORS, FAILED, WRONG_INPUT

# Kinds of faults have no public names: the root is what a wrong value derives from.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]
Function = TypeVar("Function", bound=Callable[..., Any])
_NO_TEXT = re.compile("[\ud800-\udfff]")
_HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Angaben",
    "OPTIONS_PANEL_TITLE": "Optionen",
    "COMMANDS_PANEL_TITLE": "Befehle",
    "DEFAULT_STRING": "[sonst: {}]",
    "REQUIRED_LONG_STRING": "[nötig]",
}
_OWN_OPTIONS = {
    "help": "Zeigt diese Hilfe.",
    "install_completion": "Richtet das Ergänzen von Befehlen in der Konsole ein.",
    "show_completion": "Zeigt, womit die Konsole Befehle ergänzt.",
}


def _headed() -> None:
    """Put German headings into help; only then, for its module takes a while to load."""
    from typer import rich_utils

    for name, words in _HEADINGS.items():
        setattr(rich_utils, name, words)


class _GermanHelp:
    """Help with German headings, usage and words for what every command takes."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how it is called."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write its help."""
        _headed()
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_params(self, ctx: Any) -> Any:
        """Return what it takes, with German words for what every command takes."""
        return _explained(super().get_params(ctx))  # type: ignore[misc]


class GermanCommand(_GermanHelp, TyperCommand):
    """A command whose help is German, and whose texts are texts."""

    def invoke(self, ctx: Any) -> Any:
        """Run it, unless the console passed on bytes that are no characters."""
        for param in self.params:
            value = ctx.params.get(param.name)
            if any(isinstance(v, str) and _NO_TEXT.search(v) for v in _each(value)):
                sentence = f"{_name(param)}: Der Text enthält ungültige Zeichen."
                raise UsageError(f"{sentence} Erwartet wird UTF-8.", ctx)
        return super().invoke(ctx)


class GermanGroup(_GermanHelp, TyperGroup):
    """Commands whose faults of calling are told in German, with exit code 2."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is named, or say which may be meant."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            near = get_close_matches(args[0], known, n=1, cutoff=0.5)
            hint = _meant(near) or f" Es gibt: {', '.join(known)}."
            raise UsageError(f"Den Befehl „{args[0]}“ gibt es nicht.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run what is asked for, and end with its exit code."""
        options = extra | {"standalone_mode": False}
        if not standalone_mode:
            return super().main(*args, **options)
        try:
            code = super().main(*args, **options)
        except UsageError as error:
            _tell(error)
            sys.exit(WRONG_INPUT)
        except typer.Abort:
            ERRORS.print("Abgebrochen.", style="bold red")
            sys.exit(FAILED)
        sys.exit(code if isinstance(code, int) else 0)


class Commands(typer.Typer):
    """A group of commands that speak German."""

    def __init__(self, help: str) -> None:  # noqa: A002  # typer's own name for it
        super().__init__(
            help=help, cls=GermanGroup, no_args_is_help=True, pretty_exceptions_enable=False
        )

    def command(  # type: ignore[override]  # of typer's many options none is used here
        self, name: str | None = None
    ) -> Callable[[Function], Function]:
        """Add a command."""
        return super().command(name, cls=GermanCommand)


def sentence_of(error: Any) -> str:
    """Return in German what is wrong with a call."""
    param, kind, said = getattr(error, "param", None), type(error).__name__, str(error.message)
    if kind == "MissingParameter" and param is not None:
        return f"Es fehlt: {_name(param)}. {param.help or ''}".strip()
    if kind == "NoSuchOption":
        return f"Die Option „{error.option_name}“ gibt es nicht.{_meant(_near_options(error))}"
    if kind == "BadOptionUsage":
        if "not take" in said:
            return f"{error.option_name}: Diese Option hat keinen Wert."
        return f"{error.option_name}: Der Wert fehlt."
    if kind == "BadParameter" and param is not None:
        return f"{_name(param)}: {_expected(param)}"
    extra = re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", said, re.DOTALL)
    if extra:
        return f"Zu viele Angaben: {extra[1]}. Texte mit Leerzeichen in Anführungszeichen setzen."
    return said  # a sentence from here


def _tell(error: Any) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return
    ERRORS.print(sentence_of(error), style="bold red", markup=False, highlight=False)
    if error.ctx is not None:
        ERRORS.print(f"Hilfe: {error.ctx.command_path} --help", markup=False, highlight=False)


def _expected(param: Any) -> str:
    """Return which values an option takes; numbers are all that can be wrong by themselves."""
    least, most = getattr(param, "min", None), getattr(param, "max", None)
    if least is not None and most is not None:
        return f"Erwartet wird eine ganze Zahl von {least} bis {most}."
    if least is not None:
        return f"Erwartet wird eine ganze Zahl ab {least}."
    if most is not None:
        return f"Erwartet wird eine ganze Zahl bis {most}."
    return "Der Wert ist nicht gültig."


def _near_options(error: Any) -> list[str]:
    if error.ctx is None:
        return []
    known = [name for param in error.ctx.command.params for name in param.opts if name[:2] == "--"]
    words = {name.removeprefix("--"): name for name in (*known, "--help")}
    near = get_close_matches(error.option_name.lstrip("-"), words, n=1)
    return [words[word] for word in near]


def _meant(names: Iterable[str]) -> str:
    said = ", ".join(names)
    return f" Gemeint sein könnte: {said}." if said else ""


def _name(param: Any) -> str:
    """Return how one writes an option, or an argument as help shows it."""
    if param.param_type_name == "option":
        return str(param.opts[0])
    return f"{param.metavar or param.name}"


def _each(value: Any) -> Iterable[Any]:
    return value if isinstance(value, (list, tuple)) else (value,)


def _explained(params: list[Any]) -> list[Any]:
    words: Mapping[str, str] = _OWN_OPTIONS
    for param in params:
        if param.name in words:
            param.help = words[param.name]
    return params


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    words = pieces.replace("[OPTIONS]", "[OPTIONEN]").replace("COMMAND [ARGS]...", "BEFEHL …")
    formatter.write_usage(ctx.command_path, words, "Aufruf: ")
