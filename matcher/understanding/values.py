"""Values of wishes, computed from the words that a rule found."""

from __future__ import annotations

from matcher.understanding import lexicon
from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.scope import clause_before
from matcher.understanding.tokens import words
from matcher.understanding.wish import STATEWIDE, Value

MOST_PARTNERS = 7  # with the searcher eight: the largest group that is proposed
_SMALLEST_POPULATION = 1000
_FEWEST = 100  # a smaller number is none of inhabitants
_MOST_COUNTED = 30  # a larger number of bodies is no group


def number(reading: Reading, found: Found) -> Value:
    """Return the number found: kilometres, inhabitants."""
    value = reading.number(found.slots["n"])
    return int(value) if value == int(value) else value


def farther(reading: Reading, found: Found) -> Value:
    """Return the larger of two numbers of kilometres: "im Umkreis von 10–25 km"."""
    far = max(reading.number(found.slots[slot]) for slot in ("n", "m"))
    return int(far) if far == int(far) else far


def people(reading: Reading, found: Found) -> Value | None:
    """Return a number of inhabitants: "mehr als drei und …" is none."""
    value = int(reading.number(found.slots["n" if "n" in found.slots else "m"]))
    return value if value >= _FEWEST else None


def population(reading: Reading, found: Found) -> Value | None:
    """Return a number that can only be one of inhabitants: "Gemeinden unter 10.000"."""
    value = int(reading.number(found.slots["n"]))
    return value if value >= _SMALLEST_POPULATION else None


def second_number(reading: Reading, found: Found) -> Value:
    """Return the upper bound of a range."""
    return int(reading.number(found.slots["m"]))


def upper_bound(reading: Reading, found: Found) -> Value | None:
    """Return the upper of two bounds of inhabitants: "mehr als drei und keine über …" is one."""
    return None if people(reading, found) is None else second_number(reading, found)


def first_of_range(reading: Reading, found: Found) -> Value | None:
    """Return the lower bound; "10 bis 20 Tsd." says the scale once."""
    low, high = reading.number(found.slots["n"]), reading.number(found.slots["m"])
    bare = lexicon.number_at(reading.tokens, reading.spans[found.slots["m"]][0])
    if low < _SMALLEST_POPULATION <= 1000 * low < high == bare:
        return int(1000 * low)  # "10 bis 20.000", "zehn- bis zwanzigtausend"
    low = low * high / bare if low < bare and high > bare else low
    return int(low) if low >= _FEWEST else None


def exactly(reading: Reading, found: Found) -> Value | None:
    """Return a number of partners: "zwei Partner"; "für zwei Gemeinden" counts the searcher."""
    count = _count(reading, found)
    if count is None:
        return None
    if not _counts_partners(reading, found):
        return count - 1 if count > 1 else None
    return count + _more(reading, found)


def partners(reading: Reading, found: Found) -> Value | None:
    """Return a number that counts partners, whatever stands around it: "Partnerzahl 3"."""
    count = _count(reading, found)
    return None if count is None else count + _more(reading, found)


def one(reading: Reading, found: Found) -> Value:
    """Return one partner, and those on board where a further one is meant."""
    return 1 + _more(reading, found)


def one_or_range(reading: Reading, found: Found) -> Value | None:
    """Return (least, most) partners: "ein bis zwei Partner"."""
    low = int(reading.number(found.slots["n"])) if "n" in found.slots else 1
    high = int(reading.number(found.slots["m"]))
    if not low < high <= _MOST_COUNTED:
        return None
    more = _more(reading, found) if _counts_partners(reading, found) else -1
    return (max(low + more, 1), high + more) if high + more > 1 else None


def at_least(reading: Reading, found: Found) -> Value | None:
    """Return (least, most) partners for "mindestens zwei"."""
    count = _count(reading, found)
    if count is None:
        return None
    count += _more(reading, found)
    return count, max(count, MOST_PARTNERS)


def more_than(reading: Reading, found: Found) -> Value | None:
    """Return (least, most) partners for "mehr als zwei"."""
    count = _count(reading, found)
    return None if count is None else (count + 1, max(count + 1, MOST_PARTNERS))


def fewer_than(reading: Reading, found: Found) -> Value | None:
    """Return (1, most) partners for "weniger als vier"."""
    count = _count(reading, found)
    return None if count is None or count < 2 else 1 if count == 2 else (1, count - 1)


