"""What has to be checked before signing: tasks by instruction, neighbours, dates that end."""

from __future__ import annotations

from datetime import date

from data.competences import read_competences
from data.dataset import TABLES
from matcher.group.law import VAT_TRANSITION_ENDS, to_check

TASKS = {task.task: task for task in read_competences(TABLES / "competences.csv")}
BEFORE, AFTER = date(2026, 11, 26), date(2027, 1, 1)


def said(task, distant=(), zweckverband=False, districts=False, today=BEFORE):
    return " ".join(to_check(TASKS.get(task), distant, zweckverband, districts, today))


def test_a_partner_without_common_border_has_to_be_checked_for_instructed_tasks():
    text = said("Standesamt", distant=["Aachen"])
    assert "ohne gemeinsame Grenze (Aachen)" in text
    assert "10.07.2025" in text


def test_a_zweckverband_for_an_instructed_task_has_to_be_checked():
    assert "ein Zweckverband" in said("Standesamt", zweckverband=True)


def test_neighbours_in_an_agreement_are_asked_for_the_form_only():
    text = said("Standesamt")
    assert "Die Form bitte vorab" in text
    assert "Zweckverband" not in text


def test_kreise_have_a_rule_of_their_own():
    assert "KrO" in said("Rettungsdienst", distant=["Kreis Kleve"], districts=True)


def test_other_tasks_and_unknown_ones_carry_no_such_sentence():
    assert "Weisung" not in said("Archiv", distant=["Aachen"], zweckverband=True)
    assert "Weisung" not in said("unbekannt")


def test_the_transition_of_value_added_tax_ends():
    assert "endet am 31.12.2026" in said(None)
    assert "endet am 31.12.2026" in said(None, today=VAT_TRANSITION_ENDS)
    assert "endete am 31.12.2026" in said(None, today=AFTER)
