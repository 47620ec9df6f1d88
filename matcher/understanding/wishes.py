"""Wishes about partners that stand in a text: who, where, how many, who not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.understanding import grammar, lexicon
from matcher.understanding.gazetteer import Body, Gazetteer, Region
from matcher.understanding.grammar import Found, Line
from matcher.understanding.named import Mention, find_mentions
from matcher.understanding.standing import standing_wishes
from matcher.understanding.tokens import Token, tokenize

Value = bool | int | float | tuple[str, ...] | tuple[int, int]
MOST_PARTNERS = 7  # with the searcher eight: the largest group that is proposed


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish; `text` stands at [start, end) of what was written.

    `code` is one of own_district, adjacent, kinds, legal_status, max_distance_km, min_population,
    max_population, with_district, group_size, region. The value of a region is a tuple of AGS
    prefixes, one of which a body's key begins with; "-05974" excludes.
    """

    code: str
    value: Value
    text: str
    start: int
    end: int


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
        """Make a wish with the place of what was found."""
        start = self.tokens[self.spans[found.first][0]].start
        end = self.tokens[self.spans[found.last - 1][1] - 1].end
        return Wish(code, value, self.text[start:end], start, end)


Compute = Callable[[Reading, Found], Value | None]


def find_wishes(
    text: str,
    searcher: Body,
    gazetteer: Gazetteer,
    mentions: Sequence[Mention] | None = None,
    on_board: int = 0,
    tokens: Sequence[Token] | None = None,
) -> tuple[Wish, ...]:
    """Return the wishes of a text in the order in which they stand there, one of a kind.

    Parameters
    ----------
    text
        What was written.
    searcher
        The searching body: "unser Kreis" means its Kreis, for a Kreis its members.
    gazetteer
        Spellings of bodies and regions.
    mentions
        Bodies named in the text, where they were looked for already.
    on_board
        Bodies that the text says to be on board: "zwei weitere" are two more than these.
    tokens
        Its tokens, where they were made already.
    """
    tokens = tokenize(text) if tokens is None else tokens
    if mentions is None:
        mentions = find_mentions(tokens, gazetteer)
    reading = _read(text, tokens, mentions, searcher, gazetteer, on_board)
    found: dict[str, Wish] = {}
    for wish in (*_by_rules(reading), *standing_wishes(reading)):
        found.setdefault(wish.code, wish)
    return tuple(sorted(found.values(), key=lambda wish: (wish.start, wish.code)))


def _by_rules(reading: Reading) -> Iterator[Wish]:
    taken: dict[str, list[Found]] = {}
    for rule in RULES:
        if rule.searcher not in (None, reading.searcher.kind):
            continue
        family = "population" if rule.code.endswith("population") else rule.code
        for found in grammar.find_all(rule.pattern, reading.line):
            if any(_clash(found, other) for other in taken.get(family, ())):
                continue
            if rule.unless is not None and rule.unless(reading, found):
                taken.setdefault(family, []).append(found)
                continue
            value = rule.value(reading, found) if callable(rule.value) else rule.value
            if value is not None:
                taken.setdefault(family, []).append(found)
                yield reading.wish(rule.code, value, found)


def _clash(one: Found, other: Found) -> bool:
    """Tell whether two finds overlap without being the same words ("10.000 bis 20.000")."""
    same = (one.first, one.last) == (other.first, other.last)
    return one.first < other.last and other.first < one.last and not same


def _read(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    searcher: Body,
    gazetteer: Gazetteer,
    on_board: int,
) -> Reading:
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
            kind = lexicon.kind_of(tokens[index], gazetteer.ordinary)
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


def _number(reading: Reading, found: Found) -> Value:
    value = reading.number(found.slots["n"])
    return int(value) if value == int(value) else value


def _second_number(reading: Reading, found: Found) -> Value:
    return int(reading.number(found.slots["m"]))


def _first_of_range(reading: Reading, found: Found) -> Value:
    """Return the lower bound; "10 bis 20 Tsd." says the scale once."""
    low, high = reading.number(found.slots["n"]), reading.number(found.slots["m"])
    bare = lexicon.number_at(reading.tokens, reading.spans[found.slots["m"]][0])
    return int(low * high / bare) if low < bare and high > bare else int(low)


