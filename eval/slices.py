"""Figures by where the partner lies, and by who searches what.

Position is a property of a pair: each query is asked once for each position in which it has a
partner. The other slices are properties of a query and cut its ordinary figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from eval.measures import METRICS, metric_table
from matcher.known.bodies import Bodies, Floats, Ints, Relation
from matcher.training import Rows

PARENT, NEIGHBOUR_INSIDE, INSIDE = (
    "parent Kreis",
    "neighbour in the Kreis",
    "elsewhere in the Kreis",
)
NEIGHBOUR_BEYOND, NEITHER = "neighbour beyond", "neither"
POSITIONS = (PARENT, NEIGHBOUR_INSIDE, INSIDE, NEIGHBOUR_BEYOND, NEITHER)

SEGMENTS = ("small", "medium", "large", "kreisfrei", "Kreis", "Verband")
"""Names of the rows of `LegalStatus`, as in `Bodies.status`."""

UNFILTERED = "recall@25 unfiltered"
"""Recall of the partners of one position where those of other positions stay in the ranking."""

_SAME_PARTNERS = 0.6  # as for near-duplicates in `matcher.training`


def positions(land: Bodies) -> Ints:
    """Say how each pair of bodies lies, (n, n): row in `POSITIONS`.

    - parent Kreis: one is the Kreis that contains the other;
    - neighbour in the Kreis, elsewhere in the Kreis: both in one Kreis, with and without a border;
    - neighbour beyond: a common border, not in one Kreis; also between a municipality and a
      Kreis it does not belong to, which `Relation.NEIGHBOUR` does not hold;
    - neither: all else, and every pair with an association.
    """
    relation = land.relation
    rules = [
        (PARENT, np.isin(relation, [Relation.OWN_DISTRICT, Relation.MEMBER])),
        (NEITHER, relation == Relation.ASSOCIATION),
        (NEIGHBOUR_INSIDE, relation == Relation.NEIGHBOUR_SAME_DISTRICT),
        (INSIDE, relation == Relation.SAME_DISTRICT),
        (NEIGHBOUR_BEYOND, land.border_km > 0),
    ]
    return np.select(
        [condition for _, condition in rules],
        [POSITIONS.index(name) for name, _ in rules],
        default=POSITIONS.index(NEITHER),
    )


def position_figures(rows: Rows, scores: npt.NDArray[Any], land: Bodies) -> pd.DataFrame:
    """Compute the ranking metrics for the partners of each position alone.

    Relevant are the partners of that position. Partners of other positions leave the ranking:
    they are neither found nor in the way of others. This is the standard filtered setting of link
    prediction (Bordes et al., 2013, Translating embeddings for modeling multi-relational data).
    All bodies that are no partner stay candidates, wherever they lie.

    Parameters
    ----------
    rows, scores
        See `eval.measures.ranking_figures`.
    land
        The bodies.

    Returns
    -------
    DataFrame
        One row a position and cooperation with such a partner: `position`, `cooperation`, the
        metrics and `UNFILTERED` as mean over its queries with such a partner, `queries` and
        `partners` (how many of each, over those queries).
    """
    place = positions(land)[rows.searcher]
    partner = rows.labels == 1
    parts = []
    for number, name in enumerate(POSITIONS):
        wanted = partner & (place == number)
        asked = np.flatnonzero(wanted.any(axis=1))
        if len(asked) == 0:
            continue
        filtered = np.where((partner & ~wanted)[asked], np.nan, rows.labels[asked])
        unfiltered = np.where((partner & ~wanted)[asked], 0, rows.labels[asked])
        figures = metric_table(filtered, scores[asked]).assign(
            **{UNFILTERED: metric_table(unfiltered, scores[asked])["recall@25"]},
            cooperation=rows.cooperation[asked],
            queries=1,
            partners=wanted[asked].sum(axis=1),
        )
        how = dict.fromkeys((*METRICS, UNFILTERED), "mean") | {"queries": "sum", "partners": "sum"}
        means = figures.groupby("cooperation", as_index=False).agg(how)
        means.insert(0, "position", name)
        parts.append(means)
    return pd.concat(parts, ignore_index=True)


def position_means(figures: pd.DataFrame) -> pd.DataFrame:
    """Average `position_figures`, of one fold or of several put together, over cooperations.

    Returns
    -------
    DataFrame
        One row a position (index, in the order of `POSITIONS`): the metrics and
        `UNFILTERED`, and how many `cooperations`, `queries` and `partners` they rest on.
    """
    grouped = figures.groupby("position")
    table = grouped[[*METRICS, UNFILTERED]].mean()
    table["cooperations"] = grouped["cooperation"].nunique()
    table[["queries", "partners"]] = grouped[["queries", "partners"]].sum()
    return table.loc[[name for name in POSITIONS if name in table.index]]


def query_slices(
    rows: Rows,
    land: Bodies,
    participation: Floats,
    task_areas: Sequence[str] | npt.NDArray[Any],
) -> pd.DataFrame:
    """Label each query with the slices it belongs to.

    Parameters
    ----------
    rows
        The queries.
    land
        The bodies.
    participation
        (known, n) of the state from which the queries were answered: 1 where the body takes part.
    task_areas
        (c,) task area of each cooperation, by the index in `rows.cooperation`.

    Returns
    -------
    DataFrame
        One row a query, in the order of `rows`:

        - `segment`: of the searcher, see `SEGMENTS`;
        - `ties`: "known ties" where the state knows a cooperation of the searcher, else "no ties";
        - `group size`: "2", "3–5" or "6+" participants, the searcher included;
        - `task area`;
        - `novelty`: "partners known together" where the state knows a cooperation whose
          participants overlap with the group by at least 0.6 (Jaccard), else "new combination".
    """
    group = (rows.labels == 1).astype(np.float32)
    group[np.arange(len(group)), rows.searcher] = 1
    size = group.sum(axis=1)
    active = participation.sum(axis=0)[rows.searcher] > 0
    known = _greatest_overlap(group, participation) >= _SAME_PARTNERS
    return pd.DataFrame(
        {
            "segment": np.array(SEGMENTS)[land.status[rows.searcher]],
            "ties": np.where(active, "known ties", "no ties"),
            "group size": np.select([size <= 2, size <= 5], ["2", "3–5"], default="6+"),
            "task area": np.asarray(task_areas)[rows.cooperation],
            "novelty": np.where(known, "partners known together", "new combination"),
        }
    )


def sliced_means(figures: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Average the figures of queries within each slice, by cooperation first.

    A cooperation whose queries fall into several values of a slice (its searchers differ in size,
    say) counts once in each of them.

    Parameters
    ----------
    figures
        `eval.measures.query_figures`, of one fold or of several put together.
    labels
        `query_slices` of the same queries in the same order.

    Returns
    -------
    DataFrame
        Index (`slice`, `value`): the metrics, and how many `cooperations` and `queries` they rest
        on. Values in the order of their names, segments in that of `SEGMENTS`.

    Raises
    ------
    ValueError
        The tables differ in length.
    """
    if len(figures) != len(labels):
        raise ValueError(f"{len(figures)} queries have figures, {len(labels)} have labels.")
    parts = {}
    for name in labels.columns:
        value = labels[name].to_numpy()
        first = figures.groupby([value, figures["cooperation"].to_numpy()])[list(METRICS)].mean()
        grouped = first.groupby(level=0)
        table = grouped.mean()
        table["cooperations"] = grouped.size()
        table["queries"] = pd.Series(value).value_counts()
        parts[name] = table.loc[sorted(table.index, key=_rank)]
    return pd.concat(parts, names=["slice", "value"])


def _greatest_overlap(group: Floats, participation: Floats) -> Floats:
    """Return the greatest Jaccard index of each group with any known cooperation, (queries,)."""
    both = group @ participation.T
    either = group.sum(axis=1)[:, None] + participation.sum(axis=1)[None, :] - both
    return np.asarray((both / either).max(axis=1, initial=0), np.float32)


def _rank(value: str) -> tuple[int, str]:
    return (SEGMENTS.index(value) if value in SEGMENTS else len(SEGMENTS), value)
