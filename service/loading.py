"""From settings to all that routes need: the matcher, the database, the parts of each feature."""

from __future__ import annotations

import logging

from data import DataError, legal_steps, provenance
from data.dataset import TABLES
from data.language import load_language
from data.legal_steps import LegalSteps, read_legal_steps
from data.official_sites import hosts_in
from matcher import Matcher, MatchRequest
from models import MissingModelError, StaleArtifactError
from service.alerts.store import AlertStore
from service.alerts.watching import Watch
from service.content.confirmations import Confirmations
from service.content.success_rate import SuccessRate
from service.documents.next_steps import block
from service.hints.store import HintStore
from service.mail import probe as mail_probe
from service.mail.outbox import Outbox
from service.mail.rounds import Rounds
from service.mail.waking import Waking
from service.matching.answers import Answers
from service.matching.next_steps import NextSteps
from service.matching.official_hosts import OfficialHosts
from service.matching.open_searches import OpenSearches
from service.openings.body_proof import MailDomains
from service.openings.fit_store import FitStore
from service.openings.fitting import Fitting
from service.openings.outcomes import Outcomes
from service.openings.publishing import Openings
from service.openings.reciprocal import Reciprocity
from service.openings.store import OpeningStore
from service.outreach.background import OutreachStore
from service.outreach.history import History
from service.outreach.score_store import ScoreStore
from service.settings import Settings
from service.staff.accounts import Accounts
from service.staff.api_keys import ApiKeys
from service.staff.passwords import Passwords
from service.storage import Database, Fault, StorageError
from service.storage.condition import look_at
from service.storage.moments import Clock, utc_now
from service.web.health import Health, PartHealth
from service.web.state import State

_LOG = logging.getLogger("ikz.service")
_ASK_DATABASE_S, _ASK_MAIL_S = 5.0, 60.0


def load_matcher(settings: Settings) -> Matcher:
    """Load the matcher; without its text model the service starts degraded.

    Raises
    ------
    data.DataError, models.ModelError
        Data or ranker cannot be used; there is nothing to serve then.
    """
    try:
        matcher = _load_matcher(settings)
    except StaleArtifactError:
        # A digit that fell over, or a broken line, is no reason to train anew.
        _refuse_damaged(settings)
        load_language(settings.data_dir)
        raise
    _refuse_damaged(settings)
    return matcher


def _refuse_damaged(settings: Settings) -> None:
    damaged = provenance.damaged_files(settings.data_dir or TABLES)
    if damaged:
        raise DataError(damaged)


def _load_matcher(settings: Settings) -> Matcher:
    try:
        return Matcher.load(
            settings.data_dir,
            settings.text_model,
            settings.artifacts_dir,
            show_progress=True,
            region=settings.region,
        )
    except MissingModelError as error:
        if not settings.text_model:
            raise
        # A second failure is not about the text model and goes to the caller.
        matcher = Matcher.load(
            settings.data_dir, None, settings.artifacts_dir, region=settings.region
        )
        _LOG.warning("%s Der Dienst startet eingeschränkt, ohne Textmodell.", error)
        return matcher


