"""The indicators of a body with German labels, units and the source of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from data import Kind
from matcher import Matcher
from matcher.german import number
from service.content.schemas import ProfileAnswer

_FILE = "municipalities.csv"
# Words by which a source is found among those of the descriptor, so that its date comes from there.
_REGISTER, _CENSUS, _BUDGET = "GV-ISys", "Zensus", "Haushaltsstatus"
_TYPOLOGY, _LAND_USE = "RegioStaR", "33111"
_BUDGETS = {
    "ausgeglichen": "ausgeglichen",
    "ausgeglichen_fiktiv": "fiktiv ausgeglichen",
    "ruecklage_genehmigt": "Verringerung der allgemeinen Rücklage genehmigt",
    "fehlbetragsvortrag": "Fehlbetrag wird vorgetragen",
    "haushaltssicherung": "Haushaltssicherung",
}
# RegioStaR 7 of the BMDV: https://www.bmv.de/SharedDocs/DE/Artikel/G/regionalstatistische-raumtypologie.html
_TYPES = {
    71: "Stadtregion – Metropole",
    72: "Stadtregion – Regiopole, Großstadt",
    73: "Stadtregion – Mittelstadt, städtischer Raum",
    74: "Stadtregion – kleinstädtischer, dörflicher Raum",
    75: "ländliche Region – zentrale Stadt",
    76: "ländliche Region – Mittelstadt, städtischer Raum",
    77: "ländliche Region – kleinstädtischer, dörflicher Raum",
}


class Indicator(Struct, frozen=True):
    """One row of the table: `value` is None where nothing is known."""

    label: str
    value: str | None
    source: str


def indicators(matcher: Matcher, body: ProfileAnswer) -> list[Indicator]:
    """Return all figures of a body, in the order of the page."""
    known = body.figures
    sources = [part for source in body.sources for part in source.split("; ")]
    summed = body.kind != Kind.MUNICIPALITY

    def row(label: str, value: str | None, word: str, note: str = "") -> Indicator:
        named = next((source for source in sources if word in source), word)
        computed = "berechnet aus den Gemeinden; " if summed and value is not None else ""
        return Indicator(label, value, f"{computed}{named}{note}")

    def share(name: str) -> str | None:
        return _write(known[name], lambda value: f"{number(value, 1)} %")

    def change(name: str) -> str | None:
        return _write(known[name], lambda value: f"{'+' if value > 0 else ''}{number(value, 2)} %")

    same_base = "; beide Jahre auf derselben Zensusgrundlage"
    return [
        row("Einwohner", number(body.population), _REGISTER),
        row("Fläche", f"{number(body.area_km2, 1)} km²", _REGISTER),
        row(
            "Einwohner je km²",
            number(body.population / body.area_km2),
            _REGISTER,
            "; eigene Berechnung",
        ),
        row(
            "Veränderung der Einwohnerzahl 2018 bis 2021",
            change("population_change_pct_2018_2021"),
            "Destatis",
            same_base,
        ),
        row(
            "Veränderung der Einwohnerzahl 2022 bis 2024",
            change("population_change_pct_2022_2024"),
            "Destatis",
            same_base,
        ),
        row("Anteil der Einwohner unter 19 Jahren", share("share_under_19"), _CENSUS),
        row("Anteil der Einwohner ab 67 Jahren", share("share_67_plus"), _CENSUS),
        row("Anteil der Siedlungsfläche", share("share_settlement"), _LAND_USE),
        row("Anteil der Landwirtschaftsfläche", share("share_agriculture"), _LAND_USE),
        row("Anteil der Waldfläche", share("share_forest"), _LAND_USE),
        row("Haushaltsstatus", _budget(known), _BUDGET),
        row(
            "Raumtyp, in dem die meisten Einwohner leben" if summed else "Raumtyp (RegioStaR 7)",
            None if known["regiostar7"] is None else _TYPES.get(int(str(known["regiostar7"]))),
            _TYPOLOGY,
        ),
        row(
            "LEADER-Region 2023 bis 2027",
            body.leader_region,
            "Seiten der LEADER-Regionen und der Bezirksregierungen",
        ),
    ]


def compiled_on(matcher: Matcher) -> str | None:
    """Return the ISO date of the table that the figures come from."""
    return next((r.date for r in matcher.dataset.resources if r.path == _FILE), None)


def _budget(known: dict[str, Any]) -> str | None:
    status, level = known["fiscal_status"], known["fiscal_status_level"]
    if status is None:
        return None
    label = _BUDGETS.get(status, status)
    return label if level is None else f"{label} (Stufe {level} von 7, 1 ist ausgeglichen)"


def _write(value: Any, words: Callable[[float], str]) -> str | None:
    return None if value is None else words(float(value))
