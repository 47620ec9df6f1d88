"""Wordings of wishes about where partners are: Kreis, border, distance, landscape."""

from __future__ import annotations

from matcher.understanding import doubts, values
from matcher.understanding.rule import Rule
from matcher.understanding.wish import STATEWIDE

WHERE: tuple[Rule, ...] = (
    # Where: the own Kreis or not.
    Rule(
        "own_district", True,
        "(no|not) w? (with|the)* {body}? from? outside from? {own} {district}",
    ),
    Rule("own_district", False, "outside from? {own} {district}", unless=doubts.follows_also),
    Rule("own_district", False, "outside {own} kreisgrenze", unless=doubts.says_no_partner),
    Rule(
        "own_district", False,
        "{none} with? {det}* {body}? (from|in|inside) {own} {district}",
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
        "nur (with|want|the)* ({det}* {body} {from}+|{from}* (from|in|inside) the?) {own} {district}",
        unless=doubts.not_only,
    ),
    Rule(
        "own_district", False,
        "not (w|want|the){0,3} (from|in|inside) (the|our)* (own|similar) {district}",
    ),
    Rule(
        "own_district", False,
        "not to {own} {district}",
        searcher="municipality", unless=doubts.follows_also,
    ),
    Rule("own_district", True, "to {own} {district} belong", searcher="municipality"),
    Rule(
        "own_district", False,
        "from (the|our|one)* nbkreis (?=stop|$)",
        unless=doubts.is_in_a_clause,
    ),
    Rule(
        "own_district", False,
        "(from|in) one other kreis",
        searcher="municipality", unless=doubts.follows_also,
    ),
    Rule("own_district", True, "inside {own} {district}"),
    Rule("own_district", True, "in {own} {district} stay", unless=doubts.follows_also),
    Rule(
        "own_district", True,
        "want (with|toward|one|other|the|are)* {body}? (from|in|inside) {own} {district} {end}",
        unless=doubts.is_by_the_kreis,
    ),
    Rule(
        "own_district", True,
        "(from|in|inside) (the|our)* (own|similar) {district}",
        unless=doubts.states_a_fact,
    ),
    Rule(
        "own_district", True,
        "(with|all|further|other|want) (the|all|further|other|our|adj|number)* {det}* {body} "
        "{from}+ {own} {district}",
        unless=doubts.follows_also,
    ),
    Rule(
        "own_district", True,
        "{body} (from? similar (size|gross|people))? {from}* (the|our)* (our|own|similar) kreis",
        unless=doubts.follows_also,
    ),
    Rule(
        "own_district", True,
        "{body} other? (from? similar (size|gross|people))? {from} (the)* ownkreis",
        unless=doubts.is_fact_or_several,
    ),
    Rule(
        "own_district", True,
        "our (own|kreisang|adj|all)* number? {place} (und {place})*",
        searcher="district", unless=doubts.speaks_of_one,
    ),
    Rule(
        "own_district", True,
        "(all|the|with|serves) (all|the|adj)* number? kreisang {place}",
        searcher="district", unless=doubts.denied_or_not_only,
    ),
    Rule("own_district", True, "inside the? kreisgrenze"),
    Rule("own_district", True, "(in|inside) {own} {district} lie", unless=doubts.follows_also),
    Rule("own_district", True, "kreisinternal"),
    Rule("own_district", True, "onto {own} {district} limited"),
    Rule("own_district", True, "limited onto {own} {district}"),
    Rule("own_district", True, "not over the? kreisgrenze"),
    Rule("own_district", True, "{district} comma? (but|und)? nur there"),
    Rule("own_district", True, "(kreiswide (jointly|want|partner|with)|(jointly|want) kreiswide)"),
    Rule("own_district", False, "kreisforeign {body}"),
    Rule("own_district", False, "except (from|in|inside|the)* (our|own)+ {district}"),
    Rule("own_district", True, "nur ownkreis {end}", searcher="municipality"),
    Rule(
        "own_district", True,
        "who (from|in|inside|the)+ {own} {district}",
        unless=doubts.follows_also,
    ),
    Rule("own_district", False, "want (we|us)? w? outside {end}"),
    Rule(
        "own_district", False, "{body} from? outside ({end}|want)", unless=doubts.follows_also
    ),
    Rule("own_district", True, "{own} {district} belong", searcher="municipality",
         unless=doubts.follows_also),
    Rule("own_district", True, "stay (in|inside) {own} {district}", unless=doubts.follows_also),
    Rule("own_district", True, "(from|in|inside)+ {own} {district} partner"),
    Rule("own_district", True, "kreisgrenze (shall|w|also){0,2} not exceed"),
    Rule(
        "own_district", True,
        "partner (from|in|inside)+ the? kreis {end}",
        unless=doubts.is_fact_or_several,
    ),
    Rule(
        "own_district", True,
        "{body} (from|in|inside)+ the? kreis (?!kreisname|region|placename)",
        unless=doubts.is_fact_or_elsewhere,
    ),
    Rule("own_district", False, "want at (the|our|one)* nbkreis", searcher="municipality"),
    Rule("own_district", True, "(comma|und) all {from}+ {own} {district}"),
    Rule("own_district", True, "in the? ownkreis jointly"),
    # Where: with a common border.
    Rule(
        "adjacent", False,
        "(no|not|(not|no w) with|except|without) (the|our|direct)* "
        "(nb|nbplace|nbadj {place}|bordering {place})",
        unless=doubts.is_not_asked,
    ),
    Rule("adjacent", True, "nur (with|the|our|want)* direct? nbkreis", unless=doubts.not_only),
    Rule(
        "adjacent", True,
        "want (we|us|the|our|number)* direct? nbkreis",
        searcher="district", unless=doubts.follows_also,
    ),
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
        unless=doubts.not_only_or_told,
    ),
    Rule("adjacent", False, "(nb|nbplace) (want|shall|are) (we|us|w){0,2} not"),
    Rule("adjacent", False, "(nb|nbplace) not {end}"),
    Rule("adjacent", False, "(nb|nbplace) (w|are|serves|us){0,3} (not in? want|barred|except)"),
    Rule("adjacent", False, "(no|not|without|except) with? the? borderer"),
    Rule("adjacent", True, "borderer", unless=doubts.not_only),
    Rule(
        "adjacent", True,
        "nur (with|the|our|want)* {body} (we|us|self|toward)* around",
        unless=doubts.not_only,
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
    Rule("adjacent", True, "direct? (w? toward (us|self|our w)|us|self) direct? border"),
    Rule("adjacent", True, "toward (us|self) bordering"),
    Rule(
        "adjacent", True, "(bordering|direct nbadj) (kreise|kreis)",
        searcher="district", unless=doubts.not_only,
    ),
    Rule(
        "adjacent", True, "({asked} nbadj (kreise|kreis)|nbadj (kreise|kreis) {wanted})",
        searcher="district", unless=doubts.is_no_preference,
    ),
    Rule("adjacent", True, "{asked} bordering {place}", unless=doubts.not_only),
    Rule("adjacent", True, "bordering {place} {wanted}", unless=doubts.not_only),
    Rule("adjacent", True, "bordering {place} {end}", unless=doubts.says_where_a_thing_is),
    Rule("adjacent", True, "with (the|adj|one|w|we|us|direct|nbadj|bordering){0,6} borderline"),
    Rule(
        "adjacent", False, "without (the|one)* adj? borderline", unless=doubts.is_welcome_too
    ),
    Rule("adjacent", True, "(nur|with|want) (with|the|from)* nextdoor"),
    Rule("adjacent", True, "adj borderline with? (us|self|have)"),
    Rule("adjacent", True, "(one|the) borderline with (us|self)"),
    Rule("adjacent", True, "adj borderline", unless=doubts.says_where_a_thing_is),
    Rule("adjacent", True, "{body} (w|comma|the)* (border|borderline) (w|onto|toward|at)? us"),
    Rule("adjacent", True, "partner shall direct? (nb|nbplace)", unless=doubts.not_only),
    Rule("adjacent", True, "toward our ({place}|w) (border|bordering)"),
    Rule("adjacent", True, "beside us", unless=doubts.counts_others),
    Rule("adjacent", True, "(with|want|partner|nur) colon? {det}* bordering {place}"),
    Rule("adjacent", True, "(with|partner|want|nur) {det}* one? {body} direct? nextdoor"),
    # Where: distance between the seats.
    Rule(
        "max_distance_km", values.number,
        "(over|ab|more than|far than) n=number km (weg|are|us|w|the|comma){0,3} "
        "(barred|absent|except|not in? want|to (far|gross|toomuch)|toomuch)",
    ),
    Rule(
        "max_distance_km", values.number,
        "({up} w?|inside from?) n=number km radius? weg*",
        unless=doubts.is_no_longest_way,
    ),
    Rule(
        "max_distance_km", values.number,
        "(radius|weg) (from|upto|to|max|the|w|are|colon|comma|adj)* n=number km",
        unless=doubts.is_no_longest_way,
    ),
    Rule("max_distance_km", values.number, "no n=number km weg"),
    Rule(
        "max_distance_km", values.number, "n=number km (radius|weg)",
        unless=doubts.is_shortest_way_or_allowed,
    ),

    Rule("max_distance_km", values.number, "(far|more) than n=number km {yes}{0,4} (not|nobody)"),
    Rule(
        "max_distance_km", values.number, "radius n=number km?",
        unless=doubts.is_shortest_way,
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
    Rule("max_distance_km", values.number, "limit (from|colon|are)* n=number km"),
    Rule("max_distance_km", values.number, "not exceed n=number km"),
    Rule("max_distance_km", values.number, "n=number km not exceed"),
    Rule("max_distance_km", values.number, "n=number km are? (the|our)? (limit|max)"),
    Rule(
        "max_distance_km", values.number, "(comma|colon|stop|dash) n=number km {end}",
        unless=doubts.is_no_longest_way,
    ),
    # Which landscape.
    Rule(
        "region", values.not_region,
        "({none} with? {det}* ({body}? (from|in|inside)|{body})|outside (from|in)?) {regions}",
    ),
    Rule("region", values.not_region, "({none}|without) with? the? (members|region)"),
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
        "({body}|want)? (from|in|inside) the? whole {regions}",
    ),
    Rule(
        "region", values.region,
        "({body} (und|comma))? {body} (from? similar (size|gross|people))? "
        "(from|in|inside|w|the) {regions}",
        unless=doubts.follows_also,
    ),
    Rule("region", values.region, "(want|shall) (from|in|inside) {regions}"),
    Rule("region", values.region, "(people|weg|km) (from|in|inside) {regions}"),
    Rule("region", values.region, "{regions} comma? (but|und)? nur there"),
    Rule(
        "region", values.region, "(in|from|inside) {regions} {wanted}",
        unless=doubts.follows_also,
    ),
    Rule("region", values.region, "who (from|in|inside) {regions}", unless=doubts.follows_also),
    Rule("region", STATEWIDE, "(colon|comma) statewide (?=stop|$)"),
    Rule("region", STATEWIDE, "(wherever in the?|in? whole) land"),
    Rule("region", STATEWIDE, "region? statewide", unless=doubts.describes_a_thing),
    Rule("region", STATEWIDE, "region w (want|partner)", unless=doubts.not_the_whole_land),
    Rule("region", STATEWIDE, "(in|from|inside)? whole region", unless=doubts.not_the_whole_land),
    Rule("region", STATEWIDE, "matters wherever (in)? region?"),
    Rule("region", STATEWIDE, "(wherever|whole) in region", unless=doubts.not_the_whole_land),
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
    Rule("region", STATEWIDE, "all {body} in region", unless=doubts.not_the_whole_land),
    Rule("region", values.region, "regionwide"),
    Rule("region", STATEWIDE, "region far", unless=doubts.not_the_whole_land),
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
        unless=doubts.is_in_a_clause,
    ),
    Rule("region", values.region, "(comma|colon|stop) region ((und|comma)+ the? region)* (?=stop|comma|$)"),
)  # fmt: skip
