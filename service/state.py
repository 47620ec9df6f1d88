"""What the routes share: the matcher, the names, the map; loaded once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from data import Kind
from data.names import NameIndex
from matcher import Matcher, MatchRequest
from models import MissingModelError
from service.mail import Mailer
from service.map_geometry import map_json
from service.outreach.memory import Memory
from service.outreach.pieces import Pieces
from service.outreach.store import OutreachStore
from service.problems import ProblemError
from service.searches.desk import SearchDesk
from service.searches.reciprocal import Reciprocity
from service.searches.register import SearchRegister
from service.settings import Settings
from service.staff.register import StaffRegister
from service.statemap import StateMap
from service.storage import Database, StorageError
from service.storage.moments import Clock, utc_now

_LOG = logging.getLogger("ikz.service")
_RETRY_S = 5


@dataclass(frozen=True)
class State:
    """Everything a route needs."""

    settings: Settings
    matcher: Matcher
    names: NameIndex
    statemap: StateMap
    map_json: bytes
    database: Database
    searches: SearchDesk
    staff: StaffRegister
    outreach: OutreachStore
    memory: Memory
    now: Clock

    @classmethod
    def of(
        cls,
        settings: Settings,
        matcher: Matcher,
        now: Clock = utc_now,
        outreach: OutreachStore | None = None,
    ) -> State:
        """Derive names and map from the matcher's data, and open the database.

        Outreach is computed when it is asked for first, or by `start_outreach`.

        Raises
        ------
        service.storage.UnusableDatabaseError
            IKZ_DATABASE_URL cannot be used.
        """
        bodies = matcher.dataset.bodies
        database = Database(settings.database_url)
        desk = SearchDesk(
            register=SearchRegister(database, now, settings.search_days),
            mailer=Mailer(settings, now),
            reciprocity=Reciprocity(matcher),
            matcher=matcher,
            base_url=settings.base_url,
        )
        try:
            desk.register.purge()
        except StorageError as problem:
            # Partners are found without it; what needs it says so and tries again.
            _LOG.error("Die Datenbank ist nicht nutzbar: %s", problem.detail)
        return cls(
            settings=settings,
            matcher=matcher,
            names=NameIndex(bodies),
            statemap=StateMap(bodies),
            map_json=map_json(bodies),
            database=database,
            searches=desk,
            staff=StaffRegister(database, now, settings.staff_hours),
            outreach=outreach or OutreachStore(matcher, pieces=Pieces(database, now)),
            memory=Memory(database, now, settings.outreach_rest_days),
            now=now,
        )

    @cached_property
    def regions(self) -> list[str]:
        """Names of the Regierungsbezirke, in order, for forms."""
        return sorted(self.matcher.dataset.bodies["government_region"].dropna().unique())

    @cached_property
    def districts(self) -> list[tuple[str, str]]:
        """Key and name of each Kreis, by name, for forms."""
        bodies = self.matcher.dataset.bodies
        names = bodies[bodies["kind"] == Kind.DISTRICT.value]["name"]
        return sorted(zip(map(str, names.index), names, strict=True), key=lambda kreis: kreis[1])

    def warm_up(self) -> None:
        """Answer one request, so that nobody waits for what is derived on first use."""
        key = str(self.matcher.dataset.bodies.index[0])
        self.matcher.match(MatchRequest(body=key, description="Aufgaben gemeinsam erledigen"))

    def start_outreach(self) -> None:
        """Begin to compute outreach where there is somebody to read it; returns at once."""
        try:
            if self.staff.names():
                self.outreach.start()
        except StorageError:
            return  # the first who logs in starts it


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
    """Return the state of the app that a request belongs to.

    Raises
    ------
    ProblemError
        503 as long as data and models are being loaded.
    """
    state: State | None = request.app.state.ikz
    if state is None:
        raise ProblemError(
            503,
            "Daten und Modelle werden noch geladen. Bitte in einigen Sekunden noch einmal fragen.",
            headers={"Retry-After": str(_RETRY_S)},
        )
    return state


Current = Annotated[State, Depends(current)]
