"""Figures by where the partner lies.

Position is a property of a pair: each query is asked once for each position in which it has a
partner.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from eval.ranking.measures import METRICS, metric_table
from matcher.known.bodies import Bodies, Ints
from matcher.known.relation import Relation
from matcher.training import Rows

PARENT, NEIGHBOUR_INSIDE, INSIDE = (
    "parent Kreis",
    "neighbour in the Kreis",
    "elsewhere in the Kreis",
)
NEIGHBOUR_BEYOND, NEITHER = "neighbour beyond", "neither"
POSITIONS = (PARENT, NEIGHBOUR_INSIDE, INSIDE, NEIGHBOUR_BEYOND, NEITHER)

UNFILTERED = "recall@25 unfiltered"
"""Recall of the partners of one position where those of other positions stay in the ranking."""


def positions(land: Bodies) -> Ints:
    """Say how each pair of bodies lies, (n, n): row in `POSITIONS`.

    - parent Kreis: one is the Kreis that contains the other;
    - neighbour in the Kreis, elsewhere in the Kreis: both in one Kreis, with and without a border;
    - neighbour beyond: a common border, not in one Kreis; also between a municipality and a
      Kreis it does not belong to, which `Relation.NEIGHBOUR` does not hold;
    - neither: all else, and every pair with an association.
    """
    relation = np.asarray(land.relation)
    rules = [
        (PARENT, np.isin(relation, [Relation.OWN_DISTRICT, Relation.MEMBER])),
        (NEITHER, relation == Relation.ASSOCIATION),
        (NEIGHBOUR_INSIDE, relation == Relation.NEIGHBOUR_SAME_DISTRICT),
        (INSIDE, relation == Relation.SAME_DISTRICT),
        (NEIGHBOUR_BEYOND, np.asarray(land.border_km) > 0),
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
        See `eval.ranking.measures.ranking_figures`.
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
            **{UNFILTERED: metric_table(unfiltered, scores[asked], ["recall@25"])["recall@25"]},
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
