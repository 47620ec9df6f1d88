"""All peers in one run: the same held-out questions, the same machine, timed in turn with ours."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
from rich.console import Console

from data import Dataset
from data.geometry import UTM32, WGS84
from eval.performance.inputs import Inputs, Question
from eval.performance.paired import paired
from eval.performance.peers import OFFERS, Offer, Peer
from eval.performance.reference.facts import Facts, Known
from eval.performance.resident import resident_mb
from eval.performance.same_features import agreement, ours, plain, shapley
from eval.ranking.learning import as_shipped, learn
from eval.ranking.measures import ranking_figures
from eval.ranking.protocol import Fold, make_folds
from eval.ranking.trees import boost
from eval.ranking.validation import best, hold_out
from matcher import Matcher
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.training import Rows
from models.additive import AdditiveRanker

METRICS = ("ndcg@10", "hit_rate@5")
_TUNED_ON = 200  # searches of what the fold knows
_ROUNDS = 100  # of boosting: `make evaluate` takes more, and compares on all folds
_SEED = 20_265
Row = dict[str, Any]


class Comparison:
    """Asks ours and every peer what one fold hides.

    Parameters
    ----------
    matcher
        What is served.
    quick
        Fewer rounds, shorter learning: a look, no result.
    console
        Where progress is told.
    """

    def __init__(self, matcher: Matcher, quick: bool, console: Console) -> None:
        self.matcher, self.quick, self.console = matcher, quick, console
        self.fold: Fold = next(make_folds(matcher.knowledge, show_progress=False))
        ranker = learn(self.fold, as_shipped(3) if quick else as_shipped())
        assert isinstance(ranker, AdditiveRanker)
        self.ranker = ranker
        self.scores = ranker.score(self.fold.test.features)
        chance = np.random.default_rng(_SEED)
        self.drawn = chance.choice(len(self.fold.test.searcher), 8 if quick else 30, replace=False)

    def figures(self) -> dict[str, Any]:
        """Return one row a peer, ours first, and how far plain Python agrees."""
        rows = [self._our_row(), *self._plain_rows(), *self._peer_rows(), self._trees_row()]
        test = self.fold.test
        return {
            "folds": 1,
            "cooperations": len(np.unique(test.cooperation)),
            "searches": len(test.searcher),
            "timed": len(self.drawn),
            "rows": rows,
            "agreement": self.agreement,
        }

    def _our_row(self) -> Row:
        seconds = paired(*map(self._our_search, self.drawn), rounds=1)
        return {
            "name": "this project",
            "ms": float(np.median(seconds.seconds)) * 1000,
            "ratio": 1.0,
            "mb": resident_mb("eval.performance.resident:land"),
            "loses": "",
        } | self._quality(self.scores)

    def _plain_rows(self) -> Iterator[Row]:
        state, dataset = self.fold.state, self.matcher.dataset
        facts = Facts(dataset)
        known = Known(facts, state.cooperations)
        asked = [(int(self.fold.test.searcher[i]), self._matter(i)) for i in self.drawn]
        some = asked[: 2 if self.quick else 8]
        self.agreement = asdict(agreement(facts, known, state, self.ranker, some))
        calls = [lambda a=a: plain(facts, known, self.ranker, *a) for a in some[:5]]
        yield self._row(
            "plain Python, a candidate at a time",
            calls,
            self.scores,
            resident_mb("eval.performance.resident:plain_python"),
            "Nothing but time: the same scores.",
        )

    def _peer_rows(self) -> Iterator[Row]:
        validation = hold_out(self.fold)
        tuned_on = inputs_of(self.matcher.dataset, validation.state)
        rows = validation.rows
        part = Rows(*(getattr(rows, name)[:_TUNED_ON] for name in Rows.__slots__))
        vectors = validation.asked.vectors
        questions = [Question(int(s), vectors[i]) for i, s in enumerate(part.searcher)]
        inputs = inputs_of(self.matcher.dataset, self.fold.state)
        for offer in OFFERS:
            if importlib.util.find_spec(offer.package) is None:
                self.console.print(
                    f"{offer.name}: {offer.package} is missing (pip install '.[peers]')."
                )
                continue
            make = offer.choices[0]
            if len(offer.choices) > 1:
                make = best(offer.choices, lambda c: _answers(c(tuned_on), questions), part)
            yield self._peer_row(offer, offer.choices.index(make), inputs)

    def _peer_row(self, offer: Offer, choice: int, inputs: Inputs) -> Row:
        peer = offer.choices[choice](inputs)
        test = self.fold.test
        asked = [self._question(i) for i in range(len(test.searcher))]
        calls = [lambda i=i: peer.search(asked[i]) for i in self.drawn]
        memory = resident_mb("eval.performance.peers:made", OFFERS.index(offer), choice, inputs)
        return self._row(offer.name, calls, _answers(peer, asked), memory, offer.loses)

    def _trees_row(self) -> Row:
        rounds = 10 if self.quick else _ROUNDS
        trees = boost(self.fold.training, rounds)
        test = self.fold.test
        flat = test.features.reshape(-1, test.features.shape[-1])
        scores = sum(np.asarray(tree.predict(flat, raw_score=True)) for tree in trees)
        calls = [
            lambda i=i: shapley(trees, self.fold.state, *self._asked(i)) for i in self.drawn[:5]
        ]
        memory = resident_mb(
            "eval.performance.resident:boosters", [tree.model_to_string() for tree in trees]
        )
        return self._row(
            f"LightGBM on our features, {rounds} rounds, Shapley values",
            calls,
            np.asarray(scores).reshape(test.features.shape[:2]),
            memory,
            "Reasons that are the score: a Shapley value says what a feature did here, not what it"
            " is worth; no curve can be drawn or forbidden to fall.",
        )

    def _row(
        self,
        name: str,
        calls: Sequence[Callable[[], object]],
        scores: npt.NDArray[Any],
        memory: float,
        loses: str,
    ) -> Row:
        self.console.print(name, highlight=False)
        ratios, own = [], []
        for call, i in zip(calls, self.drawn, strict=False):
            timed = paired(self._our_search(i), call, rounds=3)
            ratios.append(timed.ratio(1))
            own.append(timed.ms(1))
        return {
            "name": name,
            "ms": float(np.median(own)),
            "ratio": float(np.median(ratios)),
            "mb": memory,
            "loses": loses,
        } | self._quality(scores)

    def _quality(self, scores: npt.NDArray[Any]) -> Row:
        means = ranking_figures(self.fold.test, scores, METRICS).mean()
        return {"ndcg@10": float(means["ndcg@10"]), "hit@5": float(means["hit_rate@5"])}

    def _question(self, query: int) -> Question:
        body, vector, _ = self._asked(query)
        return Question(body, vector)

    def _asked(self, query: int) -> tuple[int, Any, str]:
        knowledge = self.matcher.knowledge
        assert knowledge.requests is not None
        index = int(self.fold.test.cooperation[query])
        text = knowledge.cooperations[index].request
        return int(self.fold.test.searcher[query]), knowledge.requests[index], text

    def _matter(self, query: int) -> Any:
        assert self.fold.state.reader is not None
        return self.fold.state.reader.read(*self._asked(query)[1:])

    def _our_search(self, query: int) -> Callable[[], object]:
        return lambda: ours(self.fold.state, self.ranker, *self._asked(query))


def _answers(peer: Peer, questions: Sequence[Question]) -> npt.NDArray[np.float32]:
    return np.stack([peer.search(question) for question in questions])


def inputs_of(dataset: Dataset, knowledge: Knowledge) -> Inputs:
    """Take what peers are given from a state of knowledge."""
    assert knowledge.passages is not None
    bodies, table = knowledge.bodies, dataset.bodies
    return Inputs(
        knowledge.passages,
        knowledge.participation,
        table[["longitude", "latitude"]].to_numpy(np.float64),
        seats_km(dataset),
        np.column_stack([bodies.structure, _z(bodies.log_population), _z(bodies.fiscal)]),
    )


def seats_km(dataset: Dataset) -> npt.NDArray[np.float64]:
    """Return where the seats are, (n, 2) km in UTM 32N."""
    east, north = (dataset.bodies[name].to_numpy(np.float64) for name in ("longitude", "latitude"))
    plane = pyproj.Transformer.from_crs(WGS84, UTM32, always_xy=True)
    return np.column_stack(plane.transform(east, north)) / 1000


def _z(figures: Floats) -> Floats:
    """Return z-scores, (n,); 0 where unknown."""
    scaled = (figures - np.nanmean(figures)) / np.nanstd(figures)
    return np.asarray(np.nan_to_num(scaled), np.float32)
