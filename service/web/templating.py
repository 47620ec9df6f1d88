"""The templates that all pages share, with the filters of German readers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from data.land import LAND
from matcher.german import count, german_date, listing, number, percent
from service.web.prefix import PrefixedLinks

_SERVICE = Path(__file__).parent.parent
# Templates of a feature lie in its folder and are called by its name: "outreach/list.html".
_FEATURES = {
    folder.parent.name: FileSystemLoader(folder)
    for folder in sorted(_SERVICE.glob("*/templates"))
    if folder.parent.name != "web"
}
LOADER = ChoiceLoader([FileSystemLoader(_SERVICE / "web" / "templates"), PrefixLoader(_FEATURES)])


def signed(value: float) -> str:
    """Return log-odds with their sign: 1.412 -> "+1,41"."""
    return f"{'+' if value >= 0 else '−'}{number(abs(value), 2)}"


def certainty(share: float) -> str:
    """Return a probability in percent that never claims to be sure."""
    return "über 99 %" if share > 0.995 else percent(share)


_ENVIRONMENT = Environment(loader=LOADER, autoescape=True, extensions=[PrefixedLinks])
TEMPLATES = Jinja2Templates(env=_ENVIRONMENT)
TEMPLATES.env.globals["land"] = LAND
TEMPLATES.env.filters |= {
    "number": number,
    "percent": percent,
    "listing": listing,
    "counted": count,
    "signed": signed,
    "certainty": certainty,
    "german_date": german_date,
    "as_json": lambda value: json.dumps(value, ensure_ascii=False, indent=2),
}


def changing_page(
    request: Request, template: str, context: Mapping[str, Any], status: int = 200
) -> HTMLResponse:
    """Return a page that shows what changes or is meant for one reader: no cache keeps it."""
    return TEMPLATES.TemplateResponse(
        request,
        template,
        dict(context),
        status_code=status,
        headers={"Cache-Control": "no-store"},
    )
