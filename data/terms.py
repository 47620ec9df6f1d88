"""Closed lists of terms (task area, legal form, kind, legal status): code, label and row."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Self


class Term(StrEnum):
    """A code that knows its German label; the code is the value, ASCII and stable.

    `row` is its place in the list: that of the term in every array with an axis of such terms.
    """

    label: str
    row: int

    def __new__(cls, code: str, label: str) -> Self:
        """Make the member from its code and label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.row = len(cls.__members__)
        return member

    @classmethod
    def at(cls, row: int) -> Self:
        """Return the member with this row."""
        return tuple(cls)[row]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the member whose code or label is `text`, whatever its case.

        Raises
        ------
        ValueError
            `text` is neither a code nor a label; the sentence lists the codes.
        """
        found = _by_spelling(cls).get(text.strip().casefold())
        if isinstance(found, cls):
            return found
        codes = ", ".join(member.value for member in cls)
        raise ValueError(f"„{text}“ ist unbekannt. Zulässig sind: {codes}.")


@cache  # thousands of cells are read at each start
def _by_spelling(terms: type[Term]) -> dict[str, Term]:
    """Return the members by code and label in small letters; the first who claims one has it."""
    found: dict[str, Term] = {}
    for member in terms:
        for spelling in (member.value, member.label):
            found.setdefault(spelling.casefold(), member)
    return found


class TaskArea(Term):
    """The 31 fields of work in which the collected cooperations are sorted."""

    ARCHIV = "archiv", "Archiv"
    BAUEN = "bauen-planung", "Bauen und Planung"
    BAUHOF = "bauhof-strassen", "Bauhof und Straßen"
    BESCHAFFUNG = "beschaffung-vergabe", "Beschaffung und Vergabe"
    BRANDSCHUTZ = "brandschutz-rettungswesen", "Brandschutz und Rettungswesen"
    ENERGIE = "energie-klimaschutz", "Energie und Klimaschutz"
    FINANZEN = "finanzen-steuern", "Finanzen und Steuern"
    GEOINFORMATION = "geoinformation-gutachterausschuss", "Geoinformation und Gutachterausschuss"
    GESUNDHEIT = "gesundheit", "Gesundheit"
    INTEGRATION = "integration-migration", "Integration und Migration"
    IT = "it-e-government", "IT und E-Government"
    KINDER = "kinder-jugend", "Kinder und Jugend"
    KULTUR = "kultur-wissenschaft", "Kultur und Wissenschaft"
    MOBILITAET = "mobilitaet-oepnv", "Mobilität und ÖPNV"
    MUSIKSCHULE = "musikschule", "Musikschule"
    PERSONAL = "personal-organisation", "Personal und Organisation"
    RECHNUNGSPRUEFUNG = "rechnungspruefung", "Rechnungsprüfung"
    RECHT = "recht-versicherung", "Recht und Versicherung"
    REGIONALENTWICKLUNG = "regionalentwicklung", "Regionalentwicklung"
    SCHULE = "schule-bildung", "Schule und Bildung"
    SICHERHEIT = "sicherheit-ordnung", "Sicherheit und Ordnung"
    SONSTIGES = "sonstiges", "Sonstiges"
    SOZIALES = "soziales", "Soziales"
    SPORT = "sport-baeder", "Sport und Bäder"
    STANDESAMT = "standesamt-buergerservice", "Standesamt und Bürgerservice"
    TOURISMUS = "tourismus", "Tourismus"
    UMWELT = "umwelt-natur", "Umwelt und Natur"
    VERSORGUNG = "ver-entsorgung", "Ver- und Entsorgung"
    VOLKSHOCHSCHULE = "volkshochschule", "Volkshochschule"
    WASSER = "wasser-hochwasserschutz", "Wasser und Hochwasserschutz"
    WIRTSCHAFT = "wirtschaftsfoerderung-gewerbe", "Wirtschaftsförderung und Gewerbe"


class LegalForm(Term):
    """Legal forms of a cooperation (GkG NRW), and the two ways of having none on record."""

    AGREEMENT = "oerv", "öffentlich-rechtliche Vereinbarung"
    WORKING_GROUP = "arbeitsgemeinschaft", "kommunale Arbeitsgemeinschaft"
    ZWECKVERBAND = "zweckverband", "Zweckverband"
    PRIVATE_LAW = "privatrecht", "Rechtsform des Privatrechts"
    JOINT_COMPANY = "kommunalunternehmen", "gemeinsames Kommunalunternehmen"
    INFORMAL = "informell", "informell"
    UNKNOWN = "unbekannt", "unbekannt"


class Kind(Term):
    """What a body is."""

    MUNICIPALITY = "municipality", "Stadt oder Gemeinde"
    DISTRICT = "district", "Kreis"
    ASSOCIATION = "association", "Verband"


class Status(Term):
    """Whether a cooperation runs."""

    ACTIVE = "aktiv", "aktiv"
    PLANNED = "geplant", "geplant"
    ENDED = "beendet", "beendet"
    UNKNOWN = "unbekannt", "unbekannt"
