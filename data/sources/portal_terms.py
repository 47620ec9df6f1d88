"""Words that the portal, the ministry and budgets use for areas, forms and states of a cooperation.

Areas: the product areas of municipal budgets in Nordrhein-Westfalen (Anlage zu § 4 KomHVO NRW),
by which the portal Interkommunales.NRW and its funding rule sort, and the ministry's examples of
fields of cooperation. A term of the project itself always comes first.
"""

from __future__ import annotations

import re
from typing import TypeVar

from data.names import normalize
from data.terms import LegalForm, Status, TaskArea, Term

AnyTerm = TypeVar("AnyTerm", bound=Term)

_AREAS: dict[TaskArea, tuple[str, ...]] = {
    TaskArea.ARCHIV: ("Archive", "Archivwesen", "Stadtarchiv"),
    TaskArea.BAUEN: (
        "Bauen", "Bauen und Wohnen", "Bauaufsicht", "Bauordnung", "Denkmalschutz", "Stadtplanung",
        "Räumliche Planung und Entwicklung", "Gebäudemanagement", "Wohnen", "Planung",
        "Räumliche Planung und Entwicklung, Geoinformationen",
        "Gebäude- und Liegenschaftsmanagement", "Bauleitplanung", "Hochbau",
    ),
    TaskArea.BAUHOF: (
        "Bauhof", "Baubetriebshof", "Straßen", "Straßenbau", "Winterdienst", "Verkehrsflächen",
        "Verkehrsflächen und -anlagen", "Straßenreinigung", "Grünflächen", "Tiefbau",
    ),
    TaskArea.BESCHAFFUNG: (
        "Beschaffung", "Vergabe", "Vergabestelle", "Einkauf", "Zentrale Vergabestelle",
        "Vergabewesen",
    ),
    TaskArea.BRANDSCHUTZ: (
        "Brandschutz", "Feuerwehr", "Rettungsdienst", "Katastrophenschutz", "Leitstelle",
        "Feuerschutz", "Brand- und Katastrophenschutz", "Bevölkerungsschutz", "Rettungswesen",
    ),
    TaskArea.ENERGIE: ("Energie", "Klima", "Klimaschutz", "Klimaanpassung", "Energieversorgung"),
    TaskArea.FINANZEN: (
        "Finanzen", "Finanzwirtschaft", "Allgemeine Finanzwirtschaft", "Steuern", "Vollstreckung",
        "Zahlungsabwicklung", "Gemeindekasse", "Stadtkasse", "Kasse", "Buchhaltung", "Abgaben",
        "Steuern und Abgaben", "Kämmerei",
    ),
    TaskArea.GEOINFORMATION: (
        "Geoinformation", "Geoinformationen", "Geodaten", "Gutachterausschuss", "Vermessung",
        "Kataster", "Vermessung und Kataster", "GIS", "Grundstückswerte",
    ),
    TaskArea.GESUNDHEIT: ("Gesundheitsdienste", "Gesundheitsamt", "Krankenhaus", "Veterinärwesen"),
    TaskArea.INTEGRATION: (
        "Integration", "Migration", "Ausländerbehörde", "Ausländerwesen", "Asyl", "Flüchtlinge",
        "Ausländerangelegenheiten",
    ),
    TaskArea.IT: (
        "IT", "EDV", "Datenverarbeitung", "Digitalisierung", "E-Government", "Rechenzentrum",
        "Informationstechnik", "Informationssicherheit", "IT-Sicherheit", "TUIV", "OZG",
        "Informationstechnologie", "Digitales",
    ),
    TaskArea.KINDER: (
        "Kinder", "Jugend", "Jugendhilfe", "Jugendamt", "Kinder-, Jugend- und Familienhilfe",
        "Adoption", "Kindertagesbetreuung", "Kinder- und Jugendhilfe", "Familie",
        "Adoptionsvermittlung",
    ),
    TaskArea.KULTUR: ("Kultur", "Museum", "Museen", "Theater", "Bibliothek", "Bücherei"),
    TaskArea.MOBILITAET: (
        "Mobilität", "ÖPNV", "Verkehr", "Nahverkehr", "Öffentlicher Personennahverkehr",
        "Radverkehr", "Verkehrsflächen und -anlagen, ÖPNV",
    ),
    TaskArea.PERSONAL: (
        "Innere Verwaltung", "Allgemeine Verwaltung", "Personal", "Organisation", "Beihilfe",
        "Personalabrechnung", "Personalwesen", "Personalverwaltung", "Ausbildung",
        "Zentrale Dienste", "Zentrale Verwaltung", "Fortbildung",
    ),
    TaskArea.RECHNUNGSPRUEFUNG: ("Prüfung", "Örtliche Rechnungsprüfung", "Revision"),
    TaskArea.RECHT: (
        "Recht", "Recht und Statistik", "Rechtsberatung", "Datenschutz", "Versicherung",
        "Justiziariat",
    ),
    TaskArea.REGIONALENTWICKLUNG: (
        "LEADER", "Regionalplanung", "Regionale Zusammenarbeit", "Dorfentwicklung",
    ),
    TaskArea.SCHULE: (
        "Schule", "Schulen", "Schulträgeraufgaben", "Bildung", "Schulwesen", "Schulverwaltung",
        "Schulpsychologie",
    ),
    TaskArea.SICHERHEIT: (
        "Sicherheit", "Ordnung", "Ordnungsamt", "Ordnungswesen", "Bußgeldstelle", "Bereitschaft",
        "Bereitschaftsdienst", "Ordnungsangelegenheiten", "Straßenverkehr", "Ordnungspartnerschaft",
    ),
    TaskArea.SONSTIGES: ("Andere", "Anderes", "Andere Aufgabenbereiche", "Weitere", "Stiftungen"),
    TaskArea.SOZIALES: (
        "Soziale Leistungen", "Soziale Hilfen", "Sozialamt", "Senioren", "Pflege", "Wohngeld",
        "Soziale Angelegenheiten", "Jobcenter",
    ),
    TaskArea.SPORT: ("Sport", "Sportförderung", "Bäder", "Schwimmbad", "Hallenbad", "Freibad"),
    TaskArea.STANDESAMT: (
        "Standesamt", "Standesamtswesen", "Personenstandswesen", "Bürgerbüro", "Bürgerservice",
        "Meldewesen", "Einwohnermeldeamt", "Servicecenter", "Bürgerdienste",
    ),
    TaskArea.TOURISMUS: ("Fremdenverkehr", "Tourismusförderung", "Touristik"),
    TaskArea.UMWELT: (
        "Umwelt", "Umweltschutz", "Naturschutz", "Natur- und Landschaftspflege", "Landschaft",
        "Friedhof", "Friedhofswesen", "Natur",
    ),
    TaskArea.VERSORGUNG: (
        "Abfall", "Abfallwirtschaft", "Abwasser", "Entsorgung", "Versorgung", "Wasserversorgung",
        "Abfallentsorgung", "Abwasserbeseitigung", "Altkleider", "Kleinkläranlage", "Stadtwerke",
        "Kleinkläranlagen", "Trinkwasser",
    ),
    TaskArea.VOLKSHOCHSCHULE: (
        "VHS", "VHS und Musikschule", "Volkshochschulen", "Weiterbildung", "Erwachsenenbildung",
    ),
    TaskArea.MUSIKSCHULE: ("Musikschulen", "Musikschulwesen"),
    TaskArea.WASSER: (
        "Wasser", "Gewässer", "Hochwasserschutz", "Starkregen", "Gewässerunterhaltung",
        "Hochwasser", "Hochwasser- und Starkregenschutz",
    ),
    TaskArea.WIRTSCHAFT: (
        "Wirtschaft", "Wirtschaftsförderung", "Wirtschaft und Tourismus", "Gewerbe",
        "Gewerbegebiet", "Gewerbeflächen", "Interkommunales Gewerbegebiet", "Breitband",
        "Breitbandausbau",
    ),
}  # fmt: skip
_FORMS: dict[LegalForm, tuple[str, ...]] = {
    LegalForm.AGREEMENT: (
        "ÖRV", "ör. Vereinbarung", "Öffentlich-rechtlicher Vertrag", "Zweckvereinbarung",
        "ö.-r. Vereinbarung", "öff.-rechtl. Vereinbarung", "Delegierende Vereinbarung",
        "Mandatierende Vereinbarung", "Delegation", "Mandatierung",
    ),
    LegalForm.WORKING_GROUP: ("Arbeitsgemeinschaft", "ARGE", "AG", "KAG"),
    LegalForm.ZWECKVERBAND: ("ZV", "Zweckverbände", "Verband"),
    LegalForm.PRIVATE_LAW: (
        "GmbH", "gGmbH", "Verein", "e.V.", "eG", "Genossenschaft", "Gesellschaft", "Privatrecht",
        "GmbH & Co. KG", "eingetragener Verein", "Privatrechtlich", "Aktiengesellschaft",
    ),
    LegalForm.JOINT_COMPANY: (
        "AöR", "Anstalt", "Anstalt des öffentlichen Rechts", "Kommunalunternehmen", "gKU",
        "Gemeinsame Anstalt des öffentlichen Rechts", "Gemeinsame AöR",
    ),
    LegalForm.INFORMAL: (
        "Absprache", "Formlos", "Mündliche Absprache", "Verwaltungsvereinbarung", "Netzwerk",
        "Kooperationsvereinbarung", "Kooperationsvertrag", "Absichtserklärung",
        "Letter of Intent", "ohne Rechtsform",
    ),
    LegalForm.UNKNOWN: (
        "k. A.", "keine Angabe", "Eigenbetrieb", "Inhouse-Geschäft", "offen", "-", "–", "?",
    ),
}  # fmt: skip
_STATES: dict[Status, tuple[str, ...]] = {
    Status.ACTIVE: (
        "laufend", "läuft", "umgesetzt", "in Betrieb", "realisiert", "bestehend", "in Umsetzung",
        "besteht",
    ),
    Status.PLANNED: (
        "in Planung", "Planung", "in Vorbereitung", "beabsichtigt", "im Aufbau", "Idee", "Konzept",
    ),
    Status.ENDED: (
        "abgeschlossen", "eingestellt", "aufgelöst", "ausgelaufen", "Ende", "gekündigt",
        "wird aufgelöst",
    ),
    Status.UNKNOWN: ("k. A.", "keine Angabe", "offen", "-", "–", "?"),
}  # fmt: skip
_MEANINGS: dict[str, Term] = {
    f"{type(term).__name__}:{normalize(word) or word}": term
    for table in (_AREAS, _FORMS, _STATES)
    for term, words in table.items()
    for word in words
}
_LIST = re.compile(r"\s*[,;/]\s*|\s+und\s+")
_REMARK = re.compile(r"\(.*?\)|^\s*\d{1,2}[.)]?\s+")  # "(delegierend)", "01 Innere Verwaltung"


def parse_term(text: str, vocabulary: type[AnyTerm]) -> AnyTerm:
    """Return the term that an office's word means.

    Raises
    ------
    ValueError
        The word is not known; the sentence lists the codes.
    """
    meanings = {_meaning(text, vocabulary)} - {None}
    # "Bauhof, Winterdienst" is one area in two words; where the words differ, none is chosen.
    meanings = meanings or {_meaning(part, vocabulary) for part in _LIST.split(text)}
    found = meanings.pop() if len(meanings) == 1 else None
    return vocabulary.parse(text) if found is None else found


def _meaning(text: str, vocabulary: type[AnyTerm]) -> AnyTerm | None:
    for spelling in dict.fromkeys((text, _REMARK.sub(" ", text))):
        plain = normalize(spelling) or spelling.strip()
        for term in vocabulary:
            if plain in (normalize(term.value), normalize(term.label)):
                return term
        found = _MEANINGS.get(f"{vocabulary.__name__}:{plain}")
        if isinstance(found, vocabulary):
            return found
    return None
