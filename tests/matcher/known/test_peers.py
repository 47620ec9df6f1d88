from __future__ import annotations

import numpy as np

from matcher.known.peers import comparable_peers, leaps


def test_a_leap_of_inhabitants_makes_nobody_a_peer(matcher, row):
    bodies = matcher.knowledge.bodies
    leapt = leaps(bodies)
    assert leapt[row("Weeze")]
    assert leapt.sum() < 15
    for name in ("Weeze", "Bad Sassendorf", "Nettersheim"):
        found = comparable_peers(bodies, row(name), 5)
        assert not leapt[found].any()
        assert row(name) not in found
        assert np.all(bodies.kind[found] == bodies.kind[row(name)])
