"""What was measured, as a document."""

from __future__ import annotations

from typing import Any

from eval.performance.plots import MEMORY, TIME
from eval.performance.resident import ASKERS
from eval.report.markdown import markdown_table

DOCUMENT = "performance.md"
_GERMANY, _EU = (10_950, 15.0), (98_000, 40.0)
_MILLION = (1_000_000, 5.0, 0.95)


def document(results: dict[str, Any]) -> str:
    """Return the document of all parts."""
    look = (
        "\n**A quick look: short learning, small sizes. No result.**\n" if results["quick"] else ""
    )
    parts = [
        f"""# How fast it is, beside others and at any size

Written by `python -m eval performance`. What is compared is timed in turn, and a ratio is the
median of ratios of neighbouring runs, so that what else a machine does hits both alike. All compute
with one thread, the text model with two, as the service does. "Others" is the share of all cores
that other programs took meanwhile: where that is not near 0, a quiet machine does better.
{look}
On {results["machine"]}; others: {_others(results["others"])}. {results["minutes"]:.1f} minutes.
""",
        _peers(results["peers"]),
        _request(results["request"]),
        _sizes(results["sizes"], results["peers"]["rows"][0]["mb"]),
        _many(results["many"]),
        _operations(results["operations"]),
    ]
    return "\n".join(parts)


def _others(parts: dict[str, float | None]) -> str:
    return ", ".join(f"{n} {'?' if v is None else f'{v:.0%}'}" for n, v in parts.items())


def _peers(found: dict[str, Any]) -> str:
    rows = [
        [
            row["name"],
            f"{row['ndcg@10']:.3f}",
            f"{row['hit@5']:.3f}",
            f"{row['ms']:.2f}",
            f"{row['ratio']:.2f}",
            f"{row['mb']:.0f}",
        ]
        for row in found["rows"]
    ]
    table = markdown_table(["system", "nDCG@10", "hit@5", "ms a search", "times ours", "MB"], rows)
    losses = "\n".join(f"- {r['name']}: {r['loses']}" for r in found["rows"] if r["loses"])
    same = found["agreement"]
    where = (
        f" The others come from single precision in {', '.join(f'`{w}`' for w in same['where'])}."
        if same["where"]
        else ""
    )
    return f"""## Peers, asked the same

The first of the five folds of `make evaluate`: {found["cooperations"]} cooperations,
{found["searches"]} searches, all other bodies as candidates; nobody has seen them, and knobs are
turned on what the fold knows. Times are without encoding, over {found["timed"]} of the searches.
Ours is from the encoded text to the sum of all reasons. Memory is what a fresh process takes for
library and data, ours all of the matcher (understanding of texts too).

{table}

What one who takes it would lose:

{losses}

Plain Python, written from what features and curves mean, gives the same:
{same["same"]:,} of {same["scores"]:,} scores agree to 1e-6 log-odds, the largest difference is
{same["largest"]:.1e}, and the first ten come in the same order in {same["orders"]} of
{same["searches"]} searches.{where}
"""


def _request(found: dict[str, Any]) -> str:
    low, high = found["request_to_encoder_spread"]
    rows = [
        ["floor: the operations", f"{found['computing_ms']:.2f}"],
        ["floor: the bytes of the weights", f"{found['reading_ms']:.2f}"],
        ["encoder alone, new text", f"{found['encoder_ms']:.2f}"],
        ["whole request, new text", f"{found['request_ms']:.2f}"],
        [
            "whole request, new text, of a body that has not asked before",
            f"{found['first_ms']:.2f}",
        ],
        ["whole request, text seen before", f"{found['seen_ms']:.2f}"],
    ]
    return f"""## One request

The text model multiplies {found["parameters_used"] / 1e6:.1f} million weights with each of
{found["tokens"]} tokens: {found["operations"] / 1e9:.2f} · 10^9 operations, and reads
{found["weight_bytes"] / 1e6:.1f} MB of weights (4 bits each, and their scales). One core of this
machine multiplies large matrices of single precision at {found["gflops"]:.0f} · 10^9 operations a
second and moves {found["gbytes"]:.1f} GB a second, both measured beside it. At that rate one core
computes the model no faster than the larger of the two floors; the encoder, which takes two cores
where they are free, and whose numbers are of 8 bits and could pass by up to four times as fast,
takes {found["encoder_least_ms"] / found["floor_ms"]:.1f} times as long at its best.

{markdown_table(["what", "ms, median"], rows)}

A request takes {found["request_to_encoder"]:.2f} times the encoder alone (median of ratios, 10 % to
90 %: {low:.2f} to {high:.2f}; goal 1.5), in turn over {found["rounds"]} texts; that of a body
which has not asked before {found["first_to_encoder"]:.2f} times.
"""


