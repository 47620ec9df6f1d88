from __future__ import annotations

import pytest

from data import TaskArea
from data.language import load_language
from data.matter_tables import Abbreviation, MatterName
from models.matter_words import NAMED, MatterWords

MATTERS = (
    MatterName("Vollstreckung", TaskArea.FINANZEN, ("vollstreck", "pfänd"), ("rückstände",)),
    MatterName("Gartenschau", TaskArea.REGIONALENTWICKLUNG, ("iga",), ()),
    MatterName("Bücherei", TaskArea.KULTUR, ("bücher",), ("katalog", "leihverkehr")),
    MatterName("Informationstechnik", TaskArea.IT, ("it service",), ()),
)
ABBREVIATIONS = (
    Abbreviation("RPA", "Rechnungsprüfungsamt", TaskArea.RECHNUNGSPRUEFUNG, "GO NRW"),
    Abbreviation("HinSchG", "Hinweisgeberschutzgesetz", TaskArea.RECHT, ""),
    Abbreviation("IT", "Informationstechnik", TaskArea.IT, ""),
)


@pytest.fixture(scope="module")
def words() -> MatterWords:
    return MatterWords(MATTERS, ABBREVIATIONS)


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("Wer macht die Vollstreckung?", [1.0, 0, 0, 0]),
        ("Vollstreckung und Pfändung", [1.25, 0, 0, 0]),
        ("Rückstände beitreiben", [0.2, 0, 0, 0]),
        ("Brigade", [0, 0, 0, 0]),
        ("IGA 2027", [0, 1.0, 0, 0]),
        ("Gemeindebücherei", [0, 0, 0, 0]),
        ("Katalog und Leihverkehr", [0, 0, 0.7, 0]),
        ("IT-Service", [0, 0, 0, 1.0]),
        ("Rathaus mit Service", [0, 0, 0, 0]),
    ],
)
def test_a_word_names_a_matter_and_two_weak_ones_do(words, text, scores):
    assert words.score([text])[0] == pytest.approx(scores)


def test_two_weak_words_are_enough_to_name_a_matter(words):
    assert words.score(["Katalog und Leihverkehr"])[0, 2] >= NAMED - 1e-6


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("RPA gesucht", "RPA gesucht (Rechnungsprüfungsamt)"),
        ("hinschg Meldestelle", "hinschg Meldestelle (Hinweisgeberschutzgesetz)"),
        ("wer macht it mit uns", "wer macht it mit uns"),
        ("it", "it (Informationstechnik)"),
        ("RPAX", "RPAX"),
        ("RPA und RPA", "RPA und RPA (Rechnungsprüfungsamt)"),
        ("Das RPA-Team", "Das RPA-Team (Rechnungsprüfungsamt)"),
    ],
)
def test_abbreviations_are_spelled_out_where_they_stand_alone(words, text, spelled):
    assert words.spell_out(text) == spelled
    assert words.has_abbreviation(text) == (spelled != text)


@pytest.fixture(scope="module")
def shipped() -> MatterWords:
    trade = load_language().trade
    return MatterWords(trade.matters, trade.abbreviations)


# Plurals with another vowel, occupations, vehicles, compounds: one of each kind, not the table.
@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Bebauungspläne", "Bauleitplanung und Stadtentwicklung"),
        ("Windräder", "Windenergie"),
        ("Klärwärter für den Urlaub", "Abwasser"),
        ("Poolfahrzeuge", "Einkauf und Beschaffung"),
        ("Bewerbungsverfahren", "Personalgewinnung"),
        ("Friedhöfe", "Friedhof"),
        ("Böschungsmäher", "Grünpflege"),
        ("Tagesmütter", "Kinderbetreuung"),
        ("Hebesätze", "Steuern und Abgaben"),
        ("Sandsackfüllmaschine", "Hochwasserschutz"),
        ("Amtstierärztin", "Veterinärwesen und Lebensmittel"),
        ("Platzwart", "Sportstätten"),
    ],
)
def test_the_shipped_words_read_odd_forms_of_a_matter(shipped, text, matter):
    scores = shipped.score([text])[0]
    assert shipped.matters[int(scores.argmax())].name == matter
    assert scores.max() >= NAMED


@pytest.mark.parametrize(
    "text",
    [
        "Mein Sohn sammelt Sticker",
        "Heute Abend läuft ein Film",
        "Der Papst besucht Rom",
        "Kuchen mit Äpfeln und Zimt",
        "Wer gewinnt die Meisterschaft?",
    ],
)
def test_the_shipped_words_name_nothing_in_private_texts(shipped, text):
    assert shipped.score([text]).max() < NAMED
