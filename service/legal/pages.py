"""Impressum, Datenschutz and Barrierefreiheit: templates that the operator fills in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

from service.settings import Settings
from service.storage.retention import EXPIRED_DAYS, UNCONFIRMED_DAYS
from service.web.state import Current
from service.web.templating import LOADER, TEMPLATES

router = APIRouter(include_in_schema=False)
_OPERATOR = "operator"


@router.get("/impressum", response_class=HTMLResponse)
def show_imprint(request: Request, state: Current) -> HTMLResponse:
    """Name who runs the service."""
    return _page(request, state.settings, "impressum.html")


@router.get("/datenschutz", response_class=HTMLResponse)
def show_privacy(request: Request, state: Current) -> HTMLResponse:
    """Say what is stored and what is not; sections about parts that do not run are left out."""
    addresses = request.app.openapi()["paths"]
    parts: dict[str, Any] = {
        name: f"/v1/{name}" in addresses for name in ("searches", "feedback", "outreach")
    }
    parts |= {
        "search_days": state.settings.search_days,
        "mail_days": state.settings.mail_days,
        "staff_hours": state.settings.staff_hours,
        "unconfirmed_days": UNCONFIRMED_DAYS,
        "expired_days": EXPIRED_DAYS,
    }
    return _page(request, state.settings, "datenschutz.html", parts)


@router.get("/barrierefreiheit", response_class=HTMLResponse)
def show_accessibility(request: Request, state: Current) -> HTMLResponse:
    """State how accessible the pages are, and where to complain."""
    return _page(request, state.settings, "barrierefreiheit.html")


def _page(
    request: Request, settings: Settings, name: str, context: dict[str, Any] | None = None
) -> HTMLResponse:
    """Show the operator's page where there is one, else the shipped template."""
    folder = settings.legal_dir
    if folder is None or not (folder / name).is_file():
        return TEMPLATES.TemplateResponse(request, f"legal/{name}", context)
    return _templates(folder).TemplateResponse(request, f"{_OPERATOR}/{name}", context)


@cache
def _templates(folder: Path) -> Jinja2Templates:
    """Return templates that see the operator's folder under a name of its own.

    So a page there can extend `legal/impressum.html` and fill single blocks, or extend `base.html`
    and be written anew; it cannot replace a shipped template by accident.
    """
    loader = ChoiceLoader([LOADER, PrefixLoader({_OPERATOR: FileSystemLoader(folder)})])
    return Jinja2Templates(env=TEMPLATES.env.overlay(loader=loader))
