from __future__ import annotations

import unicodedata

import pytest

from matcher.understanding import find_named, find_outside
from tests.matcher.understanding.asked import lines_run

SEARCHER = "05974008"  # Bad Sassendorf


def named(gazetteer, text: str, searcher: str = SEARCHER) -> dict[str, str]:
    return {body.name: body.role for body in find_named(text, gazetteer, searcher)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mit Arnsberg", ["Arnsberg"]),
        ("Arnsbergs Bauhof", ["Arnsberg"]),
        ("mit Mülheim a.d. Ruhr", ["Mülheim an der Ruhr"]),
        ("mit Muelheim/Ruhr", ["Mülheim an der Ruhr"]),
        ("mit Halle Westf.", ["Halle (Westf.)"]),
        ("mit Nachrodt", ["Nachrodt-Wiblingwerde"]),
        ("mit Neukirchen Vluyn", ["Neukirchen-Vluyn"]),
        ("mit Lüdenscheidt und Plettenburg", ["Lüdenscheid", "Plettenberg"]),
        ("mit dem HSK", ["Hochsauerlandkreis"]),
        ("mit dem Märkischen Kreis", ["Märkischer Kreis"]),
        ("mit dem EN-Kreis", ["Ennepe-Ruhr-Kreis"]),
        ("mit Soest", ["Soest"]),
        ("mit dem Kreis Soest", ["Kreis Soest"]),
        ("Kreis und Stadt Unna", ["Kreis Unna", "Unna"]),
        ("die Kreise Höxter und Lippe", ["Kreis Höxter", "Kreis Lippe"]),
        ("Landschaftsverband Westfalen Lippe", ["Landschaftsverband Westfalen-Lippe"]),
        ("die Soester Verwaltung", ["Soest"]),
        ("mit Bestwich", ["Bestwig"]),  # as it sounds
        ("mit dem Kreis Borkenn", ["Kreis Borken"]),
        ("mit dem ärkischen Kreis", ["Märkischer Kreis"]),
        ("mit dem Kreis HS", ["Kreis Heinsberg"]),
        ("mit Düren (Kreis)", ["Kreis Düren"]),
        ("der Märkische ist dabei", ["Märkischer Kreis"]),
        ("Kommunen im Ennepe-Kreis", ["Ennepe-Ruhr-Kreis"]),
        ("Partner aus der Region Aachen", []),
        ("im Regierungsbezirk Köln oder Düsseldorf", []),
        ("a partner in Höxter district", ["Kreis Höxter"]),
        ("mit nottuln und senden die kläranlagen betreuen", ["Nottuln", "Senden"]),
    ],
)
def test_common_forms_are_read(gazetteer, text, names):
    assert sorted(named(gazetteer, text)) == sorted(names)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Essen", "Essen auf Rädern"),
        ("Halle", "Die Halle ist zu klein, in Halle 3"),
        ("Lage", "Wir sind nicht in der Lage"),
        ("Wetter", "Bei jedem Wetter"),
        ("Kamen", "Im Herbst kamen viele"),
        ("Wenden", "Bürger wenden sich an uns"),
        ("Löhne", "Löhne und Gehälter"),
        ("Geldern", "Mit Geldern aus dem Programm"),
        ("Schlangen", "Lange Schlangen im Bürgerbüro"),
        ("Enger", "enger zusammenarbeiten"),
        ("Lippe", "Wasserrettung auf der Lippe"),
        ("Arnsberg", "Antrag bei der Bezirksregierung Arnsberg"),
    ],
)
def test_words_that_only_look_like_a_name_are_none(gazetteer, word, text):
    assert named(gazetteer, text) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gemeinsam mit Essen und Bochum", ["Bochum", "Essen"]),
        ("gerne mit Lemgo und Lage", ["Lage", "Lemgo"]),
        ("Zusammen mit der Gemeinde Schlangen", ["Schlangen"]),
        ("Kamen hat zugesagt", ["Kamen"]),
        ("mit Geldern und Straelen", ["Geldern", "Straelen"]),
    ],
)
def test_the_same_words_are_names_where_a_place_is_meant(gazetteer, text, names):
    assert sorted(named(gazetteer, text)) == names


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Soest, die schon zugesagt haben, und Werl", {"Soest": "on_board", "Werl": "wanted"}),
        ("Soest (will nicht), Werl gern", {"Soest": "excluded", "Werl": "wanted"}),
        ("Werl, nicht aber Soest", {"Werl": "wanted", "Soest": "excluded"}),
        ("keine Vorschläge aus Soest oder Werl", {"Soest": "excluded", "Werl": "excluded"}),
        ("Soest hat sich dagegen entschieden", {"Soest": "excluded"}),
        ("wir hätten gern Werl, zur Not auch Soest", {"Werl": "wanted", "Soest": "wanted"}),
        ("ein ähnliches Projekt gibt es in Soest", {"Soest": "mentioned"}),
        ("gern mit Werl, nicht mit Wickede", {"Werl": "wanted", "Wickede (Ruhr)": "excluded"}),
        ("Rees und Emmerich haben zugesagt", {"Rees": "on_board", "Emmerich am Rhein": "on_board"}),
        ("Neben Soest suchen wir weitere", {"Soest": "on_board"}),
        ("Lotte und Lienen wollen nicht", {"Lotte": "excluded", "Lienen": "excluded"}),
        ("Weder Unna noch Schwerte machen mit", {"Unna": "excluded", "Schwerte": "excluded"}),
        ("Nach dem Vorbild von Lippstadt", {"Lippstadt": "mentioned"}),
        ("In Werl läuft ein gutes Modell", {"Werl": "mentioned"}),
        ("Wir liegen 25 km von Unna entfernt", {"Unna": "mentioned"}),
        ("bisher mit Soest, jetzt mit Werl", {"Soest": "mentioned", "Werl": "wanted"}),
        ("mit allen bis auf Soest", {"Soest": "excluded"}),
        ("auf Soest verzichten wir", {"Soest": "excluded"}),
        ("Kommunen aus dem Kreis Unna", {"Kreis Unna": "mentioned"}),
        ("Werl ist leider abgesprungen", {"Werl": "excluded"}),
        ("Werl zieht sich zurück, Ense bleibt", {"Werl": "excluded", "Ense": "wanted"}),
        ("Werl möchte lieber allein bleiben", {"Werl": "excluded"}),
        ("Werl hat grünes Licht gegeben", {"Werl": "on_board"}),
        ("Werl ist nicht abgeneigt", {"Werl": "wanted"}),
        ("Alles, nur nicht mit Werl", {"Werl": "excluded"}),
        ("Mit Werl klappt es nicht", {"Werl": "excluded"}),
        ("Werl hat bereits einen Partner", {"Werl": "excluded"}),
        ("Die Zusage aus Werl liegt vor", {"Werl": "on_board"}),
        ("Wir warten auf die Zusage von Werl", {"Werl": "wanted"}),
        ("Ersatz für Werl gesucht", {"Werl": "excluded"}),
        (
            "Zusagen: Werl, Ense. Absagen: Unna.",
            {"Werl": "on_board", "Ense": "on_board", "Unna": "excluded"},
        ),
        ("Bisherige Teilnehmer: Werl. Gesucht: Ense", {"Werl": "on_board", "Ense": "wanted"}),
        ("Nicht gesucht: Werl", {"Werl": "excluded"}),
        ("Archiv, nicht mehr mit Werl", {"Werl": "excluded"}),
        ("Werl nur über meine Leiche", {"Werl": "excluded"}),
        ("Nachbarn, Schwerte ausgenommen", {"Schwerte": "excluded"}),
        (
            "nur aus dem Kreis Unna, Schwerte und Werne ausgenommen",
            {"Kreis Unna": "mentioned", "Schwerte": "excluded", "Werne": "excluded"},
        ),
        ("lassen Sie Werl weg", {"Werl": "excluded"}),
        ("klammern wir Werl aus", {"Werl": "excluded"}),
        ("streichen Sie Werl", {"Werl": "excluded"}),
        ("lassen Sie uns mit Werl reden", {"Werl": "wanted"}),
        ("wir nehmen Werl gern mit", {"Werl": "wanted"}),
        ("Werl dagegen bleibt bei seinem Betreiber und macht nicht mit", {"Werl": "excluded"}),
        ("Werl dagegen sagt zu", {"Werl": "on_board"}),
        ("Werl bleibt lieber bei seinem Dienstleister", {"Werl": "excluded"}),
        ("Werl bleibt bei uns dabei", {"Werl": "on_board"}),
        ("nur kreisfreie Städte, und Essen wollen wir nicht dabeihaben", {"Essen": "excluded"}),
        ("Archiv: Wollen wir das nicht länger mit Werl machen", {"Werl": "excluded"}),
        ("Archiv nie wieder mit Werl", {"Werl": "excluded"}),
        ("An archive, never again with Werl", {"Werl": "excluded"}),
        ("Kein gemeinsames Archiv mehr mit Werl", {"Werl": "excluded"}),
        ("Archiv nicht mehr allein, sondern mit Werl", {"Werl": "wanted"}),
        ("Wir können das Archiv nicht mehr ohne Werl machen", {"Werl": "wanted"}),
        ("Archiv, aber nicht mehr nur mit Werl", {"Werl": "wanted"}),
        ("Wir wollen mehr mit Werl machen, Archiv zum Beispiel", {"Werl": "wanted"}),
        ("Werl? Nein danke. Ense? Gern.", {"Werl": "excluded", "Ense": "wanted"}),
        ("die Nachbarn, Werl aber nicht", {"Werl": "excluded"}),
        ("Werl wird sich uns anschließen", {"Werl": "on_board"}),
        ("Um Werl machen wir einen Bogen", {"Werl": "excluded"}),
        ("not with Essen and not with Herne", {"Essen": "excluded", "Herne": "excluded"}),
        ("Mit Essen haben wir schon genug Projekte", {"Essen": "excluded"}),
        ("Archiv mit lippstadt und ense", {"Lippstadt": "wanted", "Ense": "wanted"}),
        ("Der steinerne Recke im Museum", {}),
        ("Keine Partner aus dem Raum Dortmund", {"Dortmund": "excluded"}),
        ("Gemeinden rund um Hamm", {"Hamm": "mentioned"}),
        ("mit Werl unbedingt, Essen dagegen nicht", {"Werl": "wanted", "Essen": "excluded"}),
        (
            "Werl ist dafür, Ense auch, Unna leider dagegen",
            {"Werl": "wanted", "Ense": "wanted", "Unna": "excluded"},
        ),
        ("Liebe Grüße, M. Hagen", {}),
        ("Frau Dr. Werl leitet das Archiv", {}),
        ("i. A. Warendorf, Thema Archiv", {}),
        ("Der Rat lehnt eine Zusammenarbeit mit Werl ab", {"Werl": "excluded"}),
        ("Mit Werl wird es nichts", {"Werl": "excluded"}),
        ("Zusammenarbeit mit Werl unerwünscht", {"Werl": "excluded"}),
        ("Werl and Ense have confirmed", {"Werl": "on_board", "Ense": "on_board"}),
        (
            "Ense und Werl sagten uns zu, die Städte Unna und Hamm lehnten ab",
            {"Ense": "on_board", "Werl": "on_board", "Unna": "excluded", "Hamm": "excluded"},
        ),
        ("Das wollten wir mit Werl angehen, das hat sich zerschlagen", {"Werl": "excluded"}),
        ("In Werl wurde schon abgelehnt", {"Werl": "excluded"}),
        ("Dortmund lassen wir allerdings außen vor", {"Dortmund": "excluded"}),
        (
            "Mit Werl, Ense und Unna haben wir schon genug Projekte",
            {"Werl": "excluded", "Ense": "excluded", "Unna": "excluded"},
        ),
        ("mit Werl, Ense dagegen soll außen vor bleiben", {"Werl": "wanted", "Ense": "excluded"}),
        ("ohne die Landeshauptstadt Düsseldorf", {"Düsseldorf": "excluded"}),
        (
            "Werl und Ense: ja. Stadt Unna: nein.",
            {"Werl": "wanted", "Ense": "wanted", "Unna": "excluded"},
        ),
        ("Werl ja - Ense nein", {"Werl": "wanted", "Ense": "excluded"}),
        (
            "Werl und Ense haben dagegen schriftlich abgelehnt",
            {"Werl": "excluded", "Ense": "excluded"},
        ),
        ("Werl hat jedoch abgesagt", {"Werl": "excluded"}),
        ("Das Urteil des Verwaltungsgerichts Arnsberg", {}),
        ("Unna (der Kreis, nicht die Stadt) beteiligt sich", {"Kreis Unna": "wanted"}),
        ("wir dachten an Werl, das hat sich zerschlagen", {"Werl": "excluded"}),
        ("Werl, mit dem wir uns einig sind", {"Werl": "on_board"}),
        ("WERL HAT ABGELEHNT", {"Werl": "excluded"}),
        ("Unser Kämmerer wohnt in Werl", {"Werl": "mentioned"}),
        ("Software der Firma aus Werl", {"Werl": "mentioned"}),
        ("Archiv in Werl mitnutzen", {"Werl": "wanted"}),
        ("Unna als Kreis will nicht", {"Kreis Unna": "excluded"}),
        ("Mit Soest sind wir uns einig", {"Soest": "on_board"}),
        ("Keine Zusammenarbeit mit Soest", {"Soest": "excluded"}),
        ("Unsere Azubis kommen aus Soest und Werl", {"Soest": "mentioned", "Werl": "mentioned"}),
        ("Werl zieht mit", {"Werl": "on_board"}),
        (
            "Bestwig macht schon mit, Eslohe ebenfalls",
            {"Bestwig": "on_board", "Eslohe (Sauerland)": "on_board"},
        ),
        ("mit Herdecke, nicht Wetter", {"Herdecke": "wanted", "Wetter (Ruhr)": "excluded"}),
        ("mit Herdecke und nicht Wetter", {"Herdecke": "wanted", "Wetter (Ruhr)": "excluded"}),
        ("mit Werl, Unna hat schon zugesagt", {"Werl": "wanted", "Unna": "on_board"}),
        ("gern mit Werl, Unna ist dabei", {"Werl": "wanted", "Unna": "on_board"}),
        ("mit Werl, Unna lehnt ab", {"Werl": "wanted", "Unna": "excluded"}),
        (
            "mit Werl, Unna und Hamm sind schon dabei",
            {"Werl": "wanted", "Unna": "on_board", "Hamm": "on_board"},
        ),
        ("nicht mit dem Rhein-Kreis", {"Rhein-Kreis Neuss": "excluded"}),
        (
            "Bad mit Werl. Mit Soest haben wir schon gesprochen, die wollen nicht",
            {"Werl": "wanted", "Soest": "excluded"},
        ),
        ("Soest haben wir gefragt, die sind dabei", {"Soest": "on_board"}),
        ("Wir möchten keine Leitstelle mit dem HSK", {"Hochsauerlandkreis": "excluded"}),
        ("Ende der Zusammenarbeit mit Soest, Partner gesucht", {"Soest": "mentioned"}),
        ("Partner nicht weiter weg als Lippstadt", {"Lippstadt": "mentioned"}),
        ("Partner bis Hamm", {"Hamm": "mentioned"}),
        ("Werl hat ja gesagt, ebenso Ense", {"Werl": "on_board", "Ense": "on_board"}),
        ("Werl hat abgesagt und soll nicht mehr erscheinen", {"Werl": "excluded"}),
        ("Werl bitte weglassen", {"Werl": "excluded"}),
        ("Werl ist eine Große Stadt und fällt somit heraus", {"Werl": "excluded"}),
    ],
)
def test_the_clause_tells_the_role(gazetteer, text, roles):
    assert named(gazetteer, text) == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Werl darf nicht fehlen.", {"Werl": "wanted"}),
        ("Werl darf dabei nicht fehlen.", {"Werl": "wanted"}),
        ("nicht mit Soest, Werl darf nicht fehlen", {"Soest": "excluded", "Werl": "wanted"}),
        ("nicht mit Soest, Werl darf aber nicht fehlen", {"Soest": "excluded", "Werl": "wanted"}),
        ("mit Soest, Werl soll nicht mitmachen", {"Soest": "wanted", "Werl": "excluded"}),
        (
            "mit Soest und Werl, Ense muss nicht dabei sein",
            {"Soest": "wanted", "Werl": "wanted", "Ense": "mentioned"},
        ),
        ("Lippstadt darf auf keinen Fall fehlen.", {"Lippstadt": "wanted"}),
        ("Auf Werl wollen wir nicht verzichten.", {"Werl": "wanted"}),
        ("Auf Lippstadt verzichten wir nicht.", {"Lippstadt": "wanted"}),
        ("Auf die Mitwirkung von Werl möchten wir keinesfalls verzichten.", {"Werl": "wanted"}),
        ("Lassen Sie Lippstadt nicht weg.", {"Lippstadt": "wanted"}),
        ("Wir schließen Lippstadt nicht aus.", {"Lippstadt": "wanted"}),
        ("Werl sollte man nicht ausschließen", {"Werl": "wanted"}),
        ("Es gibt keinen Grund, Lippstadt auszuschließen.", {"Lippstadt": "wanted"}),
        ("Bitte Werl nicht vergessen.", {"Werl": "wanted"}),
        ("Übergehen Sie Lippstadt nicht.", {"Lippstadt": "wanted"}),
        ("Lippstadt soll nicht leer ausgehen.", {"Lippstadt": "wanted"}),
        ("Nehmen Sie Werl nicht von der Liste.", {"Werl": "wanted"}),
        ("Der Rat lehnt Werl als Partner nicht ab.", {"Werl": "wanted"}),
        ("Gegen Werl als Partner spricht einiges.", {"Werl": "excluded"}),
        ("Einiges spricht gegen Lippstadt.", {"Lippstadt": "excluded"}),
        ("Wir haben Vorbehalte gegen Werl.", {"Werl": "excluded"}),
        ("Der Bürgermeister hat etwas gegen Werl.", {"Werl": "excluded"}),
        ("Von Werl haben wir die Nase voll.", {"Werl": "excluded"}),
        ("Wir sind sauer auf Werl.", {"Werl": "excluded"}),
        ("Werl ist für uns gestorben.", {"Werl": "excluded"}),
        ("Vergessen Sie Werl.", {"Werl": "excluded"}),
        ("Werl können Sie vergessen.", {"Werl": "excluded"}),
        ("Von einer Zusammenarbeit mit Werl bitten wir abzusehen.", {"Werl": "excluded"}),
        ("Jeder andere als Werl ist recht.", {"Werl": "excluded"}),
        ("Niemand anders als Werl.", {"Werl": "wanted"}),
        ("Nicht einmal Werl würde mitmachen.", {"Werl": "excluded"}),
        (
            "Lippstadt will nicht, dass Werl mitmacht.",
            {"Lippstadt": "mentioned", "Werl": "excluded"},
        ),
        ("Gegen Werl spricht nichts.", {"Werl": "wanted"}),
        ("Lassen Sie Werl nicht rein.", {"Werl": "excluded"}),
        ("Werl macht nicht mit und scheidet aus.", {"Werl": "excluded"}),
        ("Auf Werl verzichten wir.", {"Werl": "excluded"}),
        ("Werl lehnt ab.", {"Werl": "excluded"}),
        ("Wir möchten nicht mit Werl arbeiten.", {"Werl": "excluded"}),
    ],
)
def test_what_is_denied_of_leaving_out_keeps_in(gazetteer, text, roles):
    assert named(gazetteer, text) == roles


