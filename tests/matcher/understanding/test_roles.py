"""Roles in which texts name bodies, kind by kind, each beside its neighbours that differ."""

from __future__ import annotations

import pytest

from matcher.understanding import find_named

SEARCHER = "05974008"  # Bad Sassendorf


def roles(gazetteer, text: str) -> dict[str, str]:
    return {body.name: body.role for body in find_named(text, gazetteer, SEARCHER)}


@pytest.mark.parametrize(
    "text",
    [
        "Wir kündigen die Zusammenarbeit mit Soest beim Archiv und suchen Ersatz",
        "Wir möchten uns von Soest lösen und das Standesamt mit anderen betreiben",
        "Die Vereinbarung mit Soest zum Archiv läuft aus, wir suchen einen neuen Partner",
        "Der Vertrag mit Soest endet 2026, Standesamt neu aufstellen",
        "Die Kooperation mit Soest läuft Ende des Jahres aus. Archiv",
        "Wir trennen uns von Soest, Archiv neu aufstellen",
        "Die Vereinbarung mit Soest wird nicht verlängert: Standesamt",
        "Wir steigen aus der Kooperation mit Soest aus und suchen Ersatz",
        "Wir suchen andere, weil der Vertrag mit Soest ausläuft",
        "Wir verlassen den Verbund mit Soest und suchen Partner",
        "Soest beendet die Zusammenarbeit mit uns zum Jahresende",
    ],
)
def test_with_whom_a_cooperation_ends_is_left_out(gazetteer, text):
    assert roles(gazetteer, text) == {"Soest": "excluded"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Wir wollen die Vereinbarung mit Soest verlängern", "wanted"),
        ("Wir wollen die Vereinbarung mit Soest nicht kündigen, aber Dritte suchen", "on_board"),
        ("Gemeinsam mit Soest wollen wir den Vertrag mit dem Dienstleister kündigen", "wanted"),
        ("Wir möchten mit Soest die Aufgabe lösen", "wanted"),
        ("Unser Mietvertrag läuft aus, wir wollen mit Soest ein Archiv bauen", "wanted"),
        ("Unser Vertrag läuft aus und wir möchten mit Soest zusammenarbeiten", "wanted"),
    ],
)
def test_what_ends_with_others_or_not_at_all_leaves_nobody_out(gazetteer, text, role):
    assert roles(gazetteer, text) == {"Soest": role}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lieber Werl als Soest: Bauhof", {"Werl": "wanted", "Soest": "mentioned"}),
        ("Eher mit Werl als mit Soest", {"Werl": "wanted", "Soest": "mentioned"}),
        ("Lieber Werl, Soest eher nicht", {"Werl": "wanted", "Soest": "excluded"}),
        ("Lieber heute als morgen mit Soest", {"Soest": "wanted"}),
        ("Lieber Werl als Partner", {"Werl": "wanted"}),
        ("gemeinsame Küche mit Marl? Nein, mit Werl.", {"Marl": "excluded", "Werl": "wanted"}),
        ("Kann man das mit Soest machen? Nein!", {"Soest": "excluded"}),
        ("Bauhof mit Soest? Ja, gern.", {"Soest": "wanted"}),
        ("Bauhof: Werl ✔, Soest ✘", {"Werl": "on_board", "Soest": "excluded"}),
        ("✔ Werl ✘ Soest: Bauhof", {"Werl": "on_board", "Soest": "excluded"}),
        (
            "Werl ✅ und Ense ❌, wir suchen noch jemanden",
            {"Werl": "on_board", "Ense": "excluded"},
        ),
        ("Bauhof ✔ mit Soest", {"Soest": "wanted"}),
    ],
)
def test_who_is_preferred_answered_or_ticked(gazetteer, text, expected):
    assert roles(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ense hat noch nicht zugesagt: Standesamt", "wanted"),
        ("Ense ist noch nicht dabei", "wanted"),
        ("Ense hat noch immer nicht zugesagt", "wanted"),
        ("Ense hat bisher nicht zugesagt", "wanted"),
        ("Die Zusage von Ense steht noch aus", "wanted"),
        ("Von Ense fehlt noch die Zusage", "wanted"),
        ("Mit Ense ist noch nichts vereinbart", "wanted"),
        ("Noch nicht dabei: Ense", "wanted"),
        ("Ense has not agreed yet", "wanted"),
        ("Ense hat zugesagt", "on_board"),
        ("Ense ist nicht dabei", "excluded"),
        ("Ense ist nicht mehr dabei", "excluded"),
        ("Ense kommt bislang nicht in Frage", "excluded"),
    ],
)
def test_who_has_not_answered_yet_is_still_wanted(gazetteer, text, role):
    assert roles(gazetteer, text) == {"Ense": role}


