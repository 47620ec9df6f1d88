"""`ikz train`: learn the ranking anew."""

from __future__ import annotations

from service.commands.console import loading_errors, settings_or_stop, stop


def train() -> None:
    """Lernt die Rangfolge neu an, aus allen bekannten Kooperationen."""
    from service.commands.training import train as run

    settings = settings_or_stop()
    try:
        ranker = run(settings.data_dir, settings.artifacts_dir, settings.text_model)
    except loading_errors() as error:
        stop(str(error))
    made = ranker.provenance
    asked = f"{made.cooperations} Kooperationen, {made.queries} Anfragen"
    print(f"Angelernt: {ranker.version} aus {asked}")
