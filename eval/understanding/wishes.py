"""`python -m eval.understanding.wishes`: score what is read about partners on labelled texts.

`dev.jsonl` was looked at while the rules were written; `blind.jsonl` was written when they stood,
and its errors were counted, not read. A label of null means any value of that wish, or any role.
A Kreis that only says where partners are ("Kommunen aus dem Kreis Soest") is part of the wish and
no named body; until 2026-11-27 the labels of all sets counted it as mentioned. "Nur Städte über
30.000 Einwohner" leaves Kreise out; five labels were without that until 2026-11-28.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import partial_ratio

import data
from data.places import read_places_outside, read_regions
from data.spelling import read_spelt_right
from matcher.understanding import Gazetteer, OutsidePlace, Region, Understood, understand
from matcher.understanding.gazetteer import ordinary_words

_SAME_NAME = 80.0  # of 100: what was found is cut from the text, with its typing errors
FOLDER = Path(__file__).parent
SETS = ("dev", "blind")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text; `named` maps keys to roles, `wishes` codes to values."""

    body: str
    text: str
    wishes: Mapping[str, Any]
    named: Mapping[str, str | None]
    outside: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """Read labelled texts from a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [
        Case(r["body"], r["text"], r["wishes"], r["named"], tuple(r["outside"])) for r in records
    ]


def make_gazetteer(dataset: data.Dataset, spelt_right: Collection[str] | None = None) -> Gazetteer:
    """Make the gazetteer from the project's tables."""
    return Gazetteer.of(
        dataset.bodies,
        ordinary_words(t for c in dataset.cooperations for t in (c.request, c.description)),
        {s: Region(r.name, r.prefixes) for r in read_regions() for s in r.spellings},
        [OutsidePlace(p.name, p.where, p.sure) for p in read_places_outside()],
        read_spelt_right() if spelt_right is None else spelt_right,
    )


def verdicts(case: Case, read: Understood) -> Iterator[tuple[str, bool]]:
    """Yield (what was asked, whether it was right) for one text.

    Each labelled wish and each named body is a question, and so is, for each text without one,
    that none is read.
    """
    wishes = {wish.code: wish.value for wish in read.wishes}
    for code, value in case.wishes.items():
        yield f"wish {code}", code in wishes and _means(wishes[code], value)
    named = {body.ags: str(body.role) for body in read.named}
    for key, role in case.named.items():
        yield "named body", key in named
        if role is not None:
            yield f"role {role}", named.get(key) == role
    yield "no other wish", not wishes.keys() - case.wishes.keys()
    yield "no other body", not named.keys() - case.named.keys()
    found = {place.text for place in read.outside}
    if case.outside:
        yield (
            "outside",
            any(
                partial_ratio(place.casefold(), text.casefold()) >= _SAME_NAME
                for place in case.outside
                for text in found
            ),
        )
    else:
        yield "no outside", not found
    yield "text, wishes", _same(case.wishes, wishes)
    yield "text, bodies", named.keys() == case.named.keys()
    yield "text, bodies and roles", _same(case.named, named)


def _same(expected: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    return expected.keys() == got.keys() and all(
        _means(got[code], value) for code, value in expected.items()
    )


def _means(value: Any, label: Any) -> bool:
    """Tell whether a value is the labelled one; the order of names says nothing."""
    if label is None:
        return True
    if isinstance(label, list) and isinstance(value, tuple):
        return sorted(map(str, value)) == sorted(map(str, label))
    return bool(value == label)


def score(cases: list[Case], gazetteer: Gazetteer) -> tuple[dict[str, tuple[int, int]], float]:
    """Return question -> (right, asked), and milliseconds a text."""
    counts: dict[str, tuple[int, int]] = {}
    start = time.perf_counter()
    answers = [understand(case.text, case.body, gazetteer) for case in cases]
    milliseconds = (time.perf_counter() - start) / max(len(cases), 1) * 1e3
    for case, read in zip(cases, answers, strict=True):
        for question, right in verdicts(case, read):
            good, asked = counts.get(question, (0, 0))
            counts[question] = (good + right, asked + 1)
    return counts, milliseconds


def main() -> None:
    """Print both sets side by side; with file names, score those instead."""
    paths = [Path(name) for name in sys.argv[1:]] or [FOLDER / f"{name}.jsonl" for name in SETS]
    gazetteer = make_gazetteer(data.load())
    for path in paths:
        counts, milliseconds = score(read_cases(path), gazetteer)
        print(f"{path.stem}: {milliseconds:.2f} ms a text")
        for question, (right, asked) in sorted(counts.items()):
            print(f"  {question:24s} {right / asked:.3f}  {right} of {asked}")


if __name__ == "__main__":
    main()
