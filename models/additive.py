"""The additive ranker: the score is the sum of its reasons.

score = base + Σ over features f of (1 - g_f) · few_f(x_f) + g_f · many_f(x_f) + Σ over constants

Two curves say what a value of a feature is worth, in log-odds: one for searches for a few equals,
one for large groups and a whole Kreis. A gate g_f between 0 and 1 says how far this search is one
or the other for this feature; it sees only what is the same for all bodies of a search (gated
additive terms as in Zhuang et al. 2020, Interpretable Learning-to-Rank with Generalized Additive
Models; two of them a feature as in Jacobs et al. 1991, Adaptive mixtures of local experts). A curve
is 0 on average over the searches learned from, and where a value is not known: `base` is the score
before anything is known, and a contribution is what is known beyond it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data.provenance import write_atomically
from models.errors import MissingModelError
from models.ranker import META, RETRAIN, Floats, Provenance

Doubles = npt.NDArray[np.float64]
_GATE_LIMIT = 4.0  # log-odds
_INPUT_LIMIT = 3.0  # spreads: beyond what was learned from, gates stay as they are
_DIGITS = 5  # significant digits of what was learned: enough for 1e-4 log-odds, short to read


@dataclass(frozen=True, slots=True)
class Curve:
    """What each value of a feature is worth.

    Attributes
    ----------
    feature
        Its name.
    knots
        (k,) ascending values.
    few, many
        (k,) log-odds there, in searches for few and for many; straight in between, level outside.
    gate
        (inputs,) weights of the gate's inputs; their sum is the log-odds of `many`.
    """

    feature: str
    knots: Doubles
    few: Doubles
    many: Doubles
    gate: Doubles


@dataclass(frozen=True, slots=True)
class GateInput:
    """One number that gates see: a constant of the search, centred and scaled.

    Attributes
    ----------
    feature
        Name of the constant.
    level
        For a constant whose numbers are names: 1 where it is this one, 0 elsewhere.
    mean, spread
        Over the searches learned from.
    odds
        What one spread is worth for every body of the search, log-odds.
    """

    feature: str
    level: float | None
    mean: float
    spread: float
    odds: float = 0.0

    def given(self, values: Doubles) -> Doubles:
        """Return the constant itself, or whether it is this level."""
        return values if self.level is None else (values == self.level).astype(np.float64)

    def read(self, values: Doubles) -> Doubles:
        """Return the input for values of the constant, of any shape."""
        scaled = (self.given(values) - self.mean) / self.spread
        return np.clip(scaled, -_INPUT_LIMIT, _INPUT_LIMIT)


class _Searches(Struct, frozen=True):
    """The searches in a matrix: rows beside each other for which all constants are the same.

    Attributes
    ----------
    bounds
        (q + 1,) first row of each, and the number n of rows.
    inputs
        (q, inputs) what gates see in each.
    """

    bounds: npt.NDArray[np.intp]
    inputs: Doubles

    def spread(self, values: Doubles) -> Doubles:
        """Return for each row what its search has: (…, q) gives (…, n)."""
        return np.repeat(values, np.diff(self.bounds), axis=-1)


class AdditiveRanker:
    """Scores a feature matrix; interchangeable with every `Ranker`.

    Parameters
    ----------
    feature_names
        Columns of the matrix.
    base
        Log-odds before anything is known.
    curves
        In the order of their columns; a feature without a curve does not count.
    inputs
        What gates see.
    provenance
        What it was trained on.
    """

    def __init__(
        self,
        feature_names: Sequence[str],
        base: float,
        curves: Sequence[Curve],
        inputs: Sequence[GateInput],
        provenance: Provenance,
    ) -> None:
        self.feature_names, self.base = tuple(feature_names), base
        self.curves, self.inputs, self.provenance = tuple(curves), tuple(inputs), provenance
        column = {name: index for index, name in enumerate(self.feature_names)}
        self._columns = [column[curve.feature] for curve in self.curves]
        self._constants = [column[given.feature] for given in self.inputs]
        self._weights = np.array([curve.gate for curve in self.curves]).T.reshape(
            len(self.inputs), len(self.curves)
        )
        self._odds = np.array([given.odds for given in self.inputs])
        self._levels = np.array([np.nan if g.level is None else g.level for g in self.inputs])
        self._means = np.array([given.mean for given in self.inputs])
        self._spreads = np.array([given.spread for given in self.inputs])
        # Several inputs may read one constant: in this order they lie side by side.
        self._by_column = np.argsort(self._constants, kind="stable")
        self._distinct, self._starts = np.unique(
            np.array(self._constants, np.int64)[self._by_column], return_index=True
        )

    def score(self, matrix: Floats) -> Doubles:
        """Return the log-odds of each row; (n, f) gives (n,), (q, n, f) gives (q, n) float64."""
        flat = matrix.reshape(-1, matrix.shape[-1])
        searches = self._searches(flat)
        total = self.base + searches.spread(searches.inputs @ self._odds)
        total += self._terms(flat, searches).sum(axis=0)
        return np.asarray(total, np.float64).reshape(matrix.shape[:-1])

    def contributions(self, matrix: Floats) -> tuple[float, Doubles]:
        """Take scores apart, exactly: base + sum of a row = score of the row.

        Returns
        -------
        base : float
            Log-odds before anything is known about search and body.
        parts : ndarray
            (n, f) float64 log-odds, columns in the order of `feature_names`.
        """
        searches = self._searches(matrix)
        parts = np.zeros(matrix.shape[::-1], np.float64)
        parts[self._columns] = self._terms(matrix, searches)
        if self.inputs:
            worth = (searches.inputs * self._odds)[:, self._by_column]
            parts[self._distinct] += searches.spread(np.add.reduceat(worth, self._starts, axis=1).T)
        return self.base, parts.T

    def curve(self, feature: str) -> Curve:
        """Return the curve of a feature.

        Raises
        ------
        KeyError
            The feature has none.
        """
        for curve in self.curves:
            if curve.feature == feature:
                return curve
        raise KeyError(feature)

    def gates(self, matrix: Floats) -> Doubles:
        """Return how far each row is a search for many, by curve, (n, curves), 0 … 1."""
        searches = self._searches(matrix)
        return searches.spread(self._gates(searches.inputs).T).T

    def _searches(self, matrix: Floats) -> _Searches:
        """Find the searches in a matrix, and what gates see in each."""
        constants = matrix.T[self._distinct]
        starts = np.flatnonzero((constants[:, 1:] != constants[:, :-1]).any(axis=0)) + 1
        bounds = np.array([0, *starts, len(matrix)])
        given = matrix[bounds[:-1]][:, self._constants].astype(np.float64)
        # `GateInput.read` of all inputs at once.
        given = np.where(np.isnan(self._levels), given, given == self._levels)
        scaled = (given - self._means) / self._spreads
        return _Searches(bounds, np.clip(scaled, -_INPUT_LIMIT, _INPUT_LIMIT))

    def _gates(self, inputs: Doubles) -> Doubles:
        """Return the gates of each search, (q, curves)."""
        lean = np.clip(inputs @ self._weights, -_GATE_LIMIT, _GATE_LIMIT)
        return np.asarray(1 / (1 + np.exp(-lean)))

    def _terms(self, matrix: Floats, searches: _Searches) -> Doubles:
        """Return what each curve gives, (curves, n).

        A search sees one curve of each feature: `few` and `many`, mixed by its gate.
        """
        terms = np.empty((len(self.curves), len(matrix)))
        lines = self._few + self._gates(searches.inputs)[:, self._curve_of_knot] * self._apart
        values = matrix.T[self._columns].astype(np.float64)
        for line, start, end in zip(lines, searches.bounds, searches.bounds[1:], strict=False):
            for position, (knots, place) in enumerate(self._laid_out):
                at = values[position, start:end]
                terms[position, start:end] = np.interp(at, knots, line[place])
        terms[np.isnan(terms)] = 0  # what is not known says nothing
        return terms

    @cached_property
    def _few(self) -> Doubles:
        """Values at the knots of all curves, laid end to end, in a search for few."""
        return np.concatenate([np.empty(0), *(curve.few for curve in self.curves)])

    @cached_property
    def _apart(self) -> Doubles:
        """How far they are off in a search for many."""
        return np.concatenate([np.empty(0), *(curve.many for curve in self.curves)]) - self._few

    @cached_property
    def _curve_of_knot(self) -> npt.NDArray[np.intp]:
        """To which curve each of these knots belongs."""
        return np.repeat(np.arange(len(self.curves)), [len(curve.knots) for curve in self.curves])

    @cached_property
    def _laid_out(self) -> list[tuple[Doubles, slice]]:
        """Knots of each curve, and their place among those of all."""
        ends = np.cumsum([0, *(len(curve.knots) for curve in self.curves)]).tolist()
        knots = [curve.knots for curve in self.curves]
        return list(zip(knots, map(slice, ends, ends[1:]), strict=True))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that scores depend on beside the features, hexadecimal."""
        learned = {key: value for key, value in self._document().items() if key != "provenance"}
        return hashlib.sha256(json.dumps(learned, sort_keys=True).encode()).hexdigest()

    @property
    def version(self) -> str:
        """Short name of this ranker: when it was trained, and what came out."""
        return f"{self.provenance.trained_on}+{self.digest[:12]}"

    def save(self, folder: Path) -> None:
        """Write curves, gates and what they were learned from as one JSON file."""
        write_atomically(folder / META, _lines(self._document()))

    @classmethod
    def load(cls, folder: Path) -> AdditiveRanker:
        """Read a saved ranker.

        Raises
        ------
        MissingModelError
            The file is missing or broken.
        """
        path = folder / META
        if not path.is_file():
            raise MissingModelError(f"Die Rangfolge fehlt ({path}). {RETRAIN}")
        try:
            found = json.loads(path.read_text("utf-8"))
            curves = [
                Curve(
                    entry["feature"],
                    np.array(entry["knots"], np.float64),
                    np.array(entry["few"], np.float64),
                    np.array(entry["many"], np.float64),
                    np.array(entry["gate"], np.float64),
                )
                for entry in found["curves"]
            ]
            return cls(
                found["features"],
                float(found["base"]),
                curves,
                [GateInput(**entry) for entry in found["inputs"]],
                Provenance(**found["provenance"]),
            )
        except (ValueError, TypeError, KeyError) as error:
            raise MissingModelError(f"Die Rangfolge ist beschädigt ({error}). {RETRAIN}") from None

    def _document(self) -> dict[str, Any]:
        return {
            "kind": "additive",
            "provenance": asdict(self.provenance),
            "features": list(self.feature_names),
            "base": self.base,
            "inputs": [asdict(given) for given in self.inputs],
            "curves": [
                {key: _plain(value) for key, value in asdict(curve).items()}
                for curve in self.curves
            ],
        }


def rounded(values: npt.ArrayLike) -> Doubles:
    """Round what was learned to five significant digits, as it is saved."""
    given = np.asarray(values, np.float64)
    return np.array([float(f"{value:.{_DIGITS}g}") for value in given.ravel()]).reshape(given.shape)


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value


def _lines(document: dict[str, Any]) -> str:
    """Write JSON with one curve or input a line, so that a change of one shows as one line."""
    parts = []
    for key, value in document.items():
        if key in ("inputs", "curves"):
            rows = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            parts.append(f'"{key}": [\n{rows}\n]')
        else:
            parts.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
