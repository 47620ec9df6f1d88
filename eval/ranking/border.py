"""Across the border: how far partners beyond it are found that cooperations name.

Known records that are asked for, and their near-duplicates, are not known while they are asked
for. The curves were learned from what lies inside the Land, these records among it: of a partner
beyond the border they saw nothing. Of the records that were read for this test alone they saw
nothing at all.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from data.land import LAND
from eval.ranking.border_cases import Case, cases
from eval.ranking.measures import metric_table
from eval.ranking.uncertainty import bootstrap_interval
from matcher import Matcher, MatchRequest, features, training
from matcher.beyond import REACH_KM, lift_beyond
from matcher.features import make_query
from matcher.known.bodies import Bodies, Floats

LISTENING = "ranker, text heard"
METRICS = ("ndcg@10", "hit_rate@5", "hit_rate@10")
_RUNS = 20
_TITLES = (
    "among all bodies",
    "among bodies beyond the border",
    "among all bodies, known cooperations",
    "among all bodies, read for this test alone",
)


def border_figures(matcher: Matcher) -> dict[str, Any]:
    """Measure the ranker and two rules on these cases, among all bodies and beyond alone.

    `matcher` serves Germany.
    """
    known = matcher.knowledge
    asked, open_names = cases(matcher)
    groups = training.near_duplicates(known)
    shown = [case.known for case in asked if case.known is not None]
    hidden = np.flatnonzero(np.isin(groups, groups[shown]))
    state = known.without(hidden).learn_to_read()
    assert state.reader is not None
    assert matcher.text_model is not None
    requests = matcher.text_model.encode_queries([case.cooperation.request for case in asked])
    systems: dict[str, list[Floats]] = {
        "ranker": [],
        LISTENING: [],
        **{name: [] for name in _RULES},
    }
    labels: list[Floats] = []
    recalls: list[float] = []
    cooperation: list[int] = []
    for position, case in enumerate(asked):
        text = case.cooperation.request
        matter = state.reader.read(requests[position], text)
        for searcher in case.searchers:
            query = make_query(state, int(searcher), matter)
            score = matcher.ranker.score(features.features(query, state)[0])
            systems["ranker"].append(np.asarray(score, np.float32))
            lifted = score + _lift(matcher, text, score, int(searcher))
            systems[LISTENING].append(np.asarray(lifted, np.float32))
            for name, rule in _RULES.items():
                systems[name].append(rule(known.bodies, int(searcher)))
            labels.append(_labels(case, known.bodies))
            recalls.append(_recall_of_reach(score, known.bodies, int(searcher)))
            cooperation.append(position)
    table = np.stack(labels)
    home = np.arange(table.shape[1]) < known.bodies.home.stop
    alone = np.where(home[None], np.nan, table)
    fresh = np.array([asked[position].known is None for position in cooperation])
    return {
        "ranker": matcher.version,
        "bodies": len(known.bodies),
        "cooperations": len(asked),
        "queries": len(labels),
        "beyond": sorted({matcher.directory.keys[r] for c in asked for r in c.beyond}),
        "ids": [case.cooperation.id for case in asked],
        "known": len(shown),
        "hidden": len(hidden),
        "unresolved": open_names,
        "among all bodies": _means(table, systems, cooperation),
        "among bodies beyond the border": _means(alone, systems, cooperation),
        "among all bodies, known cooperations": _means(table, systems, cooperation, ~fresh),
        "among all bodies, read for this test alone": _means(table, systems, cooperation, fresh),
        "reach_km": REACH_KM,
        "recall_of_reach": float(np.mean(recalls)),
        "search": search_figures(matcher, asked),
    }


def _lift(matcher: Matcher, text: str, score: npt.NDArray[Any], searcher: int) -> Any:
    """Return what the search adds where the text seeks partners beyond the border."""
    bodies = matcher.knowledge.bodies
    passing = bodies.administers.copy()
    passing[searcher] = False
    said = matcher.interpreter.partners(text, str(bodies.keys[searcher])).outside
    return lift_beyond(score, said, passing, bodies)


def search_figures(matcher: Matcher, asked: list[Case]) -> dict[str, float]:
    """Measure one search without encoding: a text read before, by searchers new and known.

    CPU time, so that what else the machine does counts less.
    """
    text = "Aufgaben der Verwaltung gemeinsam erledigen, auch mit Nachbarn"
    keys = list(
        dict.fromkeys(matcher.directory.keys[int(row)] for case in asked for row in case.searchers)
    )[:_RUNS]
    first, again = [], []
    matcher.match(MatchRequest(body=keys[0], description=text))
    for key in keys[1:]:
        matcher.listener.read(text, key)  # encoding is not what is measured
        first.append(_cpu_ms(matcher, MatchRequest(body=key, description=text)))
        again.append(_cpu_ms(matcher, MatchRequest(body=key, description=text)))
    return {
        "first_ms_p50": float(np.median(first)),
        "again_ms_p50": float(np.median(again)),
        "again_ms_p95": float(np.percentile(again, 95)),
        "resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _cpu_ms(matcher: Matcher, request: MatchRequest) -> float:
    begun = time.process_time()
    matcher.match(request)
    return 1000 * (time.process_time() - begun)


def nearest(bodies: Bodies, searcher: int) -> Floats:
    """Put the nearest seat first."""
    return np.asarray(-bodies.seat_km[searcher], np.float32)


def largest_near(bodies: Bodies, searcher: int) -> Floats:
    """Weigh inhabitants against distance: log people - 2 log km (gravity model of Zipf, 1946)."""
    km = np.log1p(bodies.seat_km[searcher])
    return np.asarray(bodies.log_population - 2 * km, np.float32)


_RULES: dict[str, Callable[[Bodies, int], Floats]] = {
    "nearest first": nearest,
    "inhabitants over distance squared": largest_near,
}


def _labels(case: Case, bodies: Bodies) -> Floats:
    """(n,) 1 the partners beyond, 0 others, NaN no candidate: the participants inside, too."""
    labels = np.zeros(len(bodies), np.float32)
    labels[~bodies.administers] = np.nan
    labels[case.searchers] = np.nan
    labels[case.beyond] = 1
    return labels


def _recall_of_reach(score: npt.NDArray[Any], bodies: Bodies, searcher: int) -> float:
    """Return how many of the best ten of all lie among those that a search looks at."""
    order = np.argsort(-np.where(bodies.administers, score, -np.inf), kind="stable")[:10]
    inside = (bodies.seat_km[searcher] <= REACH_KM) | (np.arange(len(bodies)) < bodies.home.stop)
    return float(inside[order].mean())


def _means(
    labels: npt.NDArray[Any],
    systems: dict[str, list[Floats]],
    cooperation: list[int],
    chosen: npt.NDArray[np.bool_] | None = None,
) -> dict[str, dict[str, float]]:
    """Return the means over cooperations, of some of the queries or all."""
    rows = np.arange(len(labels)) if chosen is None else np.flatnonzero(chosen)
    of = np.array(cooperation)[rows]
    found = {}
    for name, scores in systems.items():
        table = metric_table(labels[rows], np.stack(scores)[rows], METRICS).groupby(of).mean()
        interval = bootstrap_interval(table[METRICS[0]])
        found[name] = {metric: float(table[metric].mean()) for metric in METRICS}
        found[name] |= {"low": interval.low, "high": interval.high}
    return found


def document(results: dict[str, Any]) -> str:
    """Return the figures as a page in Markdown."""
    lines = [
        "# Across the border",
        "",
        f"Written by `python -m eval border`; ranker {results['ranker']}. "
        f"{results['cooperations']} cooperations name partners beyond the border of "
        f"{LAND.name} that can be resolved ({len(results['beyond'])} bodies): "
        f"{results['known']} of the data, the others (x0001 …) read from public pages for this "
        "test alone, each with its page in `eval/ranking/border_cooperations.jsonl`. Asked by "
        f"{results['queries']} participants inside among {results['bodies']} bodies of Germany. "
        "Relevant are only the partners beyond; the others inside are no candidates. Records asked "
        f"for and their near-duplicates ({results['hidden']}) were not known. nDCG@10 with "
        "its 95 % interval over cooperations: so few decide little. That a text which seeks "
        "partners beyond the border is heard (some of these do), that what cannot be on record "
        "counts neither way, and how names are read was changed after looks at those of the data, "
        "and curves saw their participants inside: these are no blind test. The others changed "
        "nothing; their requests were written by who chose them.",
    ]
    for title in _TITLES:
        lines += ["", f"## {title[0].upper()}{title[1:]}", ""]
        lines += ["| system | nDCG@10 | interval | hit@5 | hit@10 |", "|---|---:|---|---:|---:|"]
        lines += [
            f"| {name} | {row['ndcg@10']:.3f} | {row['low']:.3f} to {row['high']:.3f} | "
            f"{row['hit_rate@5']:.3f} | {row['hit_rate@10']:.3f} |"
            for name, row in results[title].items()
        ]
    search = results["search"]
    lines += [
        "",
        "## One search in Germany, without encoding",
        "",
        f"CPU time p50 {search['first_ms_p50']:.0f} ms for a body that asks first, "
        f"{search['again_ms_p50']:.0f} ms for one that asked before (p95 "
        f"{search['again_ms_p95']:.0f} ms); {search['resident_mb']:.0f} MB resident at most while "
        f"measuring. Scored are bodies of the Land, within {results['reach_km']:.0f} km, and those "
        f"named: they hold {100 * results['recall_of_reach']:.1f} % of the best ten of all.",
        "",
        "## Asked for",
        "",
        ", ".join(results["ids"]) + ".",
        "",
        "## Names that the rule does not resolve",
        "",
        *[f"- {name}" for name in results["unresolved"]],
        "",
    ]
    return "\n".join(lines)