def test_umlauts_of_two_characters_are_read_too(gazetteer):
    assert named(gazetteer, unicodedata.normalize("NFD", "mit Übach-Palenberg und Höxter")) == {
        "Übach-Palenberg": "wanted",
        "Höxter": "wanted",
    }


def test_the_searcher_is_not_named_by_itself(gazetteer):
    assert named(gazetteer, "Bad Sassendorf und Soest") == {"Soest": "wanted"}


def test_a_body_knows_its_place_in_the_text(gazetteer):
    text = "Bauhof mit der Stadt Arnsberg"
    (body,) = find_named(text, gazetteer, SEARCHER)
    assert (body.ags, text[body.start : body.end]) == ("05958004", "Arnsberg")


def test_requests_that_name_no_place_name_none(register, gazetteer):
    texts = [c.request for c in register.cooperations]
    found = [text for text in texts if find_named(text, gazetteer, SEARCHER)]
    assert len(found) <= 0.002 * len(texts)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("mit Kommunen in Niedersachsen", {"Niedersachsen": "Niedersachsen"}),
        ("mit der Samtgemeinde Lemförde", {"Lemförde": "Niedersachsen"}),
        ("mit Winterswijk", {"Winterswijk": "Niederlande"}),
        ("mit Wintersijk", {"Wintersijk": "Niederlande"}),  # misspelt, where a place is meant
        ("mit Kesseln und Görlitzern", {}),
        ("mit dem Landkreis Kassel", {"Landkreis Kassel": "Hessen"}),
        ("nahe der niederländischen Grenze", {}),
        ("wie in Osnabrück", {}),
        ("mit Soest und Werl", {}),
    ],
)
def test_places_beyond_the_border(gazetteer, text, places):
    assert {place.text: place.where for place in find_outside(text, gazetteer)} == places


@pytest.mark.parametrize(
    ("opening", "part"),
    [
        ("Partner aus dem Kreis Unna, ", "Werl, Ense, "),
        ("Partner aus dem Kreis Unna und ", "Schwerte und "),
        ("", "nicht mehr mit Werl "),
        ("", "Werl will nicht, dass "),
    ],
)
def test_twice_the_names_are_twice_the_work(gazetteer, opening, part):
    once, twice = (
        lines_run(find_named, opening + part * times, gazetteer, SEARCHER) for times in (100, 200)
    )
    assert once > 0
    assert twice < 2.2 * once
