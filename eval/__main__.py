"""`python -m eval`: measure what the settings serve, and write what is published of it.

Heavy packages are imported inside commands, so that help answers at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from eval.ranking.learning import Fit
    from eval.served import Served

app = typer.Typer(
    help="Misst, was IKZ_TEXT_MODEL, IKZ_DATA_DIR und IKZ_ARTIFACTS_DIR bereitstellen.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON statt Tabelle.")]
Folds = Annotated[int, typer.Option(help="Wie viele der fünf Faltungen.", min=1, max=5)]
Rounds = Annotated[
    int | None, typer.Option(help="Wie lange gelernt wird; sonst wie ausgeliefert.", min=1)
]
_WIDTH = 120


@app.command()
def evaluate(
    rounds: Rounds = None,
    folds: Folds = 5,
    ablation: Annotated[bool, typer.Option(help="Auch ohne je eine Merkmalsfamilie.")] = True,
    as_json: AsJson = False,
) -> None:
    """Misst Rangfolge und Vergleichsverfahren; schreibt Ergebnisse, Modellkarte und README.

    Mit weniger Faltungen oder Runden ist es ein schneller Blick: dann wird nichts geschrieben.
    """
    with _measuring() as served:
        from eval.ranking import evaluation, protocol
        from eval.report import kept
        from eval.report.ranking_table import show

        results, queries = evaluation.evaluate(
            served.matcher(show_progress=True), _fit(rounds), folds, ablation
        )
        if rounds is None and folds == protocol.FOLDS:
            kept.keep_evaluation(served, results, queries)
        _print(results, as_json, lambda console: show(results, console))


@app.command("ablation")
def ablation_alone(rounds: Rounds = None, folds: Folds = 5, as_json: AsJson = False) -> None:
    """Misst allein, was jede Merkmalsfamilie beiträgt; schreibt ablation.json."""
    with _measuring() as served:
        from itertools import islice

        from eval import stored
        from eval.ranking.ablation import ablate
        from eval.ranking.protocol import make_folds
        from eval.report.ranking_table import show_ablation

        matcher = served.matcher(show_progress=True)
        figures = ablate(islice(make_folds(matcher.knowledge), folds), _fit(rounds))
        results = {"ranker": matcher.version, "rounds": rounds} | figures
        stored.write(served.results, stored.ABLATION, results)
        _print(results, as_json, lambda console: show_ablation(results, console))


@app.command()
def trials(folds: Folds = 5, as_json: AsJson = False) -> None:
    """Probiert andere Formen der Rangfolge, auf Teilen der Lerndaten; schreibt trials.json."""
    with _measuring() as served:
        from itertools import islice

        from eval import stored
        from eval.ranking import protocol
        from eval.ranking.trials import trial_figures
        from eval.report import kept
        from eval.report.card_limits import trials_table

        matcher = served.matcher(show_progress=True)
        results = {"ranker": matcher.version} | trial_figures(
            islice(protocol.make_folds(matcher.knowledge), folds)
        )
        stored.write(served.results, stored.TRIALS, results)
        kept.publish(served)
        _print(results, as_json, lambda console: console.print(trials_table(results), markup=False))


@app.command()
def outreach(as_json: AsJson = False) -> None:
    """Prüft die Impulse an dem, was später zustande kam; schreibt outreach.json."""
    with _measuring() as served:
        from eval import stored
        from eval.outreach.forward import outreach_figures
        from eval.report.outreach_table import show

        matcher, errors = served.matcher(show_progress=True), Console(stderr=True)
        matters = matcher.dataset.matters
        figures = outreach_figures(matcher.knowledge, matters, console=errors)
        results = {"data_version": matcher.dataset.version} | figures
        stored.write(served.results, stored.OUTREACH, results)
        _print(results, as_json, lambda console: show(results, console))


@app.command()
def border(as_json: AsJson = False) -> None:
    """Prüft Partner jenseits der Landesgrenze an bekannten Kooperationen; schreibt border.md."""
    with _measuring() as served:
        from data.provenance import write_atomically
        from data.region import GERMANY, Region
        from eval import stored
        from eval.ranking.border import border_figures, document

        results = border_figures(served.matcher(show_progress=True, region=Region.parse(GERMANY)))
        stored.write(served.results, stored.BORDER, results)
        page = document(results)
        write_atomically(served.results / "border.md", page)
        _print(results, as_json, lambda console: console.print(page, markup=False))


@app.command()
def understanding() -> None:
    """Prüft, wie gut Texte verstanden werden; schreibt understanding.json und die Modellkarte."""
    with _measuring() as served:
        from data.language import load_language
        from eval import stored
        from eval.report import kept
        from eval.report.card_listening import listening
        from eval.understanding.figures import understanding_figures

        matcher = served.matcher(show_progress=True)
        results = understanding_figures(matcher, load_language(served.data_dir))
        stored.write(served.results, stored.UNDERSTANDING, results)
        kept.publish(served)
        Console(width=_WIDTH).print(listening(results, matcher.version), markup=False)


@app.command()
def bench() -> None:
    """Misst die Geschwindigkeit, fragt ein Beispiel; schreibt beides und die README."""
    with _measuring() as served:
        from eval import stored
        from eval.report import bench as benchmark
        from eval.report import example, kept

        results = benchmark.bench(served.matcher())
        stored.write(served.results, stored.BENCH, results)
        stored.write(served.results, stored.EXAMPLE, example.ask())
        kept.publish(served)
        Console().print(benchmark.printed(results["rows"]))


@app.command()
def load(
    rate: Annotated[
        list[float] | None, typer.Option(help="Anfragen je Sekunde; mehrfach möglich.", min=1)
    ] = None,
    seconds: Annotated[float, typer.Option(help="Dauer je Rate.", min=1, max=600)] = 60.0,
    address: Annotated[
        str | None, typer.Option(help="Dienst auf diesem Rechner; sonst wird einer gestartet.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fragt in festem Takt, ohne auf Antworten zu warten; schreibt load.md.

    An einem Dienst, der schon läuft, ist es ein schneller Blick: dann wird nichts geschrieben.
    """
    with _measuring() as served:
        from eval.report import kept
        from eval.report import load as under_load

        results = under_load.load(rate or under_load.RATES, seconds, address)
        if address is None:
            kept.keep_load(served, results)
        _print(results, as_json, lambda console: console.print(under_load.printed(results)))


