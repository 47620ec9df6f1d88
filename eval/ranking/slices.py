"""Figures by who asks for what: properties of a query, which cut its ordinary figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from eval.ranking.measures import METRICS
from matcher.known.bodies import Bodies, Floats
from matcher.training import Rows

SEGMENTS = ("small", "medium", "large", "kreisfrei", "Kreis", "Verband")
"""Names of the rows of `LegalStatus`, as in `Bodies.status`."""

_SAME_PARTNERS = 0.6  # as for near-duplicates in `matcher.training`


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
        `eval.ranking.measures.query_figures`, of one fold or of several put together.
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
