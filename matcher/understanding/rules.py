"""The wordings of wishes: one line each, in the language of `grammar`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from matcher.understanding import doubts, grammar, values
from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.wish import STATEWIDE, Value

Compute = Callable[[Reading, Found], Value | None]


@dataclass(frozen=True)
class Rule:
    """A pattern and the wish that it stands for.

    Attributes
    ----------
    code, value
        Of the wish; a function computes the value from the text, None for no wish.
    notation
        The pattern, in the language of `grammar`.
    searcher
        Kind of body for which alone it holds.
    unless
        Tells from the words around that no wish is meant.
    """

    code: str
    value: Value | Compute
    notation: str
    searcher: str | None = None
    unless: Callable[[Reading, Found], bool] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return grammar.compile_pattern(self.notation)

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """Kinds without which it cannot match, see `grammar.needed`."""
        return grammar.needed(self.notation)


RULES: tuple[Rule, ...] = (
    # Where: the own Kreis or not.
    Rule("own_district", False, "outside from? {own} {district}", unless=doubts.follows_also),
    Rule("own_district", False, "outside {own} kreisgrenze", unless=doubts.says_no_partner),
    Rule(
        "own_district", False,
        "(not|no|except) with? {det}* {body}? (from|in|inside) {own} {district}",
    ),
    Rule("own_district", False, "(not|except) (inside|from|in) {own} {district}"),
    Rule("own_district", False, "(from|in) the? other kreise", unless=doubts.follows_also),
    Rule(
        "own_district", False,
        "{body} (from|in) (the|our|one)* nbkreis",
        unless=doubts.follows_also,
    ),
    Rule(
        "own_district", False,
        "(no|not|except) with? our own? {place}",
        searcher="district", unless=doubts.speaks_of_one,
    ),
    Rule(
        "own_district", False,
        "(not|no|except) with? {det}* {body} (from|in|inside)? (the|our)* (our|own) {district}",
    ),
    Rule("own_district", False, "{body} other kreise"),
    Rule(
        "own_district", False,
        "with w? {det}* {body}? from (the|our|one)* nbkreis",
        unless=doubts.follows_also,
    ),
    Rule(
        "own_district", True,
        "shall also? (in|from) {own} {district}",
    ),
    Rule(
        "own_district", True,
        "nur (with|want|the)* {det}* {body}? {from}+ {own} {district}",
        unless=doubts.not_only,
    ),
    Rule(
        "own_district", False,
        "not (w|want|the){0,3} (from|in|inside) (the|our)* own {district}",
    ),
    Rule("own_district", False, "not to the? {district}", searcher="municipality"),
    Rule(
        "own_district", False,
        "(from|in) one other kreis",
        searcher="municipality", unless=doubts.follows_also,
    ),
    Rule("own_district", True, "inside {own} {district}"),
    Rule("own_district", True, "(want|shall) {yes}{0,2} in {own} {district} stay"),
    Rule(
        "own_district", True,
        "want (with|toward|one|other|the)* {body}? (from|in|inside) {own} {district} {end}",
        unless=doubts.follows_also,
    ),
    Rule(
        "own_district", True,
        "(from|in|inside) (the|our)* (own|similar) {district}",
        unless=doubts.states_a_fact,
    ),
    Rule(
        "own_district", True,
        "(with|all|further|other|want) (the|all|further|other|our|adj)* {det}* {body} "
        "{from}+ {own} {district}",
        unless=doubts.follows_also,
    ),
    Rule(
        "own_district", True,
        "{body} (similar (size|gross))? {from}* (the|our)* (our|own) kreis",
        unless=doubts.follows_also,
    ),
    Rule(
        "own_district", True,
        "{body} (similar (size|gross))? {from} (the)* ownkreis",
        unless=doubts.speaks_of_itself_or_several,
    ),
    Rule(
        "own_district", True,
        "our (own|kreisang|adj|all)* number? {place} (und {place})*",
        searcher="district", unless=doubts.speaks_of_one,
    ),
    Rule(
        "own_district", True,
        "(all|the|with|serves) (all|the|adj)* number? kreisang {place}",
        searcher="district", unless=doubts.not_only,
    ),
    Rule("own_district", True, "inside the? kreisgrenze"),
    Rule("own_district", True, "kreisinternal"),
    Rule("own_district", True, "onto {own} {district} limited"),
    Rule("own_district", True, "(comma|und) all {from}+ {own} {district}"),
    Rule("own_district", True, "in the? ownkreis jointly"),
    # Where: with a common border.
    Rule(
        "adjacent", False,
        "(no|(not|no w) with|except) (the|our|direct)* "
        "(nb|nbplace|nbadj {place}|bordering {place})",
        unless=doubts.is_not_asked,
    ),
    Rule("adjacent", True, "nur (with|the|our|want)* direct? nbkreis", unless=doubts.not_only),
    Rule(
        "adjacent", True,
        "nur (with|the|our|want)* (the|our|direct|bordering|nbadj)* (nb|nbplace)",
        unless=doubts.not_only,
    ),
    Rule(
        "adjacent", True,
        "nur (with|the|our|want)* (direct)* (bordering|nbadj) any? {body}?",
        unless=doubts.not_only,
    ),
    Rule(
        "adjacent", True,
        "direct (nb|nbplace|nbschaft|bordering {body}?|nbadj {body}?|nextdoor)",
        unless=doubts.not_only,
    ),
    Rule("adjacent", False, "(nb|nbplace) (want|shall|are) (we|us)? not"),
    Rule("adjacent", True, "(nb|nbplace|nbadj {place}) want", unless=doubts.is_no_preference),
    Rule(
        "adjacent", True,
        "want (with|the|our)* (nb|nbplace|nbadj {place})",
        unless=doubts.is_no_preference,
    ),
    Rule("adjacent", True, "direct? (w|toward)? (us|self|our w) direct? border"),
    Rule("adjacent", True, "bordering {place} {end}", unless=doubts.says_where_a_thing_is),
    Rule("adjacent", True, "with (the|adj|one|w)? borderline"),
    Rule("adjacent", True, "adj borderline", unless=doubts.says_where_a_thing_is),
    Rule("adjacent", True, "beside us"),
    Rule("adjacent", True, "(with|want|partner|nur) colon? {det}* bordering {place}"),
    Rule("adjacent", True, "(with|partner|want|nur) {det}* one? {body} direct? nextdoor"),
    # Where: distance between the seats.
    Rule(
        "max_distance_km", values.number,
        "({up} w?|inside from?) n=number km radius? weg*",
        unless=doubts.measures_a_thing,
    ),
    Rule(
        "max_distance_km", values.number,
        "(radius|weg) (from|upto|to|max|the|w|colon|comma|adj)* n=number km",
        unless=doubts.measures_a_thing,
    ),
    Rule("max_distance_km", values.number, "n=number km (radius|weg)"),
    Rule("max_distance_km", values.number, "(far|more) than n=number km {yes}{0,4} not"),
    Rule("max_distance_km", values.number, "radius n=number km?"),
    # How large.
    Rule(
        "min_population", values.first_of_range,
        "(between|from)? n=number (thousand|people)* (upto|und|to|dash)? m=number {people}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule(
        "max_population", values.second_number,
        "(between|from)? n=number (thousand|people)* (upto|und|to|dash)? m=number {people}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule(
        "min_population", values.first_of_range,
        "people (from|between|colon)* n=number thousand? (upto|und|to|dash)? m=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", values.second_number,
        "people (from|between|colon)* n=number thousand? (upto|und|to|dash)? m=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", values.number,
        "people (from|colon|the)* {up} n=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "min_population", values.number,
        "people (from|colon|the)* {low} n=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", values.own_size,
        "no {body} comma the (bigger|more) are? than (we|self)",
    ),
    Rule(
        "min_population", values.own_size,
        "no {body} comma the (smaller|less) are? than (we|self)",
    ),
    Rule("max_population", values.number, "no {det}* {body} with? {low} n=number {people}"),
    Rule("min_population", values.number, "no {det}* {body} with? {up} n=number {people}"),
    Rule(
        "max_population", values.number,
        "{up} n=number {people}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule(
        "min_population", values.number,
        "{low} n=number {people}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule("max_population", values.population, "{place} with? {up} n=number {end}"),
    Rule("min_population", values.population, "{place} with? {low} n=number {end}"),
    Rule("max_population", 100_000, "(no|not|without|except) with? (the|other)* grossstadt"),
    Rule(
        "min_population", 100_000,
        "(nur|with|other|among|all|want)+ (the|all|other)* grossstadt",
        unless=doubts.speaks_of_itself,
    ),
    Rule("min_population", 100_000, "grossstadt (from|in|inside) (the)* region"),
    Rule(
        "min_population", 20_000,
        "(nur|with|other|among)+ (the|all|other)* mittelstadt",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", 100_000,
        "(nur|with|other|among)+ (the|all|other)* mittelstadt",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", 20_000,
        "(nur|with|other|among)+ (the|all|other)* kleinstadt",
        unless=doubts.speaks_of_itself,
    ),
    Rule("max_population", values.own_size, "not (bigger|more) than we"),
    Rule("max_population", values.own_size, "max any? gross are? than (we|self)"),
    Rule("min_population", values.own_size, "min any? gross are? than (we|self)"),
    Rule("min_population", values.two_thirds, "{body} (in|from|with)? our size"),
    Rule("max_population", values.three_halves, "{body} (in|from|with)? our size"),
    Rule("min_population", values.two_thirds, "gross are? than (we|self)"),
    Rule("max_population", values.three_halves, "gross are? than (we|self)"),
    Rule("min_population", values.own_size, "not (smaller|less) than we"),
    Rule("max_population", values.own_size, "(one|nur|with|other|want) (other)? smaller {place}"),
    Rule("min_population", values.own_size, "(one|nur|with|other|want) (other)? bigger {place}"),
    Rule("min_population", values.two_thirds, "similar (size|gross|people)"),
    Rule("max_population", values.three_halves, "similar (size|gross|people)"),
    Rule("max_population", 20_000, "kleinstadt want"),
    Rule("min_population", 100_000, "grossstadt want"),
    # With the Kreis or without it.
    Rule("with_district", False, "without (takespart|lead)? from? {own} {district}"),
    Rule("with_district", False, "no (kreis|w with {own} {district})"),
    Rule("with_district", False, "(without|no) kreispart"),
    Rule(
        "with_district", False,
        "not (with|at|through)? {own} {district}(?!from)",
        unless=doubts.names_another,
    ),
    Rule("with_district", False, "independent from {own} {district}"),
    Rule(
        "with_district", False,
        "{district} {yes}{0,4} (not|no) (any){0,3} "
        "(takes|lead|takespart|with|want|shall|role|partner)",
    ),
    Rule("with_district", False, "{district} want? not {end}"),
    Rule("with_district", False, "{district} {yes}{0,3} (absent|barred)"),
    Rule("with_district", True, "{district} (are|have) {yes}{0,2} takespart"),
    Rule(
        "with_district", True,
        "want the? {own} {district} (with|in|at)* takespart",
        searcher="municipality",
    ),
    Rule(
        "with_district", True,
        "(lead|takespart) shall? (from|at|through|the|w)* {own} {district}",
    ),
    Rule(
        "with_district", True,
        "{district} shall {yes}{0,5} (takes|lead|takespart)",
        searcher="municipality", unless=doubts.is_genitive,
    ),
    Rule(
        "with_district", True,
        "shall {yes}{0,2} the {own} {district} {yes}{0,6} takes",
        searcher="municipality",
    ),
    Rule(
        "with_district", True,
        "want toward {own} {district}",
        searcher="municipality", unless=doubts.follows_also,
    ),
    Rule("with_district", True, "onto {own} {district} takes", searcher="municipality"),
    Rule(
        "with_district", True,
        "(takes {yes}{0,3} toward {own} {district}|toward {own} {district} {yes}{0,2} takes)",
        searcher="municipality",
    ),
    Rule("with_district", True, "{district} are? than partner", searcher="municipality"),
    Rule(
        "with_district", True,
        "with {own} {district} with?",
        searcher="municipality", unless=doubts.names_another,
    ),
    # Kreise among themselves.
    Rule("kinds", ("district",), "one other kreis", searcher="district"),
    Rule("kinds", ("district",), "(one|number) further (kreis|kreise)", searcher="district"),
    Rule(
        "kinds", ("district",),
        "number (further|other)* (kreise|kreis)",
        searcher="district", unless=doubts.is_no_count_of_partners,
    ),
    Rule("kinds", ("district",), "from kreis to kreis", searcher="district"),
    Rule("kinds", ("district",), "nur (w|want|with)* onto kreislevel", searcher="district"),
    Rule(
        "kinds", ("district",),
        "nur (with|the|our)* direct? nbkreis",
        searcher="district", unless=doubts.not_only,
    ),
    # How many.
    Rule(
        "group_size", values.one_or_range,
        "(n=number|one) (upto|und|to|dash|comma)? to? m=number {counted}",
        unless=doubts.is_no_count_of_partners,
    ),
    Rule("group_size", values.in_total, "total_of (want|any){0,2} n=number {counted}"),
    Rule("group_size", values.some_together, "to n=together (und|comma) to? m=together"),
    Rule("group_size", values.all_together, "to n=together"),
    Rule("group_size", values.all_together, "n=foursome"),
    Rule("group_size", values.in_total, "group from n=number {counted}"),
    Rule(
        "group_size", values.at_most,
        "(max|upto to|(not|no) more than|in most) (n=number|one) {counted} total_of?",
    ),
    Rule(
        "group_size", values.at_most,
        "(max|upto to|(not|no) more than|in most) n=number (from w)? {end}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule("group_size", values.at_least, "min (n=number|one) {counted}"),
    Rule("group_size", values.at_most, "more than n=number {counted} {yes}{0,4} not"),
    Rule("group_size", values.more_than, "more than n=number {counted}"),
    Rule(
        "group_size", values.exactly,
        "(nur|still|with|want)* (the|still)* n=number {counted} want?",
        unless=doubts.is_no_count_of_partners,
    ),
    Rule(
        "group_size", values.one,
        "(nur|still) (with|want)* (one|single) (single|further|other)* {counted}",
        unless=doubts.not_only,
    ),
    Rule("group_size", values.one, "one single {counted}"),
    Rule("group_size", values.one, "one further {counted}"),
    Rule("group_size", values.one, "one {counted} enough"),
    Rule("group_size", values.one, "enough us? one {counted}"),
    # Which landscape.
    Rule(
        "region", values.not_region,
        "(not|no|except|outside) with? {det}* {body}? (from|in|inside)? {regions}",
    ),
    Rule(
        "region", values.region,
        "nur (with|want|the)* {det}* {body}? (from|in|inside|w)+ {regions}",
        unless=doubts.not_only,
    ),
    Rule(
        "region", values.region,
        "{body} (from|in|inside) (the)* (ownkreis (und|comma)? (from|in|the)* kreisname|"
        "kreisname (und|comma)? (from|in|the)* ownkreis)",
        unless=doubts.follows_also,
    ),
    Rule(
        "region", values.region,
        "({body}|want) (from|in|inside) the? whole {regions}",
    ),
    Rule(
        "region", values.region,
        "{body} (similar (size|gross))? (from|in|inside|w) {regions}",
        unless=doubts.follows_also,
    ),
    Rule("region", values.region, "want (from|in|inside) {regions}"),
    Rule("region", values.region, "(people|weg|km) (from|in|inside) {regions}"),
    Rule("region", STATEWIDE, "region? statewide", unless=doubts.describes_a_thing),
    Rule("region", STATEWIDE, "region w (want|partner)", unless=doubts.not_the_whole_land),
    Rule("region", STATEWIDE, "(in|from|inside)? whole region", unless=doubts.not_the_whole_land),
    Rule("region", STATEWIDE, "matters wherever (in)? region?"),
    Rule("region", STATEWIDE, "wherever in region", unless=doubts.not_the_whole_land),
    Rule("region", values.region, "(nur|with|other|want|all) (the|all|other|und|nur)* members"),
    Rule(
        "region", values.region,
        "(grossstadt|mittelstadt|kleinstadt) (from|in|inside) (the)* region",
    ),
    Rule("region", STATEWIDE, "weg are? matters no? role?"),
    Rule("region", values.region, "regionwide"),
    Rule("region", STATEWIDE, "region far", unless=doubts.not_the_whole_land),
    Rule("region", values.region, "region far"),
    Rule("region", STATEWIDE, "anywhere"),
)  # fmt: skip
