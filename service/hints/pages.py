"""The pages for who gives a hint: the form at `/hinweise/zu/…`, thanks, confirmation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.hints import letters
from service.hints.hint import Claim
from service.hints.records import Subject, is_own_domain, subject_of
from service.hints.store import HintStore
from service.mail.waking import Waking
from service.matching.official_hosts import OfficialHosts
from service.problems import ProblemError
from service.text_fields import MAX_EMAIL, MAX_MESSAGE, email_address, paragraphs
from service.web.state import Current, State
from service.web.templating import changing_page

router = APIRouter(prefix="/hinweise", include_in_schema=False)
Typed = Annotated[str, Form()]
Token = Annotated[str, Query(max_length=200)]


@router.get("")
def show_start(request: Request) -> HTMLResponse:
    """Say where a hint is given."""
    return _render(request, "start.html", {})


@router.get("/zu/{identifier}")
def show_form(
    identifier: str, request: Request, state: Current, angabe: Annotated[str, Query()] = ""
) -> HTMLResponse:
    """Show the form about one record."""
    return _form(request, state, subject_of(state.matcher, identifier), {"claim": angabe[:20]})


@router.post("/zu/{identifier}")
def give(
    identifier: str,
    request: Request,
    state: Current,
    claim: Typed = "",
    text: Typed = "",
    email: Typed = "",
) -> Response:
    """Keep a hint, or show what is wrong with nothing lost."""
    subject = subject_of(state.matcher, identifier)
    typed = {"claim": claim[:20], "text": text.replace("\r\n", "\n"), "email": email}
    said, errors = _checked(subject, typed)
    if said is None:
        return _form(request, state, subject, typed, errors, 422)
    base_url, address = state.settings.base_url, typed["email"].strip()
    try:
        if address:
            state[HintStore].outbox.check()
        state[HintStore].add(
            subject.id,
            said,
            typed["text"].strip(),
            address,
            lambda hint, token: letters.confirmation(address, hint, token, base_url),
        )
    except ProblemError as problem:
        return _form(request, state, subject, typed, {"": problem.detail}, problem.status)
    state[Waking].wake()  # somebody may wait for a mail
    mailed = "?mail=1" if address else ""
    return RedirectResponse(f"/hinweise/danke{mailed}", status_code=303)


@router.get("/danke")
def show_thanks(request: Request, mail: Annotated[str, Query(max_length=1)] = "") -> HTMLResponse:
    """Thank, and say what comes next."""
    return _render(request, "thanks.html", {"mail": bool(mail), "confirmed": False})


@router.get("/{identifier}/bestaetigen")
def ask_to_confirm(
    identifier: str, request: Request, state: Current, token: Token = ""
) -> HTMLResponse:
    """Show a button: programs that follow links in mails confirm nothing."""
    hint = state[HintStore].owned(identifier, token)
    subject = subject_of(state.matcher, hint.subject)
    context = {"hint": hint, "subject": subject, "token": token}
    return _render(request, "confirm.html", context)


@router.post("/{identifier}/bestaetigen")
def confirm(
    identifier: str,
    request: Request,
    state: Current,
    token: Annotated[str, Form(max_length=200)] = "",
) -> HTMLResponse:
    """Note that the address is the writer's."""
    hosts = state[OfficialHosts].hosts

    def is_own(record: str, email: str) -> bool:
        bodies = subject_of(state.matcher, record).bodies
        return any(is_own_domain(hosts.get(body, ""), email) for body in bodies)

    state[HintStore].confirm(identifier, token, is_own)
    return _render(request, "thanks.html", {"mail": False, "confirmed": True})


def _checked(subject: Subject, typed: dict[str, str]) -> tuple[Claim | None, dict[str, str]]:
    """Return what is said, or what is wrong by field."""
    errors: dict[str, str] = {}
    said = next((claim for claim in subject.claims if claim.value == typed["claim"]), None)
    if said is None:
        errors["claim"] = "Bitte eine der Möglichkeiten wählen."
    for name, check, most in (
        ("text", paragraphs, MAX_MESSAGE),
        ("email", email_address, MAX_EMAIL),
    ):
        value = typed[name].strip()
        try:
            if value:
                check(value)
            elif name == "text" and said is not None and said is not Claim.TRUE:
                errors[name] = "Bitte schreiben Sie, was zu ändern ist und wo das steht."
        except ValueError as error:
            errors[name] = str(error)
        if len(value) > most:
            errors[name] = f"Höchstens {most} Zeichen."
    return (None if errors else said), errors


def _form(
    request: Request,
    state: State,
    subject: Subject,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    context = {
        "subject": subject,
        "typed": {"claim": "", "text": "", "email": ""} | typed,
        "errors": errors or {},
        "mail": state[HintStore].outbox.is_set_up,
        "most": MAX_MESSAGE,
    }
    return _render(request, "form.html", context, status)


def _render(
    request: Request, name: str, context: dict[str, object], status: int = 200
) -> HTMLResponse:
    return changing_page(request, f"hints/{name}", context, status)
