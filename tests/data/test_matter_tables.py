from __future__ import annotations

import shutil

import pytest

import data
from data.dataset import TABLES
from data.matter_tables import ABBREVIATIONS, FAMILIES, MATTER_WORDS, TEXTS, read_matter_tables

NAMES = (MATTER_WORDS, ABBREVIATIONS, FAMILIES, TEXTS)


@pytest.fixture
def folder(tmp_path):
    for name in NAMES:
        shutil.copy(TABLES / name, tmp_path / name)
    return tmp_path


def test_the_shipped_tables_are_whole_and_cover_every_area(dataset):
    tables = read_matter_tables(TABLES)
    known = {c.id for c in dataset.cooperations}
    assert {m.task_area for m in tables.matters} == set(data.TaskArea)
    assert all(t.cooperation is None or t.cooperation in known for t in tables.texts)
    assert len({t.text.casefold() for t in tables.texts}) == len(tables.texts)
    assert len({t.id for t in tables.texts}) == len(tables.texts)
    assert all(w == w.casefold() for m in tables.matters for w in (*m.words, *m.weak_words))


def test_another_word_is_another_version(folder):
    before = read_matter_tables(folder).version
    with (folder / MATTER_WORDS).open("a", encoding="utf-8") as file:
        file.write("Marktwesen,sicherheit-ordnung,wochenmarkt,\n")
    assert read_matter_tables(folder).version != before


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        (MATTER_WORDS, "Marktwesen,marktplatz,wochenmarkt,\n", "„marktplatz“ ist unbekannt"),
        (MATTER_WORDS, "Marktwesen,archiv,,\n", "Mindestens ein Wort"),
        (MATTER_WORDS, "Marktwesen,archiv\n", "mehr oder weniger Felder"),
        (FAMILIES, "markt,(offen\n", "kein gültiges Suchmuster"),
        (TEXTS, '{"id": "t1"\n', "keine gültige Zeile"),
        (TEXTS, '{"id": "t1"}\n', "keine gültige Zeile"),
    ],
)
def test_a_broken_line_is_named_by_file_and_line(folder, name, line, told):
    count = len((folder / name).read_text("utf-8").splitlines())
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(data.DataError, match=told) as error:
        read_matter_tables(folder)
    assert error.value.problems[0].line == count + 1
    assert error.value.problems[0].file == name


def test_a_missing_table_is_told(folder):
    (folder / TEXTS).unlink()
    with pytest.raises(data.DataError, match="fehlt"):
        read_matter_tables(folder)
