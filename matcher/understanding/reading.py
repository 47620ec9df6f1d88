"""A text as a line of words of known kinds, in which bodies and regions are one word each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct, structs

from matcher.understanding import lexicon
from matcher.understanding.behind import find_behind
from matcher.understanding.gazetteer import Gazetteer, Region
from matcher.understanding.grammar import Found, Line
from matcher.understanding.idioms import idiom_at, says_nothing
from matcher.understanding.name_candidates import Mention, short_kreis_until
from matcher.understanding.phrase import whole
from matcher.understanding.questions import find_answered
from matcher.understanding.spellings import Body
from matcher.understanding.tokens import Token, words
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
    bodies
        All bodies by key.
    before
        Item that stands for words further on, see `behind` -> the token behind these.
    """

    text: str
    tokens: Sequence[Token]
    spans: Sequence[tuple[int, int]]
    line: Line
    keys: Mapping[int, str]
    regions: Mapping[int, Region]
    searcher: Body
    on_board: int
    bodies: Mapping[str, Body]
    before: Mapping[int, int]

    def number(self, item: int) -> float:
        """Return the number at an item, "50 Tsd." being 50,000."""
        value = lexicon.number_at(self.tokens, self.spans[item][0])
        following = self.line.kinds[item + 1 : item + 2]
        scale = {"thousand": 1000, "million": 1_000_000}
        behind = self.spans[item][1]
        if behind < len(self.tokens) and self.tokens[behind].norm == "tew":
            return value * 1000
        return value * scale.get(following[0], 1) if following else value

    def norm(self, item: int) -> str:
        """Return the plain word at an item, the first of a phrase."""
        return self.tokens[self.spans[item][0]].norm

    def norms(self, first: int, last: int) -> tuple[str, ...]:
        """Return the plain words of items [first, last)."""
        return tuple(self.tokens[start].norm for start, _ in self.spans[first:last])

    def noun(self, item: int) -> Token | None:
        """Return the token at an item where it is a noun of which no rule speaks."""
        if self.line.kinds[item : item + 1] != ("w",):
            return None
        token = self.tokens[self.spans[item][0]]
        return token if token.is_word and token.capital else None

    def wish(self, code: str, value: Value, found: Found) -> Wish:
        """Make a wish with the place of the phrase around what was found.

        What denies stays as it was found: all of it is cut from what is encoded.
        """
        first, last = found.first, found.last
        if not denies(value):
            words = [self.tokens[token].norm for token, _ in self.spans]
            first, last = whole(list(self.line.kinds), words, first, last, code)
        start = self.tokens[self.spans[first][0]].start
        # An item that stands for words further on has no token of its own.
        end = max((self.tokens[s - 1].end for _, s in self.spans[first:last] if s), default=start)
        for item in range(max(first - 1, 0), last):
            if item in self.before:
                end = max(end, self.tokens[self.before[item] - 1].end)
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
    items = _with_answers(list(_items(tokens, mentions, searcher, gazetteer)), tokens)
    items = list(_with_exceptions(items, tokens))
    kinds = [item.kind for item in items]
    norms = [tokens[item.first].norm for item in items]
    before: dict[int, int] = {}
    for one in reversed(find_behind(kinds, norms)):
        until, start = items[one.end - 1].last, items[one.first].first
        items[one.at] = structs.replace(items[one.at], kind="w" if one.kind == "no" else "")
        items.insert(one.first, _Item(start, start, one.kind))
        before = {one.first: until} | {item + 1: token for item, token in before.items()}
    kept = [i for i, item in enumerate(items) if item.kind]
    before = {kept.index(item): token for item, token in before.items()}
    items = [items[i] for i in kept]
    return Reading(
        text=text,
        tokens=tokens,
        spans=tuple((item.first, item.last) for item in items),
        line=Line.of([item.kind for item in items]),
        keys={i: item.key for i, item in enumerate(items) if item.key is not None},
        regions={i: item.region for i, item in enumerate(items) if item.region is not None},
        searcher=searcher,
        on_board=on_board,
        bodies=gazetteer.bodies,
        before=before,
    )


class _Item(Struct, frozen=True):
    """Tokens [first, last) that are one item of its kind; with a body or a region, where named."""

    first: int
    last: int
    kind: str
    key: str | None = None
    region: Region | None = None


def _with_answers(items: list[_Item], tokens: Sequence[Token]) -> list[_Item]:
    """Return the items without the question marks that an answer goes on from."""
    norms = ["?" if tokens[item.first].text == "?" else tokens[item.first].norm for item in items]
    for mark, is_yes in find_answered([item.kind for item in items], norms):
        items[mark] = structs.replace(items[mark], kind="")
        if is_yes:
            items[mark + 1] = structs.replace(items[mark + 1], kind="want")
    return [item for item in items if item.kind]


def _with_exceptions(items: Sequence[_Item], tokens: Sequence[Token]) -> Iterator[_Item]:
    """Yield the items, "außer … niemand" as "nur …": "Außer Kreisen kommt niemand in Frage"."""
    ends = [i for i, item in enumerate(items) if item.kind == "stop"] + [len(items)]
    first = 0
    for end in ends:
        part = items[first : end + 1]
        nobody = any(_is_nobody(item, tokens) for item in part)
        alone = nobody and any(item.kind == "except" for item in part)
        for item in part:
            if alone and item.kind == "except":
                yield structs.replace(item, kind="nur")
            elif alone and _is_nobody(item, tokens):
                yield structs.replace(item, kind="w")
            else:
                yield item
        first = end + 1


def _is_nobody(item: _Item, tokens: Sequence[Token]) -> bool:
    return item.kind == "nobody" or tokens[item.first].norm in _NOT_ONE


