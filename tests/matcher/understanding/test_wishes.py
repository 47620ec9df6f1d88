from __future__ import annotations

import pytest

from matcher.understanding import find_wishes, understand

TOWN, KREIS, INDEPENDENT = "05566008", "05566", "05711000"  # Emsdetten, Kreis Steinfurt, Bielefeld
MUENSTERLAND = ("05515", "05554", "05558", "05566", "05570")


def wishes(gazetteer, text: str, searcher: str = TOWN) -> dict[str, object]:
    return {
        wish.code: wish.value for wish in find_wishes(text, gazetteer.bodies[searcher], gazetteer)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Archiv. Wir suchen Partner außerhalb unseres Kreises.", {"own_district": False}),
        ("Partner nicht aus dem Kreis Steinfurt", {"own_district": False}),
        ("nur Kommunen aus unserem Kreis", {"own_district": True}),
        ("Softwarepflege jenseits des Kreises Steinfurt", {"own_district": False}),
        ("gern jemand aus unserem Kreis", {"own_district": True}),
        ("am liebsten kreisintern", {"own_district": True}),
        ("Partner aus demselben Kreis", {"own_district": True}),
        ("nicht schon wieder im eigenen Kreis suchen", {"own_district": False}),
        ("mit einer Stadt aus einem anderen Kreis", {"own_district": False}),
        ("nicht wieder nur mit Kommunen aus unserem Kreis", {}),
        ("Nachbarkommunen bevorzugt", {"adjacent": True}),
        ("Die Nachbargemeinden wollen wir nicht", {"adjacent": False}),
        (
            "keine Zusammenarbeit mit kreisfreien Städten",
            {"legal_status": ("klein", "mittlere", "grosse")},
        ),
        ("Kommunen aus dem Kreis Steinfurt und dem Kreis Borken", {"region": ("05566", "05554")}),
        ("weiter als 30 km darf es nicht sein", {"max_distance_km": 30}),
        ("Jugendzentrum. Weiter als 12 km fährt keiner.", {"max_distance_km": 12}),
        ("Alles was mehr als 20 km entfernt liegt scheidet aus", {"max_distance_km": 20}),
        ("ideal wäre eine Runde aus fünf Kommunen", {"group_size": 4}),
        (
            "Partner aus unserem Kreis, und zwar Mittlere kreisangehörige Städte",
            {"own_district": True, "legal_status": ("mittlere",)},
        ),
        ("Partner unter 15k für die Bibliothek", {"max_population": 15_000}),
        ("Archiv, gern über die Kreisgrenze hinweg", {"own_district": False}),
        ("Archiv, auch über die Kreisgrenze hinweg", {}),
        ("somebody from a different district for the archive", {"own_district": False}),
        ("Mit dem Kreis haben wir schlechte Erfahrungen", {"with_district": False}),
        ("Archiv ohne Beteiligung von Kreisen", {"kinds": ("municipality",)}),
        (
            "Kommunen aus dem Regierungsbezirk Köln, aber nicht aus dem Rhein-Erft-Kreis",
            {"region": ("053", "-05362")},
        ),
        ("Archiv, mindestens 30 km entfernt", {}),
        ("Archiv, weiter als 30 km weg", {}),
        ("Archiv, nicht im Umkreis von 30 km", {}),
        ("keine Partner, die mehr als 30 km entfernt sind", {"max_distance_km": 30}),
        ("wer weiter als 25 km weg ist, kommt nicht in Frage", {"max_distance_km": 25}),
        ("mehr als 30 km entfernt wäre zu weit", {"max_distance_km": 30}),
        ("nur die direkten Nachbarn", {"adjacent": True}),
        ("Rentenberatung an den Kreis abgeben", {"with_district": True}),
        ("durch den Kreis erledigen lassen", {"with_district": True}),
        ("der Kreis muss nicht dabei sein", {}),
        ("der Kreis ist als Partner nicht vorgesehen", {"with_district": False}),
        ("keine über 30.000 Einwohner", {"max_population": 30_000}),
        (
            "zwischen zehn- und zwanzigtausend Einwohner",
            {"min_population": 10_000, "max_population": 20_000},
        ),
        ("10 bis 20.000 Einwohner", {"min_population": 10_000, "max_population": 20_000}),
        ("im Umkreis von fünfunddreißig Kilometern", {"max_distance_km": 35}),
        ("Die Anfahrt darf 20 km nicht überschreiten", {"max_distance_km": 20}),
        ("keine Vorschläge jenseits von 30 Kilometern", {"max_distance_km": 30}),
        ("Dafür suchen wir zwei andere Gemeinden", {"group_size": 2}),
        ("mit insgesamt drei Partnern", {"group_size": 3}),
        ("wir möchten höchstens zu viert sein", {"group_size": (1, 3)}),
        ("neben uns sollen drei weitere Städte mitmachen", {"group_size": 3}),
        ("nur die Orte ringsum", {"adjacent": True}),
        ("Grenznachbarn bevorzugt", {"adjacent": True}),
        ("kreisfremde Kommunen gesucht", {"own_district": False}),
        ("keine Partner von außerhalb des Kreises", {"own_district": True}),
        ("Regierungsbezirk Münster, nur dort suchen", {"region": ("055",)}),
        ("Große kreisangehörige Städte für einen Vergleichsring", {"legal_status": ("grosse",)}),
        (
            "die Partnerstadt soll nicht kreisfrei sein",
            {"legal_status": ("klein", "mittlere", "grosse")},
        ),
        ("am besten mit zwei bis drei Kommunen", {"group_size": (2, 3)}),
        ("auf keinen Fall mehr als zwei Partner", {"group_size": (1, 2)}),
        (
            "Partner mit mindestens 30.000 und höchstens 60.000 Einwohnern",
            {"min_population": 30_000, "max_population": 60_000},
        ),
        (
            "Nicht in Frage kommen Kommunen mit weniger als 15.000 Einwohnern",
            {"min_population": 15_000},
        ),
        (
            "keine Kreise und keine Landschaftsverbände, nur Städte",
            {"kinds": ("municipality",)},
        ),
        (
            "Kreisfreie Städte kommen für uns nicht in Frage",
            {"legal_status": ("klein", "mittlere", "grosse")},
        ),
        ("Auf den Kreis möchten wir dabei verzichten", {"with_district": False}),
        ("Keine Zusammenarbeit mit Städten außerhalb des Kreises", {"own_district": True}),
        ("drei Partner maximal", {"group_size": (1, 3)}),
        ("20.000 Einwohner sind die Obergrenze", {"max_population": 20_000}),
        ("Städte mit mehr als 50.000 Einwohnern sind uns zu groß", {"max_population": 50_000}),
        ("Wir schließen kreisfreie Städte aus", {"legal_status": ("klein", "mittlere", "grosse")}),
        ("weder direkte Nachbarn noch Großstädte", {"adjacent": False, "max_population": 100_000}),
        ("neighbouring municipalities only", {"adjacent": True}),
        ("Den Kreis brauchen wir nicht", {"with_district": False}),
        ("Ohne den Kreis geht es nicht", {"with_district": True}),
        ("Könnte nicht der Kreis die Prüfung übernehmen?", {"with_district": True}),
        ("höchstens doppelt so groß wie wir", {"max_population": 72_318}),
        ("Gemeinden, keine größer als Rheine", {"max_population": 77_209}),
        ("Archiv, sauerländische Gemeinden", {"region": ("05958", "05962", "05966")}),
        ("Kommunen aus dem Märkischen", {"region": ("05962",)}),
        ("nur innerhalb unseres Regierungsbezirks", {"region": ("055",)}),
        ("Archiv, im Regierungsbezirk Köln oder Düsseldorf", {"region": ("053", "051")}),
        ("Standesamt mit Rheine, sonst niemand", {"group_size": 1}),
        ("Eine Zusammenarbeit mit dem Kreis wurde geprüft und verworfen", {}),
        ("Schulsozialarbeit im Umkreis von 5 km um die Grundschule", {}),
        ("municipalities that border on ours", {"adjacent": True}),
        ("nicht mit direkten Nachbarn", {"adjacent": False}),
        ("höchstens 20 km entfernt", {"max_distance_km": 20}),
        ("im Umkreis von fünfzehn Kilometern", {"max_distance_km": 15}),
        ("25-km-Radius", {"max_distance_km": 25}),
        ("Kommunen unter 25.000 Einwohnern", {"max_population": 25000}),
        ("Städte ab 50 Tsd. EW", {"min_population": 50000}),
        ("keine Gemeinden unter 8.000 Einwohnern", {"min_population": 8000}),
        (
            "Kommunen mit 10.000 bis 20.000 Einwohnern",
            {"min_population": 10000, "max_population": 20000},
        ),
        ("keine Großstädte", {"max_population": 100_000}),
        ("ohne den Kreis", {"with_district": False}),
        ("Der Kreis soll nicht beteiligt sein", {"with_district": False}),
        ("unter Federführung des Kreises", {"with_district": True}),
        ("genau ein Partner", {"group_size": 1}),
        ("ein bis zwei Partner", {"group_size": (1, 2)}),
        ("Bauhof zu dritt", {"group_size": 2}),
        ("ein Klimamanager für zwei Gemeinden", {"group_size": 1}),
        ("insgesamt fünf Kommunen sollen mitmachen", {"group_size": 4}),
        ("nur kreisfreie Städte", {"legal_status": ("kreisfrei",)}),
        ("bitte keine kreisfreien Städte", {"legal_status": ("klein", "mittlere", "grosse")}),
        ("nur Städte und Gemeinden", {"kinds": ("municipality",)}),
        ("Wir suchen Partner im Münsterland", {"region": MUENSTERLAND}),
        ("Kommunen im Regierungsbezirk Detmold", {"region": ("057",)}),
        ("Partner landesweit gesucht", {"region": ("05",)}),
        ("Kommunen aus dem Kreis Borken", {"region": ("05554",)}),
        ("Keine Gemeinden aus dem Kreis Borken", {"region": ("-05554",)}),
    ],
)
def test_each_wish_has_its_wording(gazetteer, text, expected):
    assert wishes(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nachbarschaftshilfe und Nachbarschaftstreff",
        "Kreisarchiv, Kreisverkehr und Kreislaufwirtschaft",
        "Städtepartnerschaft mit einer Stadt in Polen",
        "20 km Radweg ausbauen",
        "Das Fahrzeug fährt höchstens 20 km/h",
        "Wir haben 12.000 Einwohner",
        "Als Gemeinde mit unter 10.000 Einwohnern fehlt uns Personal",
        "Ein Bauhof mit 15.000 Einwohnern Einzugsgebiet",
        "Wir sind große kreisangehörige Stadt",
        "Zwei Kommunen sind schon dabei",
        "Drei Stellen sind frei",
        "Auch Kreise können sich beteiligen",
        "Wir möchten nicht nur Nachbarn ansprechen",
        "Es müssen keine Nachbarn sein",
        "Landesweite Rechtsfragen",
        "Der Partner darf größer sein als wir",
        "Nachbarn haben nicht geantwortet",
        "Keine Kommune schafft das allein",
        "Wir arbeiten nur noch zu zweit",
        "Kleinere Stadt sucht Rat",
    ],
)
def test_words_about_the_matter_or_the_searcher_are_no_wishes(gazetteer, text):
    assert wishes(gazetteer, text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leitstelle mit anderen Kreisen, keine Städte", {"kinds": ("district",)}),
        ("Austausch der Kreise unter sich", {"kinds": ("district",)}),
        ("Archiv mit unseren Städten und Gemeinden", {"own_district": True}),
        ("Leitstelle mit den Kreisen Höxter und Lippe", {}),
        ("nur andere Kreise oder kreisfreie Städte", {"legal_status": ("kreisfrei", "kreis")}),
    ],
)
def test_a_kreis_means_other_kreise_and_its_own_members(gazetteer, text, expected):
    assert wishes(gazetteer, text, KREIS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "BITTE NUR KOMMUNEN AUSSERHALB UNSERES KREISES",
        "bitte nur kommunen ausserhalb unseres kreises",
        "bitte nur Kommunen auserhalb unseres Kreises",
        "only municipalities outside our district",
        "Wir suchen andere Orte. Sie sollen nicht aus unserem Kreis sein.",
    ],
)
def test_case_typing_errors_english_and_easy_language_change_nothing(gazetteer, text):
    assert wishes(gazetteer, text) == {"own_district": False}


