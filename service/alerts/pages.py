"""The pages of alerts: form, confirmation, end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from matcher.request import MAX_DESCRIPTION
from service.alerts import letters
from service.alerts.store import AlertStore
from service.alerts.watching import Watch
from service.mail.waking import Waking
from service.matching.matter_asked import missing_matter
from service.problems import ProblemError
from service.text_fields import MAX_EMAIL, email_address, paragraphs
from service.web.named_bodies import find_key
from service.web.state import Current, State
from service.web.templating import changing_page

router = APIRouter(prefix="/benachrichtigung", include_in_schema=False)
Typed = Annotated[str, Form()]
LinkToken = Annotated[str, Query(max_length=200)]
FormToken = Annotated[str, Form(max_length=200)]


@router.get("")
def lead_to_form() -> Response:
    """Lead who shortens an address to the form."""
    return RedirectResponse("/benachrichtigung/neu", status_code=303)


@router.get("/neu")
def show_form(request: Request, state: Current) -> HTMLResponse:
    """Show the empty form."""
    return _form(request, state, {})


@router.post("/neu/vorlage")
def show_filled_form(
    request: Request, state: Current, body: Typed = "", text: Typed = ""
) -> HTMLResponse:
    """Show the form with what was typed elsewhere; by POST: words stay out of addresses."""
    return _form(request, state, {"body": body[:200], "text": text[:MAX_DESCRIPTION]})


@router.post("/neu")
def save(
    request: Request, state: Current, body: Typed = "", text: Typed = "", email: Typed = ""
) -> Response:
    """Keep an alert and mail its confirmation, or show what is wrong with nothing lost."""
    typed = {"body": body, "text": text.replace("\r\n", "\n"), "email": email}
    key, sentence = find_key(state.names, body[:200])
    errors = {} if key else {"body": sentence}
    for name, check, most in (
        ("text", paragraphs, MAX_DESCRIPTION),
        ("email", email_address, MAX_EMAIL),
    ):
        try:
            typed[name] = check(typed[name])
        except ValueError as error:
            errors[name] = str(error)
        if len(typed[name]) > most:
            errors[name] = f"Höchstens {most} Zeichen."
    question = None if "text" in errors else missing_matter(state.matcher, typed["text"])
    if question is not None:
        errors["text"] = question
    if errors or key is None:
        return _form(request, state, typed, errors, 422)
    name, base_url, address = state.directory.name(key), state.settings.base_url, typed["email"]
    try:
        state[AlertStore].outbox.check()
        state[AlertStore].add(
            key,
            typed["text"],
            address,
            lambda alert, token: letters.confirmation(address, alert, token, name, base_url),
        )
    except ProblemError as problem:
        return _form(request, state, typed, {"": problem.detail}, problem.status)
    state[Waking].wake()  # somebody waits for this mail
    return RedirectResponse("/benachrichtigung/gesendet", status_code=303)


@router.get("/gesendet")
def show_sent(request: Request) -> HTMLResponse:
    """Say that a confirmation was mailed."""
    return _render(request, "done.html", {"what": "sent"})


@router.get("/{identifier}/bestaetigen")
def ask_to_confirm(
    identifier: str, request: Request, state: Current, token: LinkToken = ""
) -> HTMLResponse:
    """Show a button: programs that follow links in mails confirm nothing."""
    return _ask(request, state, identifier, token, "bestaetigen")


@router.post("/{identifier}/bestaetigen")
def confirm(
    identifier: str, request: Request, state: Current, token: FormToken = ""
) -> HTMLResponse:
    """Let the alert begin."""
    state[Watch].begin(identifier, token)
    return _render(request, "done.html", {"what": "confirmed"})


@router.get("/{identifier}/beenden")
def ask_to_end(
    identifier: str, request: Request, state: Current, token: LinkToken = ""
) -> HTMLResponse:
    """Show the one button that ends it."""
    return _ask(request, state, identifier, token, "beenden")


@router.post("/{identifier}/beenden")
def end(
    identifier: str,
    request: Request,
    state: Current,
    token: LinkToken = "",
    form_token: Annotated[str, Form(alias="token", max_length=200)] = "",
) -> HTMLResponse:
    """End the alert and delete its address.

    The form sends the secret in its body; a mail program posts to the whole address (RFC 8058).
    """
    state[AlertStore].end(identifier, form_token or token)
    return _render(request, "done.html", {"what": "ended"})


def _ask(request: Request, state: State, identifier: str, token: str, what: str) -> HTMLResponse:
    alert = state[AlertStore].owned(identifier, token)
    name = state.directory.name(alert.body)
    context = {"alert": alert, "name": name, "token": token, "what": what}
    return _render(request, "ask.html", context)


def _form(
    request: Request,
    state: State,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    context = {
        "typed": {"body": "", "text": "", "email": ""} | typed,
        "errors": errors or {},
        "mail": state[AlertStore].outbox.is_set_up,
    }
    return _render(request, "form.html", context, status)


def _render(
    request: Request, name: str, context: dict[str, object], status: int = 200
) -> HTMLResponse:
    return changing_page(request, f"alerts/{name}", context, status)
