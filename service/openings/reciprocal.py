"""Two openings that fit: each body suits the other, and both look for the same thing."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from msgspec import Struct, structs

from matcher import Filters, Matcher, RequestError
from matcher.request import MAX_LIMIT
from service.openings.opening import Opening, Words

FITS = 0.3  # from this score on, both owners are told; by judgement
_ASKS = 3.0  # log-odds, by judgement: who asks for the same is as likely as whom a text names
_AREA_ALONE = 0.5  # likeness of matters where the task area is all that is known
_REMEMBERED = 2_000
Probabilities = dict[str, float]


class Fit(Struct, frozen=True):
    """Another opening that fits.

    Attributes
    ----------
    opening
        The other one.
    score
        0 … 1, see `Reciprocity`.
    likeness
        Of the matters, 0 … 1.
    there, back
        Probability that the other body is a partner for the own matter, and the own body for the
        other's, as if nobody asked.
    """

    opening: Opening
    score: float
    likeness: float
    there: float
    back: float


class Reciprocity:
    """Scores pairs of openings.

        score = sqrt(q(B | A) · q(A | B)) · likeness

    q(B | A) is the probability that B's body is a partner for A's matter, who asks for the same:
    the odds of the matcher, which does not know that, times e^3. q(A | B) is the same the other way
    round: the geometric mean is only high when both are (recommenders for people combine two
    directions so). The likeness of the matters is told by `matcher.understanding.two_texts`;
    without a text model it is 0.5 for the same task area, else 0. A body never fits itself.

    The likeness is measured on known requests; that who asks counts e^3, and the threshold `FITS`,
    are set by judgement. There are no data on openings that met: take the score as an order, not
    as a probability.

    Parameters
    ----------
    matcher
        Gives probabilities and vectors.
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        # They are kept as long as the words of an opening stay as they are.
        self._known: OrderedDict[tuple[str, Words], Probabilities] = OrderedDict()
        self._lock = Lock()

    def fits(self, opening: Opening, others: Sequence[Opening]) -> list[Fit]:
        """Return the others that fit, best first.

        A probability is at most 1: where even that would not reach the threshold, the other
        direction is not computed.

        Raises
        ------
        matcher.RequestError
            The directory of bodies no longer has that of `opening`.
        """
        others = [o for o in others if o.body != opening.body and o.id != opening.id]
        if not others:
            return []
        there = self._probabilities(opening, {other.body for other in others})
        found = []
        for other, alike in zip(others, self._likeness(opening, others), strict=True):
            towards = there.get(other.body, 0.0)
            if math.sqrt(_asked(towards)) * alike < FITS:
                continue
            back = self._back(other, opening.body)
            score = math.sqrt(_asked(towards) * _asked(back)) * alike
            if score >= FITS:
                found.append(Fit(other, score, alike, towards, back))
        return sorted(found, key=lambda fit: (-fit.score, fit.opening.id))

    def forget(self, opening: Opening) -> None:
        """Keep nothing of an opening that is none: a text that somebody only tries."""
        with self._lock:
            self._known.pop((opening.body, opening.words), None)

    def _back(self, other: Opening, body: str) -> float:
        try:
            return self._probabilities(other, {body}).get(body, 0.0)
        except RequestError:
            return 0.0

    def _probabilities(self, opening: Opening, bodies: set[str]) -> Probabilities:
        """Return the probability of each of these bodies; those not in the directory have none.

        To explain a row costs the matcher most: all other bodies are filtered away, which leaves
        the scores of these as they are.
        """
        with self._lock:
            known = dict(self._known.get((opening.body, opening.words), {}))
        missing = bodies - known.keys()
        if missing:
            everyone = self._matcher.knowledge.bodies.keys
            others = tuple(str(key) for key in everyone if key not in missing)
            request = structs.replace(opening.request(MAX_LIMIT), filters=Filters(exclude=others))
            computed = {m.body: m.probability for m in self._matcher.match(request).matches}
            known |= dict.fromkeys(missing, 0.0) | computed
            self._remember(opening, known)
        return known

    def _remember(self, opening: Opening, probabilities: Probabilities) -> None:
        key = (opening.body, opening.words)
        with self._lock:
            self._known[key] = self._known.get(key, {}) | probabilities
            self._known.move_to_end(key)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)

    def _likeness(self, opening: Opening, others: Sequence[Opening]) -> list[float]:
        words = [one.words for one in (opening, *others)]
        areas = [one.task_area for one in words]
        found = self._matcher.listener.sameness([one.text for one in words], areas)
        if found is not None:
            return list(found)
        return [_AREA_ALONE * (area is not None and area is areas[0]) for area in areas[1:]]


def _asked(chance: float) -> float:
    """Return the probability of a partner who asks for the same."""
    return 1 / (1 + math.exp(-_ASKS) * (1 / chance - 1)) if chance > 0 else 0.0