def test_several_wishes_stand_in_one_sentence(gazetteer):
    text = "Nur Gemeinden aus unserem Kreis mit weniger als 15.000 Einwohnern, höchstens zwei"
    assert wishes(gazetteer, text) == {
        "own_district": True,
        "max_population": 15_000,
        "group_size": (1, 2),
    }


def test_a_wish_knows_its_place_in_the_text(gazetteer):
    text = "Archiv – Partner außerhalb unseres Kreises, höchstens 20 km"
    first, second = find_wishes(text, gazetteer.bodies[TOWN], gazetteer)
    assert (first.text, second.text) == ("außerhalb unseres Kreises", "höchstens 20 km")
    assert text[first.start : first.end] == first.text
    assert text[second.start : second.end] == second.text


def test_further_partners_come_on_top_of_those_on_board(gazetteer):
    text = "Rheine hat bereits zugestimmt, wir suchen genau einen weiteren Partner."
    (wish,) = understand(text, TOWN, gazetteer).wishes
    assert (wish.code, wish.value) == ("group_size", 2)


@pytest.mark.parametrize("word", ["andere ", "Städte und ", "Soest, ", "nur ", "("])
def test_ten_thousand_equal_words_take_no_longer_than_others(gazetteer, word):
    text = (word * 10_000)[:10_000]
    assert isinstance(understand(text, INDEPENDENT, gazetteer).wishes, tuple)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Archiv am liebsten mit Nachbarstädten", ["am liebsten mit Nachbarstädten"]),
        (
            "Gemeinden bis 20.000 Einwohnern im Regierungsbezirk Köln",
            ["bis 20.000 Einwohnern", "im Regierungsbezirk Köln"],
        ),
        ("Archiv im Umkreis von 25 km", ["im Umkreis von 25 km"]),
        ("Archiv mit Partnern, alle aus dem Kreis Steinfurt", ["alle aus dem Kreis Steinfurt"]),
        ("der Kreis soll federführend sein", ["Kreis soll federführend sein"]),
        ("Archiv mit gleich großen Gemeinden", ["gleich großen Gemeinden"] * 2),
    ],
)
def test_a_wish_is_shown_as_a_whole_phrase(gazetteer, text, phrases):
    found = find_wishes(text, gazetteer.bodies[TOWN], gazetteer)
    assert [wish.text for wish in found] == phrases
