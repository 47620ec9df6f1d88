"""What is a condition on partners and what is told, allowed, corrected or taken back."""

from __future__ import annotations

import pytest

from matcher.understanding import understand

SEARCHER, POPULATION = "05974008", 12_194  # Bad Sassendorf, Kreis Soest


def asked(gazetteer, text: str) -> dict[str, object]:
    return {wish.code: wish.value for wish in understand(text, SEARCHER, gazetteer).wishes}


@pytest.mark.parametrize(
    "text",
    [
        "Gemeinsames Hallenbad. Der Bauplatz liegt maximal 3 km vom Bahnhof.",
        "Bauhof in Autobahnnähe, maximal 5 km bis zur A44",
        "Kanalnetz gemeinsam sanieren, 2. Bauabschnitt höchstens 25 km",
        "Die nächste Drehleiter steht höchstens 12 km entfernt. Gemeinsame Feuerwehr",
        "Bauhof; die Entfernung nach Hamm (35 km) ist zu groß",
        "Archiv. Das Depot ist maximal 15 km von der Autobahn entfernt.",
        "Hamm liegt höchstens 20 km entfernt, Archiv gemeinsam",
        "Busanbindung, höchstens 10 km bis zum Bahnhof",
        "Archiv mit Werl (15 km) und Soest (10 km)",
        "Archiv, höchstens -5 km",
        "Archiv, höchstens 0 km",
        "Wir wollen kein Geld vom Kreis, sondern einen gemeinsamen Kämmerer mit Nachbarn",
        "Hallenbad, aber die Anlage liegt außerhalb unseres Kreises",
        "Wir sind seit 2019 nicht mehr im eigenen Kreis versorgt: Archiv gesucht",
        "Wir möchten nicht zum Kreis gehören, wenn es um die Vollstreckung geht",
        "Archiv. Partner dürfen gern aus einem anderen Kreis kommen",
        "Archiv, der Partner sollte an uns grenzen, muss aber nicht",
        "Archiv im eigenen Kreis, ist aber kein Muss",
        "Archiv, höchstens 20 km, aber nicht zwingend",
        "Archiv, zwei Partner, das muss aber nicht sein",
        "Archiv mit Partnern aus mindestens zwei Kreisen",
        "Archiv, nicht mit dem Nachbarkreis",
        "Mit dem Nachbarkreis haben wir schlechte Erfahrungen. Archiv",
        "Werl ist ähnlich groß wie Soest. Archiv",
    ],
)
def test_what_is_told_or_merely_allowed_is_no_condition(gazetteer, text):
    assert asked(gazetteer, text) == {}


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("Archiv: Partner im Umkreis 10–25 km", 25),
        ("Archiv, Partner im Umkreis von 20-30 km", 30),
        ("Archiv, Partner im Umkreis zwischen 10 und 25 km", 25),
        ("Archiv, Entfernung 15 bis 30 Kilometer", 30),
        ("Archiv, höchstens 30 km, lieber höchstens 20 km", 20),
        ("Archiv, höchstens 20 km, nein, höchstens 40 km", 40),
        ("Archiv, höchstens 20 km, notfalls 50 km", 20),
        ("Archiv, Partner höchstens 20 km entfernt", 20),
        ("Archiv. Der Partner liegt höchstens 20 km entfernt.", 20),
        ("Archiv. Die Partner sollten maximal 25 km vom Rathaus entfernt liegen.", 25),
        ("Archiv mit Kommunen, die höchstens 20 km von uns entfernt liegen", 20),
        ("Archiv, höchstens 20 km bis zu uns", 20),
        ("Archiv, maximal 20 km vom Rathaus", 20),
        ("Archiv (20 km)", 20),
        ("Archiv, Umkreis - 10 km", 10),
        ("Denkbar sind höchstens 20 km Entfernung, Archiv", 20),
        ("Archiv, im Umkreis von 15 km um Bad Sassendorf", 15),
        ("towns no more than 20 kilometres away to draw up maps together", 20),
    ],
)
def test_a_distance_of_partners_is_read(gazetteer, text, km):
    assert asked(gazetteer, text) == {"max_distance_km": km}


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("Gemeinden unter 10.000 Einwohner im Kreis Soest gesucht",
         {"max_population": 10_000, "own_district": True}),
        ("Standesamt mit dem Nachbarkreis", {"kinds": ("district",), "own_district": False}),
        ("Archiv gemeinsam mit dem Nachbarkreis",
         {"kinds": ("district",), "own_district": False}),
        ("Archiv mit Gemeinden aus dem Nachbarkreis", {"own_district": False}),
        ("Keine Kommunen aus unserem Kreis, Archiv", {"own_district": False}),
        ("Archiv. Der Partner liegt außerhalb unseres Kreises.", {"own_district": False}),
        ("Archiv, Partner dürfen nicht aus unserem Kreis kommen", {"own_district": False}),
        ("Archiv, Partner dürfen nur aus unserem Kreis kommen", {"own_district": True}),
        ("Wir können uns Gemeinden aus unserem Kreis vorstellen, Archiv", {"own_district": True}),
        ("Eine Zusammenarbeit ist im eigenen Kreis sinnvoll, Archiv", {"own_district": True}),
        ("Archiv, Partner sollen nicht zum Kreis gehören", {"own_district": False}),
    ],
)  # fmt: skip
def test_where_partners_shall_be_is_read(gazetteer, text, wishes):
    assert asked(gazetteer, text) == wishes


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("Archiv mit einer Großstadt als Partner",
         {"kinds": ("municipality",), "min_population": 100_000}),
        ("Archiv, nur Städte ab 60.000",
         {"kinds": ("municipality",), "min_population": 60_000}),
        ("Archiv mit Städten ab 50.000 Einwohnern oder dem Kreis", {"min_population": 50_000}),
        ("Archiv, keine Kooperation mit Städten über 50.000 Einwohnern",
         {"max_population": 50_000}),
        ("Archiv mit einer Kommune von rund 30.000 Einwohnern",
         {"min_population": 20_000, "max_population": 45_000}),
        ("Archiv für eine Gemeinde von 8.000 Einwohnern", {}),
        ("Archiv mit zwei bis drei kleinen Gemeinden",
         {"group_size": (2, 3), "legal_status": ("klein",)}),
        ("Archiv mit einer Stadt ähnlich groß wie wir",
         {"min_population": POPULATION * 2 // 3, "max_population": POPULATION * 3 // 2}),
    ],
)  # fmt: skip
def test_how_large_partners_shall_be_is_read(gazetteer, text, wishes):
    assert asked(gazetteer, text) == wishes


