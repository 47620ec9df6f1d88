"""All wordings of wishes."""

from matcher.understanding.rule import Rule
from matcher.understanding.rules_where import WHERE
from matcher.understanding.rules_who import WHO

RULES: tuple[Rule, ...] = (*WHERE, *WHO)
