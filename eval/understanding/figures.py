"""How well the service listens, as one result: what is published of it comes from here."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from data.language import Language
from eval.ranking.wordings import english, typing_errors, upper_case
from eval.understanding import obeyed, officials
from eval.understanding.officials import score_officials
from eval.understanding.wish_effect import wish_effects
from eval.understanding.wishes import FOLDER, SETS, Case, read_cases, score
from matcher import Matcher, MatchRequest, training
from matcher.conditions import row_of
from matcher.existing_cooperations import existing_in
from matcher.parts import matter_reader
from matcher.understanding import Gazetteer, matter_training, understand
from matcher.understanding.interpreter import Words

ERRORS = FOLDER / "errors.jsonl"
"""Errors that were read, each with its cause."""
TOTALS = ("text, wishes", "text, bodies", "text, bodies and roles")
_TIMED = 200


def clauses(text: str, seed: int) -> str:
    """Give each clause a line and a full stop, as easy language does (DIN SPEC 33429)."""
    parts = text.replace(";", ",").replace(":", ",").replace(". ", ",").split(",")
    lines = [part.strip() for part in parts if part.strip()]
    return "\n".join(line if line.endswith((".", "?", "!")) else f"{line}." for line in lines)


WORDINGS: dict[str, Callable[[str, int], str]] = {
    "as written": lambda text, seed: text,
    "typing errors": typing_errors,
    "upper case": upper_case,
    "a line each clause": clauses,
}


def understanding_figures(matcher: Matcher, language: Language) -> dict[str, Any]:
    """Measure all that is published on understanding.

    Returns
    -------
    dict
        `sets` (set -> wording -> question -> [right, asked]), `english` (shares), `matters`
        (shares on texts that were left out), `wishes` (see `wish_effects`), `officials` and
        `first_look` (set -> question -> [right, asked], now and when first asked), `answers` and
        `first_answers` (the same of whole answers, see `obeyed`), `errors`
        (cause -> number), `milliseconds`, with the version of the measured ranker and data.
    """
    return {
        "ranker": matcher.version,
        "data_version": matcher.dataset.version,
        "sets": {name: by_wording(_cases(name), matcher.interpreter.gazetteer) for name in SETS},
        "english": in_english(matcher),
        "matters": matters(matcher, language),
        "wishes": wish_effects(matcher),
        "officials": {name: score_officials(matcher, name)[0] for name in officials.SETS},
        "first_look": json.loads(officials.FIRST_LOOK.read_text("utf-8")),
        "answers": {name: obeyed.score_answers(matcher, name)[0] for name in obeyed.SETS},
        "first_answers": json.loads(obeyed.FIRST_ANSWERS.read_text("utf-8")),
        "errors": causes(),
        "milliseconds": milliseconds(matcher, _cases(SETS[-1])),
    }


def by_wording(
    cases: Sequence[Case], gazetteer: Gazetteer
) -> dict[str, dict[str, tuple[int, int]]]:
    """Score the same texts in each wording; errors are drawn by the place of a text."""
    return {
        name: score(
            [replace(case, text=reword(case.text, i)) for i, case in enumerate(cases)], gazetteer
        )[0]
        for name, reword in WORDINGS.items()
    }


def in_english(matcher: Matcher) -> dict[str, float]:
    """Return how many English requests are taken for a matter, and their area told; known ones."""
    texts = english(matcher.dataset.cooperations)
    areas = {c.id: c.task_area for c in matcher.dataset.cooperations}
    taken, told = [], []
    for key, text in texts.items():
        said, _, _ = matcher.listener.understand(text, None)
        taken.append(said.is_matter)
        told.append(matcher.listener.task_areas(text)[0].area is areas[key])
    return {"cases": len(texts), "matter": float(np.mean(taken)), "area": float(np.mean(told))}


def matters(matcher: Matcher, language: Language) -> dict[str, float]:
    """Learn the decisions on matters anew, as training does, and return what was held out."""
    known, model = matcher.knowledge, matcher.text_model
    assert model is not None
    groups = training.near_duplicates(known)
    titles = model.encode_queries([c.title for c in known.cooperations])
    areas = training.fit_task_areas(known, titles, groups)
    reader = matter_reader(matcher.dataset, language, known, areas, model)
    return matter_training.fit(
        language.trade,
        known.cooperations,
        known.participation,
        groups,
        reader,
        model.encode_queries,
        "",
    ).measured


def causes() -> dict[str, int]:
    """Count the errors that were read by their cause, most frequent first."""
    lines = ERRORS.read_text("utf-8").splitlines()
    return dict(Counter(json.loads(line)["cause"] for line in lines if line).most_common())


def milliseconds(matcher: Matcher, cases: Sequence[Case]) -> dict[str, float]:
    """Return medians: what a text says of partners, all reading, that beside the text model, all.

    Time of the processor, so that what else runs on the machine counts less. Vectors are
    made before, and texts are asked once before, so that an answer finds its vector.
    """
    chosen = [cases[i % len(cases)] for i in range(_TIMED)]

    def median(work: Callable[[Case], object]) -> float:
        for case in cases:
            work(case)
        taken = []
        for case in chosen:
            start = time.thread_time()
            work(case)
            taken.append(time.thread_time() - start)
        return float(np.median(taken)) * 1e3

    gazetteer = matcher.interpreter.gazetteer
    vectors = {case.text: _encoded(matcher, case) for case in cases}
    read = matcher.interpreter.words
    words = {case.text: read(case.text, _gist(matcher, case)) for case in cases}
    return {
        "partners": median(lambda case: understand(case.text, case.body, gazetteer)),
        "all": median(lambda case: _read(matcher, case, vectors[case.text])),
        "beside": median(lambda case: _read(matcher, case, vectors[case.text], words[case.text])),
        "answer": median(
            lambda case: matcher.match(MatchRequest(body=case.body, description=case.text))
        ),
    }


def _encoded(matcher: Matcher, case: Case) -> Any:
    assert matcher.text_model is not None
    return matcher.text_model.encode_queries([_gist(matcher, case)])[0]


def _gist(matcher: Matcher, case: Case) -> str:
    partners = matcher.interpreter.partners(case.text, case.body)
    return matcher.interpreter.gist(case.text, partners)


def _read(matcher: Matcher, case: Case, vector: Any, words: Words | None = None) -> None:
    """Do all that `Matcher.understand` does of a text whose vector is there.

    Where words are given they were read already, as a search does while the text model computes.
    """
    interpreter, row = matcher.interpreter, row_of(matcher.directory, case.body, "/body")
    partners = interpreter.partners(case.text, case.body)
    gist = interpreter.gist(case.text, partners)
    reading = interpreter.read(case.text, partners, gist, vector, words)
    existing_in(reading, interpreter.learned, matcher.knowledge, row)


def _cases(name: str) -> list[Case]:
    return read_cases(FOLDER / f"{name}.jsonl")
