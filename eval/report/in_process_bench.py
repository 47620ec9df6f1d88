"""How fast the parts are in this process, each beside what would do the same job."""

from __future__ import annotations

import difflib
import itertools
import time
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from data import TaskArea
from data.names import NameIndex
from eval.report.example import BODY
from eval.report.timing import RUNS, Row, row_of, seconds_of
from matcher import Matcher, MatchRequest
from matcher.features import features, make_query
from matcher.known.similar import most_similar
from matcher.outreach import Outreach, input_keys
from matcher.outreach.fits import score_all
from models.e5 import E5, MACS_A_TOKEN, WEIGHT_BYTES

_TEXT = "Wir suchen Partner für ein gemeinsames Standesamt"
_MISSPELT = "bad sasendorf"


def in_process_rows(
    matcher: Matcher, runs: int = RUNS, areas: Sequence[TaskArea] = tuple(TaskArea)
) -> Iterator[Row]:
    """Time the parts in this process, each beside what would do the same job.

    Parameters
    ----------
    matcher
        With its text model.
    runs
        How often each part runs; what takes long runs less often.
    areas
        Task areas that outreach is computed for.
    """
    yield from _match_rows(matcher, runs)
    yield _encoder_row(matcher, runs)
    yield _similar_row(matcher, runs)
    yield from _outreach_rows(matcher, runs, areas)
    yield _name_row(matcher, runs)


def _match_rows(matcher: Matcher, runs: int) -> Iterator[Row]:
    knowledge = matcher.knowledge
    assert matcher.text_model is not None
    assert knowledge.reader is not None
    request = MatchRequest(body=BODY, description=_TEXT)
    seconds = seconds_of(lambda: matcher.match(request), "match", runs)
    yield row_of("match, text seen before", seconds)

    matter = knowledge.reader.read(matcher.text_model.encode_queries([_TEXT])[0], _TEXT)
    searcher = int(knowledge.bodies.keys.get_loc(BODY))
    matrix = features(make_query(knowledge, searcher, matter), knowledge)[0]
    bodies = range(len(matrix))
    score = seconds_of(lambda: matcher.ranker.score(matrix), "score", runs)
    loop = seconds_of(
        lambda: [matcher.ranker.score(matrix[i : i + 1]) for i in bodies], "loop", min(runs, 5)
    )
    yield row_of(f"score all {len(matrix)} bodies at once", score, loop, "one body at a time")


def _encoder_row(matcher: Matcher, runs: int) -> Row:
    """Time the bundled text model alone; the row says what it multiplies and reads at least."""
    model = matcher.text_model
    assert model is not None
    number = itertools.count()
    tokens = E5().tokens(f"{_TEXT} 0")
    seconds = seconds_of(lambda: model.encode_queries([f"{_TEXT} {next(number)}"]), "encode", runs)
    least = f"{tokens * MACS_A_TOKEN / 1e9:.2f}·10⁹ multiplications of 8 bits"
    name = f"text model alone, {tokens} tokens: {least}, {WEIGHT_BYTES / 1e6:.0f} MB of weights"
    return row_of(name, seconds)


def _similar_row(matcher: Matcher, runs: int) -> Row:
    reader, model = matcher.knowledge.reader, matcher.text_model
    assert reader is not None
    assert model is not None
    tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    table = tfidf.fit_transform([c.description for c in matcher.dataset.cooperations])
    number = itertools.count()

    def like() -> None:
        asked = f"{_TEXT} {next(number)}"
        most_similar(reader.read(model.encode_queries([asked])[0], asked).to_descriptions)

    def words() -> None:
        np.argsort(-(table @ tfidf.transform([_TEXT]).T).toarray(), 0)

    similar, plain = seconds_of(like, "like", runs), seconds_of(words, "tfidf", runs)
    return row_of("similar cooperations, new text", similar, plain, "TF-IDF of scikit-learn")


def _name_row(matcher: Matcher, runs: int) -> Row:
    index = NameIndex(matcher.dataset.bodies)
    names = [str(name) for name in matcher.dataset.bodies["name"]]
    found = seconds_of(lambda: index.search(_MISSPELT), "names", runs)
    plain = seconds_of(lambda: difflib.get_close_matches(_MISSPELT, names, 8), "difflib", runs)
    return row_of("name search with a typing error", found, plain, "difflib of Python")


def _outreach_rows(matcher: Matcher, runs: int, areas: Sequence[TaskArea]) -> Iterator[Row]:
    """Score every municipality and Kreis in the task areas, then make lists from that."""
    knowledge, ranker = matcher.knowledge, matcher.ranker
    start = time.perf_counter()
    outreach = Outreach(matcher.dataset, knowledge, score_all(knowledge, ranker, areas))
    computed = [time.perf_counter() - start]
    yield row_of(f"outreach: all bodies, {len(areas)} task areas, once", computed)
    times = seconds_of(lambda: input_keys(knowledge, ranker, areas), "inputs", min(runs, 3))
    yield row_of("outreach: find what was computed before", times, computed, "all computed anew")
    times = seconds_of(outreach.opportunities, "outreach", min(runs, 20))
    yield row_of("outreach: the list of 50, scored before", times)
    times = seconds_of(lambda: _one_more(outreach), "outreach", min(runs, 5))
    yield row_of("outreach: one more cooperation, all groups anew", times)


def _one_more(outreach: Outreach) -> None:
    """Grow all groups from a state that holds one cooperation more, with what was learned."""
    Outreach(
        outreach.dataset, outreach.knowledge, outreach.fits, outreach.prospects.odds
    ).opportunities()
