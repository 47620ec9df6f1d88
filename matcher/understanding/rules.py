"""All wordings of wishes."""

from matcher.understanding.rule import Rule
from matcher.understanding.rules_count import COUNT
from matcher.understanding.rules_kreis import KREIS
from matcher.understanding.rules_landscape import LANDSCAPE
from matcher.understanding.rules_near import NEAR
from matcher.understanding.rules_own_kreis import OWN_KREIS
from matcher.understanding.rules_size import SIZE

RULES: tuple[Rule, ...] = (*OWN_KREIS, *NEAR, *LANDSCAPE, *SIZE, *KREIS, *COUNT)
