"""`ikz train`: learn the ranking anew."""

from __future__ import annotations

from typing import Annotated

import typer

from service.commands.console import loading_errors, settings_or_stop, stop


def train(
    texts_only: Annotated[
        bool, typer.Option("--texts-only", help="Nur, was Texte liest; die Rangfolge bleibt.")
    ] = False,
    derived_only: Annotated[
        bool,
        typer.Option("--derived-only", help="Nur, was den Start verkürzt; nichts wird gelernt."),
    ] = False,
) -> None:
    """Lernt die Rangfolge neu an, aus allen bekannten Kooperationen."""
    from service.commands.training import keep_derived, train_matters
    from service.commands.training import train as run

    settings = settings_or_stop()
    where = settings.data_dir, settings.artifacts_dir, settings.text_model
    try:
        if derived_only:
            print(f"Neu abgeleitet: {', '.join(keep_derived(*where)) or 'nichts'}")
            return
        if texts_only:
            measured = train_matters(*where)
            for name, figure in measured.items():
                print(f"{name}: {figure:.3f}")
            return
        ranker = run(*where)
    except loading_errors() as error:
        stop(str(error))
    made = ranker.provenance
    asked = f"{made.cooperations} Kooperationen, {made.queries} Anfragen"
    print(f"Angelernt: {ranker.version} aus {asked}")
