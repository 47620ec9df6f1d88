"""Which legal forms fit a group: what similar cooperations chose, and what the segment chooses."""

from __future__ import annotations

import numpy as np

from data import LegalForm, LegalStatus
from data.land import LEGAL_FORM_PERCENT
from matcher.features import Query
from matcher.known.bodies import Ints
from matcher.known.knowledge import Knowledge
from matcher.result import LegalFormShare

_FORMS = tuple(form for form in LegalForm if form is not LegalForm.UNKNOWN)
_SEGMENTS = np.array([LEGAL_FORM_PERCENT[status] for status in LegalStatus], np.float64)
_SEGMENT_WEIGHT = 0.5


def legal_form_shares(
    query: Query, knowledge: Knowledge, group: Ints
) -> tuple[LegalFormShare, ...]:
    """Blend both sources, half and half.

    Parameters
    ----------
    query, knowledge
        The matter and what is known.
    group
        Rows of the bodies in the proposed group.

    Returns
    -------
    tuple
        The most frequent form first; shares sum to 1.
    """
    segment = _SEGMENTS[knowledge.bodies.status[group]].mean(axis=0)
    segment /= segment.sum()
    chosen = np.zeros(len(_FORMS))
    for index, weight in zip(query.similar.indices, query.similar.weight, strict=True):
        form = knowledge.cooperations[index].legal_form
        if form is not LegalForm.UNKNOWN:
            chosen[_FORMS.index(form)] += weight
    shares = segment
    if chosen.sum() > 0:
        shares = _SEGMENT_WEIGHT * segment + (1 - _SEGMENT_WEIGHT) * chosen / chosen.sum()
    order = np.argsort(-shares, kind="stable")
    return tuple(LegalFormShare(_FORMS[i], float(shares[i])) for i in order)
