"""The service at https://kreis.example/partnersuche: nothing on a page leads out of that path."""

from __future__ import annotations

import re
from collections import deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from service.app import create_app
from service.settings import Settings
from service.web.prefix import prefix_of
from tests.service.conftest import BODY, TEXT
from tests.service.mailbox import text
from tests.service.office import NAME, PASSWORD

SITE, PREFIX = "https://kreis.example", "/partnersuche"
_LINKS = {"href", "src", "action", "formaction", "data-link"}
# One page of each kind is enough: hundreds are drawn by one template.
_KINDS = re.compile(r"/(kommunen|kooperationen|gesuche|impulse)/(?!neu|dienstleister|luecken)[^/]+")


class _Proxy:
    """What a proxy does that gives the service a path: it takes the path away, or leaves it."""

    def __init__(self, app: ASGIApp, takes_away: bool) -> None:
        self._app, self._takes_away = app, takes_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            assert scope["path"].startswith(f"{PREFIX}/"), f"{scope['path']} leaves the prefix"
            if self._takes_away:
                path = scope["path"].removeprefix(PREFIX)
                scope = scope | {"path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


class _Page(HTMLParser):
    def __init__(self, content: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.feed(content)

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attributes if name in _LINKS and value]


def proxied(app: ASGIApp, takes_away: bool = True) -> TestClient:
    proxy = _Proxy(app, takes_away)
    return TestClient(proxy, base_url=SITE, headers={"Accept": "text/html"})


def own_links(content: str, address: str) -> set[str]:
    """Return the targets on this site, all of which have to lie below the prefix."""
    targets = {urljoin(f"{SITE}{address}", link) for link in _Page(content).links}
    paths = {t.partition("#")[0].removeprefix(SITE) for t in targets if t.startswith(SITE)}
    assert all(path.startswith(f"{PREFIX}/") for path in paths), (address, paths)
    return paths


def crawl(client: TestClient, *starts: str) -> set[str]:
    """Follow all links; returns the paths that were seen."""
    waiting, kinds, seen = deque(starts), set(), set(starts)
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        assert answer.status_code in (200, 303, 405), address  # 405: the target of a form
        content_type = answer.headers.get("Content-Type", "")
        found = own_links(answer.text, address) if "html" in content_type else set()
        if "css" in content_type or "javascript" in content_type:
            for link in re.findall(r"url\([\"']?(?![\"']?data:)([^\"')]+)", answer.text):
                assert urljoin(address, link).startswith(f"{PREFIX}/"), (address, link)
        for path in found:
            plain = path.partition("?")[0]
            kind = _KINDS.sub(r"/\1/…", plain) + ("?" if "?" in path else "")
            if path not in seen and kind not in kinds:
                kinds.add(kind)
                seen.add(path)
                waiting.append(path)
    return {urlsplit(path).path for path in seen}


@pytest.fixture
def below(site):
    site.restart(base_url=f"{SITE}{PREFIX}")
    return site


@pytest.mark.parametrize("takes_away", [True, False])
def test_no_page_and_no_file_leaves_the_prefix(below, takes_away):
    identifier, _ = below.open()
    client = proxied(below.client.app, takes_away)
    seen = crawl(client, f"{PREFIX}/", f"{PREFIX}/beispiel-einbindung")
    for page in ("kommunen", "methode", "gesuche", f"gesuche/{identifier}", "docs", "impressum"):
        assert f"{PREFIX}/{page}" in seen
    for file in ("static/style.css", "vendor/kern/kern.min.css", "static/js/search.js"):
        assert f"{PREFIX}/{file}" in seen


def test_the_answer_the_errors_and_the_owners_pages_stay_too(below):
    client = proxied(below.client.app)
    answer = client.post(f"{PREFIX}/", data={"body": BODY, "text": TEXT})
    assert answer.status_code == 200
    assert {f"{PREFIX}/export", f"{PREFIX}/kommunen/{BODY}"} <= own_links(answer.text, f"{PREFIX}/")
    lost = client.get(f"{PREFIX}/kommunen/Sost")
    assert lost.status_code == 404
    assert f"{PREFIX}/kommunen/05974040" in own_links(lost.text, f"{PREFIX}/kommunen/Sost")
    identifier, token = below.publish()
    (letter,) = below.box.mails
    link = f"{SITE}{PREFIX}/gesuche/{identifier}/bestaetigen?token={token}"
    assert link in text(letter)
    form = client.get(link)
    (target,) = re.findall(r'<form method="post" action="([^"]+)"', form.text)
    confirmed = client.post(target, data={"token": token}, follow_redirects=False)
    assert confirmed.headers["Location"].startswith(f"{PREFIX}/gesuche/{identifier}/verwalten")
    assert client.get(confirmed.headers["Location"]).status_code == 200


def test_staff_log_in_below_the_prefix_and_their_cookies_stay_there(office):
    office.restart(base_url=f"{SITE}{PREFIX}")
    client = proxied(office.app)
    refused = client.get(f"{PREFIX}/impulse", follow_redirects=False)
    assert refused.headers["Location"] == f"{PREFIX}/anmelden?weiter=%2Fimpulse"
    form = {"name": NAME, "password": PASSWORD, "weiter": "/impulse"}
    entered = client.post(f"{PREFIX}/anmelden", data=form, follow_redirects=False)
    assert entered.headers["Location"] == f"{PREFIX}/impulse"
    paths = re.findall(r"[Pp]ath=([^;,]+)", entered.headers["Set-Cookie"])
    assert sorted(paths) == [f"{PREFIX}/", f"{PREFIX}/anmelden"]
    seen = crawl(client, f"{PREFIX}/impulse")
    assert {f"{PREFIX}/impulse/luecken", f"{PREFIX}/abmelden"} <= seen


def test_a_missing_slash_or_one_too_many_leads_to_the_page(below):
    client = proxied(below.client.app)
    assert client.get(f"{PREFIX}/gesuche/").url.path == f"{PREFIX}/gesuche"
    assert TestClient(below.client.app).get(PREFIX).status_code == 200


def test_the_interface_says_where_it_is(below):
    document = proxied(below.client.app).get(f"{PREFIX}/openapi.json").json()
    assert document["servers"] == [{"url": PREFIX}]
    example = proxied(below.client.app).get(f"{PREFIX}/beispiel-einbindung").text
    assert f"{SITE}{PREFIX}/static/embed/ikz-partnersuche.js" in example
    assert f"connect-src {SITE}{PREFIX}/;" in example  # with a slash: all below it


def test_scripts_ask_below_the_folder_that_they_came_from(client):
    for name in ("search", "combobox", "map", "outreach"):
        script = client.get(f"/static/js/{name}.js").text
        assert not re.search(r"(fetch|link)\([\"'`]/", script), name
    assert 'new URL("../..", import.meta.url)' in client.get("/static/js/address.js").text


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("http://127.0.0.1:8000", ""),
        ("https://kreis.example/partnersuche/", "/partnersuche"),
        ("https://kreis.example/a/b", "/a/b"),
    ],
)
def test_the_prefix_is_the_path_of_the_public_address(address, prefix):
    assert prefix_of(address) == prefix


def test_a_header_of_a_request_moves_nothing(matcher):
    client = TestClient(create_app(Settings(), matcher))
    page = client.get("/methode", headers={"X-Forwarded-Prefix": "//boese.example"})
    assert "boese" not in page.text
    assert 'href="/kommunen"' in page.text