@app.command()
def typing() -> None:
    """Tippt in Chromium auf drei Breiten: wie bald die Antwort steht; schreibt typing.md."""
    with _measuring() as served:
        from data.provenance import write_atomically
        from eval import stored
        from eval.report import typing as as_one_types

        results = as_one_types.typing(served.matcher())
        stored.write(served.results, stored.TYPING, results)
        text = as_one_types.document(results)
        write_atomically(served.results / as_one_types.DOCUMENT, text)
        Console(width=_WIDTH).print(text, markup=False)


@app.command()
def reliability(
    only: Annotated[
        list[str] | None, typer.Option(help="Nur diese Szenarien; mehrfach möglich.")
    ] = None,
) -> None:
    """Bricht echte Prozesse ab, füllt Datenträger, hält Server an; schreibt reliability.md."""
    with _measuring() as served:
        from data.provenance import write_atomically
        from eval import stored
        from eval.report import reliability as faults

        console = Console(width=_WIDTH)
        try:
            results = faults.reliability(
                lambda finding: console.print(str(finding), markup=False), only or ()
            )
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
        if only and (served.results / stored.RELIABILITY).is_file():
            results = faults.merged(stored.read(served.results, stored.RELIABILITY), results)
        stored.write(served.results, stored.RELIABILITY, results)
        write_atomically(served.results / faults.DOCUMENT, faults.document(results))


