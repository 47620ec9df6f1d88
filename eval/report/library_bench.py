"""How fast the parts are in this process, each beside what would do the same job."""

from __future__ import annotations

import difflib
import itertools
import time
from collections.abc import Iterator

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from data import TaskArea
from data.names import NameIndex
from eval.report.example import BODY
from eval.report.timing import RUNS, Row, row_of, seconds_of
from matcher import Matcher, MatchRequest
from matcher.features import feature_matrix, make_query
from matcher.outreach import Outreach, input_keys
from matcher.similar import most_similar


def library_rows(matcher: Matcher, runs: int = RUNS) -> Iterator[Row]:
    """Time the parts in this process, each beside what would do the same job."""
    knowledge = matcher.knowledge
    assert matcher.text_model is not None
    text = "Wir suchen Partner für ein gemeinsames Standesamt"
    reader = knowledge.reader
    assert reader is not None
    encode = matcher.text_model.encode_queries
    vector = encode([text])[0]
    matter = reader.read(vector, text)
    row = int(knowledge.land.keys.get_loc(BODY))
    request = MatchRequest(body=BODY, description=text)
    yield row_of(
        "match, text seen before", seconds_of(lambda: matcher.match(request), "match", runs)
    )

    matrix = feature_matrix(make_query(knowledge, row, matter), knowledge)
    score = seconds_of(lambda: matcher.ranker.score(matrix), "score", runs)
    loop = seconds_of(
        lambda: [matcher.ranker.score(matrix[i : i + 1]) for i in range(430)], "loop", min(runs, 5)
    )
    yield row_of("score all 430 bodies at once", score, loop, "one body at a time")

    descriptions = [c.description for c in matcher.dataset.cooperations]
    tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    table = tfidf.fit_transform(descriptions)
    number = itertools.count()

    def like() -> None:
        asked = f"{text} {next(number)}"
        most_similar(reader.read(encode([asked])[0], asked).to_descriptions)

    similar = seconds_of(like, "like", runs)
    words = seconds_of(
        lambda: np.argsort(-(table @ tfidf.transform([text]).T).toarray(), 0), "tfidf", runs
    )
    yield row_of("similar cooperations, new text", similar, words, "TF-IDF of scikit-learn")

    yield from _outreach_rows(matcher, runs)

    index = NameIndex(matcher.dataset.bodies)
    names = [str(name) for name in matcher.dataset.bodies["name"]]
    search = seconds_of(lambda: index.search("bad sasendorf"), "names", runs)
    plain = seconds_of(
        lambda: difflib.get_close_matches("bad sasendorf", names, 8), "difflib", runs
    )
    yield row_of("name search with a typing error", search, plain, "difflib of Python")


def _outreach_rows(matcher: Matcher, runs: int) -> Iterator[Row]:
    """Score every municipality and Kreis in every task area, then make lists from that."""
    start = time.perf_counter()
    outreach = Outreach.of(matcher)
    areas = f"{len(TaskArea)} task areas"
    computed = [time.perf_counter() - start]
    yield row_of(f"outreach: all bodies, {areas}, once", computed)
    times = seconds_of(
        lambda: input_keys(matcher.knowledge, matcher.ranker, tuple(TaskArea)), "inputs", 3
    )
    yield row_of("outreach: find what was computed before", times, computed, "all computed anew")
    times = seconds_of(outreach.opportunities, "outreach", min(runs, 20))
    yield row_of("outreach: the list of 50, scored before", times)
