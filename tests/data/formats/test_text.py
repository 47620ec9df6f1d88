from __future__ import annotations

import unicodedata

import pytest

from data import DataError
from data.formats.text import read_bytes, read_text

TEXT = "Höxter;Größe\nÄrzte;1\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_usual_encoding_gives_the_same_text(tmp_path, encoding):
    path = tmp_path / "liste.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


def test_big_endian_with_a_mark(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert read_text(path) == TEXT


def test_decomposed_letters_are_composed_and_ctrl_z_goes(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(unicodedata.normalize("NFD", TEXT) + "\x1a", "utf-8")
    assert read_text(path) == TEXT


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a.csv: Die Datei ist leer."),
        (b" \n\n", "a.csv: Die Datei ist leer."),
        (b"%PDF-1.7 ...", "ist ein PDF, keine Tabelle. Bitte als CSV oder XLSX speichern."),
        (b"\xff\xfeA\x00B", "ist beschädigt: Der Text bricht mitten in einem Zeichen ab."),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, content, sentence):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        read_text(path)
    assert sentence in str(refused.value)


def test_missing_folder_and_locked_file(tmp_path, monkeypatch):
    with pytest.raises(DataError, match=r"nichts\.csv: Die Datei fehlt"):
        read_bytes(tmp_path / "nichts.csv")
    with pytest.raises(DataError, match="ist ein Ordner, keine Datei"):
        read_bytes(tmp_path)

    def locked(_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", locked)
    with pytest.raises(DataError) as refused:
        read_bytes(tmp_path / "offen.xlsx")
    assert "ist gesperrt: Ein anderes Programm hält die Datei offen" in str(refused.value)
    assert "Permission" not in str(refused.value)