def _exactly(reading: Reading, found: Found) -> Value | None:
    """Return a number of partners: "zwei Partner"; "für zwei Gemeinden" counts the searcher."""
    count = _count(reading, found)
    if count is None:
        return None
    if not _counts_partners(reading, found):
        return count - 1 if count > 1 else None
    return count + _more(reading, found)


def _one(reading: Reading, found: Found) -> Value:
    return 1 + _more(reading, found)


def _more(reading: Reading, found: Found) -> int:
    """Return how many are on board already, where the text counts further ones."""
    says_further = {"further", "still"} & set(reading.line.kinds[found.first : found.last])
    return reading.on_board if says_further else 0


def _counts_partners(reading: Reading, found: Found) -> bool:
    inside = set(reading.line.kinds[found.first : found.last])
    cues = {"with", "still", "nur", "want", "further", "other", "partner", "nb", "nbplace"}
    before = _clause_before(reading, found)
    return bool(cues & inside) or "want" in before or before[-1:] == ("max",)


def _count(reading: Reading, found: Found) -> int | None:
    if "n" not in found.slots:
        return 1
    count = reading.number(found.slots["n"])
    return int(count) if 1 <= count <= 30 and count == int(count) else None


def _one_or_range(reading: Reading, found: Found) -> Value | None:
    low = int(reading.number(found.slots["n"])) if "n" in found.slots else 1
    high = int(reading.number(found.slots["m"]))
    if not low < high <= 30:
        return None
    more = _more(reading, found) if _counts_partners(reading, found) else -1
    return (max(low + more, 1), high + more) if high + more > 1 else None


def _at_least(reading: Reading, found: Found) -> Value | None:
    count = _count(reading, found)
    if count is None:
        return None
    count += _more(reading, found)
    return count, max(count, MOST_PARTNERS)


def _at_most(reading: Reading, found: Found) -> Value | None:
    count = _count(reading, found)
    if count is None:
        return None
    count += _more(reading, found)
    return count if count == 1 else (1, count)


def _in_total(reading: Reading, found: Found) -> Value | None:
    count = _count(reading, found)
    return None if count is None or count < 2 else count - 1


def _all_together(reading: Reading, found: Found) -> Value:
    return lexicon.total_at(reading.tokens[reading.spans[found.slots["n"]][0]].norm) - 1


def _some_together(reading: Reading, found: Found) -> Value:
    words = [reading.tokens[reading.spans[found.slots[slot]][0]].norm for slot in ("n", "m")]
    low, high = (lexicon.total_at(word) - 1 for word in words)
    return low, high


def _region(reading: Reading, found: Found) -> Value | None:
    prefixes: dict[str, None] = {}
    for item in range(found.first, found.last):
        if item in reading.regions:
            prefixes |= dict.fromkeys(reading.regions[item].prefixes)
        elif reading.line.kinds[item] == "kreisname":
            prefixes[reading.keys[item]] = None
    return tuple(prefixes) if prefixes and tuple(prefixes) != ("05",) else None


def _not_region(reading: Reading, found: Found) -> Value | None:
    prefixes = _region(reading, found)
    return tuple(f"-{prefix}" for prefix in prefixes) if isinstance(prefixes, tuple) else None


def _own_size(reading: Reading, found: Found) -> Value:
    return reading.searcher.population


def _two_thirds(reading: Reading, found: Found) -> Value:
    return int(reading.searcher.population * 2 / 3)


def _three_halves(reading: Reading, found: Found) -> Value:
    return int(reading.searcher.population * 3 / 2)


_STOPS = frozenset({"stop", "colon"})


def _clause_before(reading: Reading, found: Found) -> tuple[str, ...]:
    kinds = reading.line.kinds
    first = found.first
    while first > 0 and kinds[first - 1] not in _STOPS | {"comma", "but", "butonly"}:
        first -= 1
    return kinds[first : found.first]


_PARTNERS = frozenset(
    ["partner", "kommune", "stadt", "gemeinde", "ort", "kreise", "nb", "nbplace", "nbkreis", "grossstadt", "kleinstadt", "mittelstadt", "office", "want", "nur", "other"]
)


