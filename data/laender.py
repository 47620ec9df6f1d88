"""The other Länder: their names, who administers whom there, and their scales of standings.

What is peculiar to the Land served stands in `land`; here is only what makes the bodies beyond its
border comparable.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from data.land import LAND, LegalStatus

LAENDER = {
    LAND.prefix: (LAND.code, LAND.name),
    "01": ("SH", "Schleswig-Holstein"),
    "02": ("HH", "Hamburg"),
    "03": ("NI", "Niedersachsen"),
    "04": ("HB", "Bremen"),
    "06": ("HE", "Hessen"),
    "07": ("RP", "Rheinland-Pfalz"),
    "08": ("BW", "Baden-Württemberg"),
    "09": ("BY", "Bayern"),
    "10": ("SL", "Saarland"),
    "11": ("BE", "Berlin"),
    "12": ("BB", "Brandenburg"),
    "13": ("MV", "Mecklenburg-Vorpommern"),
    "14": ("SN", "Sachsen"),
    "15": ("ST", "Sachsen-Anhalt"),
    "16": ("TH", "Thüringen"),
}
"""First two digits of an AGS -> abbreviation (ISO 3166-2:DE) and name."""

WITH_REGIONS = frozenset({"06", "08", "09"})
"""Other Länder that have Regierungsbezirke; elsewhere the digit is one of statistics."""


class UnionType(Struct, frozen=True):
    """A union of municipalities by its Textkennzeichen in GV100AD.

    Attributes
    ----------
    designation
        What such a union is called.
    laender
        Prefixes of the Länder in which it administers its members, so that it is the one to
        approach.
    law
        Where that is written, by prefix; not compared with the laws' texts, so shown nowhere.
    """

    designation: str
    laender: dict[str, str]


UNIONS = {
    "51": UnionType("Amt", {"01": "§ 3 AmtsO SH", "12": "§ 135 BbgKVerf", "13": "§ 127 KV M-V"}),
    "52": UnionType("Samtgemeinde", {"03": "§ 98 NKomVG"}),
    "53": UnionType(
        "Verbandsgemeinde", {"07": "§ 68 GemO RP", "12": "§ 5 VgMvG", "15": "§ 90 KVG LSA"}
    ),
    "54": UnionType("Verwaltungsgemeinschaft", {"09": "Art. 4 VGemO", "16": "§ 47 ThürKO"}),
    "55": UnionType("Kirchspielslandgemeinde", {"01": "§ 1 AmtsO SH"}),
    "56": UnionType("Verwaltungsverband", {"14": "§ 8 SächsKomZG"}),
}
"""Unions that administer their members. In Baden-Württemberg, and for Verwaltungsgemeinschaften in
Sachsen and erfüllende Gemeinden in Thüringen, each municipality keeps an administration of its own
or another municipality lends its: no body of its own there."""

GREATER_TOWN = "67"
"""Textkennzeichen of a Große Kreisstadt (Baden-Württemberg, Bayern, Sachsen)."""


class Standing(Struct, frozen=True):
    """A standing that a Land gives to some of its towns by name.

    Its paragraph (`law`) was not compared with the text of the law, so it is shown nowhere.
    """

    name: str
    law: str
    towns: frozenset[str]


STANDINGS = {
    "03": Standing(
        "große selbständige Stadt",
        "§ 14 Abs. 5 NKomVG",
        frozenset(
            {"Celle", "Cuxhaven", "Goslar", "Hameln", "Hildesheim", "Lingen (Ems)", "Lüneburg"}
        ),
    ),
    "06": Standing(
        "Sonderstatusstadt",
        "§ 4a HGO",
        frozenset(
            {
                "Bad Homburg v.d. Höhe", "Fulda", "Gießen", "Hanau", "Marburg",
                "Rüsselsheim am Main", "Wetzlar",
            }
        ),
    ),
    "07": Standing(
        "große kreisangehörige Stadt",
        "§ 6 GemO RP",
        frozenset(
            {
                "Andernach", "Bad Kreuznach", "Bingen am Rhein", "Idar-Oberstein",
                "Ingelheim am Rhein", "Lahnstein", "Mayen", "Neuwied",
            }
        ),
    ),
}  # fmt: skip
"""By prefix; in other Länder the register tells it (`GREATER_TOWN`) or it is not known here."""

# § 4 Abs. 2 und 3 GO NRW, thresholds without an application.
_MEDIUM, _LARGE = 25_000, 60_000


def comparable_status(population: int) -> LegalStatus:
    """Return the standing that a municipality of this size would have in the Land served.

    Other Länder have other scales, or none: what curves learned here compare is size.
    """
    if population >= _LARGE:
        return LegalStatus.LARGE
    return LegalStatus.MEDIUM if population >= _MEDIUM else LegalStatus.SMALL


def land_name(key: str) -> str:
    """Return the name of the Land in which a body lies, by its key; associations lie in `LAND`."""
    return LAENDER.get(key[:2], LAENDER[LAND.prefix])[1]


@cache  # of the key of a body: each candidate of each answer is asked
def is_beyond(key: str) -> bool:
    """Tell whether a body lies beyond the border of the Land served."""
    return key[:1].isdigit() and not key.startswith(LAND.prefix)


def prefix_of(code: str) -> str | None:
    """Return the prefix of a Land by its abbreviation, name or prefix, None where there is none.

    Examples
    --------
    >>> prefix_of("NI"), prefix_of("niedersachsen"), prefix_of("03"), prefix_of("XX")
    ('03', '03', '03', None)
    """
    wanted = code.strip().casefold()
    for prefix, names in LAENDER.items():
        if wanted in (prefix, *(name.casefold() for name in names)):
            return prefix
    return None
