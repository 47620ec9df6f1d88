"""The model card on behaviour: texts, probabilities, groups, and who is recommended."""

from __future__ import annotations

from typing import Any

from eval.report.markdown import markdown_table


def texts(results: dict[str, Any]) -> str:
    """Say how well texts are read, and how much other wordings cost."""
    mrr, areas = results["own_description_mrr"], results["task_area"]
    rows = [
        [name, str(int(e["cooperations"])), f"{e['full']:.3f}", f"{e['variant']:.3f}",
         f"{e['variant'] - e['full']:+.3f}"]
        for name, e in results["robustness"].items()
    ]  # fmt: skip
    return f"""## Texts

A request finds its own description among all at MRR {mrr["space"]["mean"]:.3f}
({mrr["space"]["low"]:.3f} … {mrr["space"]["high"]:.3f}; with the plain vectors of the text model
{mrr["plain"]["mean"]:.3f}). The task area is told from the request alone in
{areas["accuracy"]:.1%} of cooperations (ECE of its probability {areas["ece"]:.3f}).

The same queries in other words, a sample of each fold (English: those with a translation):

""" + markdown_table(["wording", "cooperations", "full request", "in these words", "change"], rows)


def probabilities(results: dict[str, Any]) -> str:
    """Say how far probabilities can be trusted."""
    calibration = results["calibration"]
    rows = [
        [f"{step['from']:.1f} … {step['to']:.1f}", f"{step['predicted']:.3f}",
         f"{step['observed']:.3f}", f"{step['weight']:.3f}"]
        for step in calibration["reliability"]["shown"]
    ]  # fmt: skip
    return f"""## Probabilities

Out of fold: ECE {calibration["ece"]:.4f} over all bodies (most are near 0),
{calibration["ece_shown"]:.4f} over the ten that are shown; Brier score
{calibration["brier"]:.4f}. Over the ten shown:

""" + markdown_table(["probability", "predicted", "partners in fact", "share"], rows)


def groups(results: dict[str, Any]) -> str:
    """Say how good whole groups are."""
    rows = [
        [name, f"{figures['group recall']:.3f}", f"{figures['exact-size precision']:.3f}"]
        for name, figures in results["groups"].items()
    ]
    error = results["groups"]["proposed group"]["size error"]
    return f"""## Groups

Size as foretold from the words (mean |log2(foretold / true)| {error:.2f}). Group recall: share of
the partners found when the whole group is asked for. Exact-size precision: share of a group of the
true size that is right.

""" + markdown_table(["group", "group recall", "exact-size precision"], rows)


def fairness(results: dict[str, Any]) -> str:
    """Say who is recommended, and who takes part in fact."""
    exposure = results["exposure"]
    rows = [
        [name, f"{e['recommended']:.3f}", f"{e['actual']:.3f}", f"{e['bodies']:.3f}"]
        for name, e in exposure["segments"].items()
    ]
    ours, real = exposure["recommended"], exposure["actual"]
    return f"""## Who is recommended

Gini of exposure in the top ten {ours["gini"]:.3f} (of actual participation {real["gini"]:.3f});
{ours["coverage"]:.1%} of the bodies are recommended at least once ({real["coverage"]:.1%} take part
in a known cooperation), {len(exposure["never_recommended"])} never.

""" + markdown_table(["segment", "recommended", "actual", "bodies"], rows)