def _sizes(found: dict[str, Any], land_mb: float) -> str:
    bodies = markdown_table(
        ["bodies", "all, ms", "candidates, ms", "times as fast", "first ten found", "candidates",
         "all, MB", "candidates, MB"],
        [
            [f"{r['bodies']:,}{', real' if r['real'] else ''}",
             f"{r['exact_ms']:.1f}", f"{r['narrow_ms']:.1f}",
             f"{r['ratio']:.1f}", f"{r['recall']:.3f}", f"{r['candidates']:.0f}",
             f"{r['exact_mb']:.1f}", f"{r['narrow_mb']:.1f}"]
            for r in found["bodies"]
        ],
    )  # fmt: skip
    cooperations = markdown_table(
        ["past cooperations", "search, ms", "search, MB"],
        [[f"{r['cooperations']:,}", f"{r['ms']:.1f}", f"{r['mb']:.1f}"]
         for r in found["cooperations"]],
    )  # fmt: skip
    retrieval = markdown_table(
        ["past cooperations", "exact, ms", "FAISS IVF, ms", "recall@10", "exact, MB", "IVF, MB",
         "built, s"],
        [
            [f"{r['cooperations']:,}", f"{r['exact_ms']:.2f}", f"{r['ivf_ms']:.2f}",
             f"{r['recall']:.3f}", f"{r['exact_mb']:.0f}", f"{r['ivf_mb']:.0f}",
             f"{r['built_s']:.1f}"]
            for r in found["retrieval"]
        ],
    )  # fmt: skip
    powers = markdown_table(
        ["curve", "exponent"],
        [[n, f"{round(e, 2) + 0.0:.2f}"] for n, e in found["exponents"].items()],
    )
    dense = markdown_table(
        ["array", "shape", "bytes a cell", "MB here"],
        [[r["table"], r["shape"], str(r["bytes_a_cell"]), f"{r['mb']:.1f}"]
         for r in found["dense"]],
    )  # fmt: skip
    real = next(row for row in found["bodies"] if "answer_ms" in row)
    return f"""## Size

The Land and Germany are real. Beyond, sizes are made up: more bodies are copies of the Land side by
side, each seat moved by up to a kilometre, all cooperations in the first copy; more cooperations
are the real ones repeated, their vectors and likeness with noise. Time is without encoding, from
the text as read to the sum of all reasons, for a body that has not asked before (nothing of it is
remembered), the least of two runs (of nine among 430 bodies), the median over searches. Candidates
are the nearest of each kind, whom the searcher or its partners work with, and who is known for the
matter (`matcher.candidates`); "first ten found" is the share of the exact first ten that a search
among them names. The scores of candidates differ from those among all by
{max(row["largest_difference"] for row in found["bodies"]):.0e} log-odds at most.

![Time against size]({TIME})
![Memory against size]({MEMORY})

{bodies}

{_goals(found["bodies"])}

A whole answer among the {real["bodies"]:,} bodies of Germany (`IKZ_REGION=DE`), with sentences,
evidence and a group, for a body that has not asked before and a text that was seen before, takes
{real["answer_ms"]:.0f} ms (median of {real["searches"]}). A process that loaded it and answered
{ASKERS} bodies once takes {real["resident_mb"]:.0f} MB, one of the Land alone {land_mb:.0f} MB.

{cooperations}

Similar cooperations alone, ten of them by inner product:

{retrieval}

{_million(found["retrieval"])}

Time and memory grow with size to the power of (least squares in log-log, from the second size on):

{powers}

Arrays that grow with the square of a size, which the matcher itself holds now:

{dense}
"""