def test_a_list_waits_together(gazetteer):
    text = "Werl und Soest haben noch nicht zugesagt"
    assert roles(gazetteer, text) == {"Werl": "wanted", "Soest": "wanted"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Werl hat zugesagt, dann aber zurückgezogen: Bauhof", {"Werl": "excluded"}),
        ("Werl hat seine Zusage zurückgenommen", {"Werl": "excluded"}),
        ("Werl wollte erst, hat dann aber abgesagt", {"Werl": "excluded"}),
        ("Werl wollte mitmachen, ist jetzt aber nicht mehr dabei", {"Werl": "excluded"}),
        ("Werl hatte zunächst abgesagt, ist jetzt aber dabei", {"Werl": "on_board"}),
        ("Werl hat abgesagt und dann doch noch zugesagt", {"Werl": "on_board"}),
        ("Werl hat zuerst nein gesagt, jetzt aber ja gesagt", {"Werl": "on_board"}),
        ("Werl hat zugesagt, will aber nicht die Federführung", {"Werl": "on_board"}),
        ("Werl hat zugesagt, wir suchen aber noch weitere", {"Werl": "on_board"}),
        ("Werl hat zugesagt, aber Ense hat abgesagt", {"Werl": "on_board", "Ense": "excluded"}),
        ("Werl hat zugesagt, Ense ist aber nicht dabei", {"Werl": "on_board", "Ense": "excluded"}),
    ],
)
def test_the_later_clause_counts(gazetteer, text, expected):
    assert roles(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Soest hat leider zugesagt, bei Werl mitzumachen",
            {"Soest": "mentioned", "Werl": "mentioned"},
        ),
        ("Soest macht schon bei Werl mit", {"Soest": "mentioned", "Werl": "mentioned"}),
        ("Soest hat zugesagt, bei uns mitzumachen", {"Soest": "on_board"}),
        ("Soest hat zugesagt, bei Bad Sassendorf mitzumachen", {"Soest": "on_board"}),
        ("Soest ist dabei, bei Werl warten wir noch", {"Soest": "on_board", "Werl": "wanted"}),
    ],
)
def test_who_takes_part_elsewhere_does_not_here(gazetteer, text, expected):
    assert roles(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Standesamt; wir möchten nicht ohne Werl", {"Werl": "wanted"}),
        ("nicht ohne Soest, aber ohne Werl", {"Soest": "wanted", "Werl": "excluded"}),
        ("Auf keinen Fall ohne Werl: Archiv", {"Werl": "wanted"}),
        ("Ohne Werl geht es nicht", {"Werl": "wanted"}),
        ("ohne Werl", {"Werl": "excluded"}),
        ("Nicht mit Soest, nicht ohne Werl", {"Soest": "excluded", "Werl": "wanted"}),
        ("Vergabestelle. Außer Werl kommt niemand in Frage.", {"Werl": "wanted"}),
        ("Mit niemandem außer Werl: Archiv", {"Werl": "wanted"}),
        ("Außer Werl hat noch niemand zugesagt", {"Werl": "on_board"}),
        ("Außer Werl kommt jeder in Frage", {"Werl": "excluded"}),
        ("Alle Nachbarn außer Werl", {"Werl": "excluded"}),
    ],
)
def test_whom_one_does_not_do_without_is_wanted(gazetteer, text, expected):
    assert roles(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Standesamt: Warum nicht mit Soest?", "wanted"),
        ("Warum nicht zusammen mit Soest ein Archiv?", "wanted"),
        ("Warum eigentlich nicht mit Soest?", "wanted"),
        ("Warum will Soest nicht?", "excluded"),
        ("Es muss nicht Soest sein", "mentioned"),
        ("Archiv, nicht zwingend mit Soest", "mentioned"),
        ("Soest muss nicht dabei sein", "mentioned"),
        ("Es darf nicht Soest sein", "excluded"),
        ("Der Partner muss groß sein und darf nicht aus Soest kommen", "excluded"),
        ("Es muss Soest sein", "wanted"),
        ("Archiv nicht nur mit Soest", "wanted"),
    ],
)
def test_who_may_but_need_not(gazetteer, text, role):
    assert roles(gazetteer, text) == {"Soest": role}


