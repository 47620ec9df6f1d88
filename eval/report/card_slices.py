"""The model card on where it is good and where not: by position, and by every slice."""

from __future__ import annotations

from typing import Any

from eval.ranking.learning import RANKER, RANKERS
from eval.report.markdown import markdown_table


def where(results: dict[str, Any]) -> str:
    """Say for whom, and where, it is good; and which baseline it does not beat there."""
    return "\n\n".join(
        (
            "## For whom, and where",
            "Position of the partner; partners of other positions leave the ranking (filtered).",
            _positions(results["positions"]),
            _verdict(results["positions"]),
            _slices(results["slices"], results["paired"]["best_baseline"]),
        )
    )


def _positions(systems: dict[str, Any]) -> str:
    rows = []
    for place, ours in systems[RANKER].items():
        row = [place, str(int(ours["cooperations"]))]
        for metric in ("ndcg@10", "recall@25"):
            theirs = {name: systems[name][place][metric] for name in _baselines(systems)}
            best = max(theirs, key=theirs.__getitem__)
            row += [f"{ours[metric]:.3f}", f"{theirs[best]:.3f} ({best})"]
        rows.append(row)
    heading = ["position", "cooperations", "nDCG@10", "best baseline", "recall@25", "best baseline"]
    return markdown_table(heading, rows)


def _verdict(systems: dict[str, Any]) -> str:
    lost = [
        f"{name} ({place})"
        for place, ours in systems[RANKER].items()
        for name in _baselines(systems)
        if systems[name][place]["ndcg@10"] >= ours["ndcg@10"]
    ]
    if lost:
        return f"Not better in nDCG@10 than: {', '.join(lost)}."
    return "Better than each baseline in every position."


def _baselines(systems: dict[str, Any]) -> list[str]:
    return [name for name in systems if name not in RANKERS]


def _slices(slices: dict[str, Any], baseline: str) -> str:
    rows = [
        [name, value, str(int(figures["cooperations"])), f"{figures['ndcg@10']:.3f}",
         f"{slices[baseline][name][value]['ndcg@10']:.3f}",
         f"{figures['hit_rate@5']:.3f}", f"{figures['recall@25']:.3f}"]
        for name, values in slices[RANKER].items()
        for value, figures in values.items()
    ]  # fmt: skip
    heading = ["slice", "value", "cooperations", "nDCG@10", f"nDCG@10 of {baseline}", "hit@5",
               "recall@25"]  # fmt: skip
    return markdown_table(heading, rows)
