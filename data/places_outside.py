"""`python -m data.places_outside GV100AD`: derive `places_outside.csv`.

From the register of all Germany: municipalities, their unions and Kreise of the Länder that border
on North Rhine-Westphalia, larger towns elsewhere. Names that a municipality of the Land has too
are left out, and so are those that known cooperations use as ordinary words. Countries,
Länder and communes of the Netherlands and Belgium near the border are listed below: facts from the
official lists of municipalities (CBS, Gemeentelijke indeling; Statbel, Refnis).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from data import dataset, provenance
from data.formats import gv100ad
from data.land import LAND
from data.names import normalize

_HOME = LAND.prefix
_BORDERING = {"03": "Niedersachsen", "06": "Hessen", "07": "Rheinland-Pfalz"}
# Kreise that touch the Land: of these also small municipalities.
_NEAR = frozenset(
    [
        "03155",
        "03251",
        "03252",
        "03255",
        "03256",
        "03257",
        "03404",
        "03454",
        "03456",
        "03459",
        "06532",
        "06534",
        "06633",
        "06635",
        "07131",
        "07132",
        "07138",
        "07143",
        "07232",
        "07233",
    ]
)
_SMALLEST_NEAR, _SMALLEST_BORDERING, _SMALLEST = 500, 5_000, 20_000
_SURE = 20_000  # inhabitants from which a name alone is taken for the town
_LAENDER = {
    "01": "Schleswig-Holstein", "02": "Hamburg", "03": "Niedersachsen", "04": "Bremen",
    "06": "Hessen", "07": "Rheinland-Pfalz", "08": "Baden-Württemberg", "09": "Bayern",
    "10": "Saarland", "11": "Berlin", "12": "Brandenburg", "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen", "15": "Sachsen-Anhalt", "16": "Thüringen",
}  # fmt: skip
_ADJECTIVES = {
    "niedersächsisch": "Niedersachsen", "hessisch": "Hessen", "nordhessisch": "Hessen",
    "rheinland-pfälzisch": "Rheinland-Pfalz", "niederländisch": "Niederlande",
    "holländisch": "Niederlande", "belgisch": "Belgien", "ostbelgisch": "Belgien",
    "luxemburgisch": "Luxemburg",
}  # fmt: skip
_OTHER_NAMES = {
    "Niederlande": "Niederlande", "Niederlanden": "Niederlande", "Holland": "Niederlande",
    "Belgien": "Belgien", "Ostbelgien": "Belgien", "Luxemburg": "Luxemburg",
    "Deutschsprachige Gemeinschaft": "Belgien", "Deutschsprachigen Gemeinschaft": "Belgien",
    "Netherlands": "Niederlande", "Belgium": "Belgien", "Lower Saxony": "Niedersachsen",
    "Rhineland-Palatinate": "Rheinland-Pfalz", "RLP": "Rheinland-Pfalz", "Nordhessen": "Hessen",
    "Emsland": "Niedersachsen", "Westerwald": "Rheinland-Pfalz",
    "Osnabrücker Land": "Niedersachsen", "Grafschaft Bentheim": "Niedersachsen",
    "anderes Bundesland": "anderes Land", "anderen Bundesland": "anderes Land",
    "anderen Bundesländern": "anderes Land", "benachbarten Bundesland": "anderes Land",
    "Nachbarbundesland": "anderes Land", "jenseits der Landesgrenze": "anderes Land",
    "über die Landesgrenze": "anderes Land", "über die Landesgrenzen": "anderes Land",
    "Nachbarland": "anderes Land", "Twente": "Niederlande", "Overijssel": "Niederlande",
    "Provinz Limburg": "Niederlande", "Provinz Gelderland": "Niederlande",
}  # fmt: skip
_COMMUNES: Mapping[str, str] = {
    "Niederlande": "Aalten, Almelo, Arnheim, Arnhem, Arcen, Beesel, Berg en Dal, Berkelland, "
                   "Brunssum, "
    "Dinkelland, Dinxperlo, Doetinchem, Echt-Susteren, Eijsden-Margraten, Enschede, Geleen, "
    "Gennep, "
    "Groenlo, Gulpen-Wittem, Haaksbergen, Heerlen, Hengelo, Horst aan de Maas, Kerkrade, "
    "Landgraaf, "
    "Losser, Maastricht, Montferland, Nijmegen, Nimwegen, Oldenzaal, Oost Gelre, Oude "
    "IJsselstreek, "
    "Roerdalen, Roermond, Simpelveld, Sittard, Sittard-Geleen, Vaals, Venlo, Venray, Weert, "
    "Winterswijk, Zevenaar, Eindhoven, Tegelen, Millingen, Ubbergen",
    "Belgien": "Amel, Baelen, Büllingen, Burg-Reuland, Bütgenbach, Eupen, Hasselt, Kelmis, "
               "Lontzen, "
    "Lüttich, Malmedy, Plombières, Raeren, Sankt Vith, Verviers, Waimes, Weismes, Welkenraedt",
}  # fmt: skip


def main() -> None:
    """Write the table and its checksum from the register named on the command line."""
    known = dataset.load()
    table = build(gv100ad.read(Path(sys.argv[1])), known)
    provenance.write_atomically(dataset.TABLES / "places_outside.csv", table.to_csv(index=False))
    provenance.update_descriptor(dataset.TABLES)
    print(f"{len(table)} Orte, Länder und Staaten")


def build(register: pd.DataFrame, known: dataset.Dataset) -> pd.DataFrame:
    """Return the table: `name`, `where`, `sure`.

    Parameters
    ----------
    register
        All Germany, from `gv100ad.read`.
    known
        The Land's own bodies, whose names win, and the cooperations, for ordinary words.
    """
    home = {normalize(re.sub(r"\(.*?\)|/.*", "", str(name))) for name in known.bodies["name"]}
    home |= {name.removeprefix("kreis ") for name in home}
    ordinary = {
        word
        for c in known.cooperations
        for word in normalize(f"{c.request} {c.description}").split()
    }
    rows: dict[str, tuple[str, str]] = {}
    for name, where, sure in (*_listed(), *_from_register(register)):
        plain = normalize(name)
        listed = (
            where in {"Niederlande", "Belgien", "Luxemburg", "anderes Land"}
            or name in _LAENDER.values()
        )
        if not listed and (plain in home or plain in ordinary or len(plain) < 4):
            continue
        known_where, known_sure = rows.get(name, (where, "nein"))
        rows[name] = (known_where, "ja" if sure and where == known_where else known_sure)
    return pd.DataFrame(
        [(name, *rest) for name, rest in rows.items()], columns=["name", "where", "sure"]
    )


def _listed() -> Iterator[tuple[str, str, bool]]:
    for land in _LAENDER.values():
        yield land, land, True
    for name, where in _OTHER_NAMES.items():
        yield name, where, True
    for stem, where in _ADJECTIVES.items():
        for ending in ("e", "en", "er", "em", "es"):
            yield stem + ending, where, True
    for where, names in _COMMUNES.items():
        for name in names.split(", "):
            yield name, where, len(name) > 4


def _from_register(register: pd.DataFrame) -> Iterator[tuple[str, str, bool]]:
    order = sorted(register.itertuples(), key=lambda row: str(row.ags)[:2] not in _BORDERING)
    for row in order:
        land = str(row.ags)[:2]
        if land == _HOME:
            continue
        name = re.sub(r"\(.*?\)", "", str(row.name).split(",")[0]).split("/")[0].strip()
        if row.record == gv100ad.DISTRICT and land in _BORDERING:
            yield from _district(name, _LAENDER[land])
        elif row.record == gv100ad.UNION and str(row.ags)[:5] in _NEAR:
            yield name, _LAENDER[land], len(name.split()) > 1
        elif row.record == gv100ad.MUNICIPALITY and row.population >= _smallest(str(row.ags)):
            yield name, _LAENDER[land], row.population >= _SURE and len(name) > 5


def _district(name: str, land: str) -> Iterator[tuple[str, str, bool]]:
    if name.lower().endswith("kreis"):
        yield name, land, True
    yield f"Landkreis {name}", land, True
    yield f"Kreis {name}", land, True


def _smallest(ags: str) -> int:
    if ags[:5] in _NEAR:
        return _SMALLEST_NEAR
    return _SMALLEST_BORDERING if ags[:2] in _BORDERING else _SMALLEST


if __name__ == "__main__":
    main()
