"""The model card, written from stored results, never by hand."""

from __future__ import annotations

from typing import Any

from eval.report import (
    card_behaviour,
    card_curves,
    card_limits,
    card_listening,
    card_quality,
    card_slices,
)
from eval.report.age import measured_on
from models.additive import AdditiveRanker


def render(
    results: dict[str, Any],
    heard: dict[str, Any],
    trials: dict[str, Any],
    ranker: AdditiveRanker,
    served: str | None = None,
) -> str:
    """Return the whole model card as Markdown.

    Parameters
    ----------
    results
        Stored results of the evaluation.
    heard
        Stored results on understanding.
    trials
        Stored results of other forms of the ranker.
    ranker
        The one that ships: its form and its curves.
    served
        Its version; the card says so where another was measured.
    """
    served = served or ranker.version
    sections = (
        _what(results, ranker, served),
        card_quality.how_good(results),
        card_quality.goals(results),
        card_slices.where(results),
        card_curves.surprising(ranker),
        card_behaviour.texts(results),
        card_listening.listening(heard, served),
        card_behaviour.probabilities(results),
        card_behaviour.groups(results),
        card_behaviour.fairness(results),
        card_limits.tried(trials, served),
        card_limits.weak(results),
    )
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _what(results: dict[str, Any], ranker: AdditiveRanker, served: str) -> str:
    made = results["provenance"]
    return f"""# Model card

Written by `make evaluate`; do not edit.{measured_on(results, served)}

## What it is

A ranker ({made["rows"]:,} rows) that gives, for a searching body and a matter in words, the
log-odds that each other body would be a partner. Its output is a proposal, no verdict on a
municipality. The score is a sum: {len(ranker.curves)} of {len(ranker.feature_names)} features have
two curves, straight between a few knots: what a value is worth in searches for few, and in large
groups and a whole Kreis. A gate a feature says how far a search is one or the other; it sees
{len(ranker.inputs)} numbers that are the same for all bodies of a search. Curves rise or fall where
that is certain (farther is never better by itself, more shared cooperations never worse). All is
learned at once, from which bodies are partners and in which order, and scaled on held-out queries.
A reason is the sum of its features, exactly; nothing is estimated afterwards.

- version `{results["ranker"]}`, features `{made["feature_fingerprint"]}`
- data `{made["data_version"]}`: {made["cooperations"]} known cooperations with at least two
  participants, {made["queries"]:,} queries made from them, each seen as if the cooperation and its
  near-duplicates were not known
- text model: {made["text_model"]}"""
