"""Which bodies are served: the Land alone, with those beyond its border, another Land, Germany."""

from __future__ import annotations

import re

from msgspec import Struct

from data.laender import LAENDER, prefix_of
from data.land import LAND

GERMANY = "DE"
_AROUND = re.compile(r"(?P<land>[^+]+)\+\s*(?P<km>\d+(?:\.\d+)?)\s*(?:km)?")


class Region(Struct, frozen=True):
    """Which bodies are served.

    Attributes
    ----------
    code
        As it is written in the setting: "NW", "NW+50", "NI", "DE".
    prefix
        First two digits of the AGS of the Land served, None for Germany.
    within_km
        How far beyond the border bodies are served, too; 0 for none.
    """

    code: str
    prefix: str | None
    within_km: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Region:
        """Read a setting.

        Raises
        ------
        ValueError
            It names no Land; the German sentence says what is allowed.

        Examples
        --------
        >>> Region.parse("NW+50").within_km, Region.parse("Niedersachsen").prefix
        (50.0, '03')
        """
        plain = text.strip()
        if plain.upper() == GERMANY:
            return cls(GERMANY, None)
        around = _AROUND.fullmatch(plain)
        prefix = prefix_of(around["land"] if around else plain)
        km = float(around["km"]) if around else 0.0
        if prefix is None or (around and prefix != LAND.prefix):
            codes = ", ".join(code for code, _ in LAENDER.values())
            message = (
                f"„{text}“ ist kein Gebiet: DE, ein Land ({codes}) oder "
                f"{LAENDER[LAND.prefix][0]}+50 für {LAND.name} und 50 km darüber hinaus."
            )
            raise ValueError(message)
        code = LAENDER[prefix][0]
        return cls(f"{code}+{km:g}" if km else code, prefix, km)

    @property
    def is_home(self) -> bool:
        """Whether it is the Land alone whose data ship."""
        return self.prefix == LAND.prefix and not self.within_km

    def serves(self, key: str) -> bool:
        """Tell whether a body that is loaded may ask and be proposed."""
        beyond_home = self.prefix is None or self.within_km > 0
        return beyond_home or (not key[:1].isdigit() and self.is_home) or key[:2] == self.prefix


HOME = Region(LAENDER[LAND.prefix][0], LAND.prefix)
