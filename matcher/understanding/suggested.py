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
    for place, token in enumerate(tokens):
        if token.norm not in _NOT:
            continue
        first, end = place, place
        while first and not tokens[first - 1].stops and tokens[first - 1].norm not in _PARTS:
            first -= 1
        while end < len(tokens) and not tokens[end].stops:
            end += 1
        before = [each.norm for each in tokens[first:place]]
        after = [each.norm for each in tokens[place + 1 : end]]
        asked = end < len(tokens) and tokens[end].text == "?"
        if _suggests(before, asked) and not _denies(before, after):
            yield place


def _suggests(before: Sequence[str], asked: bool) -> bool:
    """Tell whether "nicht" suggests behind these words of its clause; `asked` by a mark."""
    said = [word for word in before if word not in _LEADS_IN]
    if set(said[:1]) & _WHETHER:
        return len(said) <= _NEAR or asked
    if set(said[:1]) & _WHY:
        # "Warum will Soest nicht?" knows that it does not.
        return asked and (len(said) == 1 or bool(_US & set(said)))
    return asked and bool(said) and said[0] in _VERBS


def _denies(before: Sequence[str], after: Sequence[str]) -> bool:
    return (
        not after
        or "bitte" in before
        or bool(_DENYING & set(before[-1:]))
        or bool(_DENIED & set(after[:1]))
        or bool(_INSTEAD & set(after))
    )
