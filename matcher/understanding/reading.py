"""A text as a line of words of known kinds, in which bodies and regions are one word each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.understanding import lexicon
from matcher.understanding.gazetteer import Gazetteer, Region
from matcher.understanding.grammar import Found, Line
from matcher.understanding.mentions import Mention
from matcher.understanding.phrase import whole
from matcher.understanding.spellings import Body
from matcher.understanding.tokens import Token
from matcher.understanding.wish import Value, Wish, denies


@dataclass(frozen=True)
class Reading:
    """A text as items: each a word, a named body or a region, with its kind.

    Attributes
    ----------
    tokens
        The tokens of the text.
    spans
        Of each item, the tokens [first, last).
    line
        Kinds of the items.
    keys
        Item -> key of the body named there.
    regions
        Item -> region named there.
    searcher
        Who searches.
    on_board
        How many bodies the text says to be on board.
    """

    text: str
    tokens: Sequence[Token]
    spans: Sequence[tuple[int, int]]
    line: Line
    keys: Mapping[int, str]
    regions: Mapping[int, Region]
    searcher: Body
    on_board: int

    def number(self, item: int) -> float:
        """Return the number at an item, "50 Tsd." being 50,000."""
        value = lexicon.number_at(self.tokens, self.spans[item][0])
        following = self.line.kinds[item + 1 : item + 2]
        scale = {"thousand": 1000, "million": 1_000_000}
        return value * scale.get(following[0], 1) if following else value

    def wish(self, code: str, value: Value, found: Found) -> Wish:
        """Make a wish with the place of the phrase around what was found.

        What denies stays as it was found: all of it is cut from what is encoded.
        """
        first, last = found.first, found.last
        if not denies(value):
            words = [self.tokens[token].norm for token, _ in self.spans]
            first, last = whole(list(self.line.kinds), words, first, last, code)
        start = self.tokens[self.spans[first][0]].start
        end = self.tokens[self.spans[last - 1][1] - 1].end
        return Wish(code, value, self.text[start:end], start, end)


def read(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    searcher: Body,
    gazetteer: Gazetteer,
    on_board: int,
) -> Reading:
    """Read tokens as a line of kinds; parameters as for `wishes.find_wishes`."""
    at = {mention.first: mention for mention in mentions}
    spans: list[tuple[int, int]] = []
    kinds: list[str] = []
    keys: dict[int, str] = {}
    regions: dict[int, Region] = {}
    index = 0
    while index < len(tokens):
        last = index + 1
        if (mention := at.get(index)) is not None:
            last, kind = mention.last, _kind_of_body(gazetteer.bodies[mention.key], searcher)
            keys[len(spans)] = mention.key
        elif (region := _region_at(tokens, index, gazetteer)) is not None:
            last, regions[len(spans)], kind = region
        else:
            kind = lexicon.kind_of(tokens[index])
            if kind == "not" and kinds[-1:] == ["to"]:
                kind = "also"  # "zur Not auch …"
        spans.append((index, last))
        kinds.append(kind)
        index = last
    line = Line.of(kinds)
    return Reading(text, tokens, tuple(spans), line, keys, regions, searcher, on_board)


def _kind_of_body(body: Body, searcher: Body) -> str:
    if body.kind == "district":
        return "ownkreis" if body.key == searcher.district else "kreisname"
    if body.key == searcher.key:
        return "self"
    return "placename" if body.kind == "municipality" else "verbandname"


def _region_at(
    tokens: Sequence[Token], index: int, gazetteer: Gazetteer
) -> tuple[int, Region, str] | None:
    reach = gazetteer.reach(tokens[index].norm)
    # One token more than words: "Reg.-Bez. Münster".
    for last in range(min(index + reach + 1, len(tokens)), index, -1) if reach else ():
        words = tuple(token.norm for token in tokens[index:last] if token.norm != "-")
        if words in gazetteer.outside:
            return None
        if words in gazetteer.regions:
            region, kind = gazetteer.regions[words]
            return last, region, kind
    return None
