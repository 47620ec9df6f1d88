"""The few figures of an evaluation that the service publishes with its ranker."""

from __future__ import annotations

from typing import Any

from eval.report.card_quality import COLUMNS


def quality(results: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that the service shows at /v1/meta."""
    ranker = results["systems"]["ranker"]["mean"]
    best = results["paired"]["best_baseline"]
    return {
        "ranker": results["ranker"],
        "protocol": f"{results['folds']} folds by cooperation, all other bodies as candidates",
        "cooperations": results["cooperations"],
        "queries": results["queries"],
        **{key.replace("@", "_at_").replace("-", "_"): ranker[key] for key in COLUMNS},
        "best_rule": best,
        "best_rule_ndcg_at_10": results["systems"][best]["mean"]["ndcg@10"],
        "ece": results["calibration"]["ece"],
        "ece_shown": results["calibration"]["ece_shown"],
        "task_area_accuracy": results["task_area"]["accuracy"],
    }
