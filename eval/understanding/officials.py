"""`python -m eval.understanding.officials`: texts in the manner of officials, of all kinds.

No official wrote these texts: language models composed and labelled them in the manner of
officials. Those said below to be by one who saw neither rules nor answers are by models that saw no
code. The series of sets, these and those of `eval.understanding.obeyed`, was ended when the first
looks of all sets together met the goals: to stop where it suits (optional stopping) flatters that
sum, though each first look by itself was honest.

`officials.jsonl` (206 texts) was written on 2026-11-26 before any answer to it was seen; its first
answers are kept in `first_look.json`. Its errors were read afterwards and mended, so that what it
gives now flatters; nine labels were mended too, where they broke the conventions of `dev.jsonl`
(the searcher itself is no named body, "Nachbarn" alone is no wish for a common border).
`officials_after.jsonl` (49 texts) was written when that was done, again before any answer was seen:
its first look is the honest figure. Three kinds of its errors were mended after that.
`officials_third.jsonl` (126), `officials_fourth.jsonl` (51) and `officials_fifth.jsonl` (25 on
partners) were written in turn, in the same way: errors of one were mended before the next was
written, so that all five were seen while mending and each first look is honest. Five labels of the
third were mended: what the text leaves open is null. `officials_sixth.jsonl` (245, all kinds of
question), `officials_seventh.jsonl` (146), `officials_eighth.jsonl` (82 on partners, in odd
wordings) and `officials_ninth.jsonl` (60 on partners) followed on 2026-11-27 in the same way; once
mended, they were looked at too. Eleven of their labels broke the conventions of `dev.jsonl` and
were mended. `officials_tenth.jsonl` and `officials_eleventh.jsonl` (90 each, on partners) were
written by one who saw neither rules nor answers; the second was opened when what the first showed
was mended. Two labels of each were mended after their first look: a travel time is no distance in
kilometres. One of the sixth was, too: "niemand sonst" counts partners.
`officials_twelfth.jsonl` (200: existing or not, a matter or none) was written by
somebody who knew neither rules nor words; read after its first look, it added words of the trade.
`officials_thirteenth.jsonl` (200, same kinds and author) was opened after that, and nothing was
learned from it; its first look is honest. Later the length of a text was dropped as a sign and the
threshold set anew, because short texts were not told what exists.
`officials_fourteenth.jsonl` and `officials_fifteenth.jsonl` (60 each, on partners) were written by
one who saw neither rules nor answers; the second was opened when what the first showed was mended.
Seven labels of each wrote a region by its name where keys are the convention. Those of the first
were mended after its first look, in which six of its ten errors were such labels; those of the
second before it was asked. Both were looked at afterwards.
`officials_sixteenth.jsonl` and `officials_seventeenth.jsonl` (140 each, a matter or none) were
written by one who saw nothing. The first showed that too many matters are refused: the threshold
was set anew. Then the second was looked at; what speaks of partners alone was mended after that.
Texts that training knows are left out of all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import typer

from data.language import load_language
from eval.understanding.wishes import FOLDER, Case, verdicts
from matcher import Matcher
from matcher.result import ExistingCooperation, Interpretation
from matcher.understanding import Understood

SETS = (
    "officials",
    "officials_after",
    "officials_third",
    "officials_fourth",
    "officials_fifth",
    "officials_sixth",
    "officials_seventh",
    "officials_eighth",
    "officials_ninth",
    "officials_tenth",
    "officials_eleventh",
    "officials_twelfth",
    "officials_thirteenth",
    "officials_fourteenth",
    "officials_fifteenth",
    "officials_sixteenth",
    "officials_seventeenth",
)
FIRST_LOOK = FOLDER / "first_look.json"
"""Right and asked of each question, as they were at the first look, each with ranker and day."""
_PARTNERS = ("wish", "named", "outside")
Counts = dict[str, tuple[int, int]]


def score_officials(matcher: Matcher, name: str) -> tuple[Counts, list[str]]:
    """Ask the texts of one set.

    Returns
    -------
    dict, list of str
        Question -> (right, asked), and a line for each text that was not understood.
    """
    counts: Counts = {}
    wrong: list[str] = []
    for record in _records(name):
        said, there, _ = matcher.listener.understand(record["text"], record["body"])
        area = matcher.listener.task_areas(record["text"])[0].area.value
        failed = []
        for question, right in _verdicts(record, said, there, area):
            good, asked = counts.get(question, (0, 0))
            counts[question] = (good + right, asked + 1)
            failed += [] if right else [question]
        if failed:
            wrong.append(f"{record['text']} | {', '.join(failed)} | {_shown(said, there, area)}")
    return counts, wrong


def _records(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    learned = {text.text.casefold() for text in load_language().trade.texts}
    records = [json.loads(line) for line in lines if line]
    return [record for record in records if record["text"].casefold() not in learned]


def _verdicts(
    record: Mapping[str, Any],
    said: Interpretation,
    there: tuple[ExistingCooperation, ...],
    area: str,
) -> Iterator[tuple[str, bool]]:
    """Yield (what was asked, whether it was right) for one text."""
    kind = record["kind"]
    if kind in _PARTNERS:
        case = Case(
            record["body"],
            record["text"],
            record["wishes"],
            record["named"],
            tuple(record["outside"]),
        )
        read = Understood(said.wishes, said.named, said.outside)
        answered = dict(verdicts(case, read))
        yield "wishes of a text", answered["text, wishes"]
        yield "bodies of a text", answered["text, bodies"]
        yield "bodies and roles of a text", answered["text, bodies and roles"]
        if case.outside:
            yield "beyond the border", answered["outside"]
        else:
            yield "nothing beyond the border", answered["no outside"]
    elif kind == "no_matter":
        yield "no matter", not said.is_matter
    elif kind == "matter":
        yield "terse matter taken", said.is_matter
        yield "its area told", area in record["areas"]
    else:
        members = {one.cooperation for one in there if one.relation != "joinable"}
        if kind == "not_existing":
            yield "nothing told that is not there", not members
        elif kind == "existing":
            yield "existing told", bool(members & set(record["cooperations"]))
        else:
            told = {one.cooperation for one in there}
            yield "joinable told", bool(told & set(record["cooperations"]))


def _shown(said: Interpretation, there: tuple[ExistingCooperation, ...], area: str) -> str:
    wishes = {wish.code: wish.value for wish in said.wishes}
    named = {body.name: str(body.role) for body in said.named}
    places = [place.text for place in said.outside]
    told = [(one.cooperation, one.relation, round(one.probability, 2)) for one in there]
    return f"{wishes} {named} {places} {told} {area} {said.probability:.2f}"


def main(show: bool = False, keep: str = "") -> None:
    """Print both sets; `--show` adds what was wrong, `--keep DAY` stores a first look."""
    matcher = Matcher.load()
    stored = json.loads(FIRST_LOOK.read_text("utf-8")) if FIRST_LOOK.exists() else {}
    for name in SETS:
        if not (FOLDER / f"{name}.jsonl").exists():
            continue
        counts, wrong = score_officials(matcher, name)
        print(name)
        for question, (right, asked) in sorted(counts.items()):
            print(f"  {question:32s} {right / asked:.3f}  {right} of {asked}")
        if show:
            print("\n".join(wrong))
        if keep and name not in stored:
            stored[name] = {"day": keep, "ranker": matcher.version, "counts": counts}
    if keep:
        FIRST_LOOK.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