def test_a_named_town_is_the_measure_where_it_is_said_so(gazetteer):
    size = gazetteer.bodies["05974028"].population
    told = asked(gazetteer, "Archiv mit Städten ähnlich groß wie Lippstadt")
    assert told == {"min_population": size * 2 // 3, "max_population": size * 3 // 2}


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("Archiv, zwei Partner, nein: drei Partner", {"group_size": 3}),
        ("Archiv, drei Partner, höchstens 20 km", {"group_size": 3, "max_distance_km": 20}),
        ("Archiv mit drei Partnern, müssen aber nicht Nachbarn sein", {"group_size": 3}),
        ("Archiv mit einem halben Dutzend Kommunen", {"group_size": 6}),
        ("Archiv mit einem Dutzend Kommunen", {"group_size": 12}),
        ("Bauhof mit einem halben Dutzend Fahrzeugen", {}),
        ("Archiv mit nur einem weiteren", {"group_size": 1}),
        ("Archiv mit einem weiteren Standort", {}),
        ("Archiv, ein Verbund aus insgesamt vier Kommunen", {"group_size": 3}),
        ("Klimaverbund von 12 Kommunen", {"group_size": 11}),
        ("Archiv von drei Städten", {}),
        ("Wir sind zwei Kommunen und suchen eine dritte für das Archiv", {"group_size": 2}),
        ("Wir sind bereits zu dritt und suchen einen vierten, Archiv", {"group_size": 3}),
        ("Wir suchen eine dritte Kraft fürs Archiv", {}),
        ("Archiv mit zwei Nachbarn", {"group_size": 2, "adjacent": True}),
        ("Archiv mit drei angrenzenden Gemeinden", {"group_size": 3, "adjacent": True}),
        ("Archiv mit allen Nachbarn", {"adjacent": True}),
        ("Archiv nicht mit allen Nachbarn", {}),
        ("Archiv mit zwei Nachbargemeinden", {"group_size": 2}),
    ],
)
def test_how_many_partners_there_shall_be_is_read(gazetteer, text, wishes):
    assert asked(gazetteer, text) == wishes


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Archiv, Mindestens 15 km, höchstens 50 km entfernt", "Mindestens 15 km"),
        ("Archiv, Radius zwanzig km um Soest", "Radius zwanzig km um Soest"),
        ("Archiv, 20 km um Werl herum", "20 km um Werl"),
        ("Archiv nur mit Städten, keine Gemeinden", "keine Gemeinden"),
        ("Archiv mit Kommunen, doppelt so groß wie Werl", "doppelt so groß wie Werl"),
        ("Archiv nur im eigenen Kreis und nur außerhalb unseres Kreises",
         "nur im eigenen Kreis und nur außerhalb unseres Kreises"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(gazetteer, text, unread):
    said = understand(text, SEARCHER, gazetteer)
    assert said.unread == (unread,)
    assert "own_district" not in {wish.code for wish in said.wishes}


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("Archiv. Kommunen, die unmittelbar an unser Gemeindegebiet anschließen",
         {"adjacent": True}),
        ("Archiv. Wir würden uns gern anschließen, wenn jemand eins hat", {}),
        ("Archiv. Partner außerhalb des Kreises hat uns der Rat ausdrücklich untersagt.",
         {"own_district": True}),
        ("Archiv. Partner außerhalb des Kreises sind uns verboten.", {"own_district": True}),
        ("Archiv. Parken ist dort verboten. Wir suchen Partner im Kreis.", {"own_district": True}),
        ("Archiv: eine einzige Partnerverwaltung reicht uns, es muss aber ein Kreis sein.",
         {"group_size": 1, "kinds": ("district",)}),
        ("Archiv gemeinsam nur für Kreise", {"kinds": ("district",)}),
        ("Archiv. Die Pflicht gilt nur für Kreise, wir suchen trotzdem Partner", {}),
        ("Archiv: Mit Werl sind wir schon zu zweit; am Ende sollen es vier Gemeinden sein.",
         {"group_size": 3}),
        ("Archiv: Am Ende brauchen wir drei Stellen", {}),
        ("Archiv: 100.000 Einwohner aufwärts", {"min_population": 100_000}),
        ("Archiv: Partner 30.000 Einwohner abwärts", {"max_population": 30_000}),
        ("Archiv: Sollten wir nicht im Kreis bleiben?", {"own_district": True}),
        ("Archiv: Können wir das bitte nicht im Kreis machen?", {"own_district": False}),
    ],
)  # fmt: skip
def test_bounds_and_denials_in_officials_words(gazetteer, text, wishes):
    assert asked(gazetteer, text) == wishes
