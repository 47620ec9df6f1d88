"""One search: from what was understood to ranked and explained partners, evidence and a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import structs

from data import Kind, LegalForm, Status
from matcher import answer, features, reasons
from matcher.beyond import lift_beyond
from matcher.candidates import Candidates
from matcher.conditions import Conditions, row_of
from matcher.directory import Directory
from matcher.features import Askers, Query
from matcher.group import consortium
from matcher.known.bodies import Bools, Ints
from matcher.parts import Parts
from matcher.reasons.asked import Asked
from matcher.reasons.pair import Pairs
from matcher.request import MatchRequest
from matcher.result import Consortium, Match, MatchResult, SearchCurve, SimilarCooperation
from matcher.search_curves import search_curves
from matcher.understanding.interpreter import Reading

_SHOWN_SIMILAR = 5
_OPEN = (Status.PLANNED, Status.ENDED)
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Search:
    """A request that was understood.

    Attributes
    ----------
    parts, directory, pairs, askers
        What answers rest on, and what is remembered of pairs and of those who ask.
    request, reading, asked, query
        As it came; what its text says; who may appear; what the ranking sees.
    together
        (n,) who shares the matter with the searcher already.
    today
        Day of the answer.
    only_municipal
        Whether a Kreis does not have the task, by law and as far as known.
    candidates
        Finds whom to score; None: all.
    """

    parts: Parts
    directory: Directory
    pairs: Pairs
    askers: Askers
    request: MatchRequest
    reading: Reading
    asked: Conditions
    query: Query
    together: Bools
    today: date
    only_municipal: bool = False
    candidates: Candidates | None = None

    def answer(self, result: MatchResult) -> MatchResult:
        """Add the ranking, the evidence and the group to what was answered so far."""
        scored = self._to_score()
        base, parts = self._taken_apart(scored)
        scores = self._of_all(base + parts.sum(axis=1), scored)
        certainty = self.reading.matter.probability
        level = lift_beyond(
            scores,
            self.reading.partners.outside,
            self._passing(scored),
            self.parts.knowledge.bodies,
        )
        lift = level + answer.lift(scores + level, self.asked.wanted)
        carrier = self._carrier(result)
        context = answer.Context(
            lift=lift,
            wanted=self.asked.wanted,
            carrier=carrier,
            carrier_lift=answer.carrier_lift(scores + lift, self.asked.passing, carrier),
            certainty=1.0 if certainty is None else certainty,
            fitting=self._fitting,
            together=self.together,
        )
        scores = scores + context.lift
        if carrier >= 0:
            scores[carrier] += context.carrier_lift
        order = np.argsort(-scores, kind="stable")
        listed = order if scored is None else order[: len(scored)]
        shown = listed[self.asked.passing[listed]][: self.request.limit]
        rows = np.concatenate([shown, self._explained(order, shown)])
        area = result.task_area.area if result.task_area else None
        matches = answer.explain(
            base,
            parts[rows if scored is None else np.searchsorted(scored, rows)],
            self.pairs.of(self.asked.searcher, rows),
            Asked(self.parts.knowledge, self.query, self.asked.searcher, area),
            context,
        )
        return structs.replace(
            result,
            base_value=base,
            matches=self._with_ranks(matches, len(shown), order),
            similar_cooperations=self._similar(context.fitting),
            consortium=self._consortium(scores, result, scored is not None),
            curves=self._curves(parts, scored),
        )

    @cached_property
    def _fitting(self) -> Bools | None:
        """(c,) known cooperations of the same or a related matter; None without a text model."""
        return self.parts.interpreter.fitting(self.reading)

    def _curves(self, parts: Scores, scored: Ints | None) -> tuple[SearchCurve, ...]:
        if not self.request.curves:
            return ()
        sums, bodies = reasons.group(parts), self.parts.knowledge.bodies
        return search_curves(sums, self.asked.searcher, bodies, scored)

    def _carrier(self, result: MatchResult) -> int:
        """Return the row of the Kreis that has the task for the searcher, -1 for none."""
        if result.competence is None or result.competence.carried_by is None:
            return -1
        return row_of(self.directory, result.competence.carried_by, "/body")

    def _to_score(self) -> Ints | None:
        """Return the rows that are scored, None where all bodies are."""
        if self.candidates is None:
            return self.asked.looked_at
        explained = [row_of(self.directory, k, "/explain") for k in self.request.explain]
        also = np.concatenate([self.asked.wanted, explained, np.flatnonzero(self.together)])
        return self.candidates.to_score(
            self.query.searchers,
            self.query.similar_weight,
            self.asked.passing,
            also,
            self.asked.looked_at,
        )

    def _taken_apart(self, rows: Ints | None) -> tuple[float, Scores]:
        """Return the base and what each feature adds for each body scored, (k, features).

        The mean over the views of those on board.
        """
        known = self.parts.knowledge
        if rows is None:
            views = features.features(self.query, known)
        else:
            views = features.features_of(self.query, known, rows)
        taken_apart = [self.parts.ranker.contributions(view) for view in views]
        base, first = taken_apart[0]
        if len(views) == 1:
            return base, first
        return base, np.mean([found for _, found in taken_apart], axis=0)

    def _of_all(self, scores: Scores, rows: Ints | None) -> Scores:
        """Return (n,) scores: those of bodies that are not scored lie below all others."""
        if rows is None:
            return scores
        everyone = np.full(len(self.parts.knowledge.bodies), scores.min() - 1)
        everyone[rows] = scores
        return everyone

    def _passing(self, rows: Ints | None) -> Bools:
        """Return who passes, (n,), and is scored."""
        if rows is None:
            return self.asked.passing
        passing = np.zeros(len(self.parts.knowledge.bodies), bool)
        passing[rows] = self.asked.passing[rows]
        return passing

    def _similar(self, fitting: Bools | None) -> tuple[SimilarCooperation, ...]:
        if self.parts.text_model is None or fitting is None:
            return ()
        alike = self.query.similar
        kept = np.flatnonzero(fitting[alike.indices])[:_SHOWN_SIMILAR]
        return answer.entries(self.parts.knowledge, alike.indices[kept], alike.similarity[kept])

    def _explained(self, order: Ints, shown: Ints) -> Ints:
        """Return the rows of bodies that are answered whatever the limit, best first."""
        wanted = self.request.explain
        if not wanted:
            return order[:0]
        asked = [row_of(self.directory, k, f"/explain/{i}") for i, k in enumerate(wanted)]
        return order[np.isin(order, asked) & ~np.isin(order, shown)]

    def _with_ranks(self, matches: tuple[Match, ...], shown: int, order: Ints) -> tuple[Match, ...]:
        """Give bodies behind the limit their place: among those that pass, else among all."""
        if len(matches) == shown:
            return matches
        passing = self.asked.passing
        ranked, places = order[passing[order]], list(matches[:shown])
        for match in matches[shown:]:
            row = row_of(self.directory, match.body, "/explain")
            among = ranked if passing[row] else order
            place = int(np.flatnonzero(among == row)[0]) + 1
            places.append(
                structs.replace(match, rank=place, filtered_by=self.asked.codes_against(row))
            )
        return tuple(places)

    def _consortium(self, scores: Scores, result: MatchResult, few: bool) -> Consortium | None:
        passing, known = self._may_join(), self.parts.knowledge
        if not passing.any():
            return None

        def score_from(member: int, candidates: Ints) -> Scores:
            query = self.query.asked_by(self.askers.of(member))
            if few:
                rows = np.union1d(candidates, [member])
                view = features.features_of(query, known, rows)[0]
                return self.parts.ranker.score(view[np.searchsorted(rows, candidates)])
            return self.parts.ranker.score(features.features(query, known)[0, candidates])

        carrier = self._carrier(result)
        group = consortium.propose_for(
            self.query,
            scores,
            passing,
            score_from,
            self.asked,
            self.together,
            known.bodies,
            carrier,
        )
        district = self._own_district(passing, group)
        existing = len(group) > 1 and bool(self.together[group[1:]].all())
        facts = consortium.Facts(
            existing=existing,
            joining=self._joins(group, result),
            practised=bool(self.together.any()) or self._practised(group),
            task=self.reading.task,
            carried=None if result.competence is None else result.competence.own,
            outside=bool(self.reading.partners.outside),
            today=self.today,
            carrier=carrier if carrier >= 0 else None,
            district=district,
            district_rank=None if district is None else self._place(district, scores),
            form=self._form_of(group, result) if existing else None,
            on_board=tuple(self.directory.keys[row] for row in self.asked.on_board[1:]),
        )
        return consortium.describe(group, self.query, known, self.directory, facts)

    def _may_join(self) -> Bools:
        """Return who may be proposed for the group, (n,): no Kreis that does not have the task."""
        passing, bodies = self.asked.passing, self.parts.knowledge.bodies
        municipal = self.only_municipal and bodies.is_municipality[self.asked.searcher]
        if not municipal or self.asked.wants_district(self.request.filters):
            return passing
        kept: Bools = passing & (bodies.kind != Kind.DISTRICT.row)
        kept[self.asked.wanted] = passing[self.asked.wanted]
        return kept

    def _joins(self, group: Ints, result: MatchResult) -> bool:
        """Tell whether a member is in a known cooperation that the searcher could join."""
        members = {self.directory.keys[row] for row in group}
        return any(e.relation == "joinable" and members & {*e.bodies} for e in result.existing)

    def _form_of(self, group: Ints, result: MatchResult) -> LegalForm | None:
        """Return the legal form in which most of a group share the matter, None if not known."""
        members = {self.directory.keys[row] for row in group}
        shared = [e for e in result.existing if e.relation == "member"]
        told = [e for e in shared if e.legal_form is not LegalForm.UNKNOWN]
        if not told:
            return None
        return max(told, key=lambda entry: len(members & {*entry.bodies})).legal_form

    def _practised(self, group: Ints) -> bool:
        """Tell whether a member other than the searcher shares the same or a related matter."""
        if self._fitting is None:
            return False
        known = self.parts.knowledge
        running = [
            i for i in np.flatnonzero(self._fitting) if known.cooperations[i].status not in _OPEN
        ]
        took_part = known.members_of(np.array(running, np.int64), group[1:]) > 0
        return bool(took_part.any())

    def _place(self, key: str, scores: Scores) -> int:
        """Return the place of a body among all who may be proposed, whatever the limit."""
        row = row_of(self.directory, key, "/body")
        order = np.argsort(-scores, kind="stable")
        ranked = order[self.asked.passing[order]]
        return int(np.flatnonzero(ranked == row)[0]) + 1

    def _own_district(self, may_join: Bools, group: Ints) -> str | None:
        """Return the key of the searcher's Kreis, None where it is in the group or may not be."""
        own = self.directory.bodies[self.asked.searcher].district
        if own is None:
            return None
        row = row_of(self.directory, own, "/body")
        return own if may_join[row] and row not in group else None
