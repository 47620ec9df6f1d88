"""What a text says beside its matter: wishes, bodies it names, places beyond the border."""

from matcher.understanding.apply import GroupRule, carrying_district, group_rule, passing, ruled_out
from matcher.understanding.gazetteer import Gazetteer, OutsidePlace, Region
from matcher.understanding.named import Named, find_named
from matcher.understanding.outside import Outside, find_outside
from matcher.understanding.spellings import Body
from matcher.understanding.understood import Understood, understand
from matcher.understanding.wish import Wish
from matcher.understanding.wishes import find_wishes

__all__ = [
    "Body",
    "Gazetteer",
    "GroupRule",
    "Named",
    "Outside",
    "OutsidePlace",
    "Region",
    "Understood",
    "Wish",
    "carrying_district",
    "find_named",
    "find_outside",
    "find_wishes",
    "group_rule",
    "passing",
    "ruled_out",
    "understand",
]
