"""What a known cooperation does, as one would say it: "das Standesamt", "die Beihilfebearbeitung".

Titles of cooperations are made for lists ("Beihilfebearbeitung Kreis Viersen für Tönisvorst"). Here
the thing itself is taken out of them and gets its article. German nouns have the gender of their
last part, and few parts end the things that municipalities share; where the part is not known the
title stays as it is.
"""

from __future__ import annotations

import re

# Last part of a noun -> article in the accusative; the longest that fits decides.
_ARTICLES = {
    "das": (
        "amt", "archiv", "bad", "büro", "center", "wesen", "heim", "museum", "theater", "zentrum",
        "portal", "register", "netz", "management", "projekt", "konzept", "lager", "netzwerk",
        "werk", "kataster", "gebiet", "institut", "labor",
    ),
    "die": (
        "ung", "stelle", "schule", "behörde", "bücherei", "bibliothek", "hilfe", "kasse", "wehr",
        "zentrale", "akademie", "agentur", "wache", "leitstelle", "arbeit", "aufsicht", "planung",
        "statistik", "region", "kooperation", "gemeinschaft", "gesellschaft", "ausbildung", "akte",
        "sicherheit", "bereitschaft", "inspektion", "linie",
    ),
    "den": (
        "bauhof", "betrieb", "betriebshof", "hof", "dienst", "verbund", "verband", "zweckverband",
        "park", "gewerbepark", "schlachthof", "service", "einkauf", "tourismus", "stab",
        "standort", "weg", "lehrgang", "pool", "plan",
    ),
}  # fmt: skip
_BY_PART = {part: article for article, parts in _ARTICLES.items() for part in parts}
# Nouns that say how one works together or what is done, not on what.
_EMPTY = frozenset(
    (
        "betrieb", "projekt", "pilotprojekt", "zusammenarbeit", "vereinbarung", "verband",
        "zweckverband", "netzwerk", "kooperation", "verbund", "ausbildung", "arbeitsgemeinschaft",
        "übertragung", "reaktivierung", "gesellschaft", "beteiligung", "unterstützung", "nutzung",
        "zentrum", "arbeit", "planung", "region", "standardisierung", "kompetenzzentrum",
        "fachnetzwerk", "einkauf", "standort", "vorprüfung", "abstimmung", "unterhaltung",
        "bearbeitung", "betreuung", "sammlung", "werbung", "reinigung", "erweiterung",
        "entwicklung", "erhebung", "erteilung", "abrechnung", "mitbenutzung", "schnittstelle",
        "neuordnung", "zusammenführung", "zusammenlegung", "aufgabenübertragung", "arbeitsteilung",
        "gemeinschaftsprojekt", "modellprojekt", "konzept", "gesamtkonzept", "kooperationskonzept",
        "masterplan", "stiftung", "trägergemeinschaft", "netzkooperation", "programmkooperation",
        "wissensnetzwerk", "modellregion", "schulung", "servicestelle", "koordinierungsstelle",
        "service-center", "kreisgemeinschaft", "beschaffung", "ausschreibung", "amtshilfe",
        "akademie", "labor", "einsatzkonzept", "großstädtekooperation", "prüfung", "beratung",
    )
)  # fmt: skip
_LEADING = re.compile(
    r"^(gemeinsame[rns]?|interkommunale[rns]?|kreisweite[rns]?|zentrale[rns]?)\s+", re.IGNORECASE
)
_NOUN = re.compile(r"[A-ZÄÖÜ][\wäöüß]+(?:-[A-ZÄÖÜ][\wäöüß]+)*")


def matter_noun(title: str) -> str | None:
    """Return what a cooperation does with its article in the accusative, None where unsure.

    Parameters
    ----------
    title
        Title of the cooperation.

    Examples
    --------
    >>> matter_noun("Beihilfebearbeitung Kreis Viersen für Tönisvorst")
    'die Beihilfebearbeitung'
    """
    rest = _LEADING.sub("", title.strip())
    found = _NOUN.match(rest)
    # A second noun right behind with a hyphen or "und" would be cut in half.
    if found is None or re.match(r"\s*(,|und\b|&|/|-)", rest[found.end() :]):
        return None
    noun = found[0].lower()
    article = None if noun in _EMPTY else _article(noun)
    return None if article is None else f"{article} {found[0]}"


def _article(noun: str) -> str | None:
    parts = [part for part in _BY_PART if noun.endswith(part)]
    return _BY_PART[max(parts, key=len)] if parts else None
