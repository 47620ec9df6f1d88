"""The computed list in memory: made once, in the background, for all who ask."""

from __future__ import annotations

import logging
import threading
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from matcher import Matcher
from matcher.outreach import Outreach
from service.outreach.computation import compute
from service.outreach.opportunity_list import OpportunityList
from service.outreach.score_store import ScoreStore
from service.problems import ProblemError

if TYPE_CHECKING:
    from service.outreach.dossier.press import Press

_LOG = logging.getLogger("ikz.outreach")
_RETRY_S = 10


class Progress(Struct, frozen=True):
    """How far the computation is; `failed` where it ended with an error."""

    done: int
    total: int
    failed: bool


class OutreachStore:
    """Computes the list and holds it.

    Parameters
    ----------
    matcher
        What scores.
    outreach
        Scores that are there already, for some task areas or all; default: all are computed.
    scores
        Where scores are kept that were computed before; default: nowhere.
    """

    def __init__(
        self, matcher: Matcher, outreach: Outreach | None = None, scores: ScoreStore | None = None
    ) -> None:
        self._matcher, self._outreach, self._scores = matcher, outreach, scores
        self._lock = threading.Lock()
        self._started = False
        self._lines: OpportunityList | None = None
        self._progress = Progress(0, 0, False)

    def start(self) -> None:
        """Begin to compute in a thread, unless that was done; returns at once."""
        with self._lock:
            if self._started:
                return
            self._started = True
            self._progress = Progress(0, 0, False)
        # A daemon, so that the service stops without waiting for it.
        threading.Thread(target=self._compute, name="ikz-outreach", daemon=True).start()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    @property
    def ready(self) -> OpportunityList | None:
        """The list, None as long as it is not there; asking starts the computation."""
        if self._lines is None:
            self.start()
        return self._lines

    def lines(self) -> OpportunityList:
        """Return the list.

        Raises
        ------
        ProblemError
            503 as long as it is being computed.
        """
        lines = self.ready
        if lines is None:
            sentence = (
                "Die Liste wird noch berechnet. Bitte in einigen Sekunden noch einmal fragen."
            )
            raise ProblemError(503, sentence, headers={"Retry-After": str(_RETRY_S)})
        return lines

    @cached_property
    def press(self) -> Press:
        """Makes dossiers; prepared when the first is asked for."""
        from service.outreach.dossier.press import Press

        return Press.of(self._matcher)

    def _compute(self) -> None:
        try:
            self._lines = OpportunityList(self._outreach or self._scored())
        except Exception:  # lost in a thread, the page would wait for ever
            _LOG.exception("outreach could not be computed")
            self._progress = Progress(*self._counts(), True)
            with self._lock:
                self._started = False  # the next who asks tries again
            return
        _LOG.info("outreach is computed")

    def _scored(self) -> Outreach:
        matcher = self._matcher
        fits = compute(matcher, progress=self._note, scores=self._scores)
        return Outreach(matcher.dataset, matcher.knowledge, fits)

    def _note(self, done: int, total: int) -> None:
        # One more for growing the groups, which comes after the last area.
        self._progress = Progress(done, total + 1, False)

    def _counts(self) -> tuple[int, int]:
        return self._progress.done, self._progress.total
