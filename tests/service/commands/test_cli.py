from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.dataset import TABLES
from data.sources import SOURCES
from service import loading
from service.cli import app

TEXT = "Uns fehlen Standesbeamte, wir suchen Nachbarn für ein gemeinsames Standesamt"


@pytest.fixture
def run(matcher, monkeypatch):
    """Run a command with the loaded matcher; returns (exit code, output, errors)."""
    monkeypatch.setattr(loading, "load_matcher", lambda _settings: matcher)

    def runner(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.stdout, result.stderr

    return runner


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Return a copy of the tables that the commands work on."""
    copy = Path(shutil.copytree(TABLES, tmp_path / "tables"))
    monkeypatch.setenv("IKZ_DATA_DIR", str(copy))
    return copy


def test_match_prints_the_answer_in_short(run):
    code, output, _ = run("match", "Bad Sassendorf", TEXT, "--limit", "3")
    assert code == 0
    assert "Vorschläge für Bad Sassendorf" in output
    assert "Vorschlag: Soest" in output
    assert "naheliegend" in output
    assert "4 km" in output
    assert "Log-Odds" not in output
    assert "Standesamt und Bürgerservice" in output


def plain(output: str) -> str:
    return " ".join(output.split())


def test_match_says_what_was_understood_and_what_the_grant_depends_on(run):
    wish = "Gemeinsamer Bauhof, höchstens 30 km, ohne den Kreis, nicht mit Soest"
    _, output, _ = run("match", "Bad Sassendorf", wish, "--limit", "2")
    told = plain(output)
    assert "höchstens 30 km; ohne Kreis; Soest: soll nicht dabei sein" in told
    assert "Mögliche Landesförderung: Nach der Richtlinie möglich, bis zu " in told
    assert "Es entscheidet: Bezirksregierung Arnsberg. Stand 31.08.2021" in told
    assert "Funding(" not in output


def test_match_says_what_exists_and_who_is_competent(run):
    _, output, _ = run("match", "Bad Sassendorf", "Sozialamt mit Nachbarn bündeln", "--limit", "1")
    told = plain(output)
    assert "Gibt es schon (Erweitern): Interkommunales Sozialamt Bad Sassendorf" in told
    assert "(Sie sind dabei), mit " in told
    assert "Fragen Sie " in told
    assert "Bestehende Gruppe: Ense, Erwitte und Welver." in told
    assert "Mögliche Landesförderung: Vorab zu klären. Die Zusammenarbeit besteht schon." in told
    _, output, _ = run("match", "Lippetal", "Kfz-Zulassung mit Nachbarn", "--limit", "1")
    assert "Zuständigkeit: Kfz-Zulassung: Zuständig ist der Kreis (Kreis Soest)" in plain(output)


def test_match_asks_where_there_is_no_matter(run):
    code, output, _ = run("match", "Bad Sassendorf", "asdf jkl qwertz uiop")
    assert code == 0
    assert "welche Aufgabe Sie gemeinsam erledigen möchten?" in plain(output)
    assert "Vorschläge für" not in output
    assert "Gruppe" not in output


def test_match_says_so_where_nobody_fits_all(run):
    wish = "Archiv nur mit Kreisen, höchstens 20 km"
    code, output, _ = run("match", "Kreis Kleve", wish)
    assert code == 0
    told = "Keine Stelle erfüllt alle Angaben: im Text „nur Kreise“ und im Text „höchstens 20 km“."
    assert told in plain(output)
    assert "Aussicht" not in output


def test_match_prints_json(run):
    code, output, _ = run("match", "05974008", TEXT, "--json", "--limit", "2")
    answer = json.loads(output)
    assert code == 0
    assert [match["rank"] for match in answer["matches"]] == [1, 2]
    first = answer["matches"][0]
    total = answer["base_value"] + sum(r["contribution"] for r in first["reasons"])
    assert total == pytest.approx(first["score"], abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Bad Sasendorf", TEXT), "Gemeint sein könnte: Bad Sassendorf (05974008)"),
        (("09162000", TEXT), "liegt in Bayern"),
        (("Soest", "  "), "Bitte einen Titel oder eine Beschreibung"),
        (("Soest", TEXT, "--task-area", "Zauberei"), "„Zauberei“ ist unbekannt"),
        (("Soest", "x" * 10_001), "Höchstens 10000 Zeichen"),
    ],
)
def test_match_refuses_in_german(run, arguments, sentence):
    code, output, errors = run("match", *arguments)
    assert (code, output) == (2, "")
    assert sentence in errors


def test_data_check(run, folder):
    code, output, _ = run("data", "check")
    assert code == 0
    assert output.startswith("In Ordnung: 430 Körperschaften, 1047 Kooperationen")
    path = folder / "municipalities.csv"
    path.write_text(path.read_text("utf-8").replace("12194", "zwölf", 1), "utf-8")
    code, _, errors = run("data", "check")
    assert code == 1
    assert "municipalities.csv, Zeile" in errors
    assert "Feld „population“: „zwölf“" in errors


def test_data_sites_tells_where_bodies_are_at_home(run, tmp_path):
    code, output, errors = run("data", "sites")
    assert code == 0
    lines = output.splitlines()
    assert lines[0] == "ags;name;website"
    assert "05974008;Bad Sassendorf;https://bad-sassendorf.de/" in lines
    assert f"{len(lines) - 1} von 430 Stellen." in errors
    code, output, _ = run("data", "sites", "--out", str(tmp_path / "sites.csv"))
    assert (code, output) == (0, "")
    assert (tmp_path / "sites.csv").read_text("utf-8").splitlines() == lines
    code, _, errors = run("data", "sites", "--out", str(tmp_path / "none" / "sites.csv"))
    assert code == 1
    assert "sites.csv" in errors


def test_data_check_names_what_was_changed_by_hand(run, folder):
    path = folder / "districts.csv"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    code, _, errors = run("data", "check")
    assert code == 1
    assert "districts.csv: weicht von der Prüfsumme" in errors


def test_import_of_cooperations(run, folder, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(
        "Titel;Beschreibung;Aufgabenbereich;Beteiligte;Quelle\n"
        "Gemeinsames Archiv;Zwei Gemeinden führen ein Archiv zusammen.;Archiv;"
        "Gemeinde Bad Sassendorf|Stadt Soest;https://www.soest.de\n",
        "utf-8",
    )
    code, output, _ = run("data", "import", "cooperations", str(path), "--dry-run")
    assert (code, output) == (0, "1 Kooperationen gelesen. Nur geprüft, nichts geschrieben.\n")
    assert not (folder / "cooperations_own.jsonl").exists()
    code, output, _ = run("data", "import", "cooperations", str(path), "--date", "2027-01-31")
    assert code == 0
    assert "make train" in output
    record = json.loads((folder / "cooperations_own.jsonl").read_text("utf-8"))
    assert (record["id"], record["participants"]) == ("e0001", ["05974008", "05974040"])


def test_import_lists_what_it_cannot_resolve(run, folder, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(
        "Titel;Beschreibung;Aufgabenbereich;Beteiligte;Quelle\n"
        "Archiv;Zwei Gemeinden führen ein Archiv zusammen.;Archiv;Bad Sasendorf;https://x.de\n",
        "utf-8",
    )
    code, _, errors = run("data", "import", "cooperations", str(path))
    assert code == 1
    assert "1 Beteiligte sind nicht zuzuordnen; nichts wurde übernommen." in errors
    assert "Bad Sassendorf" in errors
    assert not (folder / "cooperations_own.jsonl").exists()


def test_import_of_the_fiscal_status(run, folder, tmp_path):
    path = tmp_path / "status.csv"
    path.write_text("AGS;Haushaltsstatus\n05974008;fiktiv ausgeglichen\n05974;5\n", "utf-8")
    code, output, _ = run("data", "import", "fiscal-status", str(path))
    assert code == 0
    assert output.startswith("1 Gemeinden gelesen, 1 geändert, 1 Kreise nicht übernommen.")


def test_import_of_register_and_boundaries(run, folder):
    raw = TABLES.parent / "raw" / "GV100AD_NRW_30112025.txt"
    code, output, _ = run("data", "import", "register", str(raw), "--dry-run")
    assert (code, output[:4]) == (0, "851 ")
    code, output, _ = run("data", "import", "register", str(raw))
    assert code == 0
    code, _, errors = run("data", "import", "boundaries", str(raw))
    assert code == 1
    assert "nicht lesbar" in errors


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("register", "nichts.txt"), "Die Datei fehlt"),
        (("register", "nichts.txt", "--date", "gestern"), "„gestern“ ist kein Datum"),
    ],
)
def test_import_refuses_in_german(run, folder, arguments, sentence):
    code, _, errors = run("data", "import", *arguments)
    assert code == 1
    assert sentence in errors


def test_help_is_german_and_loads_nothing_heavy():
    program = (
        "import sys; sys.argv = ['ikz', '--help']\n"
        "from service.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted(set(sys.modules) & {'torch', 'faiss', 'geopandas', 'lightgbm'}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "interkommunale Zusammenarbeit" in done.stdout
    assert done.stdout.strip().endswith("[]")


def test_serve_stops_with_a_sentence_when_data_are_broken(folder):
    (folder / "districts.csv").unlink()
    command = [str(Path(sys.executable).parent / "ikz"), "serve", "--port", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "districts.csv: Die Datei fehlt" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_can_be_imported_is_what_there_are_sources_of(run, tmp_path):
    code, _, errors = run("data", "import", "?", str(tmp_path / "liste.csv"))
    assert code == 2
    assert f"Art „?“ ist unbekannt. Zulässig sind: {', '.join(SOURCES)}." in " ".join(
        errors.split()
    )
