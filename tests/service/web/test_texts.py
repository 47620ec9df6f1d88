"""NUL and halves of characters are no text, wherever they come in."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from service.problems import ProblemError
from service.web.texts import check_address, check_body

_JSON = {"Content-Type": "application/json"}


def refused(kind: str, body: bytes) -> ProblemError:
    with pytest.raises(ProblemError) as raised:
        check_body(Headers({"Content-Type": kind}), body)
    return raised.value


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (rb'{"title": "a\u0000b"}', "/title"),
        (rb'{"title": "\ud83d"}', "/title"),
        (rb'{"title": "\ude00\ud83d"}', "/title"),
        (rb'{"filters": {"kinds": ["ok", "\u0000"]}}', "/filters/kinds/1"),
        (rb'{"a/b~c": "\u0000"}', "/a~1b~0c"),
        (rb'{"x\u0000": 1}', "/x"),
        (rb'["\u0000"]', "/0"),
        (rb'{"\ud800": 1}', "/\ufffd"),
        (rb'"\ud800"', ""),
    ],
)
def test_json_names_the_field(body, pointer):
    problem = refused("application/json", body)
    assert problem.status == 422
    assert problem.errors == [(pointer, "Der Text enthält ungültige Zeichen.")]
    assert "enthält ungültige Zeichen" in problem.detail
    assert "„“" not in problem.detail


@pytest.mark.parametrize(
    "body",
    [
        rb'{"title": "\ud83d\ude00 \u00fc"}',  # a whole pair is one character
        '{"title": "Archiv für Bürger"}'.encode(),
        rb'{"title": "\\u0000"}',  # a backslash and five characters
        rb'{"title": "\u0000"',  # broken: whoever reads it says where
    ],
)
def test_whole_characters_pass(body):
    check_body(Headers({"Content-Type": "application/json"}), body)


def test_all_fields_are_named_at_once():
    problem = refused("application/json", rb'{"title": "\u0000", "body": "\ud800"}')
    assert {pointer for pointer, _ in problem.errors} == {"/title", "/body"}


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "unicode_escape", "latin-1"])
def test_other_encodings_could_carry_such_characters_unseen(charset):
    assert refused(f"application/json; charset={charset}", b"{}").status == 415


def test_json_in_utf_16_is_not_read():
    assert refused("application/json", '{"a": 1}'.encode("utf-16")).status == 400


@pytest.mark.parametrize("body", [b"a=1&text=x%00y", b"text=x\x00y&a=1"])
def test_a_form_names_the_field(body):
    problem = refused("application/x-www-form-urlencoded", body)
    assert problem.errors == [("/text", "Der Text enthält ungültige Zeichen.")]


def test_a_part_of_a_form_names_the_field():
    part = b'--q\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    body = part % (b"body", b"Soest") + part % (b"text", b"x\0y") + b"--q--\r\n"
    problem = refused("multipart/form-data; boundary=q", body)
    assert problem.errors == [("/text", "Der Text enthält ungültige Zeichen.")]


def test_addresses():
    check_address("/v1/bodies/05974008", b"q=Bad+Sassendorf&limit=8")
    with pytest.raises(ProblemError) as path:
        check_address("/v1/searches/\0", b"")
    with pytest.raises(ProblemError) as query:
        check_address("/v1/bodies", b"limit=8&q=%00")
    assert (path.value.status, query.value.status) == (400, 422)
    assert query.value.errors == [("/q", "Der Text enthält ungültige Zeichen.")]


@pytest.mark.parametrize(
    ("method", "target", "sent", "status"),
    [
        ("GET", "/v1/bodies?q=%00", {}, 422),
        ("GET", "/kommunen?q=a%00b", {}, 422),
        ("GET", "/v1/searches/a%00b", {}, 400),
        ("POST", "/", {"data": {"text": "a\0b", "body": "Soest"}}, 422),
        ("POST", "/v1/suggestions", {"json": {"text": "a\0b"}}, 422),
        ("POST", "/v1/suggestions", {"content": rb'{"text": "\ud800"}', "headers": _JSON}, 422),
        ("POST", "/v1/feedback", {"json": {"request_id": "\0", "ags": "1", "verdict": "x"}}, 422),
    ],
)
def test_they_are_refused_where_requests_come_in(client, method, target, sent, status):
    answer = client.request(method, target, **sent)
    assert answer.status_code == status
    assert "ungültige Zeichen" in answer.text
    assert answer.headers["X-Request-ID"]
