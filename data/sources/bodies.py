"""The body that a cell of an office's table means, former names and damaged keys included."""

from __future__ import annotations

import re

from msgspec import Struct

from data.formats.keys import mend_key
from data.names import Hit, NameIndex, normalize

# Former name -> AGS of today and since when, where the body is the same under another name.
# Merged municipalities are no such case: their territory is only a part of the one of today.
# Source: lists of changes of territory and name in Nordrhein-Westfalen (Destatis, IT.NRW).
_FORMER_NAMES = {
    "Haltern": ("05562016", 2001),
    "Wünnenberg": ("05774040", 2000),
    "Laasphe": ("05970028", 1984),
    "Berleburg": ("05970004", 1971),
    "Münstereifel": ("05366004", 1967),
    "Herzebrock": ("05754020", 1985),
    "Werne a. d. Lippe": ("05978040", 1976),
    "Erftkreis": ("05362", 2003),
    "Kreis Neuss": ("05162", 2003),
    "Kreis Neuß": ("05162", 2003),
    "Kreis Siegen": ("05970", 1984),
    "Kreis Aachen": ("05334", 2009),
}
_BY_FORMER_NAME = {normalize(name): entry for name, entry in _FORMER_NAMES.items()}
# The Kreis Aachen became the StädteRegion in 2009 and all keys with it (Aachen-Gesetz, 2008).
_FORMER_KEYS = {"05354": "05334", "05313000": "05334002"}
_DESIGNATION = re.compile(r"^(stadt|gemeinde|kreisstadt|hansestadt) ")


class Found(Struct, frozen=True):
    """A body by its key, or None and what may have been meant; `renamed` is a German sentence."""

    key: str | None
    suggestions: tuple[Hit, ...] = ()
    renamed: str = ""


def find_body(text: str, index: NameIndex) -> Found:
    """Return the body that a name or a key means.

    Parameters
    ----------
    text
        AGS or ARS (as a number, without its zero, with blanks, a Kreis with 000 behind it), name,
        or a former name or key.
    index
        Names of the bodies.
    """
    key = mend_key(text)
    resolution = index.resolve(key)
    if resolution.key is None:
        long = re.sub(r"\ba\.?\s?d\.\s?", "an der ", re.sub(r"\ba\.\s(?!d\.)", "am ", key))
        resolution = index.resolve(long) if long != key else resolution
    if resolution.key is None and key.isdigit() and len(key) == 8 and key.endswith("000"):
        resolution = index.resolve(key[:5])
    if resolution.key is not None:
        return Found(resolution.key)
    today = _today(key)
    if today is not None:
        now, since = today
        current = index.resolve(now)
        if current.key is not None:
            name = next((hit.name for hit in index.search(now, limit=100) if hit.key == now), now)
            return Found(now, renamed=f"„{text.strip()}“ heißt seit {since} {name} ({now}).")
    return Found(None, resolution.suggestions)


def in_doubt(text: str, found: Found) -> str:
    """Return the sentence about a body that could not be found."""
    near = ", ".join(f"{hit.name} ({hit.key})" for hit in found.suggestions)
    return f"„{text}“ ist nicht bekannt (gemeint: {near or 'kein ähnlicher Name'}?)"


def _today(text: str) -> tuple[str, int] | None:
    if text in _FORMER_KEYS:
        return _FORMER_KEYS[text], 2009
    if text.isdigit() and text.startswith("05354") and len(text) == 8:
        return f"05334{text[5:]}", 2009
    name = normalize(text)
    return _BY_FORMER_NAME.get(name) or _BY_FORMER_NAME.get(_DESIGNATION.sub("", name))
