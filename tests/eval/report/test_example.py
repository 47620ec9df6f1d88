from __future__ import annotations

from fastapi.testclient import TestClient

from eval.report import example


def test_what_readme_shows_is_cut_from_a_real_answer(app, matcher):
    asked = {"body": example.BODY, "description": example.TEXT, "limit": 2}
    with TestClient(app) as client:
        answer = client.post("/v1/matches", json=asked).json()
    names = [match["body"]["name"] for match in answer["matches"]]
    kept = example.kept(asked, answer)
    assert kept["ranker"] == matcher.version
    first, more = kept["shown"]["matches"]
    assert (first["body"]["name"], more) == (names[0], "… 1 more")
    assert first["reasons"][3].endswith("all of them add up to the score")
    shown = example.section(kept)
    assert example.TEXT in shown
    assert names[0] in shown
