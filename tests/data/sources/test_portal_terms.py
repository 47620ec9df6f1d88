from __future__ import annotations

import unicodedata

import pytest

from data import LegalForm, Status, TaskArea
from data.sources.portal_terms import parse_term


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Innere Verwaltung", TaskArea.PERSONAL), ("01 Innere Verwaltung", TaskArea.PERSONAL),
        ("Bauhof", TaskArea.BAUHOF), ("Sicherheit und Ordnung", TaskArea.SICHERHEIT),
        ("Datenverarbeitung", TaskArea.IT), ("Finanzwirtschaft", TaskArea.FINANZEN),
        ("Gebäude-und Liegenschaftsmanagement", TaskArea.BAUEN), ("Feuerwehr", TaskArea.BRANDSCHUTZ),
        ("VHS", TaskArea.VOLKSHOCHSCHULE), ("Recht und Statistik", TaskArea.RECHT),
        ("Digitalisierung", TaskArea.IT), ("Abwasser", TaskArea.VERSORGUNG),
        ("it-e-government", TaskArea.IT), ("Mobilität und ÖPNV", TaskArea.MOBILITAET),
        ("Natur- und Landschaftspflege", TaskArea.UMWELT), ("archiv", TaskArea.ARCHIV),
        ("Räumliche Planung und Entwicklung, Geoinformationen", TaskArea.BAUEN),
        ("Bauhof, Winterdienst", TaskArea.BAUHOF), ("Standesamt / Bürgerbüro", TaskArea.STANDESAMT),
        ("ÖRV", LegalForm.AGREEMENT), ("öffentlich-rechtliche Vereinbarung", LegalForm.AGREEMENT),
        ("Öffentlich-rechtliche Vereinbarung (delegierend)", LegalForm.AGREEMENT),
        ("AöR", LegalForm.JOINT_COMPANY), ("GmbH", LegalForm.PRIVATE_LAW),
        ("e. V.", LegalForm.PRIVATE_LAW), ("ARGE", LegalForm.WORKING_GROUP),
        ("Verwaltungsvereinbarung", LegalForm.INFORMAL), ("–", LegalForm.UNKNOWN),
        ("laufend", Status.ACTIVE), ("in Planung", Status.PLANNED), ("aufgelöst", Status.ENDED),
    ],
)  # fmt: skip
def test_words_of_the_portal(word, term):
    assert parse_term(word, type(term)) is term
    assert parse_term(unicodedata.normalize("NFD", word).upper(), type(term)) is term


@pytest.mark.parametrize("vocabulary", [TaskArea, LegalForm, Status])
def test_own_codes_and_labels_always_mean_themselves(vocabulary):
    for term in vocabulary:
        assert parse_term(term.value, vocabulary) is term
        assert parse_term(term.label, vocabulary) is term


def test_an_unknown_word_lists_the_codes():
    with pytest.raises(
        ValueError, match=r"„Zauberei“ ist unbekannt\. Zulässig sind: archiv, bauen"
    ):
        parse_term("Zauberei", TaskArea)


def test_words_that_mean_different_terms_are_refused():
    with pytest.raises(ValueError, match="„Bauhof, Musikschule“ ist unbekannt"):
        parse_term("Bauhof, Musikschule", TaskArea)
