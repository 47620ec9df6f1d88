from __future__ import annotations

import pytest

from data import DataError, load
from data.dataset import TABLES
from data.sources import fiscal_status


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("ausgeglichener Haushalt", (1, "ausgeglichen")),
        ("fiktiv ausgeglichen", (2, "ausgeglichen_fiktiv")),
        ("genehmigte Verringerung der allgemeinen Rücklage", (3, "ruecklage_genehmigt")),
        ("Fehlbetragsvortrag", (4, "fehlbetragsvortrag")),
        ("Haushaltssicherung, genehmigt", (5, "haushaltssicherung")),
        ("Haushaltssicherungskonzept nicht genehmigt", (6, "haushaltssicherung")),
        ("ausgeglichen_fiktiv", (2, "ausgeglichen_fiktiv")),
        ("7", (7, "haushaltssicherung")),
        ("sehr gut", None),
        ("", None),
    ],
)
def test_wordings(wording, expected):
    assert fiscal_status.parse_status(wording) == expected


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("AGS;Haushaltsstatus\n5974008;fiktiv ausgeglichen\n5974;Haushaltssicherung\n", "utf-8"),
        ("Kommune,Status\nGemeinde Bad Sassendorf,2\nKreis Höxter,5\n", "cp1252"),
        (
            "sep=;\nStand 2025;\nAGS;HH-Status\n05 9 74 008;2\n05974000;5\nQuelle: MHKBD;\n",
            "utf-16",
        ),
    ],
)
def test_reads_by_key_or_name(tmp_path, content, encoding):
    path = tmp_path / "status.csv"
    path.write_bytes(content.encode(encoding))
    reading = fiscal_status.read(path, TABLES)
    assert reading.content.frame.to_dict("records") == [
        {"ags": "05974008", "fiscal_status_level": 2, "fiscal_status": "ausgeglichen_fiktiv"}
    ]
    assert reading.content.districts == 1
    assert reading.summary == "1 Gemeinden gelesen, 0 geändert, 1 Kreise nicht übernommen."


def test_doubles_and_former_names_are_named(tmp_path):
    path = tmp_path / "status.csv"
    path.write_text("Kommune;Status\nSoest;1\n5974040;1\nHaltern;2\n", "utf-8")
    reading = fiscal_status.read(path, TABLES)
    assert reading.content.frame["ags"].tolist() == ["05974040", "05562016"]
    assert reading.notes == (
        "Zeile 3: „5974040“ kommt mehrfach vor, zählt einmal.",
        "Zeile 4: „Haltern“ heißt seit 2001 Haltern am See (05562016).",
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("AGS;Haushaltsstatus\n05974008;prima\n", "Zeile 2, Feld „status“: „prima“"),
        ("AGS;Haushaltsstatus\n05974008;1\n05974008;2\n", "Zeile 3, Feld „body“: kommt mehrfach"),
        ("Kommune;Status\nBad Sasendorf;1\n", "Zeile 2, Feld „body“.*gemeint: Bad Sassendorf"),
        ("Kommune;Note\nSoest;1\n", "Feld „status“: die Spalte fehlt .erwartet: Haushaltsstatus"),
        ("AGS;Haushaltsstatus\n", "keine Zeilen"),
        ("", "Die Datei ist leer"),
    ],
)
def test_broken_tables_name_line_and_field(tmp_path, content, expected):
    path = tmp_path / "status.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match=expected):
        fiscal_status.read(path, TABLES)


def test_installed_only_the_changed_cells_change(folder, tmp_path):
    before = (folder / "municipalities.csv").read_text("utf-8").splitlines()
    path = tmp_path / "status.csv"
    path.write_text("AGS;Haushaltsstatus\n05974008;nicht genehmigt\n", "utf-8")
    done = fiscal_status.install(folder, fiscal_status.read(path, folder), "2027-01-31")
    assert done == "1 Gemeinden gelesen, 1 geändert, 0 Kreise nicht übernommen."
    body = load(folder).bodies.loc["05974008"]
    assert (body["fiscal_status_level"], body["fiscal_status"]) == (6, "haushaltssicherung")
    after = (folder / "municipalities.csv").read_text("utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line[:8] for line in changed] == ["05974008"]
