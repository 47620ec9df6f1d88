"""The application: routes, errors, headers, log."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from starlette.exceptions import HTTPException
from starlette.routing import Match

from data.land import LAND
from matcher import Matcher
from service.alerts import pages as alert_pages
from service.content import (
    body_pages,
    body_routes,
    cooperation_pages,
    cooperation_routes,
    data_pages,
    docs_page,
    embedding_page,
    meta_routes,
    method_page,
    vocabulary_routes,
)
from service.documents import routes as document_routes
from service.feedback import routes as feedback_routes
from service.hints import pages as hint_pages
from service.hints import staff_pages as hint_staff_pages
from service.legal import pages as legal_pages
from service.loading import (
    close_state,
    load_matcher,
    open_state,
    start_mail,
    start_outreach,
    warm_up,
)
from service.matching import form_download, suggestion_routes
from service.matching import pages as matching_pages
from service.matching import routes as matching_routes
from service.openings import outcome_pages, owner_pages
from service.openings import pages as opening_pages
from service.openings import routes as opening_routes
from service.openings import staff_pages as opening_staff_pages
from service.outreach import (
    centres_page,
    coverage_page,
    detail_page,
    list_page,
    outcomes_page,
    weekly,
)
from service.outreach import routes as outreach_routes
from service.problems import ProblemError, from_validation
from service.settings import Settings
from service.staff import events_page
from service.staff import pages as staff_pages
from service.staff.access import note_staff
from service.web import error_pages, health_routes
from service.web.admission import Admission, Work, admitted
from service.web.client_quotas import ClientQuotas, limit_client
from service.web.compressed_files import CompressedFiles
from service.web.cors import EmbedFiles, add_cors
from service.web.guard import Guard
from service.web.head_requests import HeadRequests
from service.web.metrics import Metrics
from service.web.openapi import DescribedApp
from service.web.prefix import Prefix, prefix_of
from service.web.schemas import known_fields

_LOG = logging.getLogger("ikz.service")
_WEB = Path(__file__).parent / "web"
_STATIC, _MODULES = _WEB / "static", _WEB / "node_modules"
VENDOR = {
    "kern": _MODULES / "@kern-ux" / "native" / "dist",
    "leaflet": _MODULES / "leaflet" / "dist",
}
_DESCRIPTION = (
    f"Schlägt Partner für interkommunale Zusammenarbeit in {LAND.name} vor und nennt die "
    "Gründe. Jedes Ergebnis ist ein Vorschlag, kein Urteil über eine Kommune."
)
_PUBLIC = (
    matching_routes, suggestion_routes, body_routes, cooperation_routes, vocabulary_routes,
    meta_routes, health_routes, matching_pages, docs_page, form_download, document_routes,
    embedding_page,
    body_pages, cooperation_pages, data_pages, method_page, legal_pages,
)  # fmt: skip
# These ask the database: where it is slow, nothing else is.
_STORED = (
    alert_pages, hint_pages, hint_staff_pages, opening_staff_pages, events_page, outcome_pages,
    opening_routes, opening_pages, owner_pages, feedback_routes, staff_pages, outreach_routes,
    coverage_page, centres_page, weekly, outcomes_page, list_page, detail_page,
)  # fmt: skip
# In this order an address is looked for, and the interface is described.
ROUTERS = tuple(module.router for module in (*_PUBLIC, *_STORED))
Loaded = Callable[[Exception | None], None]


def create_app(
    settings: Settings | None = None,
    matcher: Matcher | None = None,
    loaded: Loaded | None = None,
) -> FastAPI:
    """Make the application.

    Parameters
    ----------
    settings
        Default: from the environment.
    matcher
        A loaded matcher; default: loaded by the settings in a thread once the server runs, while
        /health/live already answers and everything that needs it is 503.
    loaded
        Called from that thread when it is done, with what went wrong or None; default: logs it.
    """
    settings = settings or Settings()
    prefix = prefix_of(settings.base_url)
    app = DescribedApp(
        lifespan=_lifespan(settings, loaded or _log_outcome),
        title="IKZ-Partnersuche",
        version="1",
        description=_DESCRIPTION,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": prefix}] if prefix else None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.metrics = Metrics()
    app.state.ikz = None if matcher is None else open_state(settings, matcher)
    app.state.reload = None
    app.state.admission = Admission()
    app.state.quotas = ClientQuotas(settings.client_requests)
    for module in _PUBLIC:
        app.include_router(module.router, dependencies=_first(module, Work.PAGES))
    for module in _STORED:
        app.include_router(module.router, dependencies=_first(module, Work.STORED))
    # All bodies with reasons are 0.9 MB: half the time of level 6 for a fourth more bytes.
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=3)
    # Before /static: the first mount that fits answers.
    app.mount("/static/embed", EmbedFiles(_STATIC / "embed"), name="embed")
    app.mount("/static", CompressedFiles(_STATIC), name="static")
    for name, folder in VENDOR.items():
        if folder.is_dir():
            app.mount(f"/vendor/{name}", CompressedFiles(folder), name=name)
        else:
            _LOG.warning(
                "Die Seiten bleiben schlicht: %s fehlt. Abhilfe: npm ci --prefix service/web",
                folder,
            )
    _handle_errors(app)

    app.add_middleware(HeadRequests)
    app.add_middleware(Guard, metrics=app.state.metrics, most_bytes=settings.max_body_bytes)
    add_cors(app, settings.cors_origins)
    if prefix:
        # Outermost: all others know the addresses of this service alone.
        app.add_middleware(Prefix, prefix=prefix)
    return app


def _first(module: ModuleType, work: Work) -> list[Any]:
    """Return what comes before the endpoints of a module; before those of health nothing does."""
    if module is health_routes:
        return []
    # The place is given back before the answer is sent: who reads it slowly keeps none.
    return [
        Depends(note_staff),
        Depends(limit_client),
        Depends(admitted(work), scope="function"),
    ]


def _lifespan(
    settings: Settings, loaded: Loaded
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if app.state.ikz is None:
            # A daemon, so that Ctrl-C does not wait for a model that nobody will use.
            threading.Thread(
                target=_load, args=(app, settings, loaded), name="ikz-load", daemon=True
            ).start()
        yield
        if app.state.ikz is not None:
            await run_in_threadpool(close_state, app.state.ikz)

    return lifespan


def _load(app: FastAPI, settings: Settings, loaded: Loaded) -> None:
    try:
        state = open_state(settings, load_matcher(settings))
        warm_up(state)
    except Exception as error:  # an error lost in a thread would leave the service at 503 for ever
        loaded(error)
        return
    app.state.ikz = state
    start_outreach(state)
    start_mail(state)
    loaded(None)


def _log_outcome(error: Exception | None) -> None:
    log = logging.getLogger("ikz.service")
    if error is None:
        log.info("Daten und Modelle sind geladen.")
    else:
        log.critical("Der Dienst kann nicht starten: %s", error, exc_info=error)


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(ProblemError)
    async def known(request: Request, error: ProblemError) -> Response:
        return error_pages.respond(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        read_as = getattr(request.scope.get("route"), "body_field", None)
        model = None if read_as is None else read_as.field_info.annotation
        problem = from_validation(error.errors(), error.body, partial(known_fields, model))
        return error_pages.respond(request, problem)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        sentences = {
            404: "Diese Adresse gibt es nicht.",
            405: f"Die Methode {request.method} ist hier nicht erlaubt.",
            400: "Der Inhalt der Anfrage ist nicht lesbar (erwartet: JSON in UTF-8).",
        }
        detail = sentences.get(error.status_code, "Die Anfrage ist nicht möglich.")
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = _allowed(request)
            detail += f" Möglich: {headers['Allow']}."
        problem = ProblemError(error.status_code, detail, headers=headers)
        return error_pages.respond(request, problem)


def _allowed(request: Request) -> str:
    """Return the methods of all routes at an address: the framework names those of one alone."""
    found: set[str] = set()
    for router in ROUTERS:
        for route in router.routes:
            fits, _ = route.matches(request.scope)
            if fits is not Match.NONE:
                found |= getattr(route, "methods", None) or set()
    if "GET" in found:
        found.add("HEAD")
    # Files are mounted, and know these.
    return ", ".join(sorted(found or {"GET", "HEAD"}))
