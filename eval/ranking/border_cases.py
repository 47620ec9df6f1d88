"""Cooperations across the border: those of the data that name partners beyond it, and some more.

`other_participants` of the records hold the partners as names; a fixed rule resolves these to
bodies of the neighbouring Länder, and what it cannot resolve is listed. `border_cooperations.jsonl`
holds further cooperations of the same form, read from public pages for this test alone: nothing
that ships has seen them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import Cooperation, Kind
from data.cooperations import check_participants, read_cooperations
from data.names import normalize
from matcher import Matcher
from matcher.beyond import BeyondNames
from matcher.directory import Directory
from matcher.known.bodies import Bodies, Ints
from matcher.understanding.outside import Outside

RECORDS = Path(__file__).with_name("border_cooperations.jsonl")
_NEIGHBOURS = ("Niedersachsen", "Hessen", "Rheinland-Pfalz")
_WITHIN_KM = 40.0  # from border to border: a name farther away is another place of that name
_HINT = re.compile(r"\((?P<land>[^)]+)\)\s*$")
_SUCCESSORS = {"Verbandsgemeinde Obere Kyll": "Verbandsgemeinde Gerolstein"}
"""Whom a body that is no more went up in: Rheinland-Pfalz merged Gerolstein, Hillesheim and Obere
Kyll on 1 January 2019; the register has its members, Stadtkyll among them, there."""
_BODY = re.compile(
    r"landkreis|verbandsgemeinde|samtgemeinde|grafschaft|hessen|rheinland-pfalz|niedersachsen",
    re.IGNORECASE,
)
_MOST_SEARCHERS = 6


@dataclass(frozen=True, slots=True)
class Case:
    """A cooperation with bodies beyond the border.

    Attributes
    ----------
    cooperation
        The record.
    known
        Its place among the known cooperations; None where it was read for this test alone.
    searchers, beyond
        Rows of participants inside, six at most, and of those beyond.
    """

    cooperation: Cooperation
    known: int | None
    searchers: Ints
    beyond: Ints


def cases(matcher: Matcher, records: Path = RECORDS) -> tuple[list[Case], list[str]]:
    """Return the cooperations with partners beyond the border, and names that stay unresolved.

    Unresolved are only listed where they look like the name of a body.

    Raises
    ------
    data.DataError
        The file of records is broken or names unknown bodies.
    """
    directory, bodies = matcher.directory, matcher.knowledge.bodies
    names, found, open_names = BeyondNames.of(directory), [], []
    for index, cooperation in [
        *enumerate(matcher.knowledge.cooperations),
        *((None, record) for record in read_records(bodies, records)),
    ]:
        inside = bodies.keys.get_indexer(list(cooperation.participants))
        inside = inside[~bodies.is_association[inside]]
        rows = []
        for name in cooperation.other_participants:
            row = resolve(name, names, directory, bodies, inside)
            if row is not None:
                rows.append(row)
            elif _BODY.search(name):
                open_names.append(f"{cooperation.id}: {name}")
        if rows and len(inside):
            found.append(Case(cooperation, index, inside[:_MOST_SEARCHERS], np.unique(rows)))
    return found, open_names


def read_records(bodies: Bodies, records: Path = RECORDS) -> list[Cooperation]:
    """Read the cooperations of this test alone; the participants inside are known bodies."""
    read = read_cooperations(records)
    check_participants(read, bodies.keys, records.name)
    return read


def resolve(
    name: str, names: BeyondNames, directory: Directory, bodies: Bodies, inside: Ints
) -> int | None:
    """Return the row of the body that a name means, None where the rule does not decide.

    The name, less a Land or a remark in brackets and "Stadt", is that of a body in a neighbouring
    Land or of one that went up in it, or the beginning of one ("Dissen" for "Dissen am Teutoburger
    Wald"), at most 40 km from a participant. A Kreis that is named as one lies where it does: no
    other bears its name.
    """
    if not len(inside):
        return None
    hint = _HINT.search(name)
    where = hint["land"] if hint and hint["land"] in _NEIGHBOURS else None
    plain = _HINT.sub("", name).strip().removeprefix("Stadt ")
    plain = _SUCCESSORS.get(plain, plain)
    km = np.min([bodies.gap_km[int(row)] for row in inside], axis=0)
    for land in (where,) if where else _NEIGHBOURS:
        row = names.find(Outside(plain, land, 0, 0), directory, km)
        if row is not None and (km[row] <= _WITHIN_KM or _is_named_as_kreis(plain, row, directory)):
            return row
    begins = f"{normalize(plain)} "
    longer = [
        body.row
        for body in directory
        if body.land in ((where,) if where else _NEIGHBOURS)
        and body.beyond_border
        and normalize(body.name).startswith(begins)
        and km[body.row] <= _WITHIN_KM
    ]
    if len(longer) != 1:
        return None
    body = directory.bodies[longer[0]]
    above = directory.get(body.union) if body.carried else None
    return (above or body).row


def _is_named_as_kreis(plain: str, row: int, directory: Directory) -> bool:
    named = "kreis" in normalize(plain)
    return named and directory.bodies[row].kind is Kind.DISTRICT
