"""Wordings of wishes about the landscape: regions, Regierungsbezirke, Kreise, the whole Land."""

from __future__ import annotations

from matcher.understanding import doubts, doubts_where, scope, values
from matcher.understanding.rule import Rule
from matcher.understanding.wish import STATEWIDE

LANDSCAPE: tuple[Rule, ...] = (
    Rule(
        "region", values.not_region,
        "({none} with? {det}* ({body}? (from|in|inside)|{body})|outside (from|in)?"
        "|(not|no) (toplace|in direction)) {regions}",
    ),
    Rule("region", values.not_region, "({none}|without) with? the? (members|region)"),
    Rule("region", values.not_region, "(no|nobody) w (from|in|inside) {regions} {end}"),
    Rule("region", values.region, "(comma|und|stop|colon) (all|number) (from|in) {regions} {end}"),
    Rule(
        "region", values.region,
        "nur (with|want|the)* {det}* {body}? (from|in|inside|w)+ {regions}",
        unless=scope.not_only,
    ),
    Rule(
        "region", values.region,
        "{body} (from|in|inside) {kreise}",
        unless=scope.follows_also,
    ),
    Rule(
        "region", values.region,
        "({body}|want)? (from|in|inside) the? whole {regions}",
    ),
    Rule(
        "region", values.region,
        "({body} (und|comma))? {body} (from? similar (size|gross|people))? "
        "(from|in|inside|w|the) {regions}",
        unless=scope.follows_also,
    ),
    Rule("region", values.region, "(want|shall) (from|in|inside) {regions}"),
    Rule(
        "region", values.region,
        "(other|further|(one|the) ordinal|still (one|number)) (from|in|inside) {regions}",
        unless=scope.follows_also,
    ),
    Rule("region", values.region, "(in|inside) {regions} shall w? also? (are|lie) {end}"),
    Rule("region", values.region, "(in|inside) {regions} stay", unless=scope.follows_also),
    Rule("region", values.region, "(from|in|inside) {regions} (?=shall ((no|w)* the partner|not))"),
    Rule("region", values.region, "if w? (in|inside|from) {regions} (lie|are|w) {end}"),
    Rule("region", values.region, "(comma|colon|stop) region want", unless=scope.follows_also),
    Rule("region", values.region, "(people|weg|km) (from|in|inside) {regions}"),
    Rule("region", values.region, "{regions} comma? (but|und)? nur there"),
    Rule(
        "region", values.region, "(in|from|inside) {regions} {wanted}",
        unless=scope.follows_also,
    ),
    Rule(
        "region", values.region,
        "((in|inside) {regions} jointly|jointly (in|inside) {regions}"
        "|(serves|in|inside) {regions} (comma|stop) who)",
        unless=scope.follows_also,
    ),
    Rule("region", values.region, "who (from|in|inside) {regions}", unless=scope.follows_also),
    Rule("region", STATEWIDE, "(colon|comma) statewide (?=stop|$)"),
    Rule("region", STATEWIDE, "(wherever in the?|in? whole) land"),
    Rule("region", STATEWIDE, "region? statewide", unless=doubts_where.describes_a_thing),
    Rule("region", STATEWIDE, "region w (want|partner)", unless=doubts_where.not_the_whole_land),
    Rule("region", STATEWIDE, "(in|from|inside)? whole "
                              "region", unless=doubts_where.not_the_whole_land),
    Rule("region", STATEWIDE, "matters wherever (in)? region?"),
    Rule("region", STATEWIDE, "(wherever|whole) in region", unless=doubts_where.not_the_whole_land),
    Rule("region", STATEWIDE, "wherever {yes}{0,4} comma? are? matters"),
    Rule("region", values.region, "(in|from) {regions} lie {body}"),
    Rule("region", values.region, "(nur|with|other|want|all) (the|all|other|und|nur)* members"),
    Rule(
        "region", values.region,
        "(grossstadt|mittelstadt|kleinstadt) (from|in|inside|the)+ region",
    ),
    Rule("region", STATEWIDE, "(weg|ort|radius) (are|us|we|serves)* matters no? role?"),
    Rule("region", STATEWIDE, "matters than far weg?"),
    Rule("region", STATEWIDE, "independent from the? weg"),
    Rule("region", STATEWIDE, "all {body} in region", unless=doubts_where.not_the_whole_land),
    Rule("region", values.region, "regionwide"),
    Rule("region", STATEWIDE, "region far", unless=doubts_where.not_the_whole_land),
    Rule("region", values.region, "region far"),
    Rule("region", STATEWIDE, "anywhere"),
    Rule("region", STATEWIDE, "from wherever"),
    Rule(
        "region", values.region, "(region|regionadj) (kommune|stadt|gemeinde|ort|kreise|partner)",
        unless=doubts.is_in_the_singular,
    ),
    Rule("region", values.region, "(comma|colon|dash) members", unless=doubts.is_in_the_singular),
    Rule("region", values.region, "members {wanted}", unless=doubts.is_in_the_singular),
    Rule(
        "region", values.region, "(in|from) {regions} (?=stop|comma|but|$)",
        unless=doubts_where.is_in_a_clause,
    ),
    Rule("region", values.region, "(comma|colon|stop) region ((und|comma)+ the? region)* "
                                  "(?=stop|comma|$)"),
)  # fmt: skip
