"""The few figures of an evaluation that the service publishes with its ranker."""

from __future__ import annotations

from typing import Any

from eval.ranking.learning import RANKERS
from eval.ranking.trees import NAME as TREES
from eval.report.card_quality import COLUMNS


def quality(results: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that the service shows at /v1/meta.

    The best rule is the best of what somebody else could take instead; boosted trees see the same
    features as the ranker and stand beside it.
    """
    ranker = results["systems"]["ranker"]["mean"]
    ndcg = {name: system["mean"]["ndcg@10"] for name, system in results["systems"].items()}
    best = max((name for name in ndcg if name not in (*RANKERS, TREES)), key=ndcg.__getitem__)
    return {
        "ranker": results["ranker"],
        "protocol": f"{results['folds']} folds by cooperation, all other bodies as candidates",
        "cooperations": results["cooperations"],
        "queries": results["queries"],
        **{key.replace("@", "_at_").replace("-", "_"): ranker[key] for key in COLUMNS},
        "best_rule": best,
        "best_rule_ndcg_at_10": ndcg[best],
        "boosted_trees_ndcg_at_10": ndcg.get(TREES),
        "ece": results["calibration"]["ece"],
        "ece_shown": results["calibration"]["ece_shown"],
        "task_area_accuracy": results["task_area"]["accuracy"],
    }
