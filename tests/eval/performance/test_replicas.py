from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from eval.performance.document import _many
from eval.performance.proxy import PROXY, free_port, proxied

ROWS = [
    {"replicas": 1, "per_s": 10.0, "refused_per_s": 0.0, "times": 1.0, "others": 0.0},
    {"replicas": 2, "per_s": 17.0, "refused_per_s": 0.5, "times": 1.7, "others": 0.0},
]
NIGHT = {"bodies": 9, "asked": 2, "alone_s": 1.0, "skipped": "no cluster"}
OUTREACH = {
    "bodies": 427, "areas": 6, "alone_s": 2.4, "ms_a_body_and_area": 0.95, "skipped": "no cluster"
}  # fmt: skip
PAPER = {
    "bodies": 98_000, "ms_a_search": 14.0, "cores": 2, "use_of_cores": 0.5,
    "eur_a_core_hour": 0.04, "rows": {},
}  # fmt: skip


@contextmanager
def server(name: str) -> Iterator[str]:
    class Named(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(name.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Named) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.skipif(shutil.which(PROXY) is None, reason=f"no {PROXY} on PATH")
def test_a_proxy_spreads_requests_and_does_without_a_server_that_ended():
    with ExitStack() as held:
        first = held.enter_context(server("first"))
        with server("second") as second:
            address = held.enter_context(proxied([first, second]))
            assert {httpx.get(address).text for _ in range(30)} == {"first", "second"}
        assert {httpx.get(address).text for _ in range(6)} == {"first"}


def test_where_there_is_no_proxy_there_is_none(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with proxied([f"http://127.0.0.1:{free_port()}"]) as address:
        assert address is None


@pytest.mark.parametrize(
    ("proxy", "told"), [(PROXY, "behind a proxy (`caddy`"), (None, "without a proxy, as this")]
)
def test_the_document_says_by_what_replicas_were_asked(proxy, told):
    found = {"cores": 2, "outreach": OUTREACH, "night": NIGHT, "europe": PAPER}
    written = _many(found | {"replicas": {"proxy": proxy, "rows": ROWS}})
    assert told in written
    assert "17.0 | 1.70 | 0.5" in written
