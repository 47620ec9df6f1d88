from __future__ import annotations

import csv
import errno
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from typer.testing import CliRunner

import matcher.outreach
from matcher.outreach import Outreach, score_all
from service.cli import app
from service.commands import outreach as command

pytestmark = pytest.mark.usefixtures("scored_once", "prepared_once")


@pytest.fixture(scope="module")
def prepared_once() -> Iterator[None]:
    """Prepare the opportunities of an area once: these tests ask which are written, and how."""
    known: dict[object, Outreach] = {}

    def once(dataset, knowledge, fits) -> Outreach:
        if fits.areas not in known:
            known[fits.areas] = Outreach(dataset, knowledge, fits)
        return known[fits.areas]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matcher.outreach, "Outreach", once)
        yield


@pytest.fixture(autouse=True)
def known(degraded, monkeypatch, tmp_path_factory):
    monkeypatch.setattr(command, "_load", lambda: degraded)
    # What another test computed for the service would be found again, and no cluster asked.
    alone = tmp_path_factory.mktemp("database") / "none.db"
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{alone}")


@pytest.fixture
def run(tmp_path: Path):
    def run(*words: str, out: str = "impulse.csv"):
        # Wide, so that sentences are not broken.
        return CliRunner().invoke(
            app, ["outreach", *words, "--out", str(tmp_path / out)], env={"COLUMNS": "300"}
        )

    return run


def rows_of(path: Path) -> list[dict[str, str]]:
    text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def said(result) -> str:
    return " ".join(result.stderr.split())


def test_a_list_is_filtered_and_written(run, tmp_path):
    result = run("--task-area", "ARCHIV", "--region", "regierungsbezirk detmold", "--limit", "5")
    assert result.exit_code == 0, result.output
    assert f"5 Vorschläge geschrieben: {tmp_path / 'impulse.csv'}" in result.stdout
    assert "Nicht bekannt heißt nicht, dass es keine gibt" in result.stdout
    rows = rows_of(tmp_path / "impulse.csv")
    assert len(rows) == 5
    assert {row["Aufgabenbereich"] for row in rows} == {"Archiv"}
    assert all("Detmold" in row["Regierungsbezirk"] for row in rows)
    assert [path.name for path in tmp_path.iterdir()] == ["impulse.csv"]


