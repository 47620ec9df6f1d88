"""The same queries in other words: cut, mistyped, in capitals, long, in English."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eval.ranking.measures import METRICS, query_figures
from eval.ranking.protocol import Fold, ask
from eval.ranking.wordings import WORDINGS, english
from matcher.known.knowledge import Knowledge
from models import Ranker, TextModel

FULL, ENGLISH = "full request", "English"
SAMPLE = 20
"""Cooperations a fold, beside those that have an English text."""
_SEED = 20_263


def robustness_figures(
    fold: Fold, knowledge: Knowledge, ranker: Ranker, model: TextModel, count: int = SAMPLE
) -> pd.DataFrame:
    """Ask for a seeded sample of `count` cooperations of a fold in all wordings.

    Returns
    -------
    DataFrame
        One row a wording and cooperation: `wording`, `cooperation`, the metrics. English is asked
        only for cooperations that have an English text.
    """
    translated = english(knowledge.cooperations)
    asked = np.unique(fold.test.cooperation)
    in_english = np.array(
        [i for i in asked if knowledge.cooperations[i].id in translated], np.int64
    )
    rng = np.random.default_rng([_SEED, fold.number])
    sample = np.sort(rng.choice(asked, min(count, len(asked)), replace=False))
    everyone = np.union1d(sample, in_english)
    requests = {int(i): knowledge.cooperations[i].request for i in everyone}
    texts = {FULL: requests}
    for name, reword in WORDINGS.items():
        texts[name] = {int(i): reword(requests[int(i)], int(i)) for i in sample}
    if len(in_english):
        texts[ENGLISH] = {int(i): translated[knowledge.cooperations[i].id] for i in in_english}
    parts = []
    assert fold.state.reader is not None
    for name, typed in texts.items():
        wording = {index: fold.state.reader.gist(text) for index, text in typed.items()}
        indices = np.array(list(wording), np.int64)
        vectors = model.encode_queries(list(wording.values()))
        rows = ask(knowledge, indices, fold.state, wording, vectors)
        figures = query_figures(rows, ranker.score(rows.features))
        means = figures.groupby("cooperation", as_index=False)[list(METRICS)].mean()
        parts.append(means.assign(wording=name))
    return pd.concat(parts, ignore_index=True)
