"""Wordings of wishes for partners in the own Kreis or outside it."""

from __future__ import annotations

from matcher.understanding import doubts, doubts_told, doubts_where, scope
from matcher.understanding.rule import Rule

OWN_KREIS: tuple[Rule, ...] = (
    Rule(
        "own_district", True,
        "(no|not) w? (with|the)* {body}? from? outside from? {own} {district}",
    ),
    Rule("own_district", False, "outside from? {own} {district}", unless=scope.follows_also),
    Rule("own_district", False, "outside {own} kreisgrenze", unless=doubts_where.says_no_partner),
    Rule(
        "own_district", False,
        "{none} with? {det}* {body}? (from|in|inside) {own} {district}",
    ),
    Rule(
        "own_district", False, "(not|except) (inside|from|in) {own} {district}",
    ),
    Rule("own_district", False, "(absent|weg) from {own} {district}", searcher="municipality"),
    Rule(
        "own_district", False,
        "(in|inside|from) {own} {district} any{0,6} (all|nobody|no) any{0,3} comma "
        "((?!no|not|nobody)any){0,6} (outside|elsewhere)",
    ),
    Rule("own_district", False, "(in|inside) {own} {district} have we (nobody|all through)"),
    Rule(
        "own_district", False, "(from|in|inside) {own} {district} {yes}{0,4} nobody (are|want)",
    ),
    Rule(
        "own_district", False, "(no|nobody) w (from|in|inside) {own} {district} {end}",
        unless=doubts_told.comes_from_the_kreis,
    ),
    Rule("own_district", False, "not (the|one)* similar kreis", searcher="municipality"),
    Rule(
        "own_district", False, "(to one? other kreis belong|belong to one? other kreis)",
        searcher="municipality", unless=scope.follows_also,
    ),
    Rule(
        "own_district", False, "nur (from|in) (the|our|one)* nbkreis",
        searcher="municipality", unless=scope.not_only,
    ),
    Rule(
        "own_district", False,
        "((colon|comma|stop|want) (one|the)* other kreis {end}|other kreis want)",
        searcher="municipality",
    ),
    Rule(
        "own_district", True,
        "((colon|comma|stop|want|nur) (the)* similar kreis {end}|similar kreis want)",
        searcher="municipality",
    ),
    Rule("own_district", False, "(from|in) the? other kreise", unless=scope.follows_also),
    Rule(
        "own_district", False,
        "{body} (from|in) (the|our|one)* nbkreis",
        unless=scope.follows_also,
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
        unless=scope.follows_also,
    ),
    Rule(
        "own_district", True,
        "shall also? (in|from) {own} {district}",
    ),
    Rule(
        "own_district", True,
        "nur (with|want|the)* ({det}* {body} {from}+|{from}* (from|in|inside) the?) {own} "
        "{district}",
        unless=scope.not_only,
    ),
    Rule(
        "own_district", False,
        "not (w|want|the){0,3} (from|in|inside) (the|our)* (own|similar) {district}",
    ),
    Rule(
        "own_district", False,
        "not to {own} {district}",
        searcher="municipality", unless=scope.follows_also,
    ),
    Rule("own_district", True, "to {own} {district} belong", searcher="municipality"),
    Rule(
        "own_district", True, "belong to {own} {district}",
        searcher="municipality", unless=doubts_where.belongs_itself,
    ),
    Rule("own_district", True, "(in|inside) {own} {district} to stay", unless=scope.follows_also),
    Rule(
        "own_district", True, "(from|in|inside) the? ownkreis (?=shall ((no|w)* the partner|not))",
    ),
    Rule("own_district", False, "{own} {district} leave", searcher="municipality"),
    Rule(
        "own_district", False,
        "from (the|our|one)* nbkreis (?=stop|$)",
        unless=doubts_where.is_in_a_clause,
    ),
    Rule(
        "own_district", False,
        "(from|in) one other kreis",
        searcher="municipality", unless=scope.follows_also,
    ),
    Rule(
        "own_district", True, "inside {own} {district}", unless=doubts_where.states_a_fact
    ),
    Rule("own_district", True, "in {own} {district} stay", unless=scope.follows_also),
    Rule(
        "own_district", True,
        "want (with|toward|one|other|the|are)* {body}? (from|in|inside) {own} {district} {end}",
        unless=doubts_where.is_by_the_kreis,
    ),
    Rule(
        "own_district", True,
        "(from|in|inside) (the|our)* (own|similar) {district}",
        unless=doubts_where.states_a_fact,
    ),
    Rule(
        "own_district", True,
        "(with|all|further|other|want) (the|all|further|other|our|adj|number)* {det}* {body} "
        "{from}+ {own} {district}",
        unless=scope.follows_also,
    ),
    Rule(
        "own_district", True,
        "{body} (from? similar (size|gross|people))? {from}* (the|our)* (our|own|similar) kreis",
        unless=scope.follows_also,
    ),
    Rule(
        "own_district", True,
        "{body} other? (from? similar (size|gross|people))? {from} (the)* ownkreis",
        unless=doubts_where.is_fact_or_several,
    ),
    Rule(
        "own_district", True,
        "{body} with? ({up}|{low}) number {people} {from}+ {own} {district} "
        "(?!kreisname|region|placename)",
        unless=doubts_where.is_fact_or_elsewhere,
    ),
    Rule(
        "own_district", True,
        "our (own|kreisang|adj|all)* number? {place} (und {place})*",
        searcher="district", unless=doubts.speaks_of_one,
    ),
    Rule(
        "own_district", True,
        "(all|the|with|serves) (all|the|adj)* number? kreisang {place}",
        searcher="district", unless=scope.denied_or_not_only,
    ),
    Rule("own_district", True, "its (all|adj)* kreisang {place}", searcher="district"),
    Rule("own_district", True, "bordering und in {own} {district}"),
    Rule("own_district", True, "inside the? kreisgrenze"),
    Rule("own_district", True, "(in|inside) {own} {district} lie", unless=scope.follows_also),
    Rule("own_district", False, "outside {own} kreisgrenze want"),
    Rule("own_district", True, "(kreisinternal|kreisown {body})"),
    Rule("own_district", True, "onto {own} {district} limited"),
    Rule("own_district", True, "limited onto {own} {district}"),
    Rule("own_district", True, "not over the? kreisgrenze"),
    Rule("own_district", True, "over the? kreisgrenze want {yes}{0,2} not"),
    Rule(
        "own_district", False, "over the? kreisgrenze ownkreis? across",
        unless=doubts_where.asks_for_nobody,
    ),
    Rule("own_district", False, "{body} from one? other kreis", unless=scope.follows_also),
    Rule("own_district", True, "{district} comma? (but|und)? nur there"),
    Rule("own_district", True, "(kreiswide (jointly|want|partner|with)|(jointly|want) kreiswide)"),
    Rule("own_district", False, "kreisforeign {body}"),
    Rule("own_district", False, "except (from|in|inside|the)* (our|own)+ {district}"),
    Rule("own_district", True, "nur ownkreis ({end}|(?=max|upto|less))", searcher="municipality"),
    Rule(
        "own_district", True,
        "who (from|in|inside|the)+ {own} {district}",
        unless=scope.follows_also,
    ),
    Rule("own_district", False, "want (we|us)? w? outside {end}"),
    Rule(
        "own_district", False, "{body} from? outside ({end}|want)", unless=scope.follows_also
    ),
    Rule("own_district", True, "{own} {district} belong", searcher="municipality",
         unless=scope.follows_also),
    Rule("own_district", True, "stay (in|inside) {own} {district}", unless=scope.follows_also),
    Rule("own_district", True, "(from|in|inside)+ {own} {district} partner"),
    Rule("own_district", True, "kreisgrenze (shall|w|also){0,2} not exceed"),
    Rule(
        "own_district", True,
        "partner (from|in|inside)+ the? kreis {end}",
        unless=doubts_where.is_fact_or_several,
    ),
    Rule(
        "own_district", True,
        "{body} (from|in|inside)+ the? kreis (?!kreisname|region|placename)",
        unless=doubts_where.is_fact_or_elsewhere,
    ),
    Rule(
        "own_district", True,
        "(other|further|(one|the) ordinal|still (one|number)) {from}+ {own} {district} "
        "(?!kreisname|region|placename)",
        unless=doubts_where.is_fact_or_elsewhere,
    ),
    Rule(
        "own_district", False, "(shall|want) from (the|our|one)* nbkreis",
        unless=scope.follows_also,
    ),
    Rule(
        "own_district", False,
        "(with|jointly) (the|our|one|all|number|bordering|direct)* nbkreis "
        "(?!kreisname|placename|from|in)",
        searcher="municipality", unless=doubts_told.asks_no_other_kreis,
    ),
    Rule("own_district", False, "want at (the|our|one)* nbkreis", searcher="municipality"),
    Rule(
        "own_district", False, "nbkreis want (us|we)? w? {end}",
        searcher="municipality", unless=scope.follows_also,
    ),
    Rule(
        "own_district", True,
        "(comma|und|stop|colon) (all|number) {from}+ {own} {district} {end}",
    ),
    Rule("own_district", True, "own kreis colon? ja {end}", searcher="municipality"),
    Rule("own_district", True, "(comma|stop|colon) kreiswide {end}"),
    Rule(
        "own_district", True, "stop from {own} {district} {end}",
        unless=doubts_where.is_fact_or_several,
    ),
    Rule("own_district", True, "(in|inside) {own} {district} shall w? also? (are|lie) {end}"),
    Rule("own_district", True, "in the? ownkreis jointly"),
)  # fmt: skip
