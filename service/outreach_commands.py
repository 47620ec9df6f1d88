"""`ikz outreach`: whom to approach about what, as a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from matcher import Matcher
    from matcher.outreach import Fits, Opportunity, OutreachFilters
    from service.outreach.pieces import Pieces

FORMATS = ("xlsx", "csv", "geojson", "pdf")
_ERRORS = Console(stderr=True, soft_wrap=True)
_WRONG, _FAILED = 2, 1
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
    from service.outreach import wishes
    from service.outreach.batch import ClusterError
    from service.outreach.columns import DEFAULT_COLUMNS, ColumnError, chosen

    codes = DEFAULT_COLUMNS if columns is None else tuple(c.strip() for c in columns.split(","))
    # What can be checked at once is checked before minutes go into the computation.
    _check_file(out)
    if min_group > max_group:
        _stop("Die kleinste Gruppe ist größer als die größte (--min-group, --max-group).", _WRONG)
    try:
        chosen(codes)
        areas = wishes.task_areas(task_area or ())
        segments = wishes.segments(status_segment or ())
        matcher = _load()
        places = wishes.Places.of(matcher)
        regions = wishes.government_regions(region or (), places)
        districts = wishes.district_keys(district or (), places)
    except (wishes.WishError, ColumnError) as error:
        _stop(str(error), _WRONG)
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
        _stop(error.message, _WRONG)
    except ClusterError as error:
        _stop(str(error), _FAILED)
    if not lines:
        _stop("Zu diesen Angaben gibt es keinen Vorschlag; es wurde nichts geschrieben.", _FAILED)
    where = [*(f"Regierungsbezirk {name}" for name in regions)]
    where += [places.districts[key] for key in districts]
    _write(out, _content(out, lines, matcher, codes, ", ".join(where) or LAND.name))
    noun = "Vorschlag" if len(lines) == 1 else "Vorschläge"
    print(f"{len(lines)} {noun} geschrieben: {out}")
    print("Vorschläge, kein Urteil. Nicht bekannt heißt nicht, dass es keine gibt.")


def _lines(
    matcher: Matcher, filters: OutreachFilters, scheduler: str | None
) -> tuple[Opportunity, ...]:
    from data import TaskArea
    from matcher.outreach import Outreach
    from service.outreach.batch import compute

    areas, pieces = filters.task_areas or tuple(TaskArea), _pieces()
    fits: Fits = _with_bar(lambda told: compute(matcher, scheduler, told, areas, pieces))
    return Outreach(matcher.dataset, matcher.knowledge, fits).opportunities(filters)


def _pieces() -> Pieces | None:
    """Return what the service computed and finds again; None where there is no service here."""
    from sqlalchemy.engine import make_url

    from service.outreach.pieces import Pieces
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
    return Pieces(database, utc_now)


def _with_bar(work: Callable[[Callable[[int, int], None]], Any]) -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("Gruppen werden bewertet"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_ERRORS, transient=True) as bar:
        task = bar.add_task("", total=None)
        return work(lambda done, total: bar.update(task, completed=done, total=total))


def _content(
    out: Path, lines: tuple[Opportunity, ...], matcher: Matcher, codes: tuple[str, ...], where: str
) -> bytes:
    kind = _format(out)
    if kind == "pdf":
        from service.outreach.dossier import Press

        with _ERRORS.status("Das Dossier wird gesetzt …"):
            return Press.of(matcher).as_pdf(lines, where)[0]
    from service.outreach.exports import as_file

    return as_file(lines, kind, matcher, columns=codes)[0]  # type: ignore[arg-type]


def _format(out: Path) -> str:
    return out.suffix.lower().removeprefix(".")


def _check_file(out: Path) -> None:
    if _format(out) not in FORMATS:
        endings = ", ".join(f".{name}" for name in FORMATS)
        _stop(f"Die Endung von „{out.name}“ sagt nicht, was geschrieben wird: {endings}.", _WRONG)
    try:
        folder, taken = out.parent.is_dir(), out.is_dir()
    except OSError as error:  # the name is too long, the drive is gone
        _stop(_unwritable(out, error), _WRONG)
    if not folder:
        _stop(f"Den Ordner „{out.parent}“ gibt es nicht.", _WRONG)
    if taken:
        _stop(f"„{out}“ ist ein Ordner, keine Datei.", _WRONG)
    if not os.access(out.parent, os.W_OK):
        _stop(f"In den Ordner „{out.parent}“ darf hier nicht geschrieben werden.", _WRONG)


def _write(out: Path, content: bytes) -> None:
    from data.provenance import write_atomically

    try:
        write_atomically(out, content)
    except OSError as error:
        _stop(f"{_unwritable(out, error)} Was vorher dort lag, ist unverändert.", _FAILED)


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
        with _ERRORS.status("Daten werden geladen …"):
            return Matcher.load(settings.data_dir, None, settings.artifacts_dir)
    except (SettingsError, DataError, ModelError, OSError) as error:
        _stop(str(error), _FAILED)


def _stop(sentence: str, code: int) -> NoReturn:
    _ERRORS.print(sentence, style="bold red", markup=False, highlight=False)
    raise typer.Exit(code)
