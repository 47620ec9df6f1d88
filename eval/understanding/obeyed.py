"""`python -m eval.understanding.obeyed`: whether whole answers obey texts such as officials write.

No official wrote these texts: language models that saw no code composed and labelled them in the
manner of officials. What they give is no measure of what officials write, until officials did. And
the series of sets was ended when the first looks of all of them together met the goals: to stop
where it suits (optional stopping) flatters that sum, though each first look by itself was honest.

Where `eval.understanding.officials` compares what was read of a text, this looks at the answer: are
the first five suggestions such as the text asks for, is the own cooperation told, is nobody
proposed for nonsense? `obeyed_first.jsonl` (230 texts) was composed on 2026-11-27 by an author who
saw neither rules nor answers; its first answers are kept in `first_answers.json`, and its errors
were mended afterwards. Then came `obeyed_second.jsonl` (230), by another who was asked for unusual
wordings and several conditions in one text; its author saw the first lines of some tables of words.
Its errors were mended after its first look, too. The sets from `obeyed_third.jsonl` on are by more
authors who saw neither rules nor answers; the ninth, tenth, twelfth and thirteenth ask for wishes
alone. Each was opened when the errors of those before were mended, so that each first look is
honest and what a set gives now flatters. Nothing was learned from the thirteenth.
`obeyed_fourteenth.jsonl` (240) and `obeyed_fifteenth.jsonl` (200, as plain as the first) were asked
for later, to see whether the figures hold for other authors; the errors of each were mended after
its first look.

A record has a `kind`, a `text`, mostly a `body`, and what is right: `expect` of a wish (who may be
among the first five, `group_size` partners beside the searcher, `named` and `excluded` bodies,
`outside_nrw`), `cooperation` and `also` of what exists, `task_area` and `also_area` of a matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import typer

from data import TaskArea
from eval.understanding.wishes import FOLDER
from matcher import Match, Matcher, MatchRequest, MatchResult

ORDER = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
)
SETS = tuple(f"obeyed_{number}" for number in ORDER)
FIRST_ANSWERS = FOLDER / "first_answers.json"
"""Set -> day, ranker and counts, as they were at the first look."""
_FIRST = 5
_ANY_BODY = "05974008"
Counts = dict[str, tuple[int, int]]
Record = Mapping[str, Any]


def score_answers(matcher: Matcher, name: str) -> tuple[Counts, list[str]]:
    """Ask the texts of one set.

    Returns
    -------
    dict, list of str
        Question -> (right, asked), and a line for each text that was not answered rightly.
    """
    counts: Counts = {}
    wrong: list[str] = []
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        body = record.get("body", _ANY_BODY)
        result = matcher.match(MatchRequest(body=body, description=record["text"]))
        failed = []
        for question, right in _verdicts(record, result):
            good, asked = counts.get(question, (0, 0))
            counts[question] = (good + right, asked + 1)
            failed += [] if right else [question]
        if failed:
            wrong.append(f"{record['text']} | {', '.join(failed)}")
    return counts, wrong


def _verdicts(record: Record, result: MatchResult) -> Iterator[tuple[str, bool]]:
    said, kind = result.understood, record["kind"]
    own = {e.cooperation for e in result.existing if e.relation in ("member", "ended")}
    if kind == "existing":
        yield "existing told", bool(own & {record["cooperation"], *record["also"]})
    elif kind == "not_existing":
        yield "nothing told that is not there", not own
    elif kind == "no_matter":
        nobody = not result.matches and result.consortium is None
        yield "no matter caught", not said.is_matter and nobody
    elif kind == "matter":
        yield "matter taken", said.is_matter and bool(result.matches)
        areas = {record["task_area"], *record["also_area"]}
        guess = result.task_area
        yield "its area told", guess is not None and guess.area in map(TaskArea.parse, areas)
    else:
        expect = record["expect"]
        named = _named_rightly(expect, result)
        if named is not None:
            yield "bodies named", named
        yield "wishes obeyed", named is not False and _is_obeyed(expect, record["body"], result)


def _named_rightly(expect: Record, result: MatchResult) -> bool | None:
    """Tell whether just the bodies of a text are read; None where the record says nothing."""
    if "named" not in expect:
        return None
    wanted = {*expect["named"], *(expect.get("excluded", ()) if expect["named"] else ())}
    return {named.ags for named in result.understood.named} == wanted


def _is_obeyed(expect: Record, own: str, result: MatchResult) -> bool:
    first = result.matches[:_FIRST]
    group = result.consortium
    size = expect.get("group_size")
    return (
        bool(first)
        and all(_is_such(match, expect, own) for match in first)
        and (not expect.get("outside_nrw") or bool(result.understood.outside))
        and (size is None or (group is not None and len(group.bodies) == size + 1))
    )


def _is_such(match: Match, expect: Record, own: str) -> bool:
    """Tell whether one suggestion is such as the text asks for; a Kreis has five digits."""
    inside = match.body[:5] == own[:5]
    return (
        match.body not in expect.get("excluded", ())
        and match.kind in expect.get("kinds", (match.kind,))
        and match.legal_status in expect.get("legal_status", (match.legal_status,))
        and expect.get("own_district", inside) == inside
        and match.distance_km <= expect.get("max_distance_km", match.distance_km)
        and match.population <= expect.get("max_population", match.population)
        and match.population >= expect.get("min_population", match.population)
        and (match.adjacent or not expect.get("adjacent"))
    )


def main(show: bool = False, keep: str = "") -> None:
    """Print all sets; `--show` adds what was wrong, `--keep DAY` stores a first look."""
    matcher = Matcher.load()
    first = json.loads(FIRST_ANSWERS.read_text("utf-8")) if FIRST_ANSWERS.exists() else {}
    for name in SETS:
        counts, wrong = score_answers(matcher, name)
        print(name)
        for question, (right, asked) in sorted(counts.items()):
            print(f"  {question:32s} {right / asked:.3f}  {right} of {asked}")
        if show:
            print("\n".join(wrong))
        if keep and name not in first:
            first[name] = {"day": keep, "ranker": matcher.version, "counts": counts}
            FIRST_ANSWERS.write_text(json.dumps(first, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    typer.run(main)
