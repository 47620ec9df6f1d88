"""Bodies beyond the border of the Land in a search: their names in texts, and what is said of them.

Names are read as places outside (`understanding.outside`); where bodies beyond the border are
served, such a place is one of them. Names of the Land come first: none of theirs means less than
before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from msgspec import structs

from data import Kind
from data.laender import is_beyond
from data.land import LAND
from data.names import normalize
from matcher.directory import Body, Directory
from matcher.known.bodies import Bodies, Bools, Ints
from matcher.understanding.gazetteer import OutsidePlace
from matcher.understanding.interpreter import Interpreter
from matcher.understanding.named import Named
from matcher.understanding.outside import Outside
from matcher.understanding.spellings import Body as Spelt
from matcher.understanding.spellings import name_words

REACH_KM = 100.0
ANY_LAND = "anderes Land"
"""What `Outside.where` says where a text names no Land: "jenseits der Landesgrenze"."""
Scores = npt.NDArray[np.float64]
_LEAST_LETTERS = 5  # of a name: shorter ones are words of every text
_DISTRICT_WORDS = ("landkreis ", "kreis ")


@dataclass(frozen=True)
class BeyondNames:
    """Finds bodies beyond the border by what a text calls them.

    Attributes
    ----------
    rows
        (Land, name in plain letters) -> rows of bodies.
    """

    rows: dict[tuple[str, str], list[int]]

    @classmethod
    def of(cls, directory: Directory) -> BeyondNames:
        """Read it from the directory; empty where none is served."""
        rows: dict[tuple[str, str], list[int]] = {}
        for body in directory:
            if not body.beyond_border:
                continue
            for name in _names(body):
                rows.setdefault((body.land, name), []).append(body.row)
        return cls(rows)

    def find(self, place: Outside, directory: Directory, km: np.ndarray) -> int | None:
        """Return the row of the body that a place is, the nearest of several; None for none.

        A municipality that a union administers stands for the union.
        """
        rows = self.rows.get((place.where, normalize(place.text)), [])
        if not rows:
            return None
        # "Osnabrück" is the town; the Kreis has the word with it.
        rank = [(directory.bodies[r].kind is Kind.DISTRICT, float(km[r]), r) for r in rows]
        body = directory.bodies[min(rank)[2]]
        above = directory.get(body.union) if body.carried else None
        return (above or body).row


def named_beyond(
    outside: Iterable[Outside], names: BeyondNames, directory: Directory, bodies: Bodies, own: int
) -> tuple[Named, ...]:
    """Return the places outside that are bodies served, as bodies that the text wants."""
    found: dict[int, Named] = {}
    for place in outside:
        row = names.find(place, directory, bodies.seat_km[own])
        if row is not None and row != own and row not in found:
            body = directory.bodies[row]
            found[row] = Named(body.key, body.name, "wanted", place.text, place.start, place.end)
    return tuple(found.values())


def lift_beyond(
    scores: Scores, outside: Iterable[Outside], passing: Bools, bodies: Bodies
) -> Scores:
    """Return (n,) log-odds for bodies of the Länder in which a text seeks partners, too.

    "Auch jenseits der Landesgrenze": who lies there stands level with who lies inside, the best
    with the best; their order among themselves stays. Nothing where the text does not say so.

    Parameters
    ----------
    scores
        (n,) log-odds.
    outside
        Places of the text beyond the border.
    passing
        (n,) who may be proposed.
    bodies
        All bodies.
    """
    lift = np.zeros_like(scores)
    said = {place.where for place in outside}
    if not said or bodies.home.stop == len(bodies):
        return lift
    inside, beyond = passing.copy(), passing.copy()
    inside[bodies.home.stop :] = False
    beyond[bodies.home] = False
    if ANY_LAND not in said:
        beyond &= np.isin(bodies.land, list(said))
    if beyond.any() and inside.any():
        lift[beyond] = max(0.0, float(scores[inside].max() - scores[beyond].max()))
    return lift


def candidates(bodies: Bodies, on_board: Ints, named: Ints) -> Bools | None:
    """Return (n,) whom a search may propose; None where only the Land is served: all.

    Those who administer themselves in what is served: of the Land, whose cooperations are known, or
    within `REACH_KM` of somebody on board, or named. Farther away nobody comes near the first ten:
    `python -m eval border` holds that against scoring all.
    """
    if bodies.home.stop == len(bodies):
        return None
    chosen = np.zeros(len(bodies), bool)
    chosen[bodies.home] = True
    for row in on_board:
        chosen |= bodies.seat_km[row] <= REACH_KM
    chosen[named] = True
    return np.asarray(chosen & bodies.administers & bodies.served)


def read_beyond(interpreter: Interpreter, directory: Directory) -> Interpreter:
    """Return an interpreter that knows names beyond the border as places outside, too.

    A name that is one of the Land, a word of ordinary texts or short needs no place here; a bare
    name needs a sign in the text that a place is meant.
    """
    gazetteer = interpreter.gazetteer
    bodies, outside = dict(gazetteer.bodies), dict(gazetteer.outside)
    longest = dict(gazetteer.longest)
    for body in directory:
        if not body.beyond_border:
            continue
        own = body.key if body.kind is Kind.DISTRICT else body.district
        bodies[body.key] = Spelt(body.key, body.name, body.kind.value, own, body.population)
        words = name_words(body.name)
        plain = len(words) == 1
        if words in gazetteer.names or words in outside or len(body.name) < _LEAST_LETTERS:
            continue
        if plain and (words[0] in gazetteer.ordinary or words[0] in gazetteer.adjectives):
            continue
        outside[words] = OutsidePlace(body.name, body.land, not plain)
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    read = replace(gazetteer, bodies=bodies, outside=outside, longest=longest)
    return structs.replace(interpreter, gazetteer=read)


def note(body: Body) -> str | None:
    """Say what is other about a body beyond the border; None for one of the Land.

    The grant is that of the guideline of 31 August 2021 for one partner or more in the Land.
    """
    if not body.beyond_border:
        return None
    standing = f"; Rechtsstellung dort: {body.standing}" if body.standing else ""
    return (
        f"Auch jenseits der Landesgrenze: {body.name} liegt in {body.land}{standing}. Dort gilt "
        "anderes Kommunalrecht; Haushaltslage, Alters- und Siedlungsstruktur und bestehende "
        "Kooperationen sind hier nicht bekannt und zählen weder dafür noch dagegen. Zuwendungen "
        f"nach der Richtlinie vom 31.08.2021 zählen nur Beteiligte in {LAND.name}; bei nur "
        "einem ist es ein fester Betrag. Beide Kommunalaufsichten früh fragen."
    )


def group_note(group: Ints, directory: Directory) -> tuple[str, ...]:
    """Return a sentence on the members of a group beyond the border, none where there are none."""
    names = [
        f"{directory.bodies[row].name} ({directory.bodies[row].land})"
        for row in group
        if is_beyond(directory.keys[row])
    ]
    if not names:
        return ()
    return (
        f"Jenseits der Landesgrenze: {', '.join(names)}. Dort gilt anderes Recht; mit beiden "
        "Kommunalaufsichten früh klären, welche Rechtsform die Länder zulassen.",
    )


def _names(body: Body) -> set[str]:
    names = {normalize(body.name), normalize(body.official_name)}
    names.add(normalize(body.name.split("(")[0]))
    for full in tuple(names):
        word = next((word for word in _DISTRICT_WORDS if full.startswith(word)), None)
        if word is not None:
            core = full.removeprefix(word)
            names |= {core, f"landkreis {core}", f"kreis {core}"}
    return names
