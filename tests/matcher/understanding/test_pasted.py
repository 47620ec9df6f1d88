"""Pasted text: soft hyphens, words parted at the end of a line, HTML."""

from __future__ import annotations

import pytest

from matcher.understanding import understand
from matcher.understanding.pasted import plain
from matcher.understanding.tokens import tokenize

SEARCHER = "05974008"  # Bad Sassendorf


@pytest.mark.parametrize(
    "text",
    [
        "Ar\u00adchiv gemein\u00adsam, höch\u00adstens 20 km",
        "Archiv gemeinsam, höch-\nstens 20 km",
        "Ar-\nchiv gemein-\r\nsam, höchs-\n  tens 20 km",
        "Archiv, im Um\u00ad\nkreis von 20 km",
        "<p>Archiv gemeinsam</p><br/>höchstens <b>20 km</b> entfernt",
        '<div class="max 5 km">Archiv</div>höchstens 20 km',
        "Archiv, h&ouml;chstens&nbsp;20 km",
        "Stadt-\nund Gemeindearchiv, höchstens 20 km",
        "Archiv -\nhöchstens 20 km",
        "Archiv < 20 km",
    ],
)
def test_a_distance_is_read_and_stands_in_the_text_as_written(gazetteer, text):
    (wish,) = understand(text, SEARCHER, gazetteer).wishes
    assert (wish.code, wish.value) == ("max_distance_km", 20)
    assert text[wish.start : wish.end] == wish.text


def test_names_are_read_over_the_end_of_a_line_and_in_html(gazetteer):
    text = "<ul><li>Archiv</li><li>mit Lipp-\nstadt und M&uuml;nster</li></ul>"
    named = understand(text, SEARCHER, gazetteer).named
    assert [body.name for body in named] == ["Lippstadt", "Münster"]
    assert [text[body.start : body.end] for body in named] == ["Lipp-\nstadt", "M&uuml;nster"]


def test_what_is_in_a_tag_says_nothing(gazetteer):
    assert understand('<a title="max 5 km">Archiv</a>', SEARCHER, gazetteer).wishes == ()


def test_tokens_keep_their_places_and_a_block_parts_sentences():
    text = "Ar-\nchiv<br>Nur <i>Werl</i>"
    tokens = tokenize(text)
    assert [token.norm for token in tokens] == ["archiv", "stop", "nur", "werl"]
    assert [text[token.start : token.end] for token in tokens] == [t.text for t in tokens]
    assert tokens[2].opens


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Archiv, höchstens 20 km", "Archiv, höchstens 20 km"),
        ("Ar\u00adchiv gemein-\nsam", "Archiv gemeinsam"),
        ("<p>Archiv</p>nur <b>We</b>rl", "\nArchiv\nnur Werl"),
        ("Stadt-\nund Landkreis", "Stadt-\nund Landkreis"),
        ("M&uuml;ll &amp; Abfall&nbsp;hier", "Müll & Abfall hier"),
        ("weniger < als > mehr", "weniger < als > mehr"),
    ],
)
def test_readers_without_places_get_plain_text(text, said):
    assert plain(text) == said
