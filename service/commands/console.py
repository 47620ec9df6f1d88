"""What all commands share: messages on standard error, and an end with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from service.settings import Settings

ERRORS = Console(stderr=True, soft_wrap=True)
FAILED, WRONG_INPUT = 1, 2
"""Exit codes: something could not be done, something was asked for that cannot be."""


def stop(sentence: str, code: int = FAILED) -> NoReturn:
    """End the command with a sentence."""
    ERRORS.print(sentence, style="bold red", markup=False, highlight=False)
    raise typer.Exit(code)


def settings_or_stop() -> Settings:
    """Return the settings, or end with what is wrong with them."""
    from service.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        stop(str(error))


def loading_errors() -> tuple[type[Exception], ...]:
    """Return what goes wrong with data and models, told by its own sentence."""
    from data import DataError
    from models import ModelError

    return (DataError, ModelError, OSError)
