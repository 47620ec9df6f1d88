"""Questions that suggest: "Könnte nicht Soest mitmachen?" asks for Soest and denies nothing.

In German a question that begins with its verb or with "warum" and holds "nicht" expects a yes, and
so does "ob nicht", in reported questions too. Where "nicht" has something to deny all the same
("bitte nicht", "nicht mehr", "nicht mit Soest, sondern mit Werl"), it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.understanding.tokens import Token, words

_VERBS = words(
    "kann kannst koennen koennt koennte koennten soll sollen sollte sollten will wollen wollte "
    "wollten wollt moechte moechten mag moegen wuerde wuerden waere waeren waer haette haetten "
    "hat haben habt ist sind darf duerfen duerfte duerften laesst lassen liesse liessen geht ginge "
    "gingen gibt gaebe macht machen passt passen lohnt bietet boete boeten kommt kommen kaeme "
    "kaemen muss muessen muesste muessten braucht brauchen could can should would shall may might"
)
_WHY = words("warum wieso weshalb why")
_US = words("wir man we")
_WHETHER = words("ob whether")
_LEADS_IN = words(
    "und oder aber denn doch also nun dann vielleicht eigentlich nur ja so auch and or but"
)
_NOT = frozenset({"nicht", "not"})
# Before it: these make it a denial again.
_DENYING = words(
    "bitte lieber besser eher moeglichst auch gar und aber sondern absolut please rather"
)
# Behind it: what it denies.
_DENIED = words("mehr nur wahr unbedingt zwingend only any")
_INSTEAD = words("sondern stattdessen instead")
_PARTS = frozenset({",", "–", "(", ")"})
_NEAR = 2  # words from "ob" to "nicht": "ob da nicht Werl", "ob man nicht mit Werl"


def without_particles(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens but for each "nicht" that suggests."""
    particles = set(_particles(tokens))
    return tuple(token for place, token in enumerate(tokens) if place not in particles)


def _particles(tokens: Sequence[Token]) -> Iterator[int]:
    if not any(token.norm in _NOT for token in tokens):
        return
    first = 0
    for end, token in enumerate((*tokens, None)):
        if token is None or token.stops:
            yield from _in_sentence(tokens, first, end, token is not None and token.text == "?")
            first = end + 1


def _in_sentence(tokens: Sequence[Token], first: int, end: int, asked: bool) -> Iterator[int]:
    """Yield the particles of the sentence [first, end), `asked` by its mark, in one go."""
    norms = [token.norm for token in tokens[first:end]]
    against = max((place for place, norm in enumerate(norms) if norm in _INSTEAD), default=-1)
    said: list[str] = []  # of the clause so far, at most as much as tells of it
    us = please = False
    for place, norm in enumerate(norms):
        if norm in _PARTS:
            said, us, please = [], False, False
            continue
        if norm in _NOT and not please and place > against:
            denied = norms[place + 1 : place + 2]
            denies = (
                not denied or denied[0] in _DENIED or {*norms[max(place - 1, 0) : place]} & _DENYING
            )
            if not denies and _suggests(said, us, asked):
                yield first + place
        us, please = us or norm in _US, please or norm == "bitte"
        if norm not in _LEADS_IN and len(said) <= _NEAR:
            said.append(norm)


def _suggests(said: Sequence[str], us: bool, asked: bool) -> bool:
    """Tell whether "nicht" suggests behind these words of its clause, "wir" among them or not."""
    if set(said[:1]) & _WHETHER:
        return len(said) <= _NEAR or asked
    if set(said[:1]) & _WHY:
        return asked and (len(said) == 1 or us)  # "Warum will Soest nicht?" knows that it does not
    return asked and bool(said) and said[0] in _VERBS
