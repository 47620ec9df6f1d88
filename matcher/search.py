"""One search: from what was understood to ranked and explained partners, evidence and a group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from matcher import answer, features
from matcher.beyond import lift_beyond
from matcher.conditions import Conditions, row_of
from matcher.directory import Directory
from matcher.features import Askers, Query
from matcher.group import consortium
from matcher.known.bodies import Bools, Ints
from matcher.parts import Parts
from matcher.reasons.asked import Asked
from matcher.reasons.pair import Pairs
from matcher.request import MatchRequest
from matcher.result import Consortium, Match, MatchResult, SimilarCooperation
from matcher.understanding.interpreter import Reading

_SHOWN_SIMILAR = 5
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

    def answer(self, result: MatchResult) -> MatchResult:
        """Add the ranking, the evidence and the group to what was answered so far."""
        base, parts = self._taken_apart()
        scores = base + parts.sum(axis=1)
        certainty = self.reading.matter.probability
        level = lift_beyond(
            scores, self.reading.partners.outside, self.asked.passing, self.parts.knowledge.bodies
        )
        context = answer.Context(
            lift=level + answer.lift(scores + level, self.asked.wanted),
            wanted=self.asked.wanted,
            certainty=1.0 if certainty is None else certainty,
            fitting=self.parts.interpreter.fitting(self.reading),
            together=self.together,
        )
        scores = scores + context.lift
        order = np.argsort(-scores, kind="stable")
        shown = order[self.asked.passing[order]][: self.request.limit]
        rows = np.concatenate([shown, self._explained(order, shown)])
        area = result.task_area.area if result.task_area else None
        matches = answer.explain(
            base,
            parts,
            self.pairs.of(self.asked.searcher, rows),
            Asked(self.parts.knowledge, self.query, self.asked.searcher, area),
            context,
        )
        return replace(
            result,
            base_value=base,
            matches=self._with_ranks(matches, len(shown), order),
            similar_cooperations=self._similar(context.fitting),
            consortium=self._consortium(scores, result),
        )

    def _taken_apart(self) -> tuple[float, Scores]:
        """Return the base and what each feature adds for each body, (n, features).

        The mean over the views of those on board.
        """
        views = features.features(self.query, self.parts.knowledge)
        rows = self.asked.looked_at
        if rows is None:
            taken_apart = [self.parts.ranker.contributions(view) for view in views]
            return taken_apart[0][0], np.asarray(
                np.mean([parts for _, parts in taken_apart], axis=0)
            )
        near = [self.parts.ranker.contributions(view[rows]) for view in views]
        parts = np.zeros(views.shape[1:], np.float64)
        parts[:, 0] = -np.inf  # nobody else is a candidate
        parts[rows] = np.mean([found for _, found in near], axis=0)
        return near[0][0], parts

    def _similar(self, fitting: Bools | None) -> tuple[SimilarCooperation, ...]:
        if self.parts.text_model is None or fitting is None:
            return ()
        alike = self.query.similar
        kept = np.flatnonzero(fitting[alike.indices])[:_SHOWN_SIMILAR]
        return answer.entries(self.parts.knowledge, alike.indices[kept], alike.similarity[kept])

    def _explained(self, order: Ints, shown: Ints) -> Ints:
        """Return the rows of bodies that are answered whatever the limit, best first."""
        wanted = self.request.explain
        asked = [row_of(self.directory, k, f"/explain/{i}") for i, k in enumerate(wanted)]
        return order[np.isin(order, asked) & ~np.isin(order, shown)]

    def _with_ranks(self, matches: tuple[Match, ...], shown: int, order: Ints) -> tuple[Match, ...]:
        """Give bodies behind the limit their place: among those that pass, else among all."""
        passing = self.asked.passing
        ranked, places = order[passing[order]], list(matches[:shown])
        for match in matches[shown:]:
            row = row_of(self.directory, match.body, "/explain")
            among = ranked if passing[row] else order
            place = int(np.flatnonzero(among == row)[0]) + 1
            places.append(replace(match, rank=place, filtered_by=self.asked.codes_against(row)))
        return tuple(places)

    def _consortium(self, scores: Scores, result: MatchResult) -> Consortium | None:
        passing, known = self.asked.passing, self.parts.knowledge
        if not passing.any():
            return None

        def score_from(member: int, candidates: Ints) -> Scores:
            view = features.features(self.query.asked_by(self.askers.of(member)), known)
            return self.parts.ranker.score(view[0, candidates])

        group = consortium.propose_for(
            self.query,
            scores,
            passing,
            score_from,
            self._asked_of_the_group(result),
            self.together,
            known.bodies,
        )
        facts = consortium.Facts(
            existing=bool(self.together.any() and self.together[group[1:]].all()),
            joining=any(e.relation == "joinable" for e in result.existing),
            task=self.reading.task,
            carried=None if result.competence is None else result.competence.own,
            outside=bool(self.reading.partners.outside),
            today=self.today,
        )
        return consortium.describe(group, self.query, known, self.directory, facts)

    def _asked_of_the_group(self, result: MatchResult) -> Conditions:
        """Return the conditions; where the Kreis has the task by law, the group is with it."""
        carried = result.competence is not None and result.competence.carried_by is not None
        if not carried or self.asked.group.with_district is not None:
            return self.asked
        # Without the one that has the task the others have nothing to share.
        return replace(self.asked, group=replace(self.asked.group, with_district=True))
