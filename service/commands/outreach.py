"""`ikz outreach`: whom to approach about what, as a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.commands.console import ERRORS, WRONG_INPUT, stop

if TYPE_CHECKING:
    from matcher import Matcher
    from matcher.outreach import Fits, Opportunity, OutreachFilters
    from service.outreach.score_store import ScoreStore

FORMATS = ("xlsx", "csv", "geojson", "pdf")
_WHY = {
    errno.ENOSPC: "Auf dem Datenträger ist kein Platz mehr.",
    errno.EDQUOT: "Das Kontingent auf dem Datenträger ist erschöpft.",
    errno.EFBIG: "Die Datei würde zu groß.",
    errno.EACCES: "Die Rechte dafür fehlen.",
    errno.EPERM: "Die Rechte dafür fehlen.",
    errno.EROFS: "Der Datenträger ist schreibgeschützt.",
    errno.ENOENT: "Den Ordner gibt es nicht.",
    errno.ENOTDIR: "Der Ordner ist eine Datei.",
    errno.EISDIR: "Dort liegt ein Ordner dieses Namens.",
    errno.ENAMETOOLONG: "Der Name ist zu lang.",
    errno.EIO: "Der Datenträger meldet einen Fehler.",
}
Names = list[str] | None


def outreach(
    out: Annotated[
        Path, typer.Option(help="Datei, die geschrieben wird: .xlsx, .csv, .geojson oder .pdf.")
    ],
    task_area: Annotated[
        Names, typer.Option(help="Aufgabenbereich, Code oder Name; mehrfach möglich.")
    ] = None,
    region: Annotated[Names, typer.Option(help="Regierungsbezirk; mehrfach möglich.")] = None,
    district: Annotated[
        Names, typer.Option(help="Kreis oder kreisfreie Stadt; mehrfach möglich.")
    ] = None,
    status_segment: Annotated[
        Names, typer.Option(help="Segment: klein, mittlere, grosse, kreisfrei; mehrfach möglich.")
    ] = None,
    min_group: Annotated[int, typer.Option(help="Kommunen mindestens.", min=2, max=5)] = 2,
    max_group: Annotated[int, typer.Option(help="Kommunen höchstens.", min=2, max=5)] = 5,
    limit: Annotated[int, typer.Option(help="Zahl der Zeilen.", min=1, max=1000)] = 50,
    per_body: Annotated[int, typer.Option(help="Zeilen je Kommune.", min=1, max=300)] = 5,
    columns: Annotated[
        str | None, typer.Option(help="Spalten für .xlsx und .csv, mit Komma getrennt.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Dask-Scheduler (tcp://Rechner:8786), auf dem gerechnet wird."),
    ] = None,
) -> None:
    """Schreibt, wen man worauf ansprechen könnte, als Tabelle, Karte oder Dossier."""
    from matcher import RequestError
    from service.commands import outreach_options as options
    from service.outreach.computation import ClusterError
    from service.outreach.list_columns import DEFAULT_COLUMNS, ColumnError, chosen

    codes = DEFAULT_COLUMNS if columns is None else tuple(c.strip() for c in columns.split(","))
    # What can be checked at once is checked before minutes go into the computation.
    _check_file(out)
    if min_group > max_group:
        stop(
            "Die kleinste Gruppe ist größer als die größte (--min-group, --max-group).", WRONG_INPUT
        )
    try:
        chosen(codes)
        areas = options.task_areas(task_area or ())
        segments = options.segments(status_segment or ())
        matcher = _load()
        directory = matcher.directory
        regions = options.government_regions(region or (), directory)
        districts = options.district_keys(district or (), directory)
    except (options.OptionError, ColumnError) as error:
        stop(str(error), WRONG_INPUT)
    from data.land import LAND
    from matcher.outreach import OutreachFilters

    filters = OutreachFilters(
        areas,
        regions,
        districts,
        segments,
        min_group,
        max_group,
        per_body,
        limit=limit,
    )
    try:
        lines = _lines(matcher, filters, scheduler)
    except RequestError as error:
        stop(error.message, WRONG_INPUT)
    except ClusterError as error:
        stop(str(error))
    if not lines:
        stop("Zu diesen Angaben gibt es keinen Vorschlag; es wurde nichts geschrieben.")
    where = [*(f"Regierungsbezirk {name}" for name in regions)]
    where += directory.names_of(districts)
    _write(out, _content(out, lines, matcher, codes, ", ".join(where) or LAND.name))
    noun = "Vorschlag" if len(lines) == 1 else "Vorschläge"
    print(f"{len(lines)} {noun} geschrieben: {out}")
    print("Vorschläge, kein Urteil. Nicht bekannt heißt nicht, dass es keine gibt.")


def _lines(
    matcher: Matcher, filters: OutreachFilters, scheduler: str | None
) -> tuple[Opportunity, ...]:
    from data import TaskArea
    from matcher.outreach import Outreach
    from service.outreach.computation import compute

    areas, scores = filters.task_areas or tuple(TaskArea), _scores()
    fits: Fits = _with_bar(lambda told: compute(matcher, scheduler, told, areas, scores))
    return Outreach(matcher.dataset, matcher.knowledge, fits).opportunities(filters)


def _scores() -> ScoreStore | None:
    """Return what the service computed and finds again; None where there is no service here."""
    from sqlalchemy.engine import make_url

    from service.outreach.score_store import ScoreStore
    from service.settings import read_settings
    from service.storage import Database, UnusableDatabaseError
    from service.storage.moments import utc_now

    address = read_settings().database_url
    try:
        database = Database(address)
    except UnusableDatabaseError:
        return None
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return None  # a list is no reason to begin a database
    return ScoreStore(database, utc_now)


def _with_bar(work: Callable[[Callable[[int, int], None]], Any]) -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("Gruppen werden bewertet"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERRORS, transient=True) as bar:
        task = bar.add_task("", total=None)
        return work(lambda done, total: bar.update(task, completed=done, total=total))


def _content(
    out: Path, lines: tuple[Opportunity, ...], matcher: Matcher, codes: tuple[str, ...], where: str
) -> bytes:
    kind = _format(out)
    if kind == "pdf":
        from service.outreach.dossier.press import Press

        with ERRORS.status("Das Dossier wird gesetzt …"):
            return Press.of(matcher).as_pdf(lines, where)[0]
    from service.outreach.list_files import as_file

    return as_file(lines, kind, matcher, columns=codes)[0]  # type: ignore[arg-type]


def _format(out: Path) -> str:
    return out.suffix.lower().removeprefix(".")


def _check_file(out: Path) -> None:
    if _format(out) not in FORMATS:
        endings = ", ".join(f".{name}" for name in FORMATS)
        stop(
            f"Die Endung von „{out.name}“ sagt nicht, was geschrieben wird: {endings}.", WRONG_INPUT
        )
    try:
        folder, taken = out.parent.is_dir(), out.is_dir()
    except OSError as error:  # the name is too long, the drive is gone
        stop(_unwritable(out, error), WRONG_INPUT)
    if not folder:
        stop(f"Den Ordner „{out.parent}“ gibt es nicht.", WRONG_INPUT)
    if taken:
        stop(f"„{out}“ ist ein Ordner, keine Datei.", WRONG_INPUT)
    if not os.access(out.parent, os.W_OK):
        stop(f"In den Ordner „{out.parent}“ darf hier nicht geschrieben werden.", WRONG_INPUT)


def _write(out: Path, content: bytes) -> None:
    from data.provenance import write_atomically

    try:
        write_atomically(out, content)
    except OSError as error:
        stop(f"{_unwritable(out, error)} Was vorher dort lag, ist unverändert.")


def _unwritable(out: Path, error: OSError) -> str:
    why = _WHY.get(error.errno or 0) or f"{error.strerror or error}."
    return f"„{out}“ lässt sich nicht schreiben: {why}"


def _load() -> Matcher:
    """Load what is computed from; texts are not needed, so that their model is left out."""
    from data import DataError
    from matcher import Matcher
    from models import ModelError
    from service.settings import SettingsError, read_settings

    try:
        settings = read_settings()
        with ERRORS.status("Daten werden geladen …"):
            return Matcher.load(settings.data_dir, None, settings.artifacts_dir)
    except (SettingsError, DataError, ModelError, OSError) as error:
        stop(str(error))
