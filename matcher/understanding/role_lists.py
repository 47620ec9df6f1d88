"""Lists of names: those that share what the clause says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.understanding.role_signs import BETWEEN
from matcher.understanding.tokens import Token, words

Span = tuple[int, int]
CLOSING = words("und oder u o sowie bzw and or &")
"""Words that close a list."""


def lists(tokens: Sequence[Token], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the first and last name of each list.

    "und" and "oder" close a list: behind "mit A und B, C" begins another clause. So does a comma
    where the names behind it are the subject of a verb: "mit A, B ist dabei".
    """
    first, closed = 0, False
    for last in range(len(spans)):
        if last + 1 < len(spans):
            between = [token.norm for token in tokens[spans[last][1] : spans[last + 1][0]]]
            apart = closed and "," in between
            apart = apart or (between == [","] and _begins_clause(tokens, spans, last + 1))
            apart = apart or between[-2:] == ["auch", ","]  # "Werl auch, Ense dagegen nicht"
            if _joins(between) and not apart:
                closed = closed or bool(CLOSING & set(between))
                continue
        yield first, last
        first, closed = last + 1, False


def _begins_clause(tokens: Sequence[Token], spans: Sequence[Span], index: int) -> bool:
    """Tell whether the name behind a comma is the subject of what follows.

    One name is where a verb in the singular follows; two that "und" joins are where one in the
    plural does and a preposition carries the only name before: "mit A, B und C sind dabei".
    """
    end = spans[index][1]
    if _norm(tokens, end) in _AFTER_SUBJECT:
        return True
    if _norm(tokens, end) == "eher" and _norm(tokens, spans[index - 1][0] - 1) in _GLADLY:
        return True  # "lieber A, B eher nicht"
    if index + 1 >= len(spans):
        return False
    joined = [token.norm for token in tokens[end : spans[index + 1][0]]]
    carried = _norm(tokens, spans[index - 1][0] - 1) in {"mit", "with"}
    if _norm(tokens, spans[index + 1][1] + 1) in {"wir", "we"}:
        return False  # "mit A, B und C haben wir …"
    return (
        joined in (["und"], ["and"]) and carried and _norm(tokens, spans[index + 1][1]) in _PLURAL
    )


def _norm(tokens: Sequence[Token], index: int) -> str | None:
    return tokens[index].norm if 0 <= index < len(tokens) else None


_AFTER_SUBJECT = words(
    "ist hat macht will war hatte moechte kommt zieht lehnt sagt winkt steigt scheidet is has "
    "darf soll sollte kann koennte muss wird wuerde bleibt dagegen hingegen"
)
_GLADLY = words("lieber gern gerne mit")
_PLURAL = words("sind haben machen wollen waren hatten moechten kommen ziehen are have")


def _joins(between: Sequence[str]) -> bool:
    return all(word in BETWEEN for word in between) and len(between) <= 5
