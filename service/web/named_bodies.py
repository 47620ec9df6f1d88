"""Keys and names of bodies as clients write them, turned into keys or a clear German sentence."""

from __future__ import annotations

import re

from data.land import LAND
from data.names import NameIndex
from service.problems import ProblemError

_LAENDER = {
    "01": "Schleswig-Holstein", "02": "Hamburg", "03": "Niedersachsen", "04": "Bremen",
    "06": "Hessen", "07": "Rheinland-Pfalz", "08": "Baden-Württemberg", "09": "Bayern",
    "10": "Saarland", "11": "Berlin", "12": "Brandenburg", "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen", "15": "Sachsen-Anhalt", "16": "Thüringen",
}  # fmt: skip


def find_key(names: NameIndex, text: str) -> tuple[str | None, str]:
    """Return (key, "") of a body, or (None, what is wrong and what may be meant)."""
    resolution = names.resolve(text)
    if resolution.key is not None:
        return resolution.key, ""
    plain = text.strip()
    if not plain:
        return None, "Bitte die suchende Kommune angeben."
    if re.fullmatch(r"\d+", plain):
        return None, _number_sentence(plain)
    near = ", ".join(f"{hit.name} ({hit.key})" for hit in resolution.suggestions)
    suffix = f" Gemeint sein könnte: {near}." if near else ""
    return None, f"„{_short(plain)}“ ist nicht als Kommune oder Verband bekannt.{suffix}"


def known_key(names: NameIndex, text: str, pointer: str = "/body") -> str:
    """Return the key of a body that is named in a field.

    Raises
    ------
    ProblemError
        422: it is not known; `pointer` is that of the field.
    """
    key, sentence = find_key(names, text)
    if key is None:
        raise ProblemError.of_fields([(pointer, sentence)])
    return key


def find_district(names: NameIndex, text: str) -> tuple[str | None, str]:
    """Return what `find_key` does where a Kreis is meant: "Soest" is Kreis Soest, not the town."""
    key, sentence = find_key(names, text)
    if key is None or key == text.strip():
        return key, sentence
    district = names.resolve(f"Kreis {text}").key
    return district or key, sentence


def _number_sentence(digits: str) -> str:
    land = _LAENDER.get(digits[:2])
    if len(digits) in (5, 8, 12) and land:
        return f"{digits} liegt in {land}; dieser Dienst kennt nur {LAND.name}."
    if len(digits) not in (5, 8, 12):
        return (
            f"„{_short(digits)}“ ist kein Schlüssel: ein AGS hat 5 (Kreis) oder 8 Ziffern "
            "(Stadt, Gemeinde), ein ARS 12."
        )
    return f"Der Schlüssel {digits} steht nicht im Gemeindeverzeichnis von {LAND.name}."


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