_OWN_NOUNS = {(noun,) for noun in ("stadt", "gemeinde", "kommune", "ort")}


def _speaks_of_itself(reading: Reading, found: Found) -> bool:
    """Tell whether the searcher describes itself: "wir haben …", "als Gemeinde mit …"."""
    before = _clause_before(reading, found)
    for index in range(len(before) - 1, -1, -1):
        if before[index] in {"nur", "other", "want", "partner", "from"}:
            return False
        if before[index] in {"we", "self", "have"}:
            return True
        if before[index] == "our" and before[index + 1 : index + 2] in _OWN_NOUNS:
            return True
        if before[index] == "than" and before[index - 1 : index] not in {("less",), ("more",)}:
            return True
    return False


def _no_measure_of_partners(reading: Reading, found: Found) -> bool:
    """Tell whether the number is not one of bodies: "versorgt 20.000 Einwohner"."""
    kinds = reading.line.kinds
    before, after = kinds[max(found.first - 3, 0) : found.first], kinds[found.last : found.last + 1]
    if before[-1:] == ("with",) and before[-2:-1] in {(), ("stop",), ("comma",), ("colon",)}:
        return True  # "Mit unter 25.000 Einwohnern dürfen wir …"
    if "serves" in before or "catchment" in after or _speaks_of_itself(reading, found):
        return True
    # A fragment of its own, "…, höchstens 20.000 Einwohner", can only mean partners.
    return bool(_clause_before(reading, found)) and not _PARTNERS & set(
        _sentences_around(reading, found)
    )


def _sentences_around(reading: Reading, found: Found) -> tuple[str, ...]:
    """Return the kinds of the sentence and of the one before it."""
    kinds = reading.line.kinds
    first, stops = found.first, 0
    while first > 0 and stops + (kinds[first - 1] in _STOPS) < 2:
        first -= 1
        stops += kinds[first] in _STOPS
    last = found.last
    while last < len(kinds) and kinds[last] not in _STOPS:
        last += 1
    return kinds[first:last]


def _measures_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether a length is one of a thing: "höchstens 20 km Radweg"."""
    if found.last >= len(reading.spans):
        return False
    token = reading.tokens[reading.spans[found.last][0]]
    if token.glued:
        return reading.line.kinds[found.last] not in {"radius", "weg"}  # km/h
    if reading.line.kinds[found.last] != "w":
        return False
    return token.capital or token.norm in {"lang", "lange", "langen", "langer", "langes"}


def _is_no_count_of_partners(reading: Reading, found: Found) -> bool:
    """Tell whether a number of bodies is a fact: "zwei Kommunen sind schon dabei"."""
    kinds = reading.line.kinds
    after = kinds[found.last : found.last + 4]
    before = _clause_before(reading, found)
    if ("takespart" in after and "want" not in after) or after[:1] in {("have",), ("are",)}:
        return True
    return before[-1:] in {("our",), ("we",), ("from",)} or before[-2:] == ("from", "the")


def _not_the_whole_land(reading: Reading, found: Found) -> bool:
    regions = [reading.regions[i] for i in range(found.first, found.last) if i in reading.regions]
    return any(region.prefixes != ("05",) for region in regions)


def _describes_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether "landesweit" belongs to a noun: "landesweite Rechtsfragen"."""
    token = reading.tokens[reading.spans[found.last - 1][0]]
    return token.norm != "landesweit" or not _PARTNERS & set(_sentences_around(reading, found))


def _is_not_asked(reading: Reading, found: Found) -> bool:
    """Tell whether something is merely not required: "es müssen keine Nachbarn sein"."""
    return "shall" in _clause_before(reading, found)[-2:]


def _names_another(reading: Reading, found: Found) -> bool:
    """Tell whether a name behind "Kreis" says that it is another one: "Kreis Kassel"."""
    if found.last >= len(reading.spans):
        return False
    token = reading.tokens[reading.spans[found.last][0]]
    return token.is_word and token.capital and reading.line.kinds[found.last - 1] == "kreis"