def test_all_filters_reach_the_list(run, tmp_path):
    result = run(
        "--task-area", "archiv", "--district", "Soest", "--status-segment", "klein",
        "--min-group", "2", "--max-group", "2", "--columns", "rank,names, districts,segments",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    rows = rows_of(tmp_path / "impulse.csv")
    assert list(rows[0]) == ["Rang", "Beteiligte", "Kreis", "Segment"]
    assert all("Kreis Soest" in row["Kreis"] for row in rows)
    assert {row["Segment"] for row in rows} == {"kleine kreisangehörige Kommune"}
    assert all(
        len([n for n in row["Beteiligte"].split(", ") if not n.startswith("Kreis")]) == 2
        for row in rows
    )


def test_all_formats_hold_the_same_lines(run, tmp_path):
    for name in ("a.csv", "a.XLSX", "a.geojson", "a.pdf"):
        result = run("--task-area", "archiv", "--district", "05974", "--limit", "3", out=name)
        assert result.exit_code == 0, result.output
    wanted = [row["Beteiligte"] for row in rows_of(tmp_path / "a.csv")]
    assert 1 <= len(wanted) <= 3
    sheet = load_workbook(io.BytesIO((tmp_path / "a.XLSX").read_bytes()))["Anregungen"]
    place = [cell.value for cell in sheet[1]].index("Beteiligte")
    assert [row[place].value for row in sheet.iter_rows(min_row=2)] == wanted
    features = json.loads((tmp_path / "a.geojson").read_text("utf-8"))["features"]
    names = [name for line in wanted for name in line.split(", ")]
    assert [feature["properties"]["name"] for feature in features] == names
    reader = PdfReader(tmp_path / "a.pdf")
    assert "Vorschläge für Kreis Soest" in reader.pages[0].extract_text()
    assert len(reader.outline) == len(wanted)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--task-area", "arhiv"), "Aufgabenbereich „arhiv“ ist nicht bekannt. Gemeint sein könnte: archiv."),
        (("--task-area", "qqqq"), "Zulässig sind: archiv, bauen-planung"),
        (("--region", "Detmolt"), "Regierungsbezirk „Detmolt“ ist nicht bekannt. Gemeint sein könnte: Detmold."),
        (("--district", "Soesst"), "Kreis Soest (05974)"),
        (("--district", "05974040"), "ist weder Kreis noch kreisfreie Stadt. Gemeint sein könnte: Kreis Soest (05974)."),
        (("--district", "09162000"), "liegt in Bayern"),
        (("--district", "LVR"), "ist weder Kreis noch kreisfreie Stadt."),
        (("--status-segment", "winzig"), "Zulässig sind: klein, mittlere, grosse, kreisfrei."),
        (("--min-group", "4", "--max-group", "3"), "Die kleinste Gruppe ist größer als die größte"),
        (("--columns", "rank,farbe"), "Spalte „farbe“ ist unbekannt. Zulässig sind: rank"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_told_with_what_may_be_meant(run, tmp_path, words, part):
    result = run(*words)
    assert result.exit_code == 2
    assert part in said(result)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("out", "part"),
    [
        ("liste.docx", "Die Endung von „liste.docx“ sagt nicht, was geschrieben wird: .xlsx, .csv"),
        ("liste", "Die Endung"),
        ("fehlt/liste.csv", "gibt es nicht"),
        ("ordner.csv", "ist ein Ordner, keine Datei"),
        (f"{'x' * 300}.csv", "Der Name ist zu lang"),
    ],
)
def test_a_file_that_cannot_be_is_told_before_anything_is_computed(
    run, tmp_path, monkeypatch, out, part
):
    (tmp_path / "ordner.csv").mkdir()
    monkeypatch.setattr(command, "_load", lambda: pytest.fail("loaded"))
    result = run(out=out)
    assert result.exit_code == 2
    assert part in said(result)


def test_a_folder_without_rights_is_told(run, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run()
    assert result.exit_code == 2
    assert "darf hier nicht geschrieben werden" in said(result)


@pytest.mark.parametrize(
    ("number", "part"),
    [
        (errno.ENOSPC, "Auf dem Datenträger ist kein Platz mehr."),
        (errno.EROFS, "schreibgeschützt"),
        (errno.ENXIO, "No such device"),
    ],
)
def test_a_full_disk_leaves_the_old_file_as_it_was(run, tmp_path, monkeypatch, number, part):
    (tmp_path / "impulse.csv").write_text("alt", "utf-8")

    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    result = run("--task-area", "archiv", "--limit", "3")
    assert result.exit_code == 1
    assert "impulse.csv“ lässt sich nicht schreiben" in said(result)
    assert part in said(result)
    assert "Was vorher dort lag, ist unverändert." in said(result)
    assert (tmp_path / "impulse.csv").read_text("utf-8") == "alt"
    assert [path.name for path in tmp_path.iterdir()] == ["impulse.csv"]


def test_an_unreachable_cluster_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setattr("service.outreach.computation._CONNECT_S", 1)
    result = run("--task-area", "archiv", "--scheduler", "tcp://127.0.0.1:1")
    assert result.exit_code == 1
    assert "Der Dask-Scheduler tcp://127.0.0.1:1 antwortet nicht." in said(result)
    assert not list(tmp_path.iterdir())


def test_nothing_found_writes_nothing(run, tmp_path):
    # Köln has no neighbours among small municipalities that are kreisfrei.
    result = run("--task-area", "archiv", "--district", "Köln", "--status-segment", "klein")
    assert result.exit_code == 1
    assert "gibt es keinen Vorschlag" in said(result)
    assert not list(tmp_path.iterdir())


def test_without_an_area_all_are_computed(run, monkeypatch, degraded, tmp_path):
    from data import TaskArea

    asked = []

    def some(matcher, scheduler, progress, areas, pieces):
        asked.append((scheduler, areas))
        progress(1, 1)
        return score_all(matcher.knowledge, matcher.ranker, areas[:2])

    monkeypatch.setattr("service.outreach.computation.compute", some)
    result = run("--scheduler", "tcp://cluster:8786", "--limit", "4")
    assert result.exit_code == 0, result.output
    assert asked == [("tcp://cluster:8786", tuple(TaskArea))]
    assert len(rows_of(tmp_path / "impulse.csv")) == 4


def test_help_names_all_options():
    result = CliRunner().invoke(app, ["outreach", "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for option in ("--task-area", "--region", "--district", "--status-segment", "--scheduler"):
        assert option in result.stdout
