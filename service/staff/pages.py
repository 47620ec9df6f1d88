"""The pages to log in and out."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal, TypedDict

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.problems import ProblemError
from service.staff.access import COOKIE, PageStaff, check_csrf
from service.staff.accounts import DEVICE_DAYS, MAX_NAME, Accounts
from service.staff.login_limits import Origin
from service.staff.passwords import MAX_LENGTH
from service.web.admission import Work, is_work
from service.web.state import Current, State
from service.web.templating import TEMPLATES

router = APIRouter(include_in_schema=False)
HOME = "/impulse"
DEVICE_COOKIE = "ikz_geraet"
DELAY_S = 1.0
"""A wrong password is answered that much later: who guesses, guesses slowly."""
Typed = Annotated[str, Form()]
_NOTES = {"abgemeldet": "Sie sind abgemeldet."}


def own_form(request: Request) -> None:
    """Refuse a login that another site made a browser send.

    Raises
    ------
    ProblemError
        403; browsers say where a form stands, other clients say nothing.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise ProblemError(403, "Bitte melden Sie sich auf der Seite dieses Dienstes an.")


@router.get("/anmelden")
def show_login(
    request: Request,
    state: Current,
    weiter: Annotated[str, Query(max_length=2_000)] = "",
    meldung: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Show the form; who is logged in goes on at once."""
    if request.state.staff is not None:
        return RedirectResponse(_target(weiter), status_code=303)
    return _form(request, _target(weiter), note=_NOTES.get(meldung, ""))


@router.post("/anmelden", dependencies=[Depends(own_form)])
@is_work(Work.STORED)
async def log_in(
    request: Request,
    state: Current,
    name: Typed = "",
    password: Typed = "",
    weiter: Typed = "",
) -> Response:
    """Log in and set the only cookies of this service: of the session and of the device."""
    target = _target(weiter)
    origin = Origin(
        address=request.client.host if request.client else "",
        device=request.cookies.get(DEVICE_COOKIE, ""),
    )
    try:
        login = await run_in_threadpool(
            state[Accounts].log_in, name[: MAX_NAME + 1], password[: MAX_LENGTH + 1], origin
        )
    except ProblemError as problem:
        if problem.status == 401:
            await asyncio.sleep(DELAY_S)
        return _form(request, target, name[:MAX_NAME], problem)
    response = RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
    options = _cookie_options(state)
    lasts_s = 3_600 * state.settings.staff_hours
    response.set_cookie(COOKIE, login.session, max_age=lasts_s, **options)
    # Only the login asks for it, and logging out leaves it.
    response.set_cookie(
        DEVICE_COOKIE, login.device, max_age=86_400 * DEVICE_DAYS, path="/anmelden", **options
    )
    return response


@router.post("/abmelden")
def log_out(request: Request, state: Current, staff: PageStaff, csrf: Typed = "") -> Response:
    """End the session."""
    check_csrf(staff, csrf)
    state[Accounts].log_out(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/anmelden?meldung=abgemeldet", status_code=303)
    response.delete_cookie(COOKIE, **_cookie_options(state))
    return response


class _CookieOptions(TypedDict):
    httponly: bool
    samesite: Literal["strict"]
    secure: bool


def _cookie_options(state: State) -> _CookieOptions:
    """Keep a cookie from scripts, from other sites, and from connections that are not encrypted."""
    secure = state.settings.base_url.startswith("https://")
    return {"httponly": True, "samesite": "strict", "secure": secure}


def _form(
    request: Request,
    target: str,
    name: str = "",
    problem: ProblemError | None = None,
    note: str = "",
) -> HTMLResponse:
    headers = {"Cache-Control": "no-store"} | dict((problem and problem.headers) or {})
    return TEMPLATES.TemplateResponse(
        request,
        "staff/login.html",
        {"target": target, "name": name, "problem": problem, "note": note},
        status_code=problem.status if problem else 200,
        headers=headers,
    )


def _target(text: str) -> str:
    """Return where to go after the login: a page for staff, never another site."""
    inside = text == HOME or text.startswith((f"{HOME}/", f"{HOME}?"))
    return text if inside and text.isprintable() and "\\" not in text else HOME
