"""Wordings of wishes with the Kreis or without it, and of Kreise among themselves."""

from __future__ import annotations

from matcher.understanding import doubts, doubts_told, doubts_where, scope
from matcher.understanding.rule import Rule

KREIS: tuple[Rule, ...] = (
    # What must not be missing is wanted.
    Rule(
        "with_district", True, "{own} {district} (w|want|shall) but? w? not want {end}",
        searcher="municipality",
    ),
    Rule("with_district", True, "{own} {district} (w|want|we){1,3} not forgo"),
    # With the Kreis or without it.
    Rule("with_district", True, "without {own} {district} {yes}{0,3} not {end}"),
    Rule(
        "with_district", False, "without w? (takespart|lead)? from? {own} {district}",
        unless=doubts.lacks_leave_or_money,
    ),
    Rule(
        "with_district", False,
        "(takespart|lead|takes) (from|at|through|onto|toward|the|w)* {own} {district} "
        "({yes}{0,2} (refuse|barred)|{yes}{0,3} not in? want)",
    ),
    Rule("with_district", False, "except the? {district} (?!from|kreisname)"),
    Rule("with_district", False, "{district} takespart? colon barred"),
    Rule("with_district", True, "{district} takespart? colon ja", searcher="municipality"),
    Rule("with_district", False, "no (kreis|(w with)? {own} {district}) (?!from)"),
    Rule("with_district", False, "(without|no) kreispart"),
    Rule(
        "with_district", False,
        "onto (one|the)* (takespart|lead|w)? {own} {district} {yes}{0,8} forgo",
    ),
    Rule("with_district", False, "{district} {yes}{0,3} forgo"),
    Rule(
        "with_district", False,
        "not (jointly|with|at|through|over)* {own} {district}(?!from|belong)",
        unless=doubts_where.names_another,
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
    Rule("with_district", False, "absent with {own} {district}"),
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
        "{district} w? shall {yes}{0,8} (takes|lead|takespart)",
        searcher="municipality", unless=doubts_where.is_genitive,
    ),
    Rule(
        "with_district", True,
        "shall {yes}{0,2} the {own} {district} {yes}{0,8} takes",
        searcher="municipality",
    ),
    Rule(
        "with_district", True,
        "want toward {own} {district}",
        searcher="municipality", unless=scope.follows_also,
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
    Rule(
        "with_district", True, "{district} want? with (in|w|the)* takespart",
        searcher="municipality",
    ),
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
        searcher="municipality", unless=doubts_where.names_another_or_tells,
    ),
    Rule("with_district", True, "with kreispart", searcher="municipality"),
    Rule(
        "kinds", ("association",), "nur (the|with|from|want|we|toward)* verbandname",
        unless=scope.not_only,
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
    Rule("kinds", ("district",), "(want colon?|less) kreise {end}", searcher="district"),
    Rule("kinds", ("district",), "kreise than we", searcher="district"),
    Rule("kinds", ("district",), "we w kreise {end}", searcher="district"),
    Rule("kinds", ("district",), "with one w? other? kreis (?!from|in|kreisname|region|placename)"),
    Rule("kinds", ("district",), "one kreis than partner", unless=doubts.is_in_a_kreis),
    Rule("kinds", ("district",), "(stop|comma|colon) nbkreis {end}", searcher="district"),
    Rule(
        "kinds", ("district",),
        "want (we|us|the|our|number)* direct? nbkreis",
        searcher="district",
    ),
    Rule(
        "kinds", ("district",),
        "(with|jointly) (the|our|one|all|number|bordering|direct)* nbkreis "
        "(?!kreisname|placename|from|in)",
        searcher="municipality", unless=doubts_told.asks_no_other_kreis,
    ),
    Rule("kinds", ("district",), "from kreis to kreis", searcher="district"),
    Rule(
        "kinds", ("district",),
        "(nur|with|want|comma|colon|stop|one) (bordering|nbadj) (kreise|kreis)",
        searcher="district", unless=scope.not_only,
    ),
    Rule("kinds", ("district",), "nur (w|want|with)* onto kreislevel", searcher="district"),
    Rule(
        "kinds", ("district",),
        "nur (with|the|our)* direct? nbkreis",
        searcher="district", unless=scope.not_only,
    ),
)  # fmt: skip
