"""Wordings of wishes about how large partners are, of which kind, and how many."""

from __future__ import annotations

from matcher.understanding import doubts, values
from matcher.understanding.rule import Rule

WHO: tuple[Rule, ...] = (
    # How large.
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
    Rule(
        "min_population", values.first_of_range,
        "(between|from)? n=number (thousand|people)* (upto|und|to|dash){0,2} m=number {people}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule(
        "max_population", values.second_number,
        "(between|from)? n=number (thousand|people)* (upto|und|to|dash){0,2} m=number {people}",
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
        "max_population", values.people,
        "people (from|colon|the)* {up} n=number thousand?",
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
    Rule("max_population", values.people, "(no|except) with? {low} n=number {people}"),
    Rule("min_population", values.people, "(no|except) with? (less|smaller) n=number {people}"),
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
    Rule(
        "min_population", values.two_thirds_of, "{body} with n=number {people}",
        unless=doubts.is_the_searcher_or_a_thing,
    ),
    Rule(
        "max_population", values.three_halves_of, "{body} with n=number {people}",
        unless=doubts.is_the_searcher_or_a_thing,
    ),
    Rule("max_population", values.population, "{place} with? {up} n=number {end}"),
    Rule("min_population", values.population, "{place} with? {low} n=number {end}"),
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
    Rule("max_population", values.own_size, "(not|no|nobody) {yes}{0,4} (bigger|more) people? (are|have)? than {we}"),
    Rule(
        "max_population", values.own_size,
        "(max|not more than) {yes}{0,3} (gross|people) (are|have)? than {we}",
    ),
    Rule("min_population", values.own_size, "min {yes}{0,2} (gross|people) (are|have)? than {we}"),
    Rule("min_population", values.two_thirds, "({body}|in|from|with) (in|from|with)? our size"),
    Rule("max_population", values.three_halves, "({body}|in|from|with) (in|from|with)? our size"),
    Rule("min_population", values.two_thirds, "{body} onto equal", unless=doubts.follows_also),
    Rule(
        "max_population", values.three_halves, "{body} onto equal",
        unless=doubts.follows_also,
    ),
    Rule("min_population", values.two_thirds, "(?!factor|max|min)any w? gross are? than {we}"),
    Rule("max_population", values.three_halves, "(?!factor|max|min)any w? gross are? than {we}"),
    Rule("min_population", values.own_size, "(not|no|nobody) {yes}{0,4} (smaller|less) people? (are|have)? than {we}"),
    Rule("max_population", values.own_size, "{body} comma the (smaller|less) are? than {we}"),
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
    Rule("min_population", values.two_thirds, "similar (w und)? w? (size|gross|people)"),
    Rule("max_population", values.three_halves, "similar (w und)? w? (size|gross|people)"),
    Rule("min_population", values.two_thirds, "(klein|mittel) are? than {we}"),
    Rule("max_population", values.three_halves, "(klein|mittel) are? than {we}"),
    Rule("max_population", 20_000, "kleinstadt {wanted}"),
    Rule("min_population", 100_000, "{asked} grossstadt", unless=doubts.is_one_of_several),
    Rule("min_population", 100_000, "grossstadt {wanted}", unless=doubts.is_one_of_several),
    Rule("max_population", 20_000, "{asked} kleinstadt", unless=doubts.speaks_of_itself),
    Rule("min_population", 20_000, "({asked} mittelstadt|mittelstadt {wanted})",
         unless=doubts.speaks_of_itself),
    Rule("max_population", 100_000, "({asked} mittelstadt|mittelstadt {wanted})",
         unless=doubts.speaks_of_itself),
    # With the Kreis or without it.
    Rule("with_district", True, "without {own} {district} {yes}{0,3} not {end}"),
    Rule("with_district", False, "without w? (takespart|lead)? from? {own} {district}"),
    Rule(
        "with_district", False,
        "(takespart|lead|takes) (from|at|through|onto|toward|the|w)* {own} {district} "
        "({yes}{0,2} (refuse|barred)|{yes}{0,3} not in? want)",
    ),
    Rule("with_district", False, "except the? {district} (?!from|kreisname)"),
    Rule("with_district", False, "{district} colon barred"),
    Rule("with_district", False, "no (kreis|(w with)? {own} {district}) (?!from)"),
    Rule("with_district", False, "(without|no) kreispart"),
    Rule(
        "with_district", False,
        "onto (one|the)* (takespart|lead|w)? {own} {district} {yes}{0,8} forgo",
    ),
    Rule("with_district", False, "{district} {yes}{0,3} forgo"),
    Rule(
        "with_district", False,
        "not (jointly|with|at|through|over)* {own} {district}(?!from)",
        unless=doubts.names_another,
    ),
    Rule(
        "with_district", False,
        "(independent from {own} {district}|from {own} {district} {yes}{0,3} independent)",
    ),
    Rule(
        "with_district", False,
        "{district} {yes}{0,4} (not|no) (any){0,3} "
        "(takes|lead|takespart|with|want|shall|role|partner)",
        unless=doubts.is_not_required,
    ),
    Rule("with_district", False, "{district} want? not {end}"),
    Rule("with_district", False, "{district} are? than partner not"),
    Rule("with_district", False, "no the? {district} (still|comma|und)"),
    Rule("with_district", False, "{district} {yes}{0,4} want not {end}"),
    Rule("with_district", True, "nur if {own} {district} {yes}{0,2} takespart"),
    Rule(
        "with_district", True,
        "want takes {yes}{0,2} {own} {district}",
        searcher="municipality",
    ),
    Rule("with_district", False, "{district} {yes}{0,3} (absent|barred)"),
    Rule("with_district", True, "{district} (are|have) {yes}{0,2} takespart"),
    Rule(
        "with_district", True,
        "(want the? {own} {district} (with|in|at)* takespart"
        "|{district} want (we|us|w){0,3} takespart)",
        searcher="municipality",
    ),
    Rule(
        "with_district", True,
        "(lead|takespart) shall? (from|at|through|the|w)* {own} {district}",
    ),
    Rule("with_district", True, "takes shall the? {own} {district}", searcher="municipality"),
    Rule(
        "with_district", True,
        "{district} shall {yes}{0,8} (takes|lead|takespart)",
        searcher="municipality", unless=doubts.is_genitive,
    ),
    Rule(
        "with_district", True,
        "shall {yes}{0,2} the {own} {district} {yes}{0,8} takes",
        searcher="municipality",
    ),
    Rule(
        "with_district", True,
        "want toward {own} {district}",
        searcher="municipality", unless=doubts.follows_also,
    ),
    Rule("with_district", True, "onto {own} {district} takes", searcher="municipality"),
    Rule("with_district", True, "takes (onto|toward) {own} {district}", searcher="municipality"),
    Rule(
        "with_district", True,
        "(takes {yes}{0,3} toward {own} {district}|toward {own} {district} {yes}{0,2} takes)",
        searcher="municipality",
    ),
    Rule("with_district", True, "{district} are? than partner", searcher="municipality"),
    Rule(
        "with_district", True, "({district} shall partner|partner shall the? {own} {district} are)",
        searcher="municipality",
    ),
    Rule("with_district", True, "at {own} {district} takes", searcher="municipality"),
    Rule("with_district", True, "relieves us the? {own} {district}", searcher="municipality"),
    Rule(
        "with_district", True,
        "want any? comma if the {own} {district} {yes}{0,4} (takes|takespart)",
        searcher="municipality",
    ),
    Rule("with_district", True, "{district} want? with (in|w|the)* takespart", searcher="municipality"),
    Rule(
        "with_district", True, "(the|our) own? {district} takes {end}",
        searcher="municipality", unless=doubts.is_no_dative,
    ),
    Rule(
        "with_district", True,
        "((from|through) {own} {district} {yes}{0,4} let"
        "|let {yes}{0,3} (from|through) {own} {district})",
        searcher="municipality",
    ),
    Rule(
        "with_district", True,
        "shall {yes}{0,3} (from|through) {own} {district}",
        searcher="municipality", unless=doubts.belongs_to_bodies,
    ),
    Rule(
        "with_district", True,
        "with {own} {district} with?",
        searcher="municipality", unless=doubts.names_another_or_tells,
    ),
    # Kreise among themselves.
    Rule("kinds", ("district",), "one other kreis", searcher="district"),
    Rule("kinds", ("district",), "(one|number) further (kreis|kreise)", searcher="district"),
    Rule(
        "kinds", ("district",),
        "number (further|other)* (kreise|kreis)",
        searcher="district", unless=doubts.is_no_count_of_partners,
    ),
    Rule(
        "kinds", ("district",),
        "want (we|us|the)* one other? kreis (comma|stop|than|for|$)",
        searcher="district",
    ),
    Rule(
        "kinds", ("district",),
        "want (we|us|the|our|number)* direct? nbkreis",
        searcher="district",
    ),
    Rule("kinds", ("district",), "from kreis to kreis", searcher="district"),
    Rule(
        "kinds", ("district",), "(nur|with|want|comma|colon|one) (bordering|nbadj) (kreise|kreis)",
        searcher="district", unless=doubts.not_only,
    ),
    Rule("kinds", ("district",), "nur (w|want|with)* onto kreislevel", searcher="district"),
    Rule(
        "kinds", ("district",),
        "nur (with|the|our)* direct? nbkreis",
        searcher="district", unless=doubts.not_only,
    ),
    # How many.
    Rule("group_size", values.one_or_range, "between n=number und m=number {counted}"),
    Rule(
        "group_size", values.one_or_range,
        "(n=number|one) (upto|und|to|dash|comma)? (to|max)? m=number {counted}",
        unless=doubts.is_no_count_of_partners,
    ),
    Rule(
        "group_size", values.one_or_range,
        "(comma|colon|want|with) n=number (upto|und|to|dash)+ m=number {end}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule(
        "group_size", values.one_or_range,
        "(count (the|from)* partner?|partner colon) (colon|are)* n=number (upto|to|dash)* m=number",
    ),
    Rule("group_size", values.in_total, "total_of (shall|we|want|are|us)* n=number (are|want)? {end}"),
    Rule("group_size", values.fewer_than, "less than n=number {counted}"),
    Rule("group_size", values.in_total, "total_of (want|any){0,2} n=number {counted}"),
    Rule("group_size", values.some_together, "to n=together (und|comma) to? m=together"),
    Rule("group_size", values.at_most_together, "max to n=together"),
    Rule(
        "group_size", values.all_together, "to n=together",
        unless=doubts.tells_how_many_are_left,
    ),
    Rule("group_size", values.all_together, "n=foursome"),
    Rule("group_size", values.in_total, "group from n=number {counted}"),
    Rule(
        "group_size", values.at_most,
        "(max|upto to|(not|no) w? more than|in most) (n=number|one) {counted} total_of?",
    ),
    Rule(
        "group_size", values.at_most,
        "(max|upto to|(not|no) w? more than|in most) n=number (from w)? {end}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule(
        "group_size", values.exactly,
        "want n=number (from w)? {end}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule("group_size", values.at_least, "min (n=number|one) {counted}"),
    Rule(
        "group_size", values.at_least, "min n=number {end}",
        unless=doubts.no_measure_of_partners,
    ),
    Rule("group_size", values.at_most, "more than n=number {counted} {yes}{0,4} not"),
    Rule("group_size", values.at_most, "more than n=number {counted} {yes}{0,4} to toomuch"),
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
    Rule("group_size", values.partners, "n=number {counted} comma? nomore"),
    Rule(
        "group_size", values.one, "one (further|other)* {counted} comma? nomore",
        unless=doubts.is_one_of_several,
    ),
    Rule("group_size", values.one, "partner colon one {end}"),
    Rule("group_size", values.one, "one single {counted}"),
    Rule("group_size", values.one, "one further {counted}"),
    Rule("group_size", values.one, "one more {counted}"),
    Rule("group_size", values.one, "one {counted} (are|we|us)* enough"),
    Rule("group_size", values.one, "one (are|we|us)* enough (we|us)* (than partner|{end})"),
    Rule("group_size", values.one, "one from (the|all)* number (are|we|us)* enough"),
    Rule("group_size", values.ordinal, "(one n=ordinal {counted}|m=ordinal {counted} want)"),
    Rule("group_size", values.partners, "we und n=number"),
    Rule("group_size", values.partners, "n=number further ({end}|beside|to us|want)"),
    Rule("group_size", values.one, "nur one {end}"),
    Rule("group_size", values.partners, "count (the|from)* partner? (colon|are)* n=number"),
    Rule("group_size", values.one, "enough us? one {counted}"),
    Rule("group_size", values.those_named, "nobodyelse"),
)  # fmt: skip
