"""The model card on quality: over folds, by time, against goals."""

from __future__ import annotations

from typing import Any

from eval.ranking.positions import UNFILTERED
from eval.report.markdown import markdown_table

COLUMNS = {
    "ndcg@10": "nDCG@10",
    "hit_rate@5": "hit@5",
    "hit_rate@10": "hit@10",
    "mrr": "MRR",
    "recall@25": "recall@25",
    "r-precision": "R-precision",
}


def table(results: dict[str, Any]) -> str:
    """Return the systems side by side as a Markdown table."""
    rows = [
        [name, *(f"{system['mean'][metric]:.3f}" for metric in COLUMNS)]
        for name, system in results["systems"].items()
    ]
    return markdown_table(["system", *COLUMNS.values()], rows)


def how_good(results: dict[str, Any]) -> str:
    """Say how good it is over folds and by time, beside all baselines."""
    paired, forward = results["paired"], results["forward"]
    interval = results["systems"]["ranker"]["interval"]
    against = markdown_table(
        ["baseline", "gain in nDCG@10", "95 % interval", "relative", "p (Holm)", "better", "worse"],
        [
            [name, f"{e['difference']['mean']:+.3f}",
             f"{e['difference']['low']:+.3f} … {e['difference']['high']:+.3f}",
             f"{e['relative_gain']:+.1%}", f"{e['p_holm']:.1g}", str(e["better"]), str(e["worse"])]
            for name, e in paired["against"].items()
        ],
    )  # fmt: skip
    folds = results["systems"]["ranker"]["folds"]["ndcg@10"]
    theirs = results["systems"][paired["best_baseline"]]["folds"]["ndcg@10"]
    pairs = zip(folds, theirs, strict=True)
    by_fold = markdown_table(
        ["fold", "ranker nDCG@10", paired["best_baseline"]],
        [[str(n), f"{a:.3f}", f"{b:.3f}"] for n, (a, b) in enumerate(pairs, 1)],
    )
    later = markdown_table(
        ["system", *COLUMNS.values()],
        [
            [name, *(f"{system['mean'][metric]:.3f}" for metric in COLUMNS)]
            for name, system in forward["systems"].items()
        ],
    )
    return f"""## How good it is

{results["folds"]} folds by cooperation, near-duplicates (same partners and same matter) on one
side; {results["cooperations"]} cooperations asked for by {results["queries"]:,} searchers (at most
six each, averaged per cooperation); all 429 other bodies are candidates, never a sample. Text
space, forecast, ranker and tuned baselines are learned from the training folds alone. Mean over
folds:

{table(results)}

nDCG@10 of the ranker over cooperations: {interval["mean"]:.3f}, 95 % bootstrap interval
{interval["low"]:.3f} … {interval["high"]:.3f}. Paired, cooperation by cooperation (Wilcoxon,
corrected for the number of baselines by Holm):

{against}

{by_fold}

By time: learned from the {forward["known"]} cooperations that began up to 2017, asked for the
{forward["cooperations"]} that began from 2018 on (those without a known start are in neither part):

{later}"""


def goals(results: dict[str, Any]) -> str:
    """Say which goals it reaches and which it misses."""
    ranker, paired = results["systems"]["ranker"]["mean"], results["paired"]
    best = paired["against"][paired["best_baseline"]]
    ours = results["positions"]["ranker"]
    exposure, areas = results["exposure"], results["task_area"]
    new = results["slices"]["ranker"]["novelty"]["new combination"]
    text = results["own_description_mrr"]["space"]["mean"]
    rows = [
        ("nDCG@10", ranker["ndcg@10"], 0.70, True),
        ("hit@5", ranker["hit_rate@5"], 0.90, True),
        ("nDCG@10, no known cooperation of nearly the same partners", new["ndcg@10"], 0.62, True),
        ("relative gain over the best baseline", best["relative_gain"], 0.15, True),
        ("p of that gain (Holm)", best["p_holm"], 0.01, False),
        ("recall@25, neither neighbour nor same Kreis", ours["neither"]["recall@25"], 0.55, True),
        ("the same, partners of other positions left in the ranking",
         ours["neither"][UNFILTERED], 0.55, True),
        ("own description MRR", text, 0.70, True),
        ("task area accuracy", areas["accuracy"], 0.85, True),
        ("ECE over the ten shown", results["calibration"]["ece_shown"], 0.03, False),
        ("Gini of exposure, actual as limit", exposure["recommended"]["gini"],
         exposure["actual"]["gini"], False),
    ]  # fmt: skip
    shown = [
        [name, f"{value:.3g}", f"{'at least' if least else 'at most'} {goal:.3g}",
         "yes" if (value >= goal) == least or value == goal else "no"]
        for name, value, goal, least in rows
    ]  # fmt: skip
    return "## Against its goals\n\n" + markdown_table(
        ["figure", "measured", "goal", "reached"], shown
    )
