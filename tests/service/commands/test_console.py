"""Commands on a console that has no sign for half of what they print (cp1252, ASCII)."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from service import loading
from service.cli import main


class Done(NamedTuple):
    """What a command left: its exit code, and the bytes that it wrote."""

    code: int
    out: bytes
    err: bytes


@pytest.fixture
def run(degraded, monkeypatch, tmp_path):
    """Run a command on streams as Python opens them on a console of an encoding."""
    monkeypatch.setattr(loading, "load_matcher", lambda _settings: degraded)
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{tmp_path / 'state.db'}")

    def run(encoding: str, *arguments: str) -> Done:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as console:
            console.setattr(sys, "argv", ["ikz", *arguments])
            console.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), encoding))
            console.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
            console.setattr(sys, "stderr", io.TextIOWrapper(err, encoding, "backslashreplace"))
            # Whatever is no exit is a fault, and raised here as it stands.
            with pytest.raises(SystemExit) as ended:
                main()
            sys.stdout.flush()
            sys.stderr.flush()
            return Done(ended.value.code or 0, out.getvalue(), err.getvalue())

    return run


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_table_with_signs_that_the_console_does_not_have(run, encoding):
    done = run(encoding, "match", "Soest", "Archiv gemeinsam führen", "--limit", "2",
               "--task-area", "archiv")  # fmt: skip
    assert done.code == 0, done.err
    told = done.out.decode(encoding)
    assert "Vorschl" in told
    assert "Soest" in told


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["staff", "add", "Ćwikła → 市", "--password-stdin"], 1),
        (["contact", "export", "niemand@x.example"], 1),
        (["data", "import", "register", "→市.txt"], 1),
        (["match", "Soest", "Archiv", "--task-area", "市 →"], 2),
    ],
)
def test_every_sentence_is_printed_somehow(run, arguments, code):
    done = run("cp1252", *arguments)
    assert done.code == code, done.err
    assert done.out or done.err


def test_a_process_prints_as_the_streams_above(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", "from service.cli import main; main()",
         "match", "Soest", "Archiv", "--task-area", "市 →"],
        env=os.environ
        | {"PYTHONIOENCODING": "cp1252", "IKZ_DATABASE_URL": f"sqlite:///{tmp_path / 'state.db'}"},
        capture_output=True,
        check=False,
        timeout=240,
    )  # fmt: skip
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False), done.stderr
    assert "„? ?“".encode("cp1252") in done.stderr
