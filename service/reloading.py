"""Take new data and models over while serving: all of them at once, or none.

The new state is loaded and tried beside the old one; then one assignment replaces it. A request
keeps the state that it began with, so that none sees half of each. What is broken is refused, and
the old state goes on serving.
"""

from __future__ import annotations

import logging
import signal
import threading

from fastapi import FastAPI

from models import MissingModelError
from service.loading import load_matcher, open_state, start_mail, start_outreach, warm_up
from service.mail.rounds import Rounds
from service.settings import Settings
from service.web.health_routes import ReloadAnswer
from service.web.state import State

_LOG = logging.getLogger("ikz.service")
_AT_ONCE = threading.Lock()


def reload_on_signal(app: FastAPI, settings: Settings) -> None:
    """Reload when the process gets SIGHUP; systems without that signal restart instead."""
    if not hasattr(signal, "SIGHUP") or threading.current_thread() is not threading.main_thread():
        return

    def start(_number: int, _frame: object) -> None:
        threading.Thread(
            target=reload, args=(app, settings), name="ikz-reload", daemon=True
        ).start()

    signal.signal(signal.SIGHUP, start)


def reload(app: FastAPI, settings: Settings) -> bool:
    """Load data and models anew and serve them; returns whether that was possible.

    Settings stay as they were at the start. Where a reload is going on already, or nothing is
    served yet, nothing is done.
    """
    if not _AT_ONCE.acquire(blocking=False):
        return False
    try:
        old: State | None = app.state.ikz
        if old is None:
            return False
        app.state.reload = ReloadAnswer(status="running", at=old.now())
        try:
            matcher = load_matcher(settings)
            if matcher.degraded and not old.matcher.degraded:
                raise MissingModelError("Das Textmodell lässt sich nicht laden.")
            new = open_state(settings, matcher, old.now, database=old.database)
            warm_up(new)
        except Exception as error:  # whatever it is, the old state is good
            app.state.reload = ReloadAnswer(status="refused", at=old.now())
            _LOG.error("Neu laden abgelehnt, der bisherige Stand bleibt: %s", error)
            return False
        app.state.ikz = new
        old[Rounds].stop()
        start_mail(new)
        app.state.reload = ReloadAnswer(status="ok", at=new.now())
        _LOG.info("Neu geladen: Daten %s, %s.", new.matcher.dataset.version, new.matcher.version)
        start_outreach(new)
        return True
    finally:
        _AT_ONCE.release()
