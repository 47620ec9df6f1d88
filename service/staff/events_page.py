"""For staff: what was done, by whom and when, at `/impulse/protokoll`."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.staff import events
from service.staff.access import PageStaff
from service.staff.accounts import Accounts
from service.web.state import Current
from service.web.templating import changing_page

router = APIRouter(prefix="/impulse/protokoll", include_in_schema=False)
MOST = 200


@router.get("")
def show_events(request: Request, state: Current, staff: PageStaff) -> HTMLResponse:
    """Show the newest actions; all of them are told by `ikz staff audit`."""
    accounts = state[Accounts]
    found = events.listed(accounts.database, accounts.now, MOST)
    context = {"events": found, "most": MOST, "operator": events.OPERATOR, "me": staff.name}
    return changing_page(request, "staff/events.html", context)
