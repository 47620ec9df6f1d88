"""`ikz evaluate`, which the command line finds by an entry point: nothing imports eval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def evaluate(
    cooperations: Annotated[
        Path | None,
        typer.Option(help="Datei mit Kooperationen; sonst die fünf Faltungen von „make evaluate“."),
    ] = None,
    feedback: Annotated[
        Path | None,
        typer.Option(help="CSV aus „ikz feedback export“: wie oft Vorschläge im Betrieb passten."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON statt Tabelle.")] = False,
) -> None:
    """Misst, wie gut die Rangfolge ist; lernt nie aus der Datei."""
    from data import DataError
    from eval import evaluate as folds
    from eval.external import evaluate_file
    from eval.online import FeedbackFileError, online_precision
    from eval.tables import show, show_file
    from matcher import Matcher
    from models import ModelError

    errors = Console(stderr=True, soft_wrap=True)
    console = Console(width=120)
    try:
        if feedback is not None:
            judged = online_precision(feedback)
            if as_json:
                print(judged.to_json(orient="index", force_ascii=False, indent=1))
            else:
                console.print(judged.round(3).to_string())
            return
        if cooperations is None:
            results, _ = folds.evaluate(show_progress=not as_json)
        else:
            results = evaluate_file(cooperations, Matcher.load())
    except (DataError, ModelError, FeedbackFileError, OSError, UnicodeDecodeError) as error:
        errors.print(str(error), style="bold red", markup=False, highlight=False)
        raise typer.Exit(1) from None
    if as_json:
        print(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))
    elif cooperations is None:
        show(results, console)
    else:
        show_file(results, console)
