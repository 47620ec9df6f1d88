"""The mail server is absent, slow, refuses, hangs up, or keeps a mail and says nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import httpx

from eval.reliability.finding import Finding, Findings, scenario, timed, until
from eval.reliability.mail_server import Mailbox, receiving
from eval.reliability.people import publish, secret, sentence
from eval.reliability.process import Process, free_port, serving

_LIMIT_S = 4
Act = Callable[[Mailbox], None]
_INJECTED = "=?utf-8?q?x=0D=0AContent-Type:_text/html=0D=0A=0D=0A<b>Konto_gesperrt</b>?="


def _settings(port: int) -> dict[str, object]:
    return {
        "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": "false",
        "smtp_seconds": _LIMIT_S,
    }  # fmt: skip


@scenario
def an_absent_a_slow_and_a_refusing_server(folder: Path) -> Findings:
    """Publish while there is no server; then with one that misbehaves in each way."""
    port = free_port()
    with serving(folder, **_settings(port)) as process:
        said, seconds = _published(process, "absent@soest.example")
        until(lambda: "not sent at try 1" in process.log.read_text("utf-8"))
        with receiving(port) as (box, _):
            came = until(lambda: len(box.to("absent@soest.example")) > 0)
            yield Finding(
                "the mail server is absent, then there",
                f"publishing {said} after {seconds:.2f} s",
                _mails(came),
                came,
                said == "202" and seconds < 3 and came is not None,
            )
            for fault, misbehave, calm in _WAYS:
                yield _misbehaving(process, box, fault, misbehave, calm)
            yield from _injected(process, box)


def _refuse(box: Mailbox) -> None:
    box.refuses = "451 4.3.0 try again later"


def _hang(box: Mailbox) -> None:
    box.hangs = True


def _drop(box: Mailbox) -> None:
    box.drops = True


def _behave(box: Mailbox) -> None:
    box.refuses, box.hangs, box.drops = "", False, False


_WAYS = (
    ("the mail server refuses for now (451)", _refuse, _behave),
    ("the mail server is slow: no answer after DATA", _hang, _behave),
    ("the mail server hangs up after DATA", _drop, _behave),
)


def _misbehaving(process: Process, box: Mailbox, fault: str, misbehave: Act, calm: Act) -> Finding:
    address = f"{misbehave.__name__[1:]}@soest.example"
    misbehave(box)
    said, seconds = _published(process, address)
    with timed() as look:
        httpx.get(f"{process.address}/v1/bodies", params={"q": "soest"}, timeout=60)
    time.sleep(_LIMIT_S + 1.5)  # a server that says nothing is given up by then
    calm(box)
    before = len(box.to(address))
    came = until(lambda: len(box.to(address)) > before)
    mails = box.to(address)
    ids = {mail["Message-ID"] for mail in mails}
    return Finding(
        fault,
        f"publishing {said} after {seconds:.2f} s, a name search in {look.seconds:.2f} s; the "
        f"mail came {len(mails)}x with {len(ids)} Message-ID",
        _mails(came),
        came,
        said == "202" and seconds < 3 and came is not None and len(ids) == 1,
    )


def _injected(process: Process, box: Mailbox) -> Findings:
    identifier, token = secret(box.to("absent@soest.example")[0])
    httpx.post(
        f"{process.address}/gesuche/{identifier}/bestaetigen", data={"token": token}, timeout=60
    )
    before = len(box.mails)
    message = {"name": _INJECTED, "email": "carla@lippstadt.example", "message": "Guten Tag"}
    answer = httpx.post(
        f"{process.address}/v1/searches/{identifier}/messages", json=message, timeout=60
    )
    until(lambda: len(box.mails) > before)
    mail = box.mails[-1]
    plain = mail.get_content_type() == "text/plain" and len(mail.get_all("Content-Type", [])) == 1
    yield Finding(
        "a name that hides headers and HTML (RFC 2047)",
        f"the message {sentence(answer)}; its mail is {mail.get_content_type()}, with "
        f"{len(mail.get_all('Content-Type', []))} Content-Type",
        "nothing",
        None,
        plain,
    )
    before = len(box.mails)
    statuses = set()
    for field in ("name", "title", "description"):
        for bad in (b"a\\u0000b", b"a\\ud800b"):
            body = b'{"body":"05974040","title":"T","description":"D","name":"N",'
            body += b'"task_area":"archiv",'  # so that nothing else is wrong with it
            body += b'"email":"x@soest.example","%s":"%s"}' % (field.encode(), bad)
            sent = httpx.post(
                f"{process.address}/v1/searches",
                content=body,
                headers={"Content-Type": "application/json"},
                timeout=60,
            )
            statuses.add(sent.status_code)
    time.sleep(1)
    yield Finding(
        "NUL and lone surrogates in each field",
        f"statuses {sorted(statuses)}; mails sent: {len(box.mails) - before}",
        "nothing",
        None,
        max(statuses) < 500 and min(statuses) >= 400 and len(box.mails) == before,
    )


@scenario
def killed_between_acceptance_and_answer(folder: Path) -> Findings:
    """Kill the service while the server has taken the mail and has not said so."""
    with receiving() as (box, port):
        box.hangs = True
        with serving(folder, **_settings(port)) as process:
            publish(process.address, email="kill@soest.example")
            until(lambda: len(box.mails) == 1)
            process.kill()
        box.hangs = False
        with serving(folder, **_settings(port)) as process, timed() as watch:
            came = until(lambda: len(box.to("kill@soest.example")) == 2)
        ids = {mail["Message-ID"] for mail in box.to("kill@soest.example")}
        yield Finding(
            "kill -9 between the mail server's acceptance and its answer",
            f"the mail came {len(box.mails)}x with {len(ids)} Message-ID",
            _mails(came),
            watch.seconds + process.ready_s,
            came is not None and len(ids) == 1,
        )


def _published(process: Process, email: str) -> tuple[str, float]:
    with timed() as watch:
        answer = publish(process.address, email=email)
    return sentence(answer), watch.seconds


def _mails(came: float | None) -> str:
    return "nothing" if came is not None else "the mail"
