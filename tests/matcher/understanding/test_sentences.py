"""Whole sentences, as officials may write them: each asks what it says, a fact asks nothing."""

from __future__ import annotations

import pytest

from matcher.understanding import understand
from tests.matcher.understanding.asked import MUNICIPAL, POPULATION, TOWN, read


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Der Kreis? Der soll draußen bleiben. Archiv", {"with_district": False}),
        ("Archiv. Wie viele Partner? Zwei oder drei.", {"group_size": {2, 3}}),
        ("Archiv. Weiter als 25 km? Dann lohnt es sich nicht.", {"max_distance_km": 25}),
        ("Archiv? Nein, danke.", {}),
        ("Archiv. Es soll keine Stadt sein.", {"legal_status": {"klein"}}),
        ("Archiv, insgesamt sollten wir höchstens vier sein", {"group_size": {1, 3}}),
        ("Partner sollen aus Nachbarkreisen kommen. Archiv", {"own_district": False}),
        ("Der Nachbarkreis wäre uns recht. Archiv", {"own_district": False}),
        ("Archiv mit Kommunen, die kleiner sind", {"max_population": POPULATION}),
        ("Archiv für Gemeinden unter 10.000 Einwohnern", {"max_population": 10_000}),
        ("Archiv, mehr als vier sollten es nicht werden", {"group_size": {1, 4}}),
        ("Archiv mit zwei Gemeinden, die an uns grenzen", {"group_size": 2, "adjacent": True}),
        ("Wir wollen raus aus dem eigenen Kreis. Archiv", {"own_district": False}),
        ("Archiv. Noch ein Dritter aus dem Kreis Steinfurt", {"own_district": True}),
        ("Archiv, noch zwei aus dem Kreis", {"own_district": True}),
        ("Archiv, mit weiteren aus dem Kreis Borken", {"region": {"05554"}}),
        ("Archiv. Sie sollten aus dem Kreis stammen", {"own_district": True}),
        ("Archiv. Bedingung: selber Kreis", {"own_district": True}),
        ("Archiv, anderer Kreis bitte", {"own_district": False}),
        ("Im Kreis haben wir schon alle gefragt, also woanders", {"own_district": False}),
        ("Partner aus unserem Kreis, keine von außerhalb", {"own_district": True}),
        (
            "Archiv, nur wer unter 20.000 Einwohner hat und im Kreis Steinfurt liegt",
            {"max_population": 20_000, "own_district": True},
        ),
        (
            "Archiv, Kommunen aus den Kreisen Steinfurt, Borken und Coesfeld",
            {"region": {"05566", "05554", "05558"}},
        ),
        ("Archiv. Im Bezirk Münster bleiben", {"region": {"055"}}),
        ("Archiv, im 30er Umkreis", {"max_distance_km": 30}),
        ("Archiv; 10-20 km", {"max_distance_km": 20}),
        ("Archiv; 30 Kilometer sind die Grenze", {"max_distance_km": 30}),
        ("Archiv; keiner größer als 20000", {"max_population": 20_000}),
        ("Archiv; nicht kleiner als 8.000", {"min_population": 8_000}),
        ("Archiv; ab 50.000 aufwärts", {"min_population": 50_000}),
        (
            "Archiv; Größenklasse 10.000 - 25.000",
            {"min_population": 10_000, "max_population": 25_000},
        ),
        ("Archiv; erstmal nur zwei", {"group_size": 2}),
        ("Archiv; zwei Partner maximal", {"group_size": {1, 2}}),
        (
            "Archiv, gesucht sind Partner mit Status Große kreisangehörige Stadt",
            {"legal_status": {"grosse"}},
        ),
        ("Archiv; mit Kreisbeteiligung", {"with_district": True}),
        (
            "Nur Nachbarn, keine davon über 60.000 Einwohner",
            {"adjacent": True, "max_population": 60_000},
        ),
        (
            "Towns in our district, none smaller than 18,000 inhabitants",
            {"own_district": True, "min_population": 18_000},
        ),
        ("Es sollen einschließlich uns fünf Kommunen sein", {"group_size": 4}),
        (
            "Archiv. Mittlere und Große kreisangehörige Städte ja, sonst nein",
            {"legal_status": {"mittlere", "grosse"}},
        ),
        ("Archiv. Es muss eine Stadt oder Gemeinde sein", {"kinds": {"municipality"}}),
        ("Archiv. Orte, die zum Kreis Steinfurt gehören", {"own_district": True}),
        ("Es muss nicht im Kreis sein. Archiv", {}),
        ("Archiv; ob im Kreis oder nicht, ist egal", {}),
        ("Ausgeschlossen sind Kommunen außerhalb des Kreises", {"own_district": True}),
        ("Wir wollen uns auf unsere Nachbarkommunen beschränken", {"adjacent": True}),
        ("Archiv. The district must not be involved", {"with_district": False}),
        ("We don't want to work with our neighbours", {"adjacent": False}),
        (
            "Verbund ausschließlich mit Kreisen unter 300.000 Einwohnern",
            {"kinds": {"district"}, "max_population": 300_000},
        ),
        ("nur aus unserm Kreis bitte", {"own_district": True}),
        ("Kommunen unmittelbar an unserer Grenze", {"adjacent": True}),
        ("Lieber mit kleineren. Archiv", {"max_population": POPULATION}),
        ("Archiv; Entfernung max. 25", {"max_distance_km": 25}),
        (
            "Wir suchen zwei Partner, beide aus dem Kreis Steinfurt",
            {"group_size": 2, "own_district": True},
        ),
        (
            "drei Partner gesucht, keiner davon aus dem Kreis Steinfurt",
            {"group_size": 3, "own_district": False},
        ),
        ("Wir suchen nun Mittlere kreisangehörige Städte", {"legal_status": {"mittlere"}}),
        ("Archiv. Die Fahrt darf höchstens 20 km lang sein", {"max_distance_km": 20}),
        ("Archiv. Alles, was weiter als 20 km ist, lohnt nicht", {"max_distance_km": 20}),
        ("Archiv. Nachbarn ja, alle anderen nein", {"adjacent": True}),
        (
            "Mit den Nachbarn haben wir schlechte Erfahrungen, also bitte keine von denen",
            {"adjacent": False},
        ),
        ("Nur Städte ab 60.000 Einwohnern", {"kinds": {"municipality"}, "min_population": 60_000}),
        ("Ob die Partner aus dem Kreis Steinfurt oder von anderswo kommen, spielt keine Rolle", {}),
        ("Aus dem Kreis Steinfurt selbst soll es niemand sein", {"own_district": False}),
        ("nur Städte, die wie wir Mittlere kreisangehörige sind", {"legal_status": {"mittlere"}}),
        ("Großküche für Schulessen: mind. 80.000 Einwohner", {"min_population": 80_000}),
        ("nur größer als 25.000 Einwohner dürfen sie nicht sein", {"max_population": 25_000}),
        (
            "Gesucht: zwei weitere Mittlere kreisangehörige Städte",
            {"legal_status": {"mittlere"}, "group_size": 2},
        ),
        (
            "We would like to do it with towns of 20,000 to 40,000 inhabitants",
            {"min_population": 20_000, "max_population": 40_000},
        ),
        ("Im eigenen Kreis haben wir alle durch", {"own_district": False}),
        ("Dafür kommt allein eine kreisfreie Stadt in Betracht", {"legal_status": {"kreisfrei"}}),
        ("Nur Kommunen, die mit uns eine gemeinsame Gebietsgrenze haben", {"adjacent": True}),
        (
            "Kommunen anderer Kreise sollen vorerst nicht beteiligt werden",
            {"own_district": True},
        ),
        ("It must border directly on our town", {"adjacent": True}),
        (
            "Partners should have between 20,000 and 60,000 inhabitants",
            {"min_population": 20_000, "max_population": 60_000},
        ),
        (
            "Wir sind klein, also nur mit Großen kreisangehörigen Städten",
            {"legal_status": {"grosse"}},
        ),
        ("Mit zwei, drei anderen? Nein, genau drei Partner", {"group_size": 3}),
        ("Bauhof mit Städten von 30.000+ Einwohnern", {"min_population": 30_000}),
        ("Gesucht, Einwohner: 20.000+", {"min_population": 20_000}),
        ("gern Städte mit 50.000+", {"min_population": 50_000}),
        ("Archiv für 8.000+4.000 Einwohner", {}),
        ("Archiv mit 2+ Partnern", {"group_size": {2, 7}}),
        ("Archiv mit 3 oder mehr Partnern", {"group_size": {3, 7}}),
        ("Archiv. Mit anderen Kreisen geht das leider nicht", {"kinds": {"municipality"}}),
        ("Partner nur aus Nachbarkreisen", {"own_district": False}),
        ("nur aus anderen Kreisen", {"own_district": False}),
        ("mit einer Gemeinde, die zu einem anderen Kreis gehört", {"own_district": False}),
        ("mit einer Gemeinde, die zu unserem Kreis gehört", {"own_district": True}),
        ("als Partner wollen wir nur den LWL", {"kinds": {"association"}}),
        ("nicht nur mit dem LWL", {}),
        ("Sobald wir vier Partner haben, kann es losgehen", {"group_size": 4}),
        ("Wir haben vier Partner, es kann losgehen", {}),
        ("Mit anderen Kreisen geht das rechtlich nicht", {"kinds": {"municipality"}}),
        ("Mit Städten geht das nur im eigenen Kreis", {"own_district": True}),
        ("Geht das auch mit Kreisen?", {}),
        ("Archiv, nicht mehr mit Kreisen", {"kinds": {"municipality"}}),
        ("Aus dem Kreis Steinfurt soll der Partner diesmal nicht kommen", {"own_district": False}),
        ("Im eigenen Kreis soll der Partner nicht liegen", {"own_district": False}),
        ("Im eigenen Kreis soll der Partner liegen", {"own_district": True}),
        ("Gemeinden und Städte sind diesmal nicht gemeint", {"kinds": {"district"}}),
        ("Gemeint sind nur Kreise", {"kinds": {"district"}}),
        ("Archiv, allein ein Landschaftsverband kann das leisten", {"kinds": {"association"}}),
        (
            "Archiv: angrenzende Städte ja, aber nur jenseits der Kreisgrenze",
            {"adjacent": True, "own_district": False},
        ),
        ("Der Topf verlangt sechs Antragsteller. Uns fehlen also noch fünf.", {"group_size": 5}),
        ("Wir wenden uns an Kommunen unter 20.000 Einwohnern", {"max_population": 20_000}),
        ("Wir richten uns an Gemeinden ab 10.000 Einwohnern", {"min_population": 10_000}),
        (
            "Zwei Kommunen (jeweils unter 25.000 Einwohner), die mit uns einen Archivar bezahlen",
            {"group_size": 2, "max_population": 25_000},
        ),
        ("Mit großen Städten geht das nicht", {"legal_status": {"klein", "mittlere"}}),
        ("Geht das nicht mit kleinen Gemeinden?", {"legal_status": {"klein"}}),
        ("Allein geht das nicht, mit kleinen Gemeinden schon", {"legal_status": {"klein"}}),
        ("Unsere Gemeinde hat weniger als 5000 Einwohner", {}),
        (
            "Municipalities in our district that have fewer than 12,000 inhabitants",
            {"own_district": True, "max_population": 12_000},
        ),
        (
            "Vorschläge auf Mittlere kreisangehörige Städte begrenzen",
            {"legal_status": {"mittlere"}},
        ),
        ("Bitte beschränken Sie die Suche auf kreisfreie Städte", {"legal_status": {"kreisfrei"}}),
        (
            "Im eigenen Kreis kennen wir jeden, deshalb nur Vorschläge von außerhalb",
            {"own_district": False},
        ),
        (
            "Towns outside our district, with 20,000 to 60,000 inhabitants",
            {"own_district": False, "min_population": 20_000, "max_population": 60_000},
        ),
        (
            "Kreisangehörige Kommunen, die weder Mittlere noch Große kreisangehörige Stadt sind",
            {"legal_status": {"klein"}},
        ),
        (
            "Archiv. Wer mehr als 15.000 Einwohner hat, passt nicht zu uns",
            {"max_population": 15_000},
        ),
        ("Archiv. Gemeinden über 15.000 bitte weglassen", {"max_population": 15_000}),
        ("Archiv. Suche begrenzen auf 25 km", {"max_distance_km": 25}),
        ("Archiv. Nicht mit mehr als zwei Kommunen", {"group_size": {1, 2}}),
        ("Archiv. Mit uns zusammen vier", {"group_size": 3}),
        (
            "Archiv; weiter weg als 20 km macht wegen der Anfahrt keinen Sinn",
            {"max_distance_km": 20},
        ),
        (
            "Innerhalb des Kreises sind wir versorgt, gesucht werden Partner von außerhalb",
            {"own_district": False},
        ),
        (
            "Archiv. Wir stellen uns eine andere kreisfreie Stadt vor",
            {"legal_status": {"kreisfrei"}},
        ),
        (
            "Wir würden das gern mit einem Kreis vereinbaren, bitte keine Städte",
            {"kinds": {"district"}},
        ),
        ("Archiv. Wer angrenzt, ist willkommen", {"adjacent": True}),
        ("Archiv; höchstens 20 km von Hamm entfernt", {}),
        ("Archiv; Partner: unter 20.000; Anzahl: 2", {"max_population": 20_000, "group_size": 2}),
        ("Archiv; Kreis beteiligt: nein", {"with_district": False}),
        ("Archiv; eigener Kreis ja, andere nein", {"own_district": True}),
        ("Archiv; nicht mit mehr als drei anderen", {"group_size": {1, 3}}),
        ("Archiv; ab zwei Partnern", {"group_size": {2, 7}}),
        (
            "Archiv; nur kreisangehörige, keine über 25.000",
            {"legal_status": MUNICIPAL, "max_population": 25_000},
        ),
        (
            "Orte mit mehr als 10.000 und weniger als 30.000 Leuten",
            {"min_population": 10_000, "max_population": 30_000},
        ),
    ],
)
def test_a_whole_sentence_is_a_wish(gazetteer, text, asked):
    assert read(gazetteer, text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Das nächste Archiv ist 20 km entfernt.",
        "Wir liegen 20 km von Soest entfernt. Archiv",
        "Wir grenzen an drei Gemeinden. Archiv",
        "Im eigenen Kreis arbeiten wir schon bei der Vergabe zusammen. Archiv",
        "Der Kreis macht das bisher. Archiv",
    ],
)
def test_a_fact_is_no_wish(gazetteer, text):
    assert read(gazetteer, text) == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Archiv mit Kommunen aus dem Kreis Borken", []),
        ("Archiv, keine Gemeinden aus dem Kreis Borken", []),
        ("Archiv. Rheine hat zugesagt, noch ein Dritter aus dem Kreis Steinfurt", ["Rheine"]),
        ("Archiv mit dem Kreis Borken", ["Kreis Borken"]),
        ("Archiv ohne den Kreis Borken", ["Kreis Borken"]),
        ("Der Kreis Borken und Kommunen im Kreis Steinfurt", ["Kreis Borken"]),
    ],
)
def test_a_kreis_that_says_where_is_no_named_body(gazetteer, text, named):
    assert [body.name for body in understand(text, TOWN, gazetteer).named] == named
