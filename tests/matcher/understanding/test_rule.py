"""Rules are looked up by the kinds of words of a text: none that matches is missed."""

from __future__ import annotations

import pytest

from matcher.understanding.grammar import Pattern
from matcher.understanding.mentions import find_mentions
from matcher.understanding.reading import read
from matcher.understanding.rules import RULES
from matcher.understanding.wishes import rules_telling

SOEST = "05974040"


@pytest.mark.parametrize(
    "text",
    [
        "Archiv, nur mit Nachbarn, höchstens 20 km entfernt",
        "Wir suchen zwei bis vier Städte ab 20.000 Einwohnern aus unserem Kreis",
        "Standesamt ohne den Kreis, am liebsten im Regierungsbezirk Arnsberg",
        "kreisintern",
        "Für das Archiv suchen wir einen Kreis",  # ends with the text
        "",
    ],
)
def test_each_rule_that_matches_is_among_those_looked_up(gazetteer, text):
    tokens = gazetteer.tokens(text)
    mentions = find_mentions(tokens, gazetteer)
    line = read(text, tokens, mentions, gazetteer.bodies[SOEST], gazetteer, 0).line
    told = rules_telling(line.kinds)
    matching = [rule for rule in RULES if rule.pattern.compiled.search(line.written)]
    assert [rule for rule in told if rule in matching] == matching
    assert all(rule.pattern.may_match(line) for rule in matching)
    assert len(told) < len(RULES) / 4


@pytest.mark.parametrize(
    ("notation", "needed"),
    [
        ("no (the|other)* (nb|kreis) far?", [{"no"}, {"nb", "kreis"}]),
        ("want (stop|comma|$)", [{"want"}]),
        ("want $", [{"want"}]),
        ("want (?=stop|$)", [{"want"}]),
        ("(want|shall the?) (the?|our*) (any|nb) nb{1,3}", [{"want", "shall", "the"}]),
        ("((nb|kreis)+|us)+ n=number", [{"nb", "kreis", "us"}, {"number"}]),
    ],
)
def test_what_a_pattern_needs_is_read_off_its_notation(notation, needed):
    assert [set(kinds) for kinds in Pattern(notation).needed] == needed
