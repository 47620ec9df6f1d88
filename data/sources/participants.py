"""Participants in one cell: "Städte Soest und Werl sowie der Kreis Unna" -> three bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from data.names import NameIndex
from data.sources.bodies import Found, find_body

_HARD = re.compile(r"[;\n|•]")
_SOFT = re.compile(
    r"(\s*,\s*(?:und|sowie|u\.)?\s*|\s+(?:und|sowie|u\.|&|\+|mit)\s+|\s*[/–]\s*|\s+-\s+)"
)
# Plural of a designation -> the word that each name behind it would carry by itself.
_PLURALS = {
    "städte": "Stadt", "gemeinden": "Gemeinde", "kommunen": "", "kreise": "Kreis",
    "kreisen": "Kreis", "städten": "Stadt", "landschaftsverbände": "Landschaftsverband",
    "nachbarstädte": "Stadt", "nachbargemeinden": "Gemeinde", "nachbarkommunen": "",
}  # fmt: skip
_SINGULARS = {"stadt", "gemeinde", "kreis", "städteregion", "landschaftsverband"}
_ARTICLES = re.compile(
    r"(?i)^(?:(?:die|der|den|dem|das|des|zwischen|beteiligt:?|kreis(?:freien?|angehörigen?))\s+)+"
)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_LONGEST_NAME = 4  # parts: "Meschede, Kreis- und Hochschulstadt" has two


class Participants(Struct, frozen=True):
    """What one cell names, in its order; `unknown` holds the texts that mean no body."""

    keys: tuple[str, ...]
    unknown: tuple[tuple[str, Found], ...]
    renamed: tuple[str, ...]


def read_participants(cell: str, index: NameIndex) -> Participants:
    """Take a cell apart and find each body.

    Semicolons, bars and line breaks always separate. Commas, "und", "sowie", "&", slashes and
    dashes separate where the whole is no name itself ("Fröndenberg/Ruhr" is one). A designation in
    the plural ("Kreise Soest und Unna") goes for the names behind it, until the next designation.
    """
    found: dict[str, None] = {}
    unknown: list[tuple[str, Found]] = []
    renamed: list[str] = []
    for text, body in _bodies(cell, index):
        if body.key is None:
            unknown.append((text, body))
            continue
        found[body.key] = None
        renamed += [body.renamed] if body.renamed else []
    return Participants(tuple(found), tuple(unknown), tuple(dict.fromkeys(renamed)))


def _bodies(cell: str, index: NameIndex) -> Iterable[tuple[str, Found]]:
    for chunk in _HARD.split(cell):
        if not chunk.strip():
            continue
        pieces = _SOFT.split(chunk.strip())  # name, separator, name, …
        start, designation = 0, ""
        while start < len(pieces):
            if not pieces[start].strip():
                start += 2
                continue
            text, plural = _designation(pieces[start])
            following = "".join(pieces[start + 2 : start + 3]).split()
            if text.strip().casefold() in _SINGULARS and following:
                # "Stadt und Kreis Soest": the name behind the second word goes for both.
                pieces[start] = f"{text} {following[-1]}"
            elif plural is not None:
                designation = plural
                if not text:  # "Städte und Gemeinden Ense, Welver": the next one counts
                    start += 2
                    continue
                pieces[start] = text
            elif pieces[start].split()[0].casefold() in _SINGULARS:
                designation = ""
            taken, body = _longest(pieces, start, designation, index)
            yield "".join(pieces[start : start + taken]).strip(), body
            start += taken + 1


def _longest(
    pieces: list[str], start: int, designation: str, index: NameIndex
) -> tuple[int, Found]:
    """Return how many pieces make the longest name from here, and its body."""
    for count in range(min(2 * _LONGEST_NAME - 1, len(pieces) - start) | 1, 0, -2):
        text = _ARTICLES.sub("", "".join(pieces[start : start + count]).strip())
        bare = _REMARK.sub("", text)
        # A name alone means the town, so "Kreis Soest" has to be tried before "Soest".
        for spelling in dict.fromkeys((f"{designation} {bare}".strip(), text, bare)):
            body = find_body(spelling, index)
            if body.key is not None:
                return count, body
    text = _ARTICLES.sub("", pieces[start].strip())
    return 1, find_body(f"{designation} {text}".strip() if designation else text, index)


def _designation(piece: str) -> tuple[str, str | None]:
    """Take a designation in the plural off: (the rest, the singular), or (piece, None)."""
    words = _ARTICLES.sub("", piece.strip()).split(maxsplit=1)
    if words and words[0].casefold() in _PLURALS:
        return (words[1] if len(words) > 1 else ""), _PLURALS[words[0].casefold()]
    return piece, None