@pytest.mark.parametrize(
    "text",
    [
        "Die Stadt Soest hat uns geraten, die Vollstreckung gemeinsam zu machen",
        "Unsere Kämmerin wechselt nach Soest. Kämmerei gemeinsam führen?",
        "Unsere Archivarin geht nach Soest. Archiv",
        "Kita mit 80 Plätzen, davon 30 für Kinder aus Soest",
        "Bürger aus Soest nutzen unser Bad",
        "Unsere Feuerwehr fuhr 40 km weit zur Atemschutzstrecke nach Soest. Werkstatt",
        "Nicht weiter als von hier bis Soest",
        "Soest hat seine Musikschule geschlossen",
        "Instandhaltung der Straße von Bad Sassendorf nach Soest",
        "Soest soll das Archiv beraten, wir suchen aber Nachbargemeinden",
    ],
)
def test_a_fact_is_no_wish(gazetteer, text):
    assert roles(gazetteer, text) == {"Soest": "mentioned"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Uns wurde Soest als Partner empfohlen", "wanted"),
        ("Wir haben mit Soest beraten, das Archiv gemeinsam zu führen", "wanted"),
        ("Wir möchten das Archiv nach Soest verlagern", "wanted"),
        ("Gemeinsame Schule für Kinder aus Soest und Bad Sassendorf", "wanted"),
        ("Kollegen aus Soest sollen mitmachen", "wanted"),
        ("Soest hat seine Zusage gegeben", "on_board"),
        ("Soest hat mit uns einen Vertrag geschlossen", "wanted"),
        ("Radwege mit Soest planen", "wanted"),
    ],
)
def test_a_wish_is_no_fact(gazetteer, text, role):
    assert roles(gazetteer, text) == {"Soest": role}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("wir drei (Werl, Ense und wir) suchen noch zwei", "on_board"),
        ("Wir drei, Werl, Ense und Bad Sassendorf, suchen noch zwei", "on_board"),
        ("Werl, Ense und wir brauchen weitere Partner für das Archiv", "on_board"),
        ("Wir suchen drei (Werl, Ense und Bad Sassendorf)", "wanted"),
        ("Wir suchen noch zwei, z. B. Werl und Ense", "wanted"),
    ],
)
def test_who_seeks_beside_us_is_on_board(gazetteer, text, role):
    assert roles(gazetteer, text) == {"Werl": role, "Ense": role}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nicht zwingend im Kreis Soest", {"Kreis Soest": "mentioned"}),
        ("Vorzugsweise, aber nicht ausschließlich im Kreis Soest", {"Kreis Soest": "mentioned"}),
        ("Partner nicht nur aus dem Kreis Soest", {"Kreis Soest": "mentioned"}),
        ("keinesfalls aus dem Kreis Unna", {"Kreis Unna": "excluded"}),
        ("nicht aus dem Kreis Unna", {"Kreis Unna": "excluded"}),
        ("im Regierungsbezirk Detmold oder Münster, nicht Arnsberg", {}),
        ("im Regierungsbezirk Münster, gern mit Arnsberg", {"Arnsberg": "wanted"}),
        ("mit Münster, nicht Arnsberg", {"Münster": "wanted", "Arnsberg": "excluded"}),
        ("Die Vollstreckung macht bisher der Kreis. Wir wollen sie zurückholen", {}),
    ],
)
def test_where_partners_are(gazetteer, text, expected):
    assert roles(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Standesamt. Soest bleibt lieber für sich, wer macht sonst mit?", "excluded"),
        ("Standesamt. Soest möchte eigenständig bleiben", "excluded"),
        ("Registry office. Soest prefers to stay on its own.", "excluded"),
        ("Soest liegt vor der Haustür, scheidet für uns aber aus", "excluded"),
        ("Standesamt. Soest wäre nah, kommt aber nicht in Frage.", "excluded"),
        ("Archiv: Soest liegt nebenan, hat zugesagt", "on_board"),
        ("Soest liegt in der Mitte, kommt dazu und übernimmt das Archiv", "wanted"),
        (
            "früher hatten wir mit soest ein archiv, das ist vorbei. neue partner gesucht",
            "excluded",
        ),
        ("Archiv: Die Zusammenarbeit mit Soest ist Geschichte", "excluded"),
        ("Nach Soest ziehen viele Familien, wir brauchen Kitaplätze", "mentioned"),
        ("Archiv nach Soest geben", "wanted"),
    ],
)
def test_who_keeps_apart_or_only_lies_near(gazetteer, text, role):
    assert roles(gazetteer, text) == {"Soest": role}
