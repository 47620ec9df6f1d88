"""All that is peculiar to the Land served, North Rhine-Westphalia; another Land is such a module.

Keys and regions, higher associations, the scale of standings, state grants, what the audit office
counted, and the words by which these are named.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from data.terms import TaskArea, Term


class LegalStatus(Term):
    """Standing of a body: that of § 4 GO NRW for municipalities, from small to kreisfrei."""

    SMALL = "klein", "kleine kreisangehörige Kommune"
    MEDIUM = "mittlere", "mittlere kreisangehörige Stadt"
    LARGE = "grosse", "große kreisangehörige Stadt"
    INDEPENDENT = "kreisfrei", "kreisfreie Stadt"
    DISTRICT = "kreis", "Kreis"
    ASSOCIATION = "verband", "Verband"

    @classmethod
    def of_municipalities(cls) -> tuple[LegalStatus, ...]:
        """Return those that a municipality can have, from small to kreisfrei."""
        return cls.SMALL, cls.MEDIUM, cls.LARGE, cls.INDEPENDENT


class Association(Struct, frozen=True):
    """A higher association of municipalities.

    Attributes
    ----------
    key
        Short name, its key in all tables.
    seat
        AGS of the municipality in which it has its seat.
    cities, districts
        AGS of its members, where they are not told by the column `landscape_association`.
    """

    key: str
    name: str
    seat: str
    cities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()


class Land(Struct, frozen=True):
    """A Land, as far as data and texts need to know it.

    Attributes
    ----------
    short
        What officials call it in a sentence.
    code
        Abbreviation (ISO 3166-2:DE).
    prefix
        First two digits of every AGS.
    government_regions
        Names of the Regierungsbezirke.
    longitude, latitude
        Degrees between which all seats lie.
    associations
        In the order of their keys.
    association_words
        What such an association is called in a sentence.
    register
        File of the Gemeindeverzeichnis in `data/raw`.
    office
        Who signs letters to municipalities.
    """

    name: str
    short: str
    code: str
    prefix: str
    government_regions: tuple[str, ...]
    longitude: tuple[float, float]
    latitude: tuple[float, float]
    associations: tuple[Association, ...]
    association_words: str
    register: str
    office: str

    @property
    def landscape_associations(self) -> tuple[str, ...]:
        """Keys of those that every municipality belongs to one of."""
        return tuple(a.key for a in self.associations if not a.cities and not a.districts)

    @property
    def key_words(self) -> str:
        """How a body is named by a key, for sentences: "AGS, LVR, LWL, RVR"."""
        return ", ".join(["AGS", *(a.key for a in self.associations)])


LAND = Land(
    name="Nordrhein-Westfalen",
    short="NRW",
    code="NW",
    prefix="05",
    government_regions=("Arnsberg", "Detmold", "Düsseldorf", "Köln", "Münster"),
    longitude=(5.8, 9.5),
    latitude=(50.3, 52.6),
    associations=(
        Association("LVR", "Landschaftsverband Rheinland", "05315000"),
        Association("LWL", "Landschaftsverband Westfalen-Lippe", "05515000"),
        # § 1 RVRG: 11 kreisfreie Städte and 4 Kreise.
        Association(
            "RVR",
            "Regionalverband Ruhr",
            "05113000",
            cities=(
                "05911000", "05512000", "05913000", "05112000", "05113000", "05513000",
                "05914000", "05915000", "05916000", "05117000", "05119000",
            ),
            districts=("05954", "05562", "05978", "05170"),
        ),
    ),
    association_words="ein Landschafts- oder Regionalverband",
    register="GV100AD_NRW_30112025.txt",
    office="Geschäftsstelle des Beauftragten der Landesregierung für interkommunale Zusammenarbeit",
)  # fmt: skip


class Guideline(Struct, frozen=True):
    """One version of the funding guideline: amounts in EUR, further terms in words."""

    since: date
    two_partners: int
    each_further: int
    source_url: str
    terms: str


_TERMS = (
    "höchstens 90 % der Ausgaben; Voraussetzung sind unter anderem eine neue Zusammenarbeit auf "
    "mindestens fünf Jahre und 15 % Einsparung oder ein deutlicher Gewinn für den Service. Kein "
    "Rechtsanspruch."
)
GUIDELINES = (
    Guideline(date(2019, 7, 18), 150_000, 30_000, "https://interkommunales.nrw/faq/", _TERMS),
    Guideline(
        date(2021, 8, 31),
        175_000,
        35_000,
        "https://recht.nrw.de/lmi/owa/br_bes_text?anw_nr=1&aufgehoben=N&bes_id=46868",
        _TERMS,
    ),
)
"""Richtlinie für Zuwendungen des Landes NRW zur Förderung der interkommunalen Zusammenarbeit,
oldest first."""

LEGAL_FORM_PERCENT: dict[LegalStatus, tuple[int, ...]] = {
    LegalStatus.SMALL: (39, 15, 18, 12, 5, 11),
    LegalStatus.MEDIUM: (33, 27, 14, 11, 3, 12),
    LegalStatus.LARGE: (37, 29, 11, 6, 1, 16),
    LegalStatus.INDEPENDENT: (37, 29, 11, 6, 1, 16),
    LegalStatus.DISTRICT: (46, 23, 10, 5, 1, 15),
    LegalStatus.ASSOCIATION: (46, 23, 10, 5, 1, 15),
}
"""Which legal forms each standing chooses, percent, in the order of `LegalForm`.