def at_most(reading: Reading, found: Found) -> Value | None:
    """Return (1, most) partners for "höchstens drei"."""
    count = _count(reading, found)
    if count is None:
        return None
    count += _more(reading, found)
    together = reading.line.kinds[max(found.first - 1, 0) : found.first] == ("jointly",)
    inside = reading.line.kinds[found.first : found.last]
    # "insgesamt höchstens drei Partner" are three beside the searcher
    if together or ("total_of" in inside and "partner" not in inside):
        count -= 1
    return count if count == 1 else (1, count) if count > 1 else None


def in_total(reading: Reading, found: Found) -> Value | None:
    """Return the partners of a group that is counted with the searcher."""
    count = _count(reading, found)
    if count is not None and "partner" in reading.line.kinds[found.first : found.last]:
        return count  # "insgesamt drei Partner" are three beside the searcher
    return None if count is None or count < 2 else count - 1


def all_together(reading: Reading, found: Found) -> Value:
    """Return the partners of "zu dritt" and "Dreierverbund"."""
    return lexicon.total_at(reading.norm(found.slots["n"])) - 1


def at_most_together(reading: Reading, found: Found) -> Value:
    """Return (1, most) partners of "höchstens zu viert"."""
    count = int(str(all_together(reading, found)))
    return count if count == 1 else (1, count)


def ordinal(reading: Reading, found: Found) -> Value | None:
    """Return the partners of "ein dritter Partner", where the text names some of the others."""
    if not reading.on_board and not set(reading.keys.values()) - {reading.searcher.key}:
        return None
    item = found.slots["n"] if "n" in found.slots else found.slots["m"]
    which = lexicon.ordinal_at(reading.norm(item))
    return max(reading.on_board + 1, which - 1)


def those_before(reading: Reading, found: Found) -> Value:
    """Return the partners of "wir sind zwei und suchen einen dritten": the third has two."""
    return lexicon.ordinal_at(reading.norm(found.slots["n"])) - 1


def those_named(reading: Reading, found: Found) -> Value | None:
    """Return how many bodies the sentence names: "mit Hilden, sonst niemand"."""
    first = found.first
    while first > 0 and reading.line.kinds[first - 1] != "stop":
        first -= 1
    named = {key for item, key in reading.keys.items() if first <= item < found.first}
    return len(named - {reading.searcher.key}) or None


def some_together(reading: Reading, found: Found) -> Value:
    """Return (least, most) partners of "zu zweit oder zu dritt"."""
    words = [reading.norm(found.slots[slot]) for slot in ("n", "m")]
    low, high = (lexicon.total_at(word) - 1 for word in words)
    return low, high


def region(reading: Reading, found: Found) -> Value | None:
    """Return the AGS prefixes of the regions and Kreise found; None for the whole Land."""
    prefixes: dict[str, None] = {}
    for item in range(found.first, found.last):
        if item in reading.regions:
            prefixes |= dict.fromkeys(reading.regions[item].prefixes)
        elif reading.line.kinds[item] in {"kreisname", "ownkreis"}:
            prefixes[reading.keys[item]] = None
    return tuple(prefixes) if prefixes and tuple(prefixes) != STATEWIDE else None


def not_region(reading: Reading, found: Found) -> Value | None:
    """Return the prefixes of what is excluded, each behind a minus."""
    prefixes = region(reading, found)
    return tuple(f"-{prefix}" for prefix in prefixes) if isinstance(prefixes, tuple) else None


def own_size(reading: Reading, found: Found) -> Value:
    """Return the searcher's inhabitants, times what is said: "doppelt so groß wie wir"."""
    inside = range(found.first, found.last)
    factors = [i for i in inside if reading.line.kinds[i] == "factor"]
    times = lexicon.FACTORS[reading.norm(factors[0])] if factors else 1
    return int(reading.searcher.population * times)


def own_size_and_more(reading: Reading, found: Found) -> Value:
    """Return the most inhabitants: "höchstens 5.000 Einwohner mehr als wir"."""
    return reading.searcher.population + int(reading.number(found.slots["n"]))


def named_size(reading: Reading, found: Found) -> Value:
    """Return the inhabitants of the body named last: "keine größer als Lemgo"."""
    item = max(item for item in range(found.first, found.last) if item in reading.keys)
    return reading.bodies[reading.keys[item]].population


