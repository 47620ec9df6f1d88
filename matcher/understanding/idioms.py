"""Phrases of several words that are read as one, and words that change nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.understanding.lexicon import NUMBER_WORDS
from matcher.understanding.tokens import Token, words

# Kind -> phrases in plain letters, a bar between them.
IDIOMS: Mapping[str, str] = {
    "not": "auf keinen fall | auf gar keinen fall | unter keinen umstaenden | in keinem fall | "
           "in keiner weise | bloss nicht | blos nicht | nur nicht | lieber nicht | bitte nicht | "
           "eher nicht | gar nicht | ueberhaupt nicht | besser nicht | nicht schon wieder | "
           "nicht noch einmal | nicht wieder | ganz bestimmt nicht | "
           "nicht mehr mit | nicht laenger mit | nie mehr mit | nie wieder mit | "
           "ausdruecklich nicht | nicht in frage kommen | nicht infrage kommen | "
           "nicht in betracht kommen",
    "no": "kein interesse an | verzichten auf | keine zusammenarbeit mit | keine kooperation mit | "
          "keine partnerschaft mit | keinen verbund mit | keinen kontakt zu | no interest in",
    "except": "bis auf | mit ausnahme von | mit ausnahme | unter ausschluss von | "
              "unter ausschluss | abgesehen von | anstelle von | an stelle von | anstatt | statt | "
              "with the exception of | apart from | other than",
    # What need not be is allowed.
    "also": "mit oder ohne | nicht unbedingt | nicht zwingend | nicht notwendigerweise | "
            "nicht zwangslaeufig | not necessarily",
    "count": "wie viele | wieviele",
    "in": "bei uns im | bei uns in",
    "with": "nicht ohne | um die",
    "without": "ohne beteiligung von | ohne beteiligung der | ohne die beteiligung von | "
               "ohne die beteiligung der | ohne mitwirkung von | ohne mitwirkung der",
    "number": "ein halbes dutzend | einem halben dutzend | halbes dutzend | halben dutzend | "
              "ein dutzend | einem dutzend",
    "nomore": "mehr nicht | und mehr nicht",
    "nur": "und zwar | nur fuer",
    "w": "gilt nur fuer | gelten nur fuer | gibt es nur fuer | ist nur fuer | sind nur fuer",
    "total_of": "am ende | am schluss | unterm strich | alles in allem",
    "": "mit sitz | sagen wir | das heisst | wenn es geht | geht das | klappt das | "
        "funktioniert das",
    "absent": "nichts verloren | nichts zu suchen | die finger davon lassen | "
              "finger davon lassen | schlechte erfahrungen | keine guten erfahrungen",
    "lead": "den hut aufhaben | den hut auf | den hut aufsetzen",
    "nobodyelse": "sonst niemand | sonst mit niemandem | mit niemandem sonst | sonst mit keinem | "
                  "niemand sonst | sonst keiner | sonst niemanden | niemanden sonst | "
                  "sonst keine | nobody else | no one else",
    "want": "wenn moeglich | falls moeglich | nach moeglichkeit | moeglichst | vor allem | "
            "in erster linie | insbesondere | am ehesten | eher | in frage kommen | "
            "in frage kaemen | in betracht kommen | wir denken an | denken wir an | "
            "interessieren uns fuer | kontakt zu | if possible | ideally | rather",
}  # fmt: skip
# Particles and measures of roughness: "etwa 20 km", "wirklich nur Nachbarn".
_NOTHING = words(
    "ausdruecklich eigentlich grundsaetzlich wirklich derzeit aktuell zunaechst kuenftig generell "
    "prinzipiell tatsaechlich definitiv etwa ca circa rund ungefaehr ebenfalls hierbei erst"
)


def _build() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in IDIOMS.items():
        for phrase in phrases.split("|"):
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, kind))
    return {first: sorted(some, key=lambda one: -len(one[0])) for first, some in found.items()}


_BY_FIRST = _build()


def idiom_at(tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
    """Return where a phrase that begins at a token ends, and its kind; None where none does."""
    for parts, kind in _BY_FIRST.get(tokens[index].norm, ()):
        last = index + len(parts)
        if tuple(token.norm for token in tokens[index:last]) != parts:
            continue
        measure = last < len(tokens) and _is_measure(tokens[last])
        if (parts == ("bis", "auf") and measure) or (parts == ("um", "die") and not measure):
            continue
        return last, kind
    return None


def says_nothing(token: Token) -> bool:
    """Tell whether a word may be left out without another meaning."""
    return token.norm in _NOTHING


def vocabulary() -> frozenset[str]:
    """Return the words of all phrases."""
    return frozenset(word for some in _BY_FIRST.values() for parts, _ in some for word in parts)


def _is_measure(token: Token) -> bool:
    """Tell a number, or the word that goes on as one does: "bis auf 25 km", "bis auf Weiteres"."""
    return token.is_number or token.norm == "weiteres" or token.norm in NUMBER_WORDS