gpaNRW, IKZ-Gesamtbericht 2025, section 1.2.6; its "open / other" stands for informal here.
Kreisfreie Städte were not asked: large towns stand in; associations stand with the Kreise.
"""


class ReportedShare(Struct, frozen=True):
    """Share of the bodies asked that have put a cooperation of an area into practice.

    `bound` says how the share is meant: "at_least", "below" or "exact". `segment` is None for all.
    """

    area: TaskArea
    share: float
    bound: str
    section: str
    page: int
    segment: LegalStatus | None = None


class ReportedPlans(Struct, frozen=True):
    """How many of the bodies asked plan a cooperation of an area."""

    area: TaskArea
    bodies: int
    section: str
    page: int


class ReportedActivities(Struct, frozen=True):
    """How many of the activities counted fall to a group of bodies."""

    group: str
    activities: int
    section: str
    page: int


class AuditReport(Struct, frozen=True):
    """What an audit office counted: figures to hold against what is on record here.

    Only what the text of the report states in figures; its charts are not. `page` is that on which
    the section begins, by the table of contents.

    Attributes
    ----------
    auditor, source
        Short name of the office, and the report.
    asked
        Bodies that answered.
    """

    auditor: str
    source: str
    asked: int
    shares: tuple[ReportedShare, ...]
    plans: tuple[ReportedPlans, ...]
    activities: tuple[ReportedActivities, ...]


# 371 kreisangehörige Kommunen and the 31 Kreise; kreisfreie Städte were not asked (section 1.2.1).
_ASKED = 402
AUDIT = AuditReport(
    auditor="gpaNRW",
    source="gpaNRW, Interkommunale Zusammenarbeit in Nordrhein-Westfalen, September 2025",
    asked=_ASKED,
    shares=(
        ReportedShare(TaskArea.IT, 0.75, "at_least", "1.2.3", 7),
        ReportedShare(TaskArea.KULTUR, 282 / _ASKED, "exact", "1.2.3", 7),
        ReportedShare(TaskArea.VERSORGUNG, 0.5, "at_least", "1.2.3", 7),
        ReportedShare(TaskArea.PERSONAL, 0.5, "at_least", "1.2.3", 7),
        ReportedShare(TaskArea.TOURISMUS, 0.5, "at_least", "1.2.3", 7),
        ReportedShare(TaskArea.WIRTSCHAFT, 0.5, "at_least", "1.2.3", 7),
        ReportedShare(TaskArea.BESCHAFFUNG, 0.5, "at_least", "1.2.3", 7),
        ReportedShare(TaskArea.SOZIALES, 1 / 3, "below", "1.2.3", 7, LegalStatus.SMALL),
    ),
    plans=(
        ReportedPlans(TaskArea.IT, 50, "1.2.4", 10),
        ReportedPlans(TaskArea.ARCHIV, 47, "1.2.4", 10),
    ),
    activities=(
        ReportedActivities("alle", 6250, "1.3", 17),
        ReportedActivities("klein", 2504, "1.3", 17),
        ReportedActivities("Münster", 1540, "1.3.1", 18),
        ReportedActivities("Düsseldorf", 826, "1.3.1", 18),
        ReportedActivities("Kreis mit den wenigsten (Siegen-Wittgenstein)", 66, "1.3.2", 20),
        ReportedActivities("Kreis im Median", 178, "1.3.2", 20),
        ReportedActivities("Kreis mit den meisten (Recklinghausen)", 453, "1.3.2", 20),
    ),
)