def _says_no_partner(reading: Reading, found: Found) -> bool:
    """Tell whether the clause speaks of no partner: "die Wache jenseits der Kreisgrenze"."""
    before = _clause_before(reading, found)
    return _follows_also(reading, found) or not _PARTNERS & set(before)


def _speaks_of_one(reading: Reading, found: Found) -> bool:
    """Tell whether a noun is in the singular: "unsere Stadt" of a Kreis is no wish."""
    last = reading.tokens[reading.spans[found.last - 1][1] - 1]
    return _not_only(reading, found) or last.norm in {"stadt", "gemeinde", "kommune", "ort"}


def _follows_also(reading: Reading, found: Found) -> bool:
    kinds = reading.line.kinds
    before = kinds[max(found.first - 2, 0) : found.first]
    return "also" in before or before == ("not", "nur") or before[-1:] == ("also",)


def _not_only(reading: Reading, found: Found) -> bool:
    kinds = reading.line.kinds
    before = kinds[max(found.first - 2, 0) : found.first]
    inside = kinds[found.first : found.last]
    return ("not" in before[-1:] and inside[:1] == ("nur",)) or "also" in before


@dataclass(frozen=True)
class Rule:
    """A pattern and the wish that it stands for.

    Attributes
    ----------
    code, value
        Of the wish; a function computes the value from the text, None for no wish.
    notation
        The pattern, in the language of `grammar`.
    searcher
        Kind of body for which alone it holds.
    unless
        Tells from the words around that no wish is meant.
    """

    code: str
    value: Value | Compute
    notation: str
    searcher: str | None = None
    unless: Callable[[Reading, Found], bool] | None = None

    @property
    def pattern(self) -> grammar.re.Pattern[str]:
        """The compiled pattern."""
        return _PATTERNS[self.notation]


_FROM = "(from|in|inside|the)"
_OWN_KREIS = "{own} {district}"
_COUNTED = "({further}|other|adj|nbadj|klein|gross|direct|bordering|comma|und)*".replace(
    "{further}", "further"
)
_BODIES = "(stadt|gemeinde|ort|kommune|nbplace|partner|nb|kreise|kreis|nbkreis|office)"
_PEOPLE = "thousand? people"