_NOT_ONE = words("keiner keinen keinem")


def _items(
    tokens: Sequence[Token], mentions: Sequence[Mention], searcher: Body, gazetteer: Gazetteer
) -> Iterator[_Item]:
    at = {mention.first: mention for mention in mentions}
    german = bool(_GERMAN & {token.norm for token in tokens})
    index, before, bezirk, neither = 0, "", False, False
    while index < len(tokens):
        item = _item(tokens, index, before, at.get(index), searcher, gazetteer)
        if bezirk and (region := gazetteer.regions.get(("regierungsbezirk", tokens[index].norm))):
            item = _Item(index, index + 1, "region", region=region[0])
        named = item.region is not None and item.region.name.startswith("Regierungsbezirk")
        plural = tokens[index].norm in {"regierungsbezirke", "regierungsbezirken"}
        bezirk = named or plural or (bezirk and item.kind == "und")
        if plural:
            index += 1
            continue
        if german and tokens[index].norm == "also":
            item = structs.replace(item, kind="w")  # German "also" draws a conclusion, English adds
        neither = (neither or tokens[index].norm == "weder") and item.kind != "stop"
        if neither and tokens[index].norm == "noch":
            item, neither = structs.replace(item, kind="no"), False
        index = item.last
        if item.kind:
            before = item.kind
            yield item


_GERMAN = words(
    "der die das den dem und mit wir uns nicht noch bitte ein eine einen im fuer nur oder ist sind "
    "auch"
)


def _item(
    tokens: Sequence[Token],
    index: int,
    before: str,
    mention: Mention | None,
    searcher: Body,
    gazetteer: Gazetteer,
) -> _Item:
    """Return the item at a token; its kind is empty where the word says nothing."""
    token = tokens[index]
    norm = token.norm
    if mention is not None:
        kind = _kind_of_body(gazetteer.bodies[mention.key], searcher)
        return _Item(index, mention.last, kind, key=mention.key)
    if (region := _region_at(tokens, index, gazetteer)) is not None:
        last, meant, kind = region
        return _Item(index, last, kind, region=meant)
    if norm in {"region", "landschaft"} and _region_at(tokens, index + 1, gazetteer):
        return _Item(index, index + 1, "")
    if (until := short_kreis_until(tokens, index, gazetteer)) is not None:
        key = gazetteer.short[tuple(token.norm for token in tokens[index:until])]
        return _Item(index, until, "region", region=Region(gazetteer.bodies[key].name, (key,)))
    if norm == "am" and _region_at(tokens, index + 1, gazetteer) is not None:
        return _Item(index, index + 1, "in")  # "am Niederrhein"
    if (idiom := idiom_at(tokens, index)) is not None:
        return _Item(index, *idiom)
    if says_nothing(token):
        return _Item(index, index + 1, "")
    if token.text == "+" and _is_behind_number(tokens, index):
        return _Item(index, index + 1, "plus")  # "20.000+ Einwohner"
    kind = lexicon.kind_of(token)
    if kind == "not" and before == "to":
        kind = "also"  # "zur Not auch …"
    if kind == "not" and before == "shall" and tokens[index - 1].opens:
        kind = ""  # "Könnte nicht der Kreis …?" asks for it
    if (own := _own_bezirk(tokens, index, before, searcher, gazetteer)) is not None:
        return _Item(index, index + 1, "region", region=own)
    if norm in _ALONE and tokens[index + 1 : index + 2] and tokens[index + 1].norm in _ARTICLES:
        return _Item(index, index + 2, "nur")  # "allein ein Landschaftsverband kann das"
    if token.opens and norm in _MAY:
        kind = "shall"  # "Kann der Kreis das übernehmen?"
    if token.opens and norm in _WHICH:
        kind = "want"  # "Welche Städte machen mit?"
    return _Item(index, index + 1, kind)


def _own_bezirk(
    tokens: Sequence[Token], index: int, before: str, searcher: Body, gazetteer: Gazetteer
) -> Region | None:
    """Return the searcher's Regierungsbezirk where that is meant: "in unserem Regierungsbezirk"."""
    bezirk = tokens[index].norm == "rb" or tokens[index].norm.startswith("regierungsbezirk")
    if not bezirk or not searcher.key[:3].isdigit():
        return None
    if before not in {"our", "own", "similar", "the", "in"}:
        return None
    prefixes = (searcher.key[:3],)
    return next((r for r, _ in gazetteer.regions.values() if r.prefixes == prefixes), None)


def _is_behind_number(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    return before is not None and before.is_number and before.end == tokens[index].start


_ALONE = frozenset({"allein", "alleine", "einzig"})
_ARTICLES = words("ein eine einem einer der die den vom")
_MAY = frozenset({"kann", "koennen", "koennt"})
_WHICH = frozenset({"welche", "welcher", "welches", "which"})


def _kind_of_body(body: Body, searcher: Body) -> str:
    if body.kind == "district":
        return "ownkreis" if body.key == searcher.district else "kreisname"
    if body.key == searcher.key:
        return "self"
    return "placename" if body.kind == "municipality" else "verbandname"


def _region_at(
    tokens: Sequence[Token], index: int, gazetteer: Gazetteer
) -> tuple[int, Region, str] | None:
    reach = gazetteer.reach(tokens[index].norm) if index < len(tokens) else 0
    # One token more than words: "Reg.-Bez. Münster".
    for last in range(min(index + reach + 1, len(tokens)), index, -1) if reach else ():
        words = tuple(token.norm for token in tokens[index:last] if token.norm != "-")
        if words in gazetteer.outside:
            return None
        if words in gazetteer.regions:
            region, kind = gazetteer.regions[words]
            return last, region, kind
    return None