def open_state(
    settings: Settings,
    matcher: Matcher,
    now: Clock = utc_now,
    outreach: OutreachStore | None = None,
    passwords: Passwords | None = None,
    database: Database | None = None,
) -> State:
    """Open the database, and compose the features.

    Outreach is computed when it is asked for first, or by `start_outreach`; mails wait for
    `start_mail`.

    Parameters
    ----------
    settings, matcher, now
        What the service is started with, and its clock.
    outreach
        A list that is computed already; default: it will be.
    passwords
        How passwords are hashed; default: as slowly as is recommended.
    database
        Open already; default: that of the settings is opened.

    Raises
    ------
    service.storage.UnusableDatabaseError
        IKZ_DATABASE_URL cannot be used.
    """
    database = database or Database(settings.database_url)
    outbox = Outbox(database, settings, now)
    rounds = Rounds(
        outbox,
        settings,
        before=[lambda: openings.tell_fits(), lambda: watch.tell(), lambda: outcomes.ask()],
    )
    domains = MailDomains.of(matcher.dataset, settings.mail_domains)
    store = OpeningStore(database, now, settings.search_days, outbox, domains)
    reciprocity = Reciprocity(matcher)
    openings = Openings(
        store,
        FitStore(database, outbox, now),
        outbox,
        rounds.wake,
        reciprocity,
        matcher,
        settings.base_url,
    )
    try:
        store.purge()
    except StorageError as problem:
        # Partners are found without it; what needs it says so and tries again.
        _LOG.error("Die Datenbank ist nicht nutzbar: %s", problem.detail)
    fitting = Fitting(store, reciprocity)
    alerts = AlertStore(database, outbox, now)
    watch = Watch(alerts, matcher, fitting.since, fitting.newest, settings.base_url)
    outcomes = Outcomes(database, outbox, now, settings.base_url)
    hints = HintStore(database, outbox, now)
    computed = outreach or OutreachStore(matcher.of_land(), scores=ScoreStore(database, now))
    legal = _legal_steps(settings)
    sites = _official_hosts(matcher)
    return State(
        settings=settings,
        matcher=matcher,
        database=database,
        now=now,
        parts={
            Answers: Answers.none_yet(),
            Health: _health(settings, database),
            Openings: openings,
            Rounds: rounds,
            Waking: Waking(rounds.wake),
            OpenSearches: OpenSearches(fitting.find, fitting.of_bodies),
            LegalSteps: legal,
            OfficialHosts: sites,
            HintStore: hints,
            AlertStore: alerts,
            Watch: watch,
            Outcomes: outcomes,
            SuccessRate: SuccessRate(lambda: _success(outcomes)),
            Confirmations: _confirmations(hints),
            NextSteps: NextSteps(
                lambda known, text: block(known, text, legal, sites, now().date())
            ),
            OutreachStore: computed,
            History: History(database, now, settings.outreach_rest_days),
            ApiKeys: ApiKeys(database, now),
            Accounts: Accounts(
                database,
                now,
                settings.staff_hours,
                passwords or Passwords(),
                # Who logs in comes for the list.
                on_login=lambda: computed.start(),
            ),
        },
    )


def _legal_steps(settings: Settings) -> LegalSteps:
    own = None if settings.data_dir is None else settings.data_dir / legal_steps.TABLE
    # A data folder of one's own need not hold it.
    chosen = own if own and own.is_file() else TABLES / legal_steps.TABLE
    return read_legal_steps(chosen, provenance.sealed(chosen.parent))


def _official_hosts(matcher: Matcher) -> OfficialHosts:
    return OfficialHosts(hosts_in(matcher.dataset, matcher.interpreter.tasks.tasks))


def _success(outcomes: Outcomes) -> tuple[int, int] | None:
    """Return (answered, found); None where the database is away."""
    try:
        counted = outcomes.success()
    except StorageError:
        return None
    return counted.answered, counted.found


def _confirmations(hints: HintStore) -> Confirmations:
    """Tell accepted hints as claim and day; none where the database is away: pages do without."""

    def last(record: str) -> tuple[str, str] | None:
        try:
            found = hints.accepted(record)
        except StorageError:
            return None
        return None if found is None else (found.claim.value, found.at.date().isoformat())

    def every() -> dict[str, tuple[str, str]]:
        try:
            found = hints.all_accepted()
        except StorageError:
            return {}
        return {key: (each.claim.value, each.at.date().isoformat()) for key, each in found.items()}

    return Confirmations(last, every)


def _health(settings: Settings, database: Database) -> Health:
    def storage() -> PartHealth:
        condition = look_at(database)
        return PartHealth(status=_code(condition.fault), version=condition.kind)

    def schema() -> PartHealth:
        condition = look_at(database)
        return PartHealth(status=_code(condition.fault), version=condition.schema)

    def mail() -> PartHealth:
        return PartHealth(status=mail_probe.probe(settings))

    return Health(
        {
            "database": (storage, _ASK_DATABASE_S),
            "schema": (schema, _ASK_DATABASE_S),
            "mail": (mail, _ASK_MAIL_S),
        }
    )


def _code(fault: Fault | None) -> str:
    return "ok" if fault is None else fault.name.lower()


def warm_up(state: State) -> None:
    """Ask as one body of each kind did, so that nobody waits for what is derived on first use."""
    asked = {
        state.directory[key].kind: (key, known.request)
        for known in state.matcher.dataset.cooperations
        for key in known.participants
    }
    for key, text in asked.values():
        state.matcher.match(MatchRequest(body=key, description=text))


def start_mail(state: State) -> None:
    """Hand mails over in the background, those first that an earlier service left."""
    state[Rounds].start()


def close_state(state: State) -> None:
    """End what goes on in the background, and let the database go."""
    state[Rounds].stop()
    state.database.close()


def start_outreach(state: State) -> None:
    """Begin to compute outreach where there is somebody to read it; returns at once."""
    try:
        if state[Accounts].names():
            state[OutreachStore].start()
    except StorageError:
        return  # the first who logs in starts it