def two_thirds_of_named(reading: Reading, found: Found) -> Value:
    """Return the least inhabitants of a body as large as one named: "so groß wie Lippstadt"."""
    return int(float(str(named_size(reading, found))) * 2 / 3)


def three_halves_of_named(reading: Reading, found: Found) -> Value:
    """Return the most inhabitants of a body as large as one named: "so groß wie Lippstadt"."""
    return int(float(str(named_size(reading, found))) * 3 / 2)


def two_thirds(reading: Reading, found: Found) -> Value:
    """Return the least inhabitants of a body that is as large as the searcher."""
    return int(reading.searcher.population * 2 / 3)


def three_halves(reading: Reading, found: Found) -> Value:
    """Return the most inhabitants of a body that is as large as the searcher."""
    return int(reading.searcher.population * 3 / 2)


def two_thirds_of(reading: Reading, found: Found) -> Value | None:
    """Return the least inhabitants of a body of about the number found."""
    value = people(reading, found)
    return None if value is None else int(float(str(value)) * 2 / 3)


def three_halves_of(reading: Reading, found: Found) -> Value | None:
    """Return the most inhabitants of a body of about the number found."""
    value = people(reading, found)
    return None if value is None else int(float(str(value)) * 3 / 2)


def _count(reading: Reading, found: Found) -> int | None:
    if "n" not in found.slots:
        return 1
    count = reading.number(found.slots["n"])
    return int(count) if 1 <= count <= _MOST_COUNTED and count == int(count) else None


def _more(reading: Reading, found: Found) -> int:
    """Return how many are on board already, where the text counts further ones."""
    nearby = reading.line.kinds[max(found.first - 1, 0) : found.last]  # "noch genau eine"
    says_further = {"further", "still"} & set(nearby)
    return reading.on_board if says_further else 0


def _counts_partners(reading: Reading, found: Found) -> bool:
    inside = set(reading.line.kinds[found.first : found.last])
    cues = {"with", "still", "nur", "want", "further", "other", "partner", "nb", "nbplace", "count"}
    before = clause_before(reading, found)
    after = {"enough", "want"} & set(reading.line.kinds[found.last : found.last + 1])
    # "am besten mit zwei bis drei Kommunen"; "zwei Kommunen genügen", "zwei Kommunen gesucht".
    asked = reading.line.kinds[max(found.first - 2, 0) : found.first] == ("want", "colon")
    told = before[-1:] in {("max",), ("with",)} or "want" in before or after or asked
    return bool(cues & inside) or bool(told) or not _counts_all(reading, found, before)


def _counts_all(reading: Reading, found: Found, before: tuple[str, ...]) -> bool:
    """Tell whether the searcher is one of those counted: "ein Bauhof für zwei Gemeinden"."""
    if _SHARED & set(before[-3:]):
        return True
    behind = reading.line.kinds[found.last : found.last + _FARTHEST_CLAUSE]
    for place in range(len(behind) - 1):
        if behind[place] == "stop":
            break
        if behind[place : place + 2] == ("comma", "the") and "us" in behind[place : place + 6]:
            return False  # "zwei Gemeinden (je 5.000 Einwohner), die an uns grenzen"
    spans = reading.spans[found.last : found.last + 6]
    following_words = [reading.tokens[first] for first, _ in spans]
    compound = bool(following_words) and following_words[0].glued  # "Vier-Städte-Lösung"
    if compound or any(token.norm in _INCLUDED for token in following_words):
        return True
    following = [
        kind for kind in reading.line.kinds[found.last : found.last + 2] if kind != "comma"
    ]
    return not following or following[0] not in _RESTRICTS  # "drei Orte, ein Bauhof" are all


_FARTHEST_CLAUSE = 12  # a remark in brackets may stand before it
_SHARED = frozenset({"serves", "from", "group", "jointly", "total_of"})
# "zwei Kommunen aus dem Kreis", "zwei Kommunen, höchstens 20 km": partners are described.
_RESTRICTS = words(
    "from in inside outside with less more upto max min ab over between radius bordering further "
    "similar not want"
)
_INCLUDED = words("eingerechnet eingeschlossen einschliesslich inklusive inkl mitgezaehlt ende")
