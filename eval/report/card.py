"""The model card, written from stored results, never by hand."""

from __future__ import annotations

from typing import Any

from eval.report import card_behaviour, card_limits, card_listening, card_quality, card_slices
from eval.report.age import measured_on


def render(results: dict[str, Any], heard: dict[str, Any], served: str) -> str:
    """Return the whole model card as Markdown.

    Parameters
    ----------
    results
        Stored results of the evaluation.
    heard
        Stored results on understanding.
    served
        Version of the ranker that ships; the card says so where another was measured.
    """
    sections = (
        _what(results, served),
        card_quality.how_good(results),
        card_quality.goals(results),
        card_slices.where(results),
        card_behaviour.texts(results),
        card_listening.listening(heard, served),
        card_behaviour.probabilities(results),
        card_behaviour.groups(results),
        card_behaviour.fairness(results),
        card_limits.weak(results),
    )
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _what(results: dict[str, Any], served: str) -> str:
    made = results["provenance"]
    return f"""# Model card

Written by `make evaluate`; do not edit.{measured_on(results, served)}

## What it is

A ranker ({made["rows"]:,} rows) that gives, for a searching body and a matter in words, the
log-odds that each other body would be a partner. Its output is a proposal, no verdict on a
municipality. Two sets of boosted trees (LightGBM) see the same {results["features"]} features: one
learns the odds, the other the order; their sum is scaled on held-out queries. Reasons are exact
Shapley values of the trees and add up to the score.

- version `{results["ranker"]}`, features `{made["feature_fingerprint"]}`
- data `{made["data_version"]}`: {made["cooperations"]} known cooperations with at least two
  participants, {made["queries"]:,} queries made from them, each seen as if the cooperation and its
  near-duplicates were not known
- text model: {made["text_model"]}"""
