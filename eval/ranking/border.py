"""Across the border: how far partners beyond it are found that known cooperations name.

`other_participants` of the records hold them as names; a fixed rule resolves these to bodies of the
neighbouring Länder, and what it cannot resolve is listed. Records asked for, and their
near-duplicates, are not known while they are asked for. The curves were learned from what lies
inside the Land, these records among it: of a partner beyond the border they saw nothing.
"""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data import Kind
from data.land import LAND
from data.names import normalize
from eval.ranking.measures import metric_table
from eval.ranking.uncertainty import bootstrap_interval
from matcher import Matcher, MatchRequest, features, training
from matcher.beyond import REACH_KM, BeyondNames, lift_beyond
from matcher.directory import Directory
from matcher.features import make_query
from matcher.known.bodies import Bodies, Floats, Ints
from matcher.understanding.outside import Outside

LISTENING = "ranker, text heard"
METRICS = ("ndcg@10", "hit_rate@5", "hit_rate@10")
_NEIGHBOURS = ("Niedersachsen", "Hessen", "Rheinland-Pfalz")
_WITHIN_KM = 40.0  # from border to border: a name farther away is another place of that name
_HINT = re.compile(r"\((?P<land>[^)]+)\)\s*$")
_SUCCESSORS = {"Verbandsgemeinde Obere Kyll": "Verbandsgemeinde Gerolstein"}
"""Whom a body that is no more went up in: Rheinland-Pfalz merged Gerolstein, Hillesheim and Obere
Kyll on 1 January 2019; the register has its members, Stadtkyll among them, there."""
_BODY = re.compile(
    r"landkreis|verbandsgemeinde|samtgemeinde|grafschaft|hessen|rheinland-pfalz|niedersachsen",
    re.IGNORECASE,
)
_MOST_SEARCHERS = 6
_RUNS = 20


@dataclass(frozen=True, slots=True)
class Case:
    """A known cooperation with bodies beyond the border."""

    cooperation: int
    searchers: Ints
    beyond: Ints


def cases(matcher: Matcher) -> tuple[list[Case], list[str]]:
    """Return the cooperations with partners beyond the border, and names that stay unresolved.

    Unresolved are only listed where they look like the name of a body.
    """
    directory, bodies = matcher.directory, matcher.knowledge.bodies
    names, found, open_names = BeyondNames.of(directory), [], []
    for index, cooperation in enumerate(matcher.knowledge.cooperations):
        inside = bodies.keys.get_indexer(list(cooperation.participants))
        inside = inside[~bodies.is_association[inside]]
        rows = []
        for name in cooperation.other_participants:
            row = resolve(name, names, directory, bodies, inside)
            if row is not None:
                rows.append(row)
            elif _BODY.search(name):
                open_names.append(f"{cooperation.id}: {name}")
        if rows and len(inside):
            found.append(Case(index, inside[:_MOST_SEARCHERS], np.unique(rows)))
    return found, open_names


def resolve(
    name: str, names: BeyondNames, directory: Directory, bodies: Bodies, inside: Ints
) -> int | None:
    """Return the row of the body that a name means, None where the rule does not decide.

    The name, less a Land or a remark in brackets and "Stadt", is that of a body in a neighbouring
    Land or of one that went up in it, or the beginning of one ("Dissen" for "Dissen am Teutoburger
    Wald"), at most 40 km from a participant. A Kreis that is named as one lies where it does: no
    other bears its name.
    """
    if not len(inside):
        return None
    hint = _HINT.search(name)
    where = hint["land"] if hint and hint["land"] in _NEIGHBOURS else None
    plain = _HINT.sub("", name).strip().removeprefix("Stadt ")
    plain = _SUCCESSORS.get(plain, plain)
    km = np.min([bodies.gap_km[int(row)] for row in inside], axis=0)
    for land in (where,) if where else _NEIGHBOURS:
        row = names.find(Outside(plain, land, 0, 0), directory, km)
        if row is not None and (km[row] <= _WITHIN_KM or _is_named_as_kreis(plain, row, directory)):
            return row
    begins = f"{normalize(plain)} "
    longer = [
        body.row
        for body in directory
        if body.land in ((where,) if where else _NEIGHBOURS)
        and body.beyond_border
        and normalize(body.name).startswith(begins)
        and km[body.row] <= _WITHIN_KM
    ]
    if len(longer) != 1:
        return None
    body = directory.bodies[longer[0]]
    above = directory.get(body.union) if body.carried else None
    return (above or body).row


def _is_named_as_kreis(plain: str, row: int, directory: Directory) -> bool:
    named = "kreis" in normalize(plain)
    return named and directory.bodies[row].kind is Kind.DISTRICT


def border_figures(matcher: Matcher) -> dict[str, Any]:
    """Measure the ranker and two rules on these cases, among all bodies and beyond alone.

    `matcher` serves Germany.
    """
    known = matcher.knowledge
    asked, open_names = cases(matcher)
    groups = training.near_duplicates(known)
    hidden = np.flatnonzero(np.isin(groups, groups[[case.cooperation for case in asked]]))
    state = known.without(hidden).learn_to_read()
    assert state.reader is not None
    assert known.requests is not None
    systems: dict[str, list[Floats]] = {
        "ranker": [],
        LISTENING: [],
        **{name: [] for name in _RULES},
    }
    labels: list[Floats] = []
    recalls: list[float] = []
    cooperation: list[int] = []
    for case in asked:
        text = known.cooperations[case.cooperation].request
        matter = state.reader.read(known.requests[case.cooperation], text)
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
            cooperation.append(case.cooperation)
    table = np.stack(labels)
    home = np.arange(table.shape[1]) < known.bodies.home.stop
    alone = np.where(home[None], np.nan, table)
    return {
        "ranker": matcher.version,
        "bodies": len(known.bodies),
        "cooperations": len(asked),
        "queries": len(labels),
        "beyond": sorted({matcher.directory.keys[r] for c in asked for r in c.beyond}),
        "ids": [known.cooperations[case.cooperation].id for case in asked],
        "hidden": len(hidden),
        "unresolved": open_names,
        "among all bodies": _means(table, systems, cooperation),
        "among bodies beyond the border": _means(alone, systems, cooperation),
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
    labels: npt.NDArray[Any], systems: dict[str, list[Floats]], cooperation: list[int]
) -> dict[str, dict[str, float]]:
    found = {}
    for name, scores in systems.items():
        table = metric_table(labels, np.stack(scores), METRICS).groupby(cooperation).mean()
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
        f"{results['cooperations']} known cooperations name partners beyond the border of "
        f"{LAND.name} that can be resolved ({len(results['beyond'])} bodies), asked by "
        f"{results['queries']} participants inside among {results['bodies']} bodies of Germany. "
        "Relevant are only the partners beyond; the others inside are no candidates. Records asked "
        f"for and their near-duplicates ({results['hidden']}) were not known. nDCG@10 with "
        "its 95 % interval over cooperations: so few decide little. That a text which seeks "
        "partners beyond the border is heard (a third of these do), that what cannot be on record "
        "counts neither way, and how names are read was changed after looks at this set, "
        "and curves saw the participants inside: no blind test.",
    ]
    for title in ("among all bodies", "among bodies beyond the border"):
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
