"""Wordings of wishes about how many partners there are."""

from __future__ import annotations

from matcher.understanding import doubts, doubts_counted, scope, values
from matcher.understanding.rule import Rule

COUNT: tuple[Rule, ...] = (
    Rule(
        "group_size", values.those_before,
        "we are w? (number {counted}?|to together) (und|comma|dash)* want (we|still|w)* one "
        "n=ordinal",
    ),
    Rule("group_size", values.one, "with (nur|still)* one single? further {end}"),
    Rule(
        "group_size", values.in_total, "w from n=number {counted}",
        unless=doubts_counted.is_no_group,
    ),
    Rule(
        "group_size", values.exactly, "nur n=number {counted}",
        unless=doubts.is_no_count_of_partners,
    ),
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
    Rule(
        "group_size", values.one_or_range,
        "count partner? w? (stop|colon) n=number (upto|to|dash|und)* m=number",
    ),
    Rule("group_size", values.partners, "count partner? w? (stop|colon) n=number {end}"),
    Rule("group_size", values.in_total, "total_of (shall|we|want|are|us)* n=number (are|want)? "
                                        "{end}"),
    Rule(
        "group_size", values.one_or_range, "max m=number {counted} (comma|und) min n=number {end}"
    ),
    Rule("group_size", values.at_most, "total_of (shall|we|want|are|us)* max n=number are? {end}"),
    Rule("group_size", values.at_most, "total_of max n=number {counted}"),
    Rule("group_size", values.at_most, "more than n=number shall {yes}{0,3} not"),
    Rule("group_size", values.at_least, "(no|not) less than n=number {counted}"),
    Rule("group_size", values.fewer_than, "less than n=number {counted}"),
    Rule(
        "group_size", values.one_or_range,
        "with n=number (comma|upto|und) m=number (other|further)",
    ),
    Rule("group_size", values.at_most, "(max|(not|no) more than) n=number total_of"),
    Rule("group_size", values.in_total, "including us n=number {counted}"),
    Rule("group_size", values.in_total, "n=number {counted}? (including|with) us {end}"),
    Rule(
        "group_size", values.at_most, "n=number {counted} (max|in most) {end}",
        unless=doubts.is_no_count_of_partners,
    ),
    Rule("group_size", values.partners, "partner colon n=number {end}"),
    Rule("group_size", values.in_total, "with us jointly n=number {end}"),
    Rule(
        "group_size", values.partners, "(stop|colon|comma) n=number (are|us|we)* enough {end}"
    ),
    Rule("group_size", values.at_most, "(no|not) with more than n=number (other|further)"),
    Rule("group_size", values.partners, "n=number (the|our) (nb|nbplace)"),
    Rule("group_size", values.one, "(with|nur|want) one (the|our) (nb|nbplace)"),
    Rule("group_size", values.at_least, "ab n=number {counted}"),
    Rule("group_size", values.at_least, "(n=number|one) (plus|und more) {counted}"),
    Rule(
        "group_size", values.partners, "nur n=number {end}", unless=doubts.no_measure_of_partners
    ),
    Rule("group_size", values.one, "(want still one|still one want) {end}"),
    Rule("group_size", values.exactly, "want w? still n=number {end}"),
    Rule("group_size", values.partners, "if we n=number (further|adj)* partner (have|w) {end}"),
    Rule("group_size", values.exactly, "still n=number want {end}"),
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
        "(max|upto to|(not|no) (w|with)? more than|in most) (n=number|one) {counted} total_of?",
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
    Rule("group_size", values.at_most, "more than n=number (are|want|us|we|w){0,3} to? toomuch"),
    Rule("group_size", values.more_than, "more than n=number {counted}"),
    Rule(
        "group_size", values.exactly,
        "(nur|still|with|want)* (the|still)* n=number {counted} want?",
        unless=doubts.is_no_count_of_partners,
    ),
    Rule(
        "group_size", values.one,
        "(nur|still) (with|want)* (one|single) (single|further|other)* {counted}",
        unless=scope.not_only,
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
    Rule("group_size", values.ordinal, "(want still?|still) one n=ordinal {end}"),
    Rule("group_size", values.partners, "we und n=number"),
    Rule("group_size", values.partners, "n=number further ({end}|beside|to us|want)"),
    Rule("group_size", values.one, "(nur|max|(not|no) more than) one {end}"),
    Rule("group_size", values.partners, "count (the|from)* partner? (colon|are)* n=number"),
    Rule("group_size", values.one, "enough us? one {counted}"),
    Rule("group_size", values.those_named, "nobodyelse"),
)  # fmt: skip
