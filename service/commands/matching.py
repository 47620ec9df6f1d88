"""`ikz match`: the answer in short, as sentences and a table, or whole as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from service.commands.console import ERRORS, WRONG_INPUT, loading_errors, settings_or_stop, stop

if TYPE_CHECKING:
    from matcher import Matcher, MatchResult


def match(
    body: Annotated[str, typer.Argument(help="Name oder Schlüssel der suchenden Kommune.")],
    text: Annotated[str, typer.Argument(help="Was gemeinsam erledigt werden soll.")],
    task_area: Annotated[str | None, typer.Option(help="Aufgabenbereich, Code oder Name.")] = None,
    limit: Annotated[int, typer.Option(help="Zahl der Vorschläge.", min=1, max=500)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON statt Tabelle.")] = False,
) -> None:
    """Sagt, was es schon gibt, schlägt eine Gruppe vor und nennt Partner."""
    from data import TaskArea
    from matcher import MatchRequest, RequestError
    from service.matching.nobody import with_reason
    from service.matching.schemas import MatchesAnswer
    from service.web.named_bodies import find_key

    try:
        area = None if task_area is None else TaskArea.parse(task_area)
    except ValueError as error:
        stop(str(error), WRONG_INPUT)
    matcher = _load()
    key, sentence = find_key(matcher.directory.name_index, body)
    if key is None:
        stop(sentence, WRONG_INPUT)
    request = MatchRequest(body=key, description=text, task_area=area, limit=limit)
    try:
        result = with_reason(matcher.match(request), request.filters, matcher.directory)
    except RequestError as error:
        stop(error.message, WRONG_INPUT)
    if as_json:
        answer = MatchesAnswer.of(result, "cli", matcher).model_dump(mode="json")
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    _print_table(matcher, result)


def _load() -> Matcher:
    from service import loading

    settings = settings_or_stop()
    try:
        with ERRORS.status("Daten und Modelle werden geladen …"):
            return loading.load_matcher(settings)
    except loading_errors() as error:
        stop(str(error))


def _print_table(matcher: Matcher, result: MatchResult) -> None:
    from rich.table import Table

    from matcher.german import number
    from service.matching.background import Background
    from service.matching.likelihood import Likelihood
    from service.matching.partner_sentence import partner_sentence
    from service.matching.sentences import told

    name = matcher.directory.name(result.body)
    known = Background.of(result, matcher)
    table = Table(title=f"Vorschläge für {name}")
    for heading in ("", "Stelle", "Aussicht", "Warum", "Einwohner"):
        table.add_column(heading, justify="right" if heading in ("", "Einwohner") else "left")
    for match in result.matches:
        table.add_row(
            str(match.rank),
            match.name,
            Likelihood.of(match.probability).label,
            partner_sentence(match, known),
            number(match.population),
        )
    console = Console(width=None if sys.stdout.isatty() else 120)
    for sentence in told(result, matcher):
        # Titles are data: brackets in them are no markup.
        console.print(sentence, highlight=False, markup=False)
    if result.matches:
        console.print(table)
    console.print("Vorschläge, kein Urteil über eine Kommune.")
