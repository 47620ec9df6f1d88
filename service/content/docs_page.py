"""The interface at `/docs`, described from its own OpenAPI document."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.web.templating import TEMPLATES

router = APIRouter(include_in_schema=False)


@router.get("/docs", response_class=HTMLResponse)
def show_docs(request: Request) -> HTMLResponse:
    """Describe the interface from its own OpenAPI document, without foreign scripts."""
    document = request.app.openapi()
    return TEMPLATES.TemplateResponse(request, "content/docs.html", {"api": document})
