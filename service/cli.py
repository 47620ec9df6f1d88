"""The command `ikz`. Heavy packages are imported inside commands, so that help answers at once."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from service import data_commands, feedback_commands, outreach_commands, staff_commands

if TYPE_CHECKING:
    from matcher import Matcher, MatchResult
    from service.settings import Settings

app = typer.Typer(
    help="Partner für interkommunale Zusammenarbeit in Nordrhein-Westfalen.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(data_commands.app, name="data")
app.add_typer(feedback_commands.app, name="feedback")
app.command("outreach")(outreach_commands.outreach)
app.add_typer(staff_commands.app, name="staff")
_ERRORS = Console(stderr=True, soft_wrap=True)


@app.command()
def match(
    body: Annotated[str, typer.Argument(help="Name oder Schlüssel der suchenden Kommune.")],
    text: Annotated[str, typer.Argument(help="Was gemeinsam erledigt werden soll.")],
    task_area: Annotated[str | None, typer.Option(help="Aufgabenbereich, Code oder Name.")] = None,
    limit: Annotated[int, typer.Option(help="Zahl der Vorschläge.", min=1, max=500)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON statt Tabelle.")] = False,
) -> None:
    """Schlägt Partner vor und nennt die Gründe."""
    from data import TaskArea
    from data.names import NameIndex
    from matcher import MatchRequest, RequestError
    from service import answers
    from service.places import find_key

    try:
        area = None if task_area is None else TaskArea.parse(task_area)
    except ValueError as error:
        _stop(str(error), 2)
    matcher = _load(_settings())
    key, sentence = find_key(NameIndex(matcher.dataset.bodies), body)
    if key is None:
        _stop(sentence, 2)
    request = MatchRequest(body=key, description=text, task_area=area, limit=limit)
    try:
        result = matcher.match(request)
    except RequestError as error:
        _stop(error.message, 2)
    if as_json:
        answer = answers.matches(result, request_id="cli").model_dump(mode="json")
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    _print_table(matcher, result)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Adresse; sonst IKZ_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port; sonst IKZ_PORT.", min=1, max=65535)
    ] = None,
) -> None:
    """Startet den Dienst mit Seite und Schnittstelle."""
    import logging

    settings = _settings()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for chatty in ("sentence_transformers", "httpx", "faiss"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    address, number = host or settings.host, port or settings.port
    # Imported after the settings are known to be good: it brings the models with it.
    from service import server

    shown = f"http://[{address}]:{number}" if ":" in address else f"http://{address}:{number}"
    try:
        listener = server.open_port(address, number)
        _ERRORS.print("Daten und Modelle werden geladen …")
        server.run(settings, listener, lambda: _ERRORS.print(f"Bereit: {shown}"))
    except server.ListenError as error:
        _stop(str(error), 1)
    except _expected() as error:
        _stop(str(error), 1)


@app.command()
def train() -> None:
    """Lernt die Rangfolge neu an, aus allen bekannten Kooperationen."""
    from service.training import train as run

    settings = _settings()
    try:
        ranker = run(settings.data_dir, settings.artifacts_dir, settings.text_model)
    except _expected() as error:
        _stop(str(error), 1)
    made = ranker.provenance
    asked = f"{made.cooperations} Kooperationen, {made.queries} Anfragen"
    print(f"Angelernt: {ranker.version} aus {asked}")


def main() -> None:
    """Run the command line."""
    app()


def _settings() -> Settings:
    from service.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        _stop(str(error), 1)


def _load(settings: Settings) -> Matcher:
    from service.state import load_matcher

    try:
        with _ERRORS.status("Daten und Modelle werden geladen …"):
            return load_matcher(settings)
    except _expected() as error:
        _stop(str(error), 1)


def _expected() -> tuple[type[Exception], ...]:
    from data import DataError
    from models import ModelError

    return (DataError, ModelError, OSError)


def _stop(sentence: str, code: int) -> NoReturn:
    _ERRORS.print(sentence, style="bold red", markup=False, highlight=False)
    raise typer.Exit(code)


def _print_table(matcher: Matcher, result: MatchResult) -> None:
    from rich.table import Table

    from matcher.german import number, percent

    name = matcher.dataset.bodies["name"][result.body]
    table = Table(title=f"Vorschläge für {name}", show_lines=True)
    for heading in ("", "Kommune", "Anteil", "km"):
        table.add_column(heading, justify="left" if heading == "Kommune" else "right")
    table.add_column("Gründe (Beitrag in Log-Odds)")
    for match in result.matches:
        reasons = "\n".join(
            f"{'+' if r.contribution >= 0 else '−'}{number(abs(r.contribution), 2)}  {r.text}"
            for r in match.reasons
        )
        table.add_row(
            str(match.rank), match.name, percent(match.probability),
            number(match.distance_km, 1), reasons,
        )  # fmt: skip
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    if result.task_area is not None:
        console.print(f"Aufgabenbereich: {result.task_area.area.label}", highlight=False)
    if result.consortium is not None:
        grant = number(result.consortium.grant.max_eur)
        console.print(f"Gruppe: {', '.join(result.consortium.names)}", highlight=False)
        console.print(f"Mögliche Landesförderung: bis {grant} EUR", highlight=False)
    console.print("Vorschläge, kein Urteil über eine Kommune.")