@app.command()
def performance(
    quick: Annotated[bool, typer.Option("--quick", help="Kleine Größen, wird nicht behalten.")] = (
        False
    ),
    release: Annotated[
        bool, typer.Option("--release", help="Nur zählen, und für die Tests festhalten.")
    ] = False,
) -> None:
    """Misst neben anderen und in jeder Größe; schreibt performance.md mit Bildern."""
    with _measuring() as served:
        from data.provenance import write_atomically
        from data.region import GERMANY, Region
        from eval import stored
        from eval.performance import document, measure, operations, plots

        console = Console(width=_WIDTH)
        if release:
            counted = operations.operations(served.matcher())
            stored.write(served.results, operations.RELEASE, counted)
            console.print(counted)
            return
        germany = served.matcher(region=Region.parse(GERMANY))
        results = measure.measure(served.matcher(), germany, quick, console)
        written = document.document(results)
        if not quick:
            stored.write(served.results, stored.PERFORMANCE, results)
            plots.draw(results["sizes"], served.results)
            write_atomically(served.results / document.DOCUMENT, written)
        console.print(written, markup=False, highlight=False)


@app.command()
def screenshots() -> None:
    """Fotografiert alle Seiten für die README."""
    with _measuring() as served:
        from eval.report import kept
        from eval.report import screenshots as pictures

        pictures.take()
        kept.publish(served)


@app.command()
def report() -> None:
    """Schreibt Modellkarte und README neu aus den gespeicherten Ergebnissen, ohne zu messen."""
    with _measuring() as served:
        from eval.report import kept

        kept.publish(served)


@app.command()
def cooperations(
    file: Annotated[Path, typer.Argument(help="Datei wie data/tables/cooperations.jsonl.")],
    as_json: AsJson = False,
) -> None:
    """Misst die Rangfolge an Kooperationen, die sie nicht kennt; lernt nie aus der Datei."""
    with _measuring() as served:
        from eval.ranking.external import evaluate_file
        from eval.report.ranking_table import show_file

        results = evaluate_file(file, served.matcher())
        _print(results, as_json, lambda console: show_file(results, console))


@app.command()
def feedback(
    file: Annotated[Path, typer.Argument(help="CSV aus „ikz feedback export“.")],
    as_json: AsJson = False,
) -> None:
    """Sagt, wie oft Vorschläge im Betrieb passten."""
    with _measuring():
        from eval.ranking.online import online_precision

        judged = online_precision(file)
        if as_json:
            print(judged.to_json(orient="index", force_ascii=False, indent=1))
        else:
            Console(width=_WIDTH).print(judged.round(3).to_string())


@contextmanager
def _measuring() -> Iterator[Served]:
    """Give what is measured; compute with one thread, and end with a sentence where it fails."""
    from threadpoolctl import threadpool_limits

    import matcher  # noqa: F401 - brings the libraries whose threads are limited
    from data import DataError
    from eval.ranking.online import FeedbackFileError
    from eval.report.chromium import NoBrowserError
    from eval.served import Served
    from eval.stored import NoResultError
    from models import ModelError

    expected = (DataError, ModelError, FeedbackFileError, NoBrowserError, NoResultError)
    try:
        # With more threads sums differ in the last bit, and trees in their splits.
        with threadpool_limits(1, user_api="blas"):
            yield Served()
    except (*expected, OSError, UnicodeDecodeError) as error:
        console = Console(stderr=True, soft_wrap=True)
        console.print(str(error), style="bold red", markup=False, highlight=False)
        raise typer.Exit(1) from None


def _fit(rounds: int | None) -> Fit:
    from eval.ranking.learning import as_shipped

    return as_shipped() if rounds is None else as_shipped(rounds)


def _print(results: dict[str, Any], as_json: bool, show: Any) -> None:
    if as_json:
        print(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        show(Console(width=_WIDTH))


if __name__ == "__main__":
    app()
