"""Wordings of wishes about a common border and the largest distance."""

from __future__ import annotations

from matcher.understanding import doubts, doubts_where, scope, values
from matcher.understanding.rule import Rule

NEAR: tuple[Rule, ...] = (
    # A common border.
    Rule(
        "adjacent", False,
        "(no|not|(not|no w) with|except|without) (the|our|direct)* "
        "(nb|nbplace|nbadj {place}|bordering {place})",
        unless=doubts.is_not_asked,
    ),
    Rule(
        "adjacent", False,
        "with (the|our|direct)* (nb|nbplace) have we {yes}{0,3} comma {yes}{0,4} (no|not)",
    ),
    Rule("adjacent", True, "nur (with|the|our|want)* direct? nbkreis", unless=scope.not_only),
    Rule(
        "adjacent", True,
        "want (we|us|the|our|number)* direct? nbkreis",
        searcher="district", unless=scope.follows_also,
    ),
    Rule(
        "adjacent", True,
        "nur (with|the|our|want)* (the|our|direct|bordering|nbadj)* (nb|nbplace)",
        unless=scope.not_only,
    ),
    Rule(
        "adjacent", True,
        "nur (with|the|our|want)* (direct)* (bordering|nbadj) any? {body}?",
        unless=scope.not_only,
    ),
    Rule(
        "adjacent", True,
        "direct (nb|nbplace|nbschaft|bordering {body}?|nbadj {body}?|nextdoor)",
        unless=doubts_where.not_only_or_told,
    ),
    Rule("adjacent", True, "all (the|our|direct)* (nb|nbplace) except (?!comma|stop|colon|$)"),
    Rule("adjacent", False, "(nb|nbplace) (want|shall|are) (we|us|w){0,2} not (?!barred|except)"),
    Rule("adjacent", False, "(nb|nbplace) not {end}"),
    Rule(
        "adjacent", False,
        "(nb|nbplace) (w|are|serves|us){0,3} (not in? want|barred|except {end})",
    ),
    Rule("adjacent", False, "(no|not|without|except) with? the? borderer"),
    Rule("adjacent", True, "with (the|all|our)* bordering {end}", unless=scope.not_only),
    Rule(
        "adjacent", True, "with all (the|our|direct)* (nb|nbplace)",
        unless=scope.denied_or_not_only,
    ),
    Rule(
        "adjacent", True, "with number (the|our|direct)* nb", unless=scope.denied_or_not_only
    ),
    Rule("adjacent", True, "borderer", unless=scope.not_only),
    Rule("adjacent", True, "(nb|nbplace|bordering {place}) ja ({end}|(?=want))"),
    Rule("adjacent", True, "(less|among) (the|our|direct)+ (nb|nbplace) {end}"),
    Rule("adjacent", True, "onto (the|our|direct)* (nb|nbplace) limited"),
    Rule("adjacent", True, "limited any{0,3} onto (the|our|direct)* (nb|nbplace)"),
    Rule("adjacent", False, "not want to w with (the|our|direct)* (nb|nbplace)"),
    Rule("adjacent", True, "(stop|comma|colon) bordering {end}"),
    Rule("adjacent", True, "who (w|toward|us){0,2} border {end}"),
    Rule(
        "adjacent", True,
        "(shall|w) direct? (border|borderline) direct? (w|onto|toward|at)? (us|our ({place}|w))",
    ),
    Rule("adjacent", True, "partner colon direct? (nb|nbplace) {end}"),
    Rule(
        "adjacent", True,
        "nur (with|the|our|want)* {body} (we|us|self|toward)* around",
        unless=scope.not_only,
    ),
    Rule(
        "adjacent", True,
        "(nb|nbplace|nbadj {place}) (want|us|we|w|are){0,3} want",
        unless=doubts.is_no_preference,
    ),
    Rule(
        "adjacent", True,
        "{asked} (nb|nbplace|nbadj {place})",
        unless=doubts.is_no_preference,
    ),
    Rule("adjacent", True, "direct? (w? toward (us|self|our w?)|us|self) direct? border"),
    Rule("adjacent", True, "toward (us|self) bordering"),
    Rule(
        "adjacent", True,
        "(direct toward (us|self|our ({place}|w))|toward (us|self|our ({place}|w)) direct) joins",
    ),
    Rule(
        "adjacent", True, "(bordering|direct nbadj) (kreise|kreis)",
        searcher="district", unless=scope.not_only,
    ),
    Rule(
        "adjacent", True, "({asked} nbadj (kreise|kreis)|nbadj (kreise|kreis) {wanted})",
        searcher="district", unless=doubts.is_no_preference,
    ),
    Rule("adjacent", True, "{asked} bordering {place}", unless=doubts.is_beside_kreise),
    Rule("adjacent", True, "bordering {place} {wanted}", unless=scope.not_only),
    Rule(
        "adjacent", True, "(with|want|partner|nur) colon? {det}* number? bordering {place}",
        unless=doubts.is_beside_kreise,
    ),
    Rule("adjacent", True, "bordering {place} {end}", unless=doubts_where.says_where_a_thing_is),
    Rule("adjacent", True, "(with|to) (the|adj|one|w|we|us|direct|nbadj|bordering){0,6} "
                           "borderline"),
    Rule(
        "adjacent", False, "without (the|one)* adj? borderline", unless=scope.is_welcome_too
    ),
    Rule("adjacent", True, "(nur|with|want) (with|the|from)* nextdoor"),
    Rule("adjacent", True, "adj borderline with? (us|self|have)"),
    Rule("adjacent", True, "(one|the)? adj? borderline with (us|self)"),
    Rule("adjacent", True, "adj borderline", unless=doubts_where.says_where_a_thing_is),
    Rule(
        "adjacent", True, "{body} direct? toward (the|our)+ borderline",
        unless=doubts.is_the_searcher,
    ),
    Rule(
        "adjacent", True,
        "{body} (w|comma|the)* (border|borderline) direct? (w|onto|toward|at)? us",
    ),
    Rule("adjacent", True, "with us one adj (borderline|w) have"),
    Rule("adjacent", True, "partner shall direct? (nb|nbplace)", unless=scope.not_only),
    Rule("adjacent", True, "toward our ({place}|w) (border|bordering)"),
    Rule("adjacent", True, "beside us", unless=doubts_where.counts_others),
    Rule("adjacent", True, "(with|partner|want|nur) {det}* one? {body} direct? nextdoor"),
    Rule("adjacent", True, "(colon|comma|nur) bordering und in {own} {district}"),
    # Distance between the seats.
    Rule(
        "max_distance_km", values.number,
        "(over|ab|more than|far than) n=number km (weg|are|lie|us|w|the|comma){0,4} "
        "(barred|absent|except|not in? want|to (far|gross|toomuch)|toomuch)",
    ),
    Rule(
        "max_distance_km", values.farther,
        "(radius|weg) (from|between|the|are|colon)* n=number km? (upto|und|to|dash|max){0,2} "
        "m=number km",
        unless=doubts_where.is_no_longest_way,
    ),
    Rule(
        "max_distance_km", values.number,
        "({up} w?|inside from?) n=number km radius? weg*",
        unless=doubts_where.is_no_longest_way,
    ),
    Rule(
        "max_distance_km", values.number,
        "(radius|weg) (from|upto|to|max|the|w|are|colon|comma|adj|onto)* n=number km",
        unless=doubts_where.is_no_longest_way,
    ),
    Rule(
        "max_distance_km", values.number, "(weg|radius) (colon|max|upto|to|are)+ n=number {end}",
        unless=doubts_where.is_no_longest_way,
    ),
    Rule("max_distance_km", values.number, "no n=number km weg"),
    Rule(
        "max_distance_km", values.number, "n=number km (radius|weg)",
        unless=doubts_where.is_shortest_way_or_allowed,
    ),

    Rule(
        "max_distance_km", values.number,
        "(far|further|more) weg? than n=number km {yes}{0,8} (not|nobody|no)",
    ),
    Rule(
        "max_distance_km", values.number,
        "(far|further|more) weg? than n=number km are? comma {yes}{0,3} (not|no)",
    ),
    Rule(
        "max_distance_km", values.number, "radius n=number km?",
        unless=doubts_where.is_shortest_way,
    ),
    Rule(
        "max_distance_km", values.number,
        "(no|not) ({body}|with|the|w){0,3} outside from? n=number km",
    ),
    Rule(
        "max_distance_km", values.number,
        "{none} {det}* {body} comma? the? (far|more|further) weg? are? than n=number km",
    ),
    Rule("max_distance_km", values.number, "n=number km (are|us|we)* enough"),
    Rule("max_distance_km", values.number, "between number und n=number km"),
    Rule("max_distance_km", values.number, "(radius|comma|colon|stop) number n=number km"),
    Rule("max_distance_km", values.number, "(in|the) n=number w radius"),
    Rule("max_distance_km", values.number, "ab n=number km {yes}{0,3} no w"),
    Rule("max_distance_km", values.number, "limit (from|colon|are)* n=number km"),
    Rule("max_distance_km", values.number, "not exceed n=number km"),
    Rule("max_distance_km", values.number, "limited any{0,3} onto n=number km"),
    Rule("max_distance_km", values.number, "onto n=number km {yes}{0,2} limited"),
    Rule("max_distance_km", values.number, "n=number km not exceed"),
    Rule("max_distance_km", values.number, "n=number km are? (the|our)? (limit|max|borderline)"),
    Rule(
        "max_distance_km", values.number, "(comma|colon|stop|dash) n=number km {end}",
        unless=doubts_where.is_no_longest_way,
    ),
)  # fmt: skip
