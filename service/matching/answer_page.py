"""What the answer page shows, from top to bottom: ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from matcher import Body, Match, MatchResult
from matcher.result import ExistingCooperation, SimilarCooperation
from service.feedback.store import Verdict
from service.maps.land_map import Mark
from service.maps.name_labels import NameLabel, name_labels
from service.maps.partner_map import side_by_side
from service.matching.argument_curves import HEIGHT, WIDTH, ArgumentCurve, argument_curves
from service.matching.arguments import Arguments, arguments
from service.matching.background import Background
from service.matching.body_article import accusative_in_text, dative_in_text
from service.matching.chips import Chip, chips, form_chips
from service.matching.form import MORE_SHOWN, SearchForm
from service.matching.known_steps import next_step, whom_to_ask
from service.matching.likelihood import Likelihood
from service.matching.next_steps import NextSteps
from service.matching.nobody import NOBODY
from service.matching.open_searches import FittingSearch, OpenSearches
from service.matching.partner_sentence import partner_reason, partner_sentence
from service.matching.proposal import proposal
from service.matching.wording import (
    ELIGIBLE,
    deadline,
    relation_label,
    ruled_out_by,
    told_to_searcher,
    year_and_state,
)
from service.web.named_bodies import find_key
from service.web.state import State

_LEAST_FORM = 0.05  # share from which a legal form is worth a word
_MARK, _LETTERS = 24, 22  # radii of a mark, heights of a letter in the width of the map
_LEAST_VIEW = 1 / 7  # of the width of the Land
_BESIDE = 1.9  # radii by which a mark moves where another has the same seat
_MOST_NAMED = 4  # names on the map beside the searcher's; more cover each other
VERDICTS = tuple((verdict.value, verdict.label) for verdict in Verdict)


class Row(Struct, frozen=True):
    """A partner in the table."""

    match: Match
    likelihood: Likelihood
    reason: str
    sentence: str
    arguments: Arguments
    curves: tuple[ArgumentCurve, ...]
    proposed: bool

    @classmethod
    def of(cls, match: Match, known: Background, proposed: bool = False) -> Row:
        """Put a partner into words."""
        return cls(
            match,
            Likelihood.of(match.probability),
            partner_reason(match, known),
            partner_sentence(match, known),
            arguments(match),
            argument_curves(match, known.result.curves),
            proposed,
        )


class Known(Struct, frozen=True):
    """A cooperation that exists: what one could do with it, with whom, and whom to ask."""

    entry: ExistingCooperation
    step: str
    relation: str
    others: tuple[tuple[str, str], ...]
    ask: tuple[str, str] | None


class WhyNot(Struct, frozen=True):
    """What is told about one body that was asked for.

    `problem` says what is wrong with its name; else `row` is given, and `ruled_out` says what keeps
    it out of the suggestions.
    """

    problem: str = ""
    row: Row | None = None
    ruled_out: tuple[str, ...] = ()


class Drawing(Struct, frozen=True):
    """The map as a still picture; `named` are the keys of partners whose names it tries to show."""

    outline: str
    own: str
    marks: Sequence[Mark]
    names: Sequence[NameLabel]
    named: frozenset[str]
    view: tuple[float, float, float, float]
    radius: float
    size: float


def answer_context(state: State, result: MatchResult, typed: SearchForm) -> dict[str, Any]:
    """Return what the template of the answer needs."""
    known = Background.of(result, state.matcher)
    proposed = proposal(known)
    members = set(proposed.partners) if proposed else set()
    shown = result.matches[: typed.limit]
    rows = [Row.of(match, known, match.body in members) for match in shown]
    rows = _sorted(rows, typed.sort)
    return {
        "result": result,
        "searcher": known.searcher,
        "summary": _summary(result, len(shown), known.searcher.name),
        "chips": _chips(state, result, typed),
        "link": f"/?{typed.query()}",
        "openings": _openings(state, result, typed),
        "existing": [_known(entry, known) for entry in result.existing],
        "elsewhere": _elsewhere(result),
        "proposed": proposed,
        "steps": state[NextSteps].gather(known, typed.text),
        "drawing": _drawing(state, known, shown, members),
        "forms": _forms(result),
        "rows": rows,
        "more": min(typed.limit + MORE_SHOWN, len(known.directory)),
        "nobody": NOBODY,
        "is_more": len(shown) == typed.limit,
        "curve_size": (WIDTH, HEIGHT),
        "why_not": _why_not(state, known, typed),
        "likelihoods": tuple(Likelihood),
        "eligible": ELIGIBLE,
        "deadline": deadline,
        "told_to_searcher": told_to_searcher,
        "year_and_state": year_and_state,
        "name": state.directory.name,
        "members": members,
        "on_board": [
            {"ags": body.key, "name": body.name, "lat": body.latitude, "lon": body.longitude}
            for body in _on_board(known)
        ],
        "verdicts": VERDICTS,
    }


def _on_board(known: Background) -> list[Body]:
    """Return who of the group agreed already: on the map, though not among the suggestions."""
    group = known.result.consortium
    return [] if group is None else [known.directory[key] for key in group.on_board]


def _elsewhere(result: MatchResult) -> list[SimilarCooperation]:
    """Return the like cooperations that are not told of as what exists already."""
    told = {entry.cooperation for entry in result.existing}
    return [entry for entry in result.similar_cooperations if entry.cooperation not in told]


def _summary(result: MatchResult, found: int, searcher: str) -> str:
    if not result.understood.is_matter:
        return "Kein Vorschlag: Im Text ist noch keine gemeinsame Aufgabe zu erkennen."
    return f"{found} {'Vorschlag' if found == 1 else 'Vorschläge'} für {searcher}."


def _chips(state: State, result: MatchResult, typed: SearchForm) -> tuple[Chip, ...]:
    """Return what was understood; what was taken off is no longer in the result."""
    said = result.understood
    if typed.ignore_wishes or typed.ignore_named:
        said, _, _ = state.matcher.listener.understand(typed.text.strip(), result.body)
    understood = chips(said, typed.ignore_wishes, typed.ignore_named)
    return (*understood, *form_chips(typed, state.directory.name))


def _openings(
    state: State, result: MatchResult, typed: SearchForm
) -> list[tuple[FittingSearch, str]]:
    if not result.understood.is_matter:
        return []
    area = None if result.task_area is None else result.task_area.area
    found = state[OpenSearches].find(result.body, typed.text.strip(), area)
    return [(each, state.directory.name(each.body)) for each in found]


def _known(entry: ExistingCooperation, known: Background) -> Known:
    others = tuple((key, known.said(key, dative_in_text)) for key in known.nearest(entry.bodies))
    ask = whom_to_ask(entry, known)
    return Known(
        entry,
        next_step(entry),
        relation_label(entry),
        others,
        None if ask is None else (ask, known.said(ask, accusative_in_text)),
    )


def _sorted(rows: list[Row], order: str) -> list[Row]:
    if order == "name":
        return sorted(rows, key=lambda row: row.match.name)
    if order == "distance":
        return sorted(rows, key=lambda row: row.match.distance_km)
    if order == "size":
        return sorted(rows, key=lambda row: -row.match.population)
    return rows


def _forms(result: MatchResult) -> str:
    group = result.consortium
    if group is None:
        return ""
    usual = [share.form.label for share in group.legal_forms if share.share >= _LEAST_FORM]
    return " oder ".join(usual[:2])


def _why_not(state: State, known: Background, typed: SearchForm) -> WhyNot | None:
    if not typed.explain:
        return None
    key, sentence = find_key(state.names, typed.explain)
    if key is None:
        return WhyNot(problem=sentence)
    if key == known.result.body:
        return WhyNot(problem="Das ist Ihre eigene Stelle.")
    match = next((m for m in known.result.matches if m.body == key), None)
    if match is None:
        return None
    wishes = {wish.code: wish for wish in known.result.understood.wishes}
    ruled_out = tuple(ruled_out_by(code, wishes) for code in match.filtered_by)
    return WhyNot(row=Row.of(match, known), ruled_out=ruled_out)


def _drawing(state: State, known: Background, shown: Sequence[Match], members: set[str]) -> Drawing:
    ranked = [(match.body, match.name) for match in shown]
    agreed = [(body.key, body.name) for body in _on_board(known)]
    place, name = state.land_map, known.searcher.name
    marks = place.marks(known.result.body, ranked, members, searcher_name=name, agreed=agreed)
    view = place.view(marks, _LEAST_VIEW)
    radius, size = view[2] / _MARK, view[2] / _LETTERS
    marks = side_by_side(marks, radius * _BESIDE)
    named = frozenset(members) if len(members) <= _MOST_NAMED else frozenset()
    # The first of the group chooses first.
    group = [mark for mark in marks[-2::-1] if mark.role == "group"] if named else []
    others = [mark for mark in marks[:-1] if mark not in group]
    names = name_labels([marks[-1], *group], others, view, radius, size)
    own = place.shapes.get(known.result.body, "")
    return Drawing(place.outline, own, marks, names, named, view, round(radius, 1), round(size, 1))
