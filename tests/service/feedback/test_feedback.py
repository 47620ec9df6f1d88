from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from service.cli import app as command

ASKED = {"request_id": "3f2a", "ags": "05974040", "verdict": "fits"}


def exported(site, tmp_path, monkeypatch) -> list[dict[str, str]]:
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{site.file}")
    path = tmp_path / "feedback.csv"
    done = CliRunner().invoke(command, ["feedback", "export", str(path)])
    assert done.exit_code == 0, done.output
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert f"{len(rows)} Rückmeldungen geschrieben" in done.stdout
    return rows


def test_feedback_is_kept_with_model_and_time_and_exported(site, tmp_path, monkeypatch):
    assert site.client.post("/v1/feedback", json=ASKED).status_code == 204
    site.clock.turn(minutes=5)
    other = ASKED | {"ags": "Bad Sassendorf", "verdict": "schon Partner"}
    assert site.client.post("/v1/feedback", json=other).status_code == 204
    assert exported(site, tmp_path, monkeypatch) == [
        {
            "request_id": "3f2a",
            "ags": "05974040",
            "verdict": "fits",
            "model_version": site.matcher.version,
            "time": "2027-03-01T12:00:00+00:00",
        },
        {
            "request_id": "3f2a",
            "ags": "05974008",
            "verdict": "already_partner",
            "model_version": site.matcher.version,
            "time": "2027-03-01T12:05:00+00:00",
        },
    ]


def test_a_later_verdict_takes_the_place_of_the_first(site, tmp_path, monkeypatch):
    site.client.post("/v1/feedback", json=ASKED)
    site.clock.turn(hours=1)
    site.restart()
    site.client.post("/v1/feedback", json=ASKED | {"verdict": "passt nicht"})
    rows = exported(site, tmp_path, monkeypatch)
    assert [(row["verdict"], row["time"]) for row in rows] == [
        ("does_not_fit", datetime(2027, 3, 1, 13, tzinfo=UTC).isoformat())
    ]


def test_the_answer_of_a_search_can_be_judged(site, asked):
    answer = site.client.post("/v1/matches", json=asked).json()
    judged = {"request_id": answer["request_id"], "ags": answer["matches"][0]["body"]["ags"]}
    assert site.client.post("/v1/feedback", json=judged | {"verdict": "fits"}).status_code == 204


@pytest.mark.parametrize(
    ("change", "pointer", "sentence"),
    [
        ({"verdict": "prima"}, "/verdict", "Zulässig sind: fits, does_not_fit, already_partner"),
        ({"ags": "Atlantis"}, "/ags", "ist nicht als Kommune"),
        ({"request_id": ""}, "/request_id", "Kennung einer Suche"),
        ({"request_id": "a b"}, "/request_id", "Kennung einer Suche"),
        ({"request_id": "=cmd()"}, "/request_id", "Kennung einer Suche"),
        ({"request_id": "x" * 65}, "/request_id", "Höchstens 64 Zeichen"),
        ({"note": "x"}, "/note", "Dieses Feld ist nicht bekannt."),
    ],
)
def test_what_is_wrong_is_named(site, change, pointer, sentence):
    response = site.client.post("/v1/feedback", json=ASKED | change)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == pointer
    assert sentence in response.json()["errors"][0]["detail"]


def test_a_form_without_javascript(site, tmp_path, monkeypatch):
    response = site.client.post("/feedback", data=ASKED, follow_redirects=False)
    assert response.status_code == 303
    thanks = site.client.get(response.headers["location"])
    assert "Vielen Dank für Ihre Rückmeldung" in thanks.text
    assert [row["verdict"] for row in exported(site, tmp_path, monkeypatch)] == ["fits"]
    for wrong in ({"verdict": ""}, {"request_id": ""}, {"ags": "Atlantis"}):
        assert site.client.post("/feedback", data=ASKED | wrong).status_code == 422


def test_an_export_that_is_not_possible_is_told(tmp_path, monkeypatch):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database at all, " * 400)
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{broken}")
    done = CliRunner().invoke(command, ["feedback", "export", str(tmp_path / "x.csv")])
    assert done.exit_code == 1
    assert "Die Datenbank ist nicht lesbar" in done.stderr
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    done = CliRunner().invoke(command, ["feedback", "export", str(tmp_path / "no" / "x.csv")])
    assert done.exit_code == 1
    assert "Traceback" not in done.output
