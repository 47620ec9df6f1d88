"""Wordings of wishes about how many inhabitants partners have."""

from __future__ import annotations

from matcher.understanding import doubts, doubts_told, scope, values
from matcher.understanding.rule import Compute, Doubt, Rule
from matcher.understanding.wish import Value


def _within(
    least: Value | Compute, most: Value | Compute, notation: str, unless: Doubt | None = None
) -> tuple[Rule, Rule]:
    """Return the rules of one wording that sets both bounds."""
    return (
        Rule("min_population", least, notation, unless=unless),
        Rule("max_population", most, notation, unless=unless),
    )


SIZE: tuple[Rule, ...] = (
    Rule(
        "max_population", values.people,
        "who {low} n=number {people} have? comma? {yes}{0,4} (not|no|barred|absent)",
    ),
    Rule(
        "min_population", values.people,
        "who (less|smaller|{up}) are? than? n=number {people} have? comma? {yes}{0,4} "
        "(not|no|barred|absent)",
    ),
    Rule("max_population", values.people, "limit (from|colon|are)* n=number {people}"),
    Rule(
        "max_population", values.people,
        "({low}|bigger are? than) n=number {people} (shall|want|w) "
        "(no (the|{body}|w){0,4}|(the|{body}|we|w){0,3} not) (are|have|w)? {end}",
    ),
    Rule(
        "min_population", values.people,
        "(less|smaller|{up}|less are? than|smaller are? than) n=number {people} (shall|want|w) "
        "(no (the|{body}|w){0,4}|(the|{body}|we|w){0,3} not) (are|have|w)? {end}",
    ),
    Rule(
        "min_population", values.people,
        "{up} n=number {people} w (we|us|w){0,2} (no w|nobody) {end}",
    ),
    Rule("max_population", values.people, "{low} n=number {people} w (we|us|w){0,2} no w {end}"),
    Rule(
        "max_population", values.people,
        "us toward {det}* {body} (with|from)? {up} n=number {people}",
    ),
    Rule(
        "min_population", values.people,
        "us toward {det}* {body} (with|from)? {low} n=number {people}",
    ),
    Rule(
        "max_population", values.population,
        "{body} {low} n=number (want|are|us|w){0,3} (barred|not {end})",
    ),
    Rule(
        "min_population", values.people,
        "{low} n=number {people}? (und|comma|to|dash)? {up} number {people}",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", values.upper_bound,
        "{low} n=number {people}? (und|comma|to|dash)? {up} m=number {people}",
        unless=doubts.speaks_of_itself,
    ),
    *_within(
        values.first_of_range, values.second_number,
        "(between|from)? n=number (thousand|people)* (upto|und|to|dash){0,2} m=number "
        "{people}",
        unless=doubts.no_measure_of_partners,
    ),
    *_within(
        values.first_of_range, values.second_number,
        "people (from|between|colon|shall|are)* n=number thousand? (upto|und|to|dash)? "
        "m=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", values.people,
        "people (from|colon|the|count)* {up} n=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "min_population", values.people,
        "people (from|colon|the)* {low} n=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", values.own_size,
        "no {body} comma the (bigger|more) are? than {we}",
    ),
    Rule(
        "min_population", values.own_size,
        "no {body} comma the (smaller|less) are? than {we}",
    ),
    Rule("max_population", values.people, "{none} {det}* {body} with? {low} n=number {people}"),
    Rule("min_population", values.people, "{none} {det}* {body} with? {up} n=number {people}"),
    Rule("max_population", values.people, "(no|except) w? with? {low} n=number {people}"),
    Rule(
        "min_population", values.people,
        "(no|except) w? with? (less|smaller) are? than? n=number {people}",
    ),
    Rule(
        "max_population", values.people,
        "{low} n=number {people} "
        "((shall|want) {yes}{0,3} not|(are|us|we|w){0,3} (to gross|barred|except))",
    ),
    Rule(
        "min_population", values.people,
        "(less|smaller|{up}) n=number {people} "
        "(shall {yes}{0,3} not|(are|us|we|w){0,3} (to klein|barred|except))",
    ),
    Rule(
        "max_population", values.own_size_and_more,
        "{up} n=number {people} more have? than {we}",
    ),
    Rule(
        "max_population", values.people,
        "{up} n=number {people}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule(
        "min_population", values.people,
        "{low} n=number {people}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule("max_population", values.people, "not exceed n=number {people}"),
    Rule("max_population", values.people, "(n=number {people} w?|people m=number) not exceed"),
    Rule("max_population", values.people, "n=number {people} und less"),
    Rule("min_population", values.people, "n=number {people} und more"),
    Rule("min_population", values.people, "(n=number plus {people}|people colon? m=number plus)"),
    *_within(
        values.two_thirds_of, values.three_halves_of,
        "{body} with n=number {people}",
        unless=doubts.is_the_searcher_or_a_thing,
    ),
    *_within(
        values.two_thirds_of, values.three_halves_of,
        "(with|want) (one|the|other|further|number|still)* {body} from n=number {people}",
        unless=doubts.speaks_of_itself,
    ),
    Rule("max_population", values.population, "({place}|partner) with? {up} n=number {end}"),
    Rule("min_population", values.population, "({place}|partner) with? {low} n=number {end}"),
    Rule("min_population", values.population, "({place}|partner) with? n=number plus {end}"),
    Rule("max_population", values.population, "partner with? {up} n=number thousand"),
    Rule("min_population", values.population, "partner with? {low} n=number thousand"),
    Rule(
        "max_population", values.population,
        "(no|not|nobody) {yes}{0,2} (more|bigger) are? than n=number {end}",
    ),
    Rule(
        "min_population", values.population,
        "(no|not|nobody) {yes}{0,2} (less|smaller) are? than n=number {end}",
    ),
    Rule("max_population", values.population, "(no|not) w? {low} n=number {end}"),
    Rule(
        "max_population", values.population,
        "{none} {det}* {body} with? {low} n=number (?!people|thousand|km)",
    ),
    Rule(
        "min_population", values.population,
        "{none} {det}* {body} with? {up} n=number (?!people|thousand|km)",
    ),
    Rule("min_population", values.population, "(no|not) w? (less|smaller) n=number {end}"),
    Rule("max_population", values.population, "(partner|size) colon {up} n=number {end}"),
    Rule("min_population", values.population, "(partner|size) colon {low} n=number {end}"),
    *_within(values.two_thirds, values.three_halves, "size colon? than we"),
    Rule("min_population", values.population, "ab n=number people? upward"),
    Rule("min_population", values.people, "n=number {people} upward"),
    Rule("max_population", values.people, "n=number {people} downward"),
    *_within(
        values.first_of_range, values.second_number,
        "size (from|between|colon)* n=number thousand? (upto|und|to|dash){0,2} m=number thousand?",
        unless=doubts.speaks_of_itself,
    ),
    Rule("max_population", 100_000, "(no|not|without|except) with? (the|other)* grossstadt"),
    Rule("max_population", 100_000, "grossstadt (are|w|us|we){0,3} (except|barred|not in? want)"),
    Rule(
        "min_population", 100_000,
        "(nur|with|other|among|all|want)+ (the|all|other)* grossstadt",
        unless=doubts.is_one_of_several,
    ),
    Rule(
        "min_population", 100_000,
        "((want|group) from? number (further|other)* grossstadt"
        "|number (further|other)* grossstadt want)",
        unless=doubts.speaks_of_itself,
    ),
    Rule("min_population", 100_000, "grossstadt (from|in|inside|the)+ region"),
    *_within(
        20_000, 100_000,
        "(nur|with|other|among)+ (the|all|other)* mittelstadt",
        unless=doubts.speaks_of_itself,
    ),
    Rule(
        "max_population", 20_000,
        "(nur|with|other|among)+ (the|all|other)* kleinstadt",
        unless=doubts.speaks_of_itself,
    ),
    Rule("max_population", values.own_size, "(not|no|nobody) {yes}{0,4} (bigger|more) people? "
                                            "(are|have)? than {we}"),
    Rule(
        "max_population", values.own_size,
        "(max|not more than) {yes}{0,3} (gross|people) (are|have)? than {we}",
    ),
    Rule("min_population", values.own_size, "min {yes}{0,2} (gross|people) (are|have)? than {we}"),
    Rule("max_population", values.own_size, "(upto to?|max) our size"),
    Rule("min_population", 100_000, "grossstadt than partner"),
    *_within(
        values.two_thirds, values.three_halves,
        "({body}|in|from|with) (in|from|with)? our size",
    ),
    *_within(
        values.two_thirds, values.three_halves,
        "comma the w? our size have",
    ),
    *_within(
        values.two_thirds, values.three_halves,
        "{body} onto equal",
        unless=scope.follows_also,
    ),
    *_within(
        values.two_thirds, values.three_halves,
        "(?!factor|max|min)any w? gross are? than {we}",
    ),
    Rule("min_population", values.own_size, "(not|no|nobody) {yes}{0,4} (smaller|less) people? "
                                            "(are|have)? than {we}"),
    Rule(
        "max_population", values.named_size,
        "((not|no|nobody) {yes}{0,4} (bigger|more) people? (are|have)?|{up} gross are?) than "
        "(the|stadt|gemeinde)* placename",
    ),
    Rule(
        "min_population", values.named_size,
        "((not|no|nobody) {yes}{0,4} (smaller|less) people? (are|have)?|{low} gross are?) than "
        "(the|stadt|gemeinde)* placename",
    ),
    Rule(
        "min_population", values.named_size,
        "shall (bigger|more|gross) are? than (the|stadt|gemeinde)* placename",
    ),
    Rule(
        "max_population", values.named_size,
        "shall (smaller|less|klein) are? than (the|stadt|gemeinde)* placename",
    ),
    *_within(
        values.two_thirds_of_named, values.three_halves_of_named,
        "(similar|w) gross are? than (the|stadt|gemeinde)* placename",
        unless=doubts_told.compares_others,
    ),
    Rule("max_population", values.own_size, "(smaller|less) {place} than {we}"),
    Rule("min_population", values.own_size, "(bigger|more) {place} than {we}"),
    Rule("max_population", values.own_size, "(nur|want) with (smaller|less) {end}"),
    Rule("min_population", values.own_size, "(nur|want) with (bigger|more) {end}"),
    Rule("max_population", values.own_size, "{body} comma the (smaller|less) are? than {we}"),
    Rule("max_population", values.own_size, "{body} comma the less are {end}"),
    Rule("min_population", values.own_size, "{body} comma the more are {end}"),
    Rule("min_population", values.own_size, "{body} comma the (bigger|more) are? than {we}"),
    Rule("min_population", values.own_size, "{none} {det}{0,2} smaller {place}"),
    Rule("max_population", values.own_size, "{none} {det}{0,2} bigger {place}"),
    Rule(
        "max_population", values.own_size,
        "({asked}|one|nur|with|other|want) other? smaller {place}",
    ),
    Rule(
        "max_population", values.own_size, "smaller {place} {wanted}",
        unless=doubts.is_the_searcher,
    ),
    Rule(
        "min_population", values.own_size, "bigger {place} {wanted}",
        unless=doubts.is_the_searcher,
    ),
    Rule(
        "min_population", values.own_size,
        "({asked}|one|nur|with|other|want) other? bigger {place}",
    ),
    Rule(
        "max_population", values.own_size,
        "(less|smaller) people? (are|have)? than {we}",
        unless=doubts.tells_of_a_body,
    ),
    Rule(
        "min_population", values.own_size,
        "(more|bigger) people? (are|have)? than {we}",
        unless=doubts.tells_of_a_body,
    ),
    Rule("max_population", values.own_size, "smaller {place} than ({we}|partner)"),
    Rule("min_population", values.own_size, "bigger {place} than ({we}|partner)"),
    *_within(
        values.two_thirds, values.three_halves,
        "similar (w und)? w? (size|gross|people)",
    ),
    *_within(
        values.two_thirds, values.three_halves,
        "(klein|mittel) are? than {we}",
    ),
    Rule("max_population", 20_000, "kleinstadt {wanted}"),
    Rule("min_population", 100_000, "{asked} grossstadt", unless=doubts.is_one_of_several),
    Rule("min_population", 100_000, "grossstadt {wanted}", unless=doubts.is_one_of_several),
    Rule("max_population", 20_000, "{asked} kleinstadt", unless=doubts.speaks_of_itself),
    *_within(
        20_000, 100_000,
        "({asked} mittelstadt|mittelstadt {wanted})",
        unless=doubts.speaks_of_itself,
    ),
)  # fmt: skip
