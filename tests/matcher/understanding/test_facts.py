"""Facts about staff, things and people next door are no wishes, and real wishes stay."""

from __future__ import annotations

import pytest

from matcher.understanding import find_wishes

TOWN, KREIS = "05566008", "05566"  # Emsdetten, Kreis Steinfurt


def wishes(gazetteer, text: str, searcher: str = TOWN) -> dict[str, object]:
    return {
        wish.code: wish.value for wish in find_wishes(text, gazetteer.bodies[searcher], gazetteer)
    }


@pytest.mark.parametrize(
    "text",
    [
        "Standesbeamte: nur zwei",
        "IT-Fachkräfte: höchstens eine",
        "Vollstreckungsbeamte, maximal zwei",
        "Unsere Erzieherinnen: nur fünf",
        "Drehleitern: nur zwei",
        "Kita-Gruppen: mindestens vier",
        "mit zwei, drei anderen Fahrzeugen",
        "mit zwei bis drei weiteren Kehrmaschinen",
        "Im Ordnungsamt nur zwei",
        "Bei uns arbeiten nur zwei",
        "Wir sind nur einer",
        "Es fehlen drei",
        "Wir sind nur zu dritt im Amt",
        "Im Standesamt arbeiten wir zu zweit",
        "Streife zu zweit",
        "Ein Trio von Kollegen kümmert sich",
        "Lasten-Tandem für den Bauhof",
        "Tandem-Ausbildung im Bauhof",
        "Dreierteam im Standesamt",
        "bilaterale Verträge mit den Kassen",
        "Wir haben drei Orte im Außenbereich",
        "Unser Gebiet umfasst zwölf Orte",
        "In zwei Orten fehlt der Bus",
        "Der Löschzug deckt zwei Orte ab",
    ],
)
def test_a_number_of_staff_or_things_counts_no_partners(gazetteer, text):
    assert wishes(gazetteer, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Unser Kanalnetz zieht sich auf 30 km hin",
        "Kanalreinigung, unser Netz erstreckt sich auf 30 km Länge",
        "Winterdienst auf 60 km Gemeindestraßen",
        "15 20 km spülen",
        "Gräben, 15 20 km spülen",
        "Kanalspülung, wir spülen 15 bis 20 km",
        "Kanalinspektion, bis 15 km pro Jahr",
        "Kanalinspektion, jährlich bis zu 15 km",
        "Wir befahren höchstens 20 km im Jahr",
        "Wirtschaftswege: 85 km",
        "Unterhaltung von Gewässern, ca. 30 km",
        "Die Entfernung zur Deponie beträgt 35 km",
        "Der Weg zur Schule ist bis zu 12 km weit",
        "Kinder fahren bis zu 15 km zur Schule",
        "E-Autos mit einer Reichweite von 300 km",
        "Drohne mit 5 km Reichweite",
        "Drohnen fliegen maximal 10 km weit",
    ],
)
def test_a_length_of_things_is_no_largest_distance(gazetteer, text):
    assert wishes(gazetteer, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "mit den Nachbarn ja schon gesprochen",
        "Archiv, die Nachbarstädte ja ohnehin versorgt",
        "Bauamt: Nachbarn ja nicht vergessen anzuhören",
        "direkte Nachbarn des Klärwerks klagen",
        "Die direkten Nachbarn haben Einspruch eingelegt",
        "Anhörung der direkten Nachbarn im Baugenehmigungsverfahren",
        "Ohne die Nachbarn zu stören",
        "Wir sind ohne Nachbarn im Süden",
        "Wir haben nur Nachbarn, die nicht wollen",
        "Die Deponie hat keine direkten Nachbarn",
        "neben uns wohnt niemand",
        "Wir stoßen an unsere Grenzen",
        "Der Friedhof grenzt an unser Rathaus",
        "An unser Gebiet grenzt ein Truppenübungsplatz",
        "Der Wald, der an uns grenzt, brennt oft",
        "Tourismus mit einer Grenze zu den Niederlanden",
        "Ort an der Grenze, Pendelverkehr",
        "an der Grenze unseres Ortes",
    ],
)
def test_people_next_door_and_edges_of_a_place_are_no_neighbouring_partners(gazetteer, text):
    assert wishes(gazetteer, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "ohne Genehmigung des Kreises",
        "mit dem Kreis ist das abgestimmt",
        "Unser eigener Kreis ja schon gefragt",
        "Radweg zwischen zwei Gemeinden unseres Kreises",
    ],
)
def test_what_the_kreis_gives_or_knows_is_no_wish(gazetteer, text):
    assert wishes(gazetteer, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Der Kanal liegt an der Grenze unseres Ortes",
        "Amtsärzte: nur drei",
        "Unsere Kreisstraßen: 300 km",
        "zwei andere Kreise haben uns Personal abgeworben",
    ],
)
def test_facts_of_a_kreis_are_no_wishes(gazetteer, text):
    assert wishes(gazetteer, text, KREIS) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Archiv, nur zwei", {"group_size": 2}),
        ("Archiv: nur zwei", {"group_size": 2}),
        ("Standesbeamte teilen, nur zwei Partner", {"group_size": 2}),
        ("Personalpool für Standesbeamte, höchstens drei Partner", {"group_size": (1, 3)}),
        ("mit zwei, drei anderen Gemeinden", {"group_size": (2, 3)}),
        ("mit zwei bis drei weiteren", {"group_size": (2, 3)}),
        ("Drehleiter mit zwei, drei weiteren Bauhöfen", {"group_size": (2, 3)}),
        ("Das Archiv betreiben wir zu dritt", {"group_size": 2}),
        ("eine bilaterale Lösung", {"group_size": 1}),
        ("Ausbildung im Tandem mit einer Stadt", {"group_size": 1}),
        ("Im Umkreis von 20 km nur zwei", {"max_distance_km": 20, "group_size": 2}),
        ("Winterdienst auf 40 km Straßen, höchstens 20 km entfernt", {"max_distance_km": 20}),
        ("Wir spülen Kanäle und suchen Partner bis 20 km", {"max_distance_km": 20}),
        ("Straßen reinigen im Umkreis von 20 km", {"max_distance_km": 20}),
        ("Radwege, höchstens 20 km", {"max_distance_km": 20}),
        ("Die Suche bitte auf 25 km begrenzen", {"max_distance_km": 25}),
        ("Wir fahren höchstens 20 km", {"max_distance_km": 20}),
        ("Partner in einer Reichweite von 30 km", {"max_distance_km": 30}),
        ("mit den Nachbarn ja gerne", {"adjacent": True}),
        ("Nachbarn ja, andere nein", {"adjacent": True}),
        ("direkte Nachbarn haben Vorrang", {"adjacent": True}),
        ("Gemeinden, die an unsere Grenzen stoßen", {"adjacent": True}),
        ("Kommunen mit einer Grenze zu uns", {"adjacent": True}),
        ("die Stadt direkt neben uns", {"adjacent": True}),
        ("ohne Beteiligung des Kreises", {"with_district": False}),
        ("mit dem Kreis abgestimmt vorgehen", {"with_district": True}),
        ("eigener Kreis ja", {"own_district": True}),
    ],
)
def test_wishes_in_words_like_these_are_read(gazetteer, text, expected):
    assert wishes(gazetteer, text) == expected
