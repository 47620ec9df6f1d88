"""Open data at stable addresses: `/daten`, its files, and how complete they are."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from data.land import AUDIT, ReportedShare
from matcher.german import percent
from matcher.outreach.coverage import coverage
from service.content import dcat, open_data
from service.content.confirmations import Confirmations
from service.web.attachments import MEDIA_TYPES
from service.web.state import Current
from service.web.templating import TEMPLATES

router = APIRouter(prefix="/daten", include_in_schema=False)
_BY_DISTRICT = "1.3.2"  # section of the report
_BOUNDS = {"at_least": "mindestens ", "below": "unter ", "exact": ""}


@router.get("", response_class=HTMLResponse)
def show_data(request: Request, state: Current) -> HTMLResponse:
    """Show files, licence, and coverage by task area and Kreis beside gpaNRW's counts."""
    table = coverage(state.matcher.knowledge)
    districts = zip(
        table.districts, table.participations_by_district.tolist(),
        table.bodies_by_district.tolist(), strict=True,
    )  # fmt: skip
    context = {
        "total": len(state.matcher.dataset.cooperations),
        "version": state.matcher.dataset.version,
        "day": state.matcher.dataset.version.partition("+")[0],
        "readings": [
            (reading, percent(reading.known), _reported(reading.reported))
            for reading in table.readings
        ],
        "districts": [(key, state.directory.name(key), n, of) for key, n, of in districts],
        "audit": AUDIT,
        "counted": [each for each in AUDIT.activities if each.section == _BY_DISTRICT],
    }
    return TEMPLATES.TemplateResponse(request, "content/data.html", context)


@router.get("/kooperationen.csv")
def get_csv(state: Current) -> Response:
    """Return all known cooperations as CSV."""
    content = open_data.to_csv(state.matcher, state[Confirmations].all())
    return _file(content, MEDIA_TYPES["csv"])


@router.get("/kooperationen.json")
def get_json(state: Current) -> Response:
    """Return all known cooperations as JSON."""
    content = open_data.to_json(state.matcher, state[Confirmations].all())
    return _file(content, "application/json")


@router.get("/katalog.jsonld")
def get_catalogue(state: Current) -> Response:
    """Return the metadata as DCAT-AP.de."""
    document = dcat.catalogue(state.settings.base_url, state.matcher.dataset.version)
    return _file(json.dumps(document, ensure_ascii=False).encode("utf-8"), dcat.MEDIA_TYPE)


def _file(content: bytes, media_type: str) -> Response:
    # Open to pages of others, too: these are open data.
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"}
    return Response(content, media_type=media_type, headers=headers)


def _reported(share: ReportedShare | None) -> str:
    """Return what was counted: "mindestens 75 %", "" where there is no figure."""
    return "" if share is None else f"{_BOUNDS[share.bound]}{percent(share.share)}"
