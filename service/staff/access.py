"""Who asks: the session behind a request, and what strangers get instead."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Header, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from service.problems import ProblemError
from service.staff.accounts import MAX_NAME, Accounts, StaffSession
from service.staff.api_keys import ApiKeys, Scope
from service.storage import StorageError
from service.web.admission import Work
from service.web.state import State, current

COOKIE = "ikz_anmeldung"
_IN_COOKIE = APIKeyCookie(
    name=COOKIE, auto_error=False, description="Die Anmeldung der Geschäftsstelle (/anmelden)."
)
_KEY = HTTPBearer(
    auto_error=False,
    scheme_name="ApiKey",
    description="Ein Schlüssel für Programme (ikz key create).",
)
_NO_KEY = "Dieser Schlüssel gilt nicht (mehr)."
_LACKS = "Diesem Schlüssel fehlt das Recht {}."
_LOGIN = "Dafür müssen Sie angemeldet sein."
_STALE = (
    "Diese Eingabe gehört nicht zu Ihrer Anmeldung. Bitte laden Sie die Seite neu und versuchen "
    "Sie es noch einmal."
)


async def note_staff(request: Request) -> None:
    """Keep who is logged in as `request.state.staff`, for every page; None for strangers."""
    request.state.staff = None
    state: State | None = request.app.state.ikz
    token = request.cookies.get(COOKIE)
    if state is None or not token:
        return
    try:
        async with request.app.state.admission.place(Work.STORED):
            request.state.staff = await run_in_threadpool(state[Accounts].session, token)
    except StorageError:
        return  # public pages do without the database; what needs it asks again and says so


def page_staff(request: Request) -> StaffSession:
    """Return who is logged in.

    Raises
    ------
    ProblemError
        303 to the login, which leads back; 503 without a database.
    """
    staff = _staff(request)
    if staff is not None:
        return staff
    back = request.url.path if request.method == "GET" else "/impulse"
    if request.method == "GET" and request.url.query:
        back += f"?{request.url.query}"
    address = f"/anmelden?weiter={quote(back, safe='')}"
    raise ProblemError(303, _LOGIN, headers={"Location": address, "Cache-Control": "no-store"})


def api_staff(
    request: Request,
    _given: Annotated[str | None, Security(_IN_COOKIE)],
    key: Annotated[HTTPAuthorizationCredentials | None, Security(_KEY)],
) -> StaffSession:
    """Return who is logged in.

    Raises
    ------
    ProblemError
        401 for strangers, 403 where a key lacks the scope; 503 without a database.
    """
    if key is not None:
        return _program(request, key.credentials)
    staff = _staff(request)
    if staff is None:
        sentence = f"{_LOGIN} Die Anmeldung geschieht unter /anmelden."
        raise ProblemError(401, sentence, headers={"WWW-Authenticate": "Cookie"})
    return staff


PageStaff = Annotated[StaffSession, Depends(page_staff)]
ApiStaff = Annotated[StaffSession, Depends(api_staff)]


def writing_staff(
    request: Request, staff: ApiStaff, x_csrf_token: Annotated[str, Header(max_length=200)] = ""
) -> StaffSession:
    """Return who is logged in and sent the token of their session.

    Raises
    ------
    ProblemError
        401 for strangers, 403 without the token.
    """
    scopes = getattr(request.state, "scopes", None)
    if scopes is None:
        check_csrf(staff, x_csrf_token)
    elif Scope.OUTREACH_WRITE not in scopes:
        raise ProblemError(403, _LACKS.format(Scope.OUTREACH_WRITE.value))
    return staff


WritingStaff = Annotated[StaffSession, Depends(writing_staff)]


def check_csrf(staff: StaffSession, given: str) -> None:
    """Refuse what another site made a browser send.

    Raises
    ------
    ProblemError
        403: the token is not that of the session.
    """
    if not hmac.compare_digest(staff.csrf.encode(), given.encode("utf-8", "replace")):
        raise ProblemError(403, _STALE)


def _program(request: Request, given: str) -> StaffSession:
    """Return who has a key; no other site can make a browser send it, so that it needs no more."""
    key = current(request)[ApiKeys].find(given)
    if key is None:
        raise ProblemError(401, _NO_KEY, headers={"WWW-Authenticate": "Bearer"})
    if not key.scopes & {Scope.OUTREACH_READ, Scope.OUTREACH_WRITE}:
        raise ProblemError(403, _LACKS.format(Scope.OUTREACH_READ.value))
    far = datetime.max.replace(tzinfo=UTC)
    staff = StaffSession(f"Schlüssel {key.name}"[:MAX_NAME], key.expires or far, "")
    # Noted like a person, so that no cache keeps the answer.
    request.state.scopes, request.state.staff = key.scopes, staff
    return staff


def _staff(request: Request) -> StaffSession | None:
    state = current(request)
    noted: StaffSession | None = getattr(request.state, "staff", None)
    if noted is not None:
        return noted
    token = request.cookies.get(COOKIE)
    return state[Accounts].session(token) if token else None
