"""The model card on what is weak, and on what was tried."""

from __future__ import annotations

from typing import Any

from eval.ranking.learning import FROM_HALF, RANKER
from eval.report.age import measured_on
from eval.report.markdown import markdown_table

_COMMAND = "python -m eval trials"


def trials_table(trials: dict[str, Any]) -> str:
    """Return a table of the forms tried: the metric, and the change with its interval."""
    rows = []
    for name, form in trials["forms"].items():
        change = form["change"]
        interval = f"{change['mean']:+.3f} ({change['low']:+.3f} … {change['high']:+.3f})"
        rows.append([name, f"{form['mean']:.3f}", interval if change["high"] else ""])
    return markdown_table(["form", "nDCG@10", "change, 95 % interval"], rows)


def tried(trials: dict[str, Any], served: str) -> str:
    """Say which other forms were measured, and where."""
    return f"""## Other forms of the ranker

`{_COMMAND}`: learned from four fifths of what each fold knows, asked for the other
fifth; what a fold hides is not looked at. {trials["cooperations"]} cooperations of
{trials["folds"]} of five folds, paired.{measured_on(trials, served, _COMMAND)}

{trials_table(trials)}"""


def weak(results: dict[str, Any]) -> str:
    """Say what is weak, and what the figures do not show."""
    half, whole = (results["systems"][name]["mean"]["ndcg@10"] for name in (FROM_HALF, RANKER))
    return f"""## What is weak

- A missing cooperation is unknown, not a "no": well-publicised cooperations, larger towns and
  neighbours are over-represented, so a right suggestion can count as wrong here.
- Features, the settings of the text space (14 tried), of the forecast (4 ridge values, 7 kernels),
  of the task areas (33, most of them on other splits), of the curves, of long texts (10, on two
  folds) and of the cohesion of groups (5, on two folds) were picked by looking at the same folds as
  these; the figures are optimistic for that. Baselines were tuned on validation folds only.
- It is short of cooperations: learned from half of them (all known as ever) it has nDCG@10
  {half:.3f}, from all {whole:.3f}. Tried on these folds and no better than noise (about 0.003): the
  register's court, tax, labour and election districts as features, places within a search, training
  states that hide a tenth or a fifth more, descriptions as further queries. Learning a fifth of
  the weight from queries without their words helped where words are missing, cost as much as noise
  with words, and made the forward test of outreach worse: not kept.
- Tried on validation parts of one fold and not better: the place of a body among those of its
  standing or among those as large as the searcher, distances seen from the body, habits of a
  searcher and of its surroundings, ties between Kreise and to the likely group, ties by age and
  status, the Regionalverband Ruhr, an embedding of ties, how open a body is in an area; gates
  that see task areas or how ties are spread; Kreise and kreisfreie Städte with curves of their
  own; each partner by itself in the loss, random curves left out of a step, large groups
  weighing more.
- Without text (`ranker, text model off`) the same ranker falls back on the pattern of all
  cooperations; it was not trained for that: see `logistic regression, bodies only` beside it.
- Cooperations are taken as independent by intervals and tests, though some have partners in common:
  the intervals are slightly narrow.
- The split by time uses the register and the figures of today; it is blind to LEADER regions, which
  were drawn anew since.
- The same register and the same ties serve training and test: nothing here measures another Land.
"""
