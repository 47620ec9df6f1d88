"""Features of some bodies alone are those that they have among all."""

from __future__ import annotations

import numpy as np
import pytest

from data import TaskArea
from matcher.features import features, features_of, make_query

TEXT = "Wir suchen Partner für ein gemeinsames Archiv"


@pytest.fixture(params=["matcher", "across"])
def served(request):
    """Serve the Land alone, and bodies beyond its border with it."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("searchers", [[3], [400, 12], [-1]])
def test_the_values_are_those_among_all(served, searchers):
    known = served.knowledge
    count = len(known.bodies)
    asking = np.array(searchers) % count
    matter = known.reader.read(served.text_model.encode_queries([TEXT])[0], TEXT)
    some = np.random.default_rng(1).choice(count, count // 5, replace=False)
    rows = np.union1d(some, asking)
    for query in (make_query(known, asking, matter), make_query(known, asking, None, TaskArea.IT)):
        alone, among_all = features_of(query, known, rows), features(query, known)[:, rows]
        assert alone.shape == among_all.shape
        np.testing.assert_allclose(alone, among_all, rtol=1e-6, atol=1e-6)


def test_what_is_counted_over_all_is_not_counted_over_the_chosen(matcher):
    known = matcher.knowledge
    query = make_query(known, 3, None)
    few, more = np.array([3, 4, 5]), np.arange(200)
    one = features_of(query, known, few)[0, 1]
    np.testing.assert_allclose(one, features_of(query, known, more)[0, 4], rtol=1e-6, atol=1e-6)