RULES: tuple[Rule, ...] = (
    # Where: the own Kreis or not.
    Rule("own_district", False, f"outside from? {_OWN_KREIS}", unless=_follows_also),
    Rule("own_district", False, "outside the? kreisgrenze", unless=_says_no_partner),
    Rule("own_district", False, f"(not|no|except) with? {{det}}* {{body}}? (from|in|inside) {_OWN_KREIS}"),
    Rule("own_district", False, "(not|except) (inside|from|in) {own} {district}"),
    Rule("own_district", False, "(from|in) the? other kreise"),
    Rule("own_district", False, "{body} (from|in) (the|our|one)* nbkreis", unless=_follows_also),
    Rule("own_district", False, "no our own? {place}", searcher="district", unless=_speaks_of_one),
    Rule("own_district", True, f"nur (with|want|the)* {{det}}* {{body}}? {_FROM}+ {_OWN_KREIS}", unless=_not_only),
    Rule("own_district", True, f"inside {_OWN_KREIS}"),
    Rule("own_district", True, f"(with|all|further|other|want) (the|all|further|other|our|adj)* {{det}}* {{body}} {_FROM}+ {_OWN_KREIS}", unless=_follows_also),
    Rule("own_district", True, f"{{body}} {_FROM}* (the|our)* (our|own) kreis", unless=_follows_also),
    Rule("own_district", True, f"{{body}} {_FROM} (the)* ownkreis"),
    Rule("own_district", True, "our (own|kreisang|adj|all)* {place} (und {place})*", searcher="district", unless=_speaks_of_one),
    Rule("own_district", True, "(all|the|with|serves) (all|the|adj)* kreisang {place}", searcher="district", unless=_not_only),
    Rule("own_district", True, "inside the? kreisgrenze"),
    Rule("own_district", True, "kreisinternal"),
    Rule("own_district", True, "in the? ownkreis jointly"),
    # Where: with a common border.
    Rule("adjacent", False, "(no|not with|except) (the|our|direct)* (nb|nbplace|nbadj {place}|bordering {place})", unless=_is_not_asked),
    Rule("adjacent", True, "nur (with|the|our|want)* direct? nbkreis", unless=_not_only),
    Rule("adjacent", True, "nur (with|the|our|want)* (the|our|direct|bordering|nbadj)* (nb|nbplace)", unless=_not_only),
    Rule("adjacent", True, "nur (with|the|our|want)* (direct)* (bordering|nbadj) any? {body}?", unless=_not_only),
    Rule("adjacent", True, "direct (nb|nbplace|nbschaft|bordering {body}?|nbadj {body}?|nextdoor)", unless=_not_only),
    Rule("adjacent", True, "direct? w? (us|our w) direct? border"),
    Rule("adjacent", True, "with (the|adj|one|w)? borderline"),
    Rule("adjacent", True, "(with|partner|want|nur) {det}* one? {body} direct? nextdoor"),
    # Where: distance between the seats.
    Rule("max_distance_km", _number, "({up} w?|inside from?) n=number km radius? weg*", unless=_measures_a_thing),
    Rule("max_distance_km", _number, "(radius|weg) (from|upto|to|max|the|w|colon)* n=number km", unless=_measures_a_thing),
    Rule("max_distance_km", _number, "n=number km (radius|weg)"),
    Rule("max_distance_km", _number, "radius n=number km?"),
    # How large.
    Rule("min_population", _first_of_range, f"(between|from)? n=number (thousand|people)* (upto|und|to|dash)? m=number {_PEOPLE}", unless=_no_measure_of_partners),
    Rule("max_population", _second_number, f"(between|from)? n=number (thousand|people)* (upto|und|to|dash)? m=number {_PEOPLE}", unless=_no_measure_of_partners),
    Rule("max_population", _number, f"no {{body}} with? {{low}} n=number {_PEOPLE}"),
    Rule("min_population", _number, f"no {{body}} with? {{up}} n=number {_PEOPLE}"),
    Rule("max_population", _number, f"{{up}} n=number {_PEOPLE}", unless=_no_measure_of_partners),
    Rule("min_population", _number, f"{{low}} n=number {_PEOPLE}", unless=_no_measure_of_partners),
    Rule("max_population", 100_000, "no (the|other)* grossstadt"),
    Rule("min_population", 100_000, "(nur|with|other|among|all|want)+ (the|all|other)* grossstadt", unless=_speaks_of_itself),
    Rule("min_population", 100_000, "grossstadt (from|in|inside) (the)* region"),
    Rule("min_population", 20_000, "(nur|with|other|among)+ (the|all|other)* mittelstadt", unless=_speaks_of_itself),
    Rule("max_population", 100_000, "(nur|with|other|among)+ (the|all|other)* mittelstadt", unless=_speaks_of_itself),
    Rule("max_population", 20_000, "(nur|with|other|among)+ (the|all|other)* kleinstadt", unless=_speaks_of_itself),
    Rule("max_population", _own_size, "not (bigger|more) than we"),
    Rule("max_population", _own_size, "max any? gross are? than we"),
    Rule("min_population", _own_size, "min any? gross are? than we"),
    Rule("min_population", _two_thirds, "{body} (in|from|with)? our size"),
    Rule("max_population", _three_halves, "{body} (in|from|with)? our size"),
    Rule("min_population", _own_size, "not (smaller|less) than we"),
    Rule("max_population", _own_size, "(one|nur|with|other) (other)? smaller {place}"),
    Rule("min_population", _own_size, "(one|nur|with|other) (other)? bigger {place}"),
    Rule("min_population", _two_thirds, "similar (size|gross)"),
    Rule("max_population", _three_halves, "similar (size|gross)"),
    # With the Kreis or without it.
    Rule("with_district", False, f"without (takespart|lead)? from? {_OWN_KREIS}"),
    Rule("with_district", False, "no kreis"),
    Rule("with_district", False, f"not (with|at|through)? {_OWN_KREIS}(?!from)", unless=_names_another),
    Rule("with_district", False, f"independent from {_OWN_KREIS}"),
    Rule("with_district", False, "{district} {yes}{0,4} (not|no) (any){0,3} (takespart|with|want|shall|role|partner)"),
    Rule("with_district", False, "{district} want? not {end}"),
    Rule("with_district", False, "{district} {yes}{0,3} (absent|barred)"),
    Rule("with_district", True, f"(lead|takespart) (from|at|through|the|w)* {_OWN_KREIS}"),
    Rule("with_district", True, "{district} shall {yes}{0,5} (takes|lead|takespart)", searcher="municipality"),
    Rule("with_district", True, f"onto {_OWN_KREIS} takes", searcher="municipality"),
    Rule("with_district", True, "{district} than partner", searcher="municipality"),
    Rule("with_district", True, f"with {_OWN_KREIS} with?", searcher="municipality", unless=_names_another),
    # Kreise among themselves.
    Rule("kinds", ("district",), "one other kreis", searcher="district"),
    Rule("kinds", ("district",), "from kreis to kreis", searcher="district"),
    Rule("kinds", ("district",), "onto kreislevel", searcher="district"),
    Rule("kinds", ("district",), "nur (with|the|our)* direct? nbkreis", searcher="district", unless=_not_only),
    # How many.
    Rule("group_size", _one_or_range, f"(n=number|one) (upto|und|to|dash|comma)? to? m=number {_COUNTED} {_BODIES}", unless=_is_no_count_of_partners),
    Rule("group_size", _in_total, f"total_of (want|any){{0,2}} n=number {_COUNTED} {_BODIES}"),
    Rule("group_size", _some_together, "to n=together (und|comma) to? m=together"),
    Rule("group_size", _all_together, "to n=together"),
    Rule("group_size", _all_together, "n=foursome"),
    Rule("group_size", _in_total, f"group from n=number {_COUNTED} {_BODIES}"),
    Rule("group_size", _at_most, f"(max|upto to|not more than) (n=number|one) {_COUNTED} {_BODIES}"),
    Rule("group_size", _at_most, "(max|upto to|not more than) n=number {end}", unless=_no_measure_of_partners),
    Rule("group_size", _at_least, f"min (n=number|one) {_COUNTED} {_BODIES}"),
    Rule("group_size", _exactly, f"(nur|still|with|want)* (the|still)* n=number {_COUNTED} {_BODIES} want?", unless=_is_no_count_of_partners),
    Rule("group_size", _one, f"(nur|still) (with|want)* (one|single) (single|further|other)* {_COUNTED} {_BODIES}", unless=_not_only),
    Rule("group_size", _one, f"one single {_COUNTED} {_BODIES}"),
    Rule("group_size", _one, f"one further {_BODIES}"),
    Rule("group_size", _one, f"one {_COUNTED} {_BODIES} enough"),
    # Which landscape.
    Rule("region", _not_region, "(not|no|except|outside) with? {det}* {body}? (from|in|inside)? (the|kreise|kreis)* (kreisname|region) (und (kreisname|region))*"),
    Rule("region", _region, "nur (with|want|the)* {det}* {body}? (from|in|inside|w)+ (the|kreise|kreis)* (kreisname|region) ((und|comma) (kreisname|region))*", unless=_not_only),
    Rule("region", _region, "{body} (from|in|inside|w) (the|kreise|kreis)* (kreisname|region) ((und|comma) (kreisname|region))*", unless=_follows_also),
    Rule("region", ("05",), "region? statewide", unless=_describes_a_thing),
    Rule("region", ("05",), "region w (want|partner)", unless=_not_the_whole_land),
    Rule("region", ("05",), "(in|from|inside)? whole region", unless=_not_the_whole_land),
    Rule("region", ("05",), "matters wherever (in)? region?"),
    Rule("region", _region, "(nur|with|other|want|all) (the|all|other|und|nur)* members"),
    Rule("region", _region, "(grossstadt|mittelstadt|kleinstadt) (from|in|inside) (the)* region"),
    Rule("region", ("05",), "weg are? matters no? role?"),
    Rule("region", _region, "regionwide"),
    Rule("region", ("05",), "anywhere"),
)  # fmt: skip
_PATTERNS = {rule.notation: grammar.compile_pattern(rule.notation) for rule in RULES}
