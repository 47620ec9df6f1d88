"""What the routes share: the matcher, the names, the map; loaded once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from data.names import NameIndex
from matcher import Matcher
from models import MissingModelError
from service.settings import Settings
from service.statemap import StateMap

_LOG = logging.getLogger("ikz.service")


@dataclass(frozen=True)
class State:
    """Everything a route needs."""

    settings: Settings
    matcher: Matcher
    names: NameIndex
    statemap: StateMap

    @classmethod
    def of(cls, settings: Settings, matcher: Matcher) -> State:
        """Derive names and map from the matcher's data."""
        bodies = matcher.dataset.bodies
        return cls(settings, matcher, NameIndex(bodies), StateMap(bodies))


def load_matcher(settings: Settings) -> Matcher:
    """Load the matcher; without its text model the service starts degraded.

    Raises
    ------
    data.DataError, models.ModelError
        Data or ranker cannot be used; there is nothing to serve then.
    """
    try:
        return Matcher.load(
            settings.data_dir, settings.text_model, settings.artifacts_dir, show_progress=True
        )
    except MissingModelError as error:
        if not settings.text_model:
            raise
        # A second failure is not about the text model and goes to the caller.
        matcher = Matcher.load(settings.data_dir, None, settings.artifacts_dir)
        _LOG.warning("%s Der Dienst startet eingeschränkt, ohne Textmodell.", error)
        return matcher


def current(request: Request) -> State:
    """Return the state of the app that a request belongs to."""
    state: State = request.app.state.ikz
    return state


Current = Annotated[State, Depends(current)]