def _goals(rows: list[dict[str, Any]]) -> str:
    told = []
    for name, (size, most) in (("Germany", _GERMANY), ("EU", _EU)):
        near = [row for row in rows if 0.9 * size <= row["bodies"] <= 1.15 * size]
        for row in near:
            least = min(row["exact_ms"], row["narrow_ms"])
            held = "held" if least <= most else "missed"
            told.append(f"{name} ({row['bodies']:,} bodies) in {most:.0f} ms: {least:.1f}, {held}")
    exact = [row["bodies"] for row in rows if row["exact_ms"] <= 50]
    told.append(f"all are scored within 50 ms up to {max(exact, default=0):,} bodies")
    return "Goals: " + "; ".join(told) + "."


def _million(rows: list[dict[str, Any]]) -> str:
    size, most, recall = _MILLION
    for row in rows:
        if row["cooperations"] == size:
            held = "held" if row["ivf_ms"] <= most and row["recall"] >= recall else "missed"
            return (
                f"Goal: a million under {most:.0f} ms at recall {recall}: {row['ivf_ms']:.2f} ms at"
                f" {row['recall']:.3f}, {held}."
            )
    return ""


def _many(found: dict[str, Any]) -> str:
    replicas = markdown_table(
        ["replicas", "answers/s", "times one", "sent away/s", "others"],
        [[str(r["replicas"]), f"{r['per_s']:.1f}", f"{r['times']:.2f}", f"{r['refused_per_s']:.1f}",
          f"{r.get('others', float('nan')):.0%}"] for r in found["replicas"]["rows"]],
    )  # fmt: skip
    proxy = found["replicas"]["proxy"]
    before = (
        f"behind a proxy (`{proxy}`, with the rules of `service/deploy/Caddyfile`)"
        if proxy
        else "without a proxy, as this machine has none: each client keeps to one replica"
    )
    outreach, germany, paper = found["outreach"], found["night"], found["europe"]
    cluster = _on_two(outreach, "the same bits" if outreach.get("same_bits") else "OTHER SCORES")
    searches = _on_two(germany, "the same partners" if germany.get("same") else "OTHER PARTNERS")
    night = markdown_table(
        ["a night over all of Europe", "hours of a core", "hours here", "EUR"],
        [[n, f"{r['core_hours']:.2f}", f"{r['wall_hours']:.2f}", f"{r['eur']:.3f}"]
         for n, r in paper["rows"].items()],
    )  # fmt: skip
    return f"""## Many

`POST /v1/matches` with new texts, as fast as they are answered. The replicas share a PostgreSQL,
{before}. Clients, proxy, database and replicas
share {found["cores"]} cores: more replicas than cores keep answering where one ends, they are not
faster.

{replicas}

Outreach: {outreach["bodies"]} bodies in {outreach["areas"]} task areas in {outreach["alone_s"]:.1f}
s in one process ({outreach["ms_a_body_and_area"]:.2f} ms a body and area);
{cluster}.

Germany: one search each of {germany["asked"]:,} bodies drawn from {germany["bodies"]:,}, in whole
answers, in {germany["alone_s"]:.1f} s in one process
({1000 * germany["alone_s"] / germany["asked"]:.1f} ms each); {searches}. Each worker loads data and
models itself before.

On paper: hours of a core = {paper["bodies"]:,} bodies · searches each ·
{paper["ms_a_search"]:.1f} ms a search (candidates, at the largest size above) / 3,600,000;
hours here = that / ({paper["cores"]} cores · {paper["use_of_cores"]:.2f}, how well two workers used
theirs); EUR = hours of a core / {paper["use_of_cores"]:.2f} · {paper["eur_a_core_hour"]:.2f}, an
assumed price.

{night}
"""


def _on_two(found: dict[str, Any], same: str) -> str:
    """Tell what the same work took on two workers, or why it was left out."""
    skipped: str | None = found.get("skipped")
    return skipped or (
        f"on two Dask workers {found['cluster_s']:.1f} s, {found['speed_up']:.2f} times as fast,"
        f" {same}, at most {found['worker_mb']:.0f} MB a worker"
    )


def _operations(found: dict[str, Any]) -> str:
    return f"""## What is counted

One request with a new text gives {found["encoded_new"]} text to the encoder and calls
{found["calls_new"]:,} functions beside it; asked again {found["encoded_seen"]} and
{found["calls_seen"]:,}, holding at most {found["peak_mb_seen"]:.1f} MB more. It takes
{found["products_seen"]:.1f} times as long as a product of two matrices of 512 x 512. Tests compare
these with the last release, never times.
"""
