from __future__ import annotations

import numpy as np


def test_who_took_part_is_read_off_the_table_of_all(matcher):
    known = matcher.knowledge
    for row in (0, 17, known.bodies.home.stop - 1):
        assert np.array_equal(known.took_part(row), known.participation[:, row] > 0)


def test_nobody_beyond_the_border_is_a_member(across):
    known = across.knowledge
    members = known.members_of(np.array([3, 5]))
    home = known.bodies.home.stop
    assert members.shape == (2, len(known.bodies))
    assert np.array_equal(members[:, :home], known.participation[[3, 5]])
    assert not members[:, home:].any()
    assert not known.took_part(home).any()
