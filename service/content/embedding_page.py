"""GET /beispiel-einbindung: how a portal puts the search into its own page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.web.prefix import prefixed
from service.web.templating import TEMPLATES

router = APIRouter(include_in_schema=False)


@router.get("/beispiel-einbindung", response_class=HTMLResponse)
def show_example(request: Request) -> HTMLResponse:
    """Show the element at work and the lines to copy, with this service's own address."""
    host = str(request.base_url).rstrip("/")
    below = prefixed("/")
    context = {
        "address": host + below.rstrip("/"),
        # In a policy a path means what lies below it only where it ends in a slash.
        "allowed": host if below == "/" else host + below,
    }
    return TEMPLATES.TemplateResponse(request, "content/embed.html", context)
