"""What request and text ask together: who is on board, who may appear, what the group keeps to."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct, field

from data import Kind, LegalStatus
from matcher import filters
from matcher.beyond import BeyondNames, candidates, named_beyond
from matcher.directory import Directory
from matcher.known.bodies import Bodies, Bools, Ints
from matcher.request import ALL_WISHES, Filters, MatchRequest, RequestError
from matcher.understanding import GroupRule, Named, Understood, Wish, group_rule, ruled_out

FILTERS = "filters"
"""Code against bodies that a filter of the request rules out."""
NOT_SERVED = "not_served"
"""Code against bodies outside what is served, far away, or without an own administration."""


class Conditions(Struct, frozen=True):
    """Conditions of one search.

    Attributes
    ----------
    on_board
        Rows of the searcher and of those on board, each once, the searcher first.
    wanted
        Rows of bodies that the text names as partners.
    wishes, named
        What of the text is applied.
    ruled_out
        Code of a filter or wish -> (n,) bool, whom it rules out.
    group
        What the wishes ask of the group.
    looked_at
        Rows of the bodies that are scored; None: all.
    filtered
        Name of a filter that is set -> (n,) bool, whom it rules out; together they are "filters"
        of `ruled_out`.
    """

    on_board: Ints
    wanted: Ints
    wishes: tuple[Wish, ...]
    named: tuple[Named, ...]
    ruled_out: Mapping[str, Bools]
    group: GroupRule
    looked_at: Ints | None = None
    filtered: Mapping[str, Bools] = field(default_factory=dict)

    @property
    def searcher(self) -> int:
        """Row of the searching body."""
        return int(self.on_board[0])

    @property
    def passing(self) -> Bools:
        """Return who may be proposed, (n,) bool: nobody on board, nobody ruled out."""
        masks = list(self.ruled_out.values())
        passing = ~np.logical_or.reduce(masks)
        passing[self.on_board] = False
        return np.asarray(passing)

    @property
    def allowed(self) -> Bools:
        """Return whom no wish, name or filter rules out, (n,) bool, whether served or not."""
        masks = [mask for code, mask in self.ruled_out.items() if code != NOT_SERVED]
        return np.asarray(~np.logical_or.reduce(masks))

    @property
    def leaving_nobody(self) -> tuple[str, ...]:
        """Return what leaves nobody: codes, a filter as "filters.kinds"; () where somebody passes.

        Each that does alone; else a few that do together, none of which could be left out.
        """
        if self.passing.any():
            return ()
        out = np.array(self.ruled_out.get(NOT_SERVED, np.zeros(len(self.passing), bool)))
        out[self.on_board] = True
        masks = {c: mask for c, mask in self.ruled_out.items() if c not in (NOT_SERVED, FILTERS)}
        masks |= {f"{FILTERS}.{name}": mask for name, mask in self.filtered.items()}
        alone = [code for code, mask in masks.items() if (out | mask).all()]
        if alone:
            return tuple(alone)
        for code in list(masks):
            others = [mask for other, mask in masks.items() if other != code]
            if np.logical_or.reduce([out, *others]).all():
                del masks[code]
        return tuple(masks)

    def wants_district(self, asked: Filters) -> bool:
        """Tell whether text or filters ask for a Kreis."""
        told = [w.value for w in self.wishes if w.code in ("kinds", "legal_status")]
        words = {str(word) for value in told if isinstance(value, tuple) for word in value}
        words |= {each.value for each in (*asked.kinds, *asked.legal_status)}
        district = {Kind.DISTRICT.value, LegalStatus.DISTRICT.value}
        return self.group.with_district is True or bool(words & district)

    def codes_against(self, row: int) -> tuple[str, ...]:
        """Return the codes that rule one body out."""
        codes = [code for code, mask in self.ruled_out.items() if mask[row]]
        return (*codes, *(["on_board"] if row in self.on_board else []))


def conditions(
    request: MatchRequest,
    partners: Understood,
    directory: Directory,
    bodies: Bodies,
    beyond: BeyondNames,
) -> Conditions:
    """Put request and text together; what the request overrules is left out.

    Raises
    ------
    RequestError
        A body or filter is not known; names the field.
    """
    searcher = row_of(directory, request.body, "/body")
    named = tuple(n for n in partners.named if n.ags not in request.ignore_named)
    wishes = tuple(
        wish
        for wish in partners.wishes
        if ALL_WISHES not in request.ignore_wishes and wish.code not in request.ignore_wishes
    )
    asked = [row_of(directory, key, f"/partners/{i}") for i, key in enumerate(request.partners)]
    agreed = [row_of(directory, n.ags, "/description") for n in named if n.role == "on_board"]
    on_board = np.array(list(dict.fromkeys([searcher, *asked, *agreed])), np.int64)
    wanted = [row_of(directory, n.ags, "/description") for n in named if n.role == "wanted"]
    abroad = named_beyond(partners.outside, beyond, directory, bodies, searcher)
    abroad = tuple(n for n in abroad if n.ags not in request.ignore_named)
    wanted += [row_of(directory, n.ags, "/description") for n in abroad]
    named += abroad
    out = dict(ruled_out(wishes, named, bodies, searcher))
    asked_for = [row_of(directory, k, f"/explain/{i}") for i, k in enumerate(request.explain)]
    may = candidates(bodies, on_board, np.array([*wanted, *asked_for], np.int64))
    looked_at = None
    if may is not None:
        out[NOT_SERVED] = ~may
        may = may.copy()
        may[[*on_board, *wanted, *asked_for]] = True
        looked_at = np.flatnonzero(may).astype(np.int64)
    filtered = filters.ruled_out(request.filters, directory, bodies.seat_km[searcher])
    nobody = np.zeros(len(directory), bool)
    out[FILTERS] = np.asarray(np.logical_or.reduce([nobody, *filtered.values()]))
    return Conditions(
        on_board,
        np.array([row for row in dict.fromkeys(wanted) if row not in on_board], np.int64),
        wishes,
        named,
        out,
        group_rule(wishes),
        looked_at,
        filtered,
    )


def row_of(directory: Directory, key: str, field: str) -> int:
    """Return the row of a body; RequestError where the key is not known."""
    body = directory.find(key)
    if body is None:
        raise RequestError(field, f"Der Schlüssel „{key}“ ist nicht bekannt.")
    return body.row
