from __future__ import annotations

import pytest

from data import DataError
from data.importers import fiscal_status
from data.names import NameIndex


@pytest.fixture(scope="module")
def index(dataset) -> NameIndex:
    return NameIndex(dataset.bodies)


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
    ],
)
def test_reads_by_key_or_name_in_both_encodings(tmp_path, index, content, encoding):
    path = tmp_path / "status.csv"
    path.write_bytes(content.encode(encoding))
    read = fiscal_status.read(path, index)
    assert read.frame.to_dict("records") == [
        {"ags": "05974008", "fiscal_status_level": 2, "fiscal_status": "ausgeglichen_fiktiv"}
    ]
    assert read.districts == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("AGS;Haushaltsstatus\n05974008;prima\n", "Zeile 2, Feld „status“: „prima“"),
        ("AGS;Haushaltsstatus\n05974008;1\n05974008;2\n", "Zeile 3, Feld „body“: kommt mehrfach"),
        ("Kommune;Status\nBad Sasendorf;1\n", "Zeile 2, Feld „body“.*gemeint: Bad Sassendorf"),
        ("Kommune;Note\nSoest;1\n", "Feld „status“: die Spalte fehlt .erwartet: Haushaltsstatus"),
        ("AGS;Haushaltsstatus\n", "keine Zeilen"),
        ("", "keine lesbare Tabelle"),
    ],
)
def test_broken_tables_name_line_and_field(tmp_path, index, content, expected):
    path = tmp_path / "status.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match=expected):
        fiscal_status.read(path, index)
