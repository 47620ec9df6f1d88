from __future__ import annotations

import pytest

from matcher.understanding import understand

ARNSBERG, WARBURG = "05958004", "05762036"


@pytest.mark.parametrize(
    ("searcher", "text", "names"),
    [
        (ARNSBERG, "Archiv mit Neheim", []),  # a part of Arnsberg; Nieheim is 85 km away
        (WARBURG, "Archiv mit Neheim", ["Nieheim"]),
        (ARNSBERG, "Archiv mit Nieheim", ["Nieheim"]),
        (ARNSBERG, "Archiv mit Nieheim; Neheim ist einverstanden", ["Nieheim"]),
        (ARNSBERG, "Archiv mit Gelsenkirchn", ["Gelsenkirchen"]),
    ],
)
def test_a_short_misspelt_name_is_believed_within_reach(gazetteer, searcher, text, names):
    assert [body.name for body in understand(text, searcher, gazetteer).named] == names


def test_a_name_that_is_doubted_is_asked_about(gazetteer):
    read = understand("Archiv mit Neheim", ARNSBERG, gazetteer)
    assert read.hint is not None
    assert "„Neheim“" in read.hint
    assert "Nieheim" in read.hint
    assert understand("Archiv mit Nieheim", ARNSBERG, gazetteer).hint is None
