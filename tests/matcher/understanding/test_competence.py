"""Who carries a task by law: found by whole words, said from the searcher's view."""

from __future__ import annotations

import pytest

import data
from data import TaskArea
from data.competences import read_competences
from data.dataset import TABLES
from matcher.understanding.competence import TaskIndex, competence

TASKS = read_competences(TABLES / "competences.csv")
INDEX = TaskIndex(TASKS)


def task(name: str) -> data.CarriedTask:
    return next(t for t in TASKS if t.task == name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kfz-Zulassung und Führerscheine wollen wir gemeinsam machen", "Kfz-Zulassung"),
        ("Gemeinsames Gesundheitsamt gründen, Amtsärzte fehlen", "Gesundheitsamt"),
        ("Wir wollen den Rettungsdienst selber machen", "Rettungsdienst"),
        ("DIE STANDESBEAMTEN FEHLEN", "Standesamt"),
        ("Wer teilt sich mit uns ein Archiv?", "Archiv"),
        ("RPA", "Örtliche Rechnungsprüfung"),
    ],
)
def test_a_task_is_found_in_any_german_ending(text, found):
    assert INDEX.find(text, ()).task == found


@pytest.mark.parametrize(
    "text",
    [
        "Gisela sucht Hilfe",  # no GIS
        "Die Archivierungsfristenkommission tagt",  # no Archiv: another word
        "mit der Stadt gemeinsam",
        "",
    ],
)
def test_keywords_match_whole_words_only(text):
    assert INDEX.find(text, ()) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kfz-Zulassungsstelle", "Kfz-Zulassung"),
        ("Kfz-Zulassungsstellen zusammenlegen", "Kfz-Zulassung"),
        ("Kfz Zulassung gemeinsam mit Warstein", "Kfz-Zulassung"),
        ("Kfz Zulassungsstelle", "Kfz-Zulassung"),
        ("Rettungsleitstelle", "Leitstelle"),
        ("Kreisjugendamt", "Jugendamt"),
        ("Kreiszentralarchiv", "Archiv"),
        ("Archivwesen", "Archiv"),
        ("Notruf-112", "Leitstelle"),
        ("Fahrerlaubnisstelle", "Führerscheinstelle (Fahrerlaubnisbehörde)"),
        ("Bauaufsichtsbehörden", "Untere Bauaufsicht"),
    ],
)
def test_compounds_hyphens_and_blanks_are_forgiven(text, found):
    assert INDEX.find(text, {task(found).task_area}).task == found
    if len(text) > 12:
        assert INDEX.find(text, ()).task == found


@pytest.mark.parametrize(
    "text",
    [
        "Notfallverbund",  # of archives, but it says no Archiv
        "Archivierungsfristen", "Feuerwehrmuseum", "Rettungsdienstsoftware", "Stellenausschreibung",
        "Klimakatastrophe", "Landesjugendamt", "Bundesarchiv", "Zulassung zum Studium", "Ehrenamt",
    ],
)  # fmt: skip
def test_other_compounds_are_not(text):
    assert INDEX.find(text, tuple(TaskArea)) is None


def test_a_short_word_counts_only_where_the_area_agrees():
    assert INDEX.find("GPA", {TaskArea.KULTUR}) is None
    assert INDEX.find("GPA", {TaskArea.RECHNUNGSPRUEFUNG}).task == "Überörtliche Prüfung"


def test_the_likely_area_decides_between_two_tasks():
    text = "Unsere Feuerwehr sucht Standesbeamte"
    assert INDEX.find(text, {TaskArea.STANDESAMT}).task == "Standesamt"
    assert INDEX.find(text, {TaskArea.BRANDSCHUTZ}).task.startswith("Feuerwehr")


def test_what_was_not_checked_is_never_said():
    unchecked = [t for t in TASKS if not t.checked]
    assert unchecked
    for one in unchecked:
        found = INDEX.find(one.keywords[0], {one.task_area})
        assert found is None or found.task != one.task


def test_the_kreis_carries_what_a_small_municipality_does_not():
    said = competence(task("Kfz-Zulassung"), "klein", "05974", "Kreis Soest")
    assert (said.own, said.carried_by) == (False, "05974")
    assert "Zuständig ist der Kreis (Kreis Soest)" in said.text
    assert "Kreise und kreisfreie Städte" in said.text
    assert said.source_url.startswith("https://")


def test_who_carries_a_task_itself_is_told_so():
    said = competence(task("Kfz-Zulassung"), "kreisfrei", None, None)
    assert (said.own, said.carried_by) == (True, None)
    assert "selbst zuständig" in said.text


def test_a_jugendamt_of_a_town_depends_on_an_application():
    assert competence(task("Jugendamt"), "mittlere", "05974", "Kreis Soest").own is None
    assert competence(task("Jugendamt"), "klein", "05974", "Kreis Soest").carried_by == "05974"


def test_a_kreis_does_not_carry_what_municipalities_do():
    said = competence(task("Standesamt"), "kreis", None, None)
    assert (said.own, said.carried_by) == (False, None)
    assert "Zuständig sind die Gemeinden" in said.text


def test_no_sentence_rests_on_what_nobody_read():
    for one in TASKS:
        if one.checked:
            assert one.legal_basis
            assert one.source_url
        for cell in (one.legal_basis, one.note):
            assert "Gedächtnis" not in cell
            assert "nicht gelesen" not in cell


def test_hits_are_found_without_areas_and_decided_with_them():
    text = "GIS und Standesamt 2027"
    hits = INDEX.hits(text)
    for areas in ((), {TaskArea.STANDESAMT}, {TaskArea.IT}, {TaskArea.ARCHIV}):
        assert INDEX.pick(hits, areas) == INDEX.find(text, areas)
    assert INDEX.pick(INDEX.hits("2027"), ()) is None
