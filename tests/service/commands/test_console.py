"""Commands on a console that has no sign for half of what they print (cp1252, ASCII)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_START = "from service.cli import main; main()"


def run(encoding: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {
        "PYTHONIOENCODING": encoding,
        "IKZ_DATABASE_URL": f"sqlite:///{folder / 'state.db'}",
        "IKZ_TEXT_MODEL": "",
    }
    return subprocess.run(
        [sys.executable, "-c", _START, *arguments],
        env=environment,
        capture_output=True,
        check=False,
        timeout=240,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_table_with_signs_that_the_console_does_not_have(tmp_path, encoding):
    done = run(encoding, tmp_path, "match", "Soest", "Archiv gemeinsam führen", "--limit", "2",
               "--task-area", "archiv")  # fmt: skip
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    told = done.stdout.decode(encoding)
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
def test_every_sentence_is_printed_somehow(tmp_path, arguments, code):
    done = run("cp1252", tmp_path, *arguments)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr
    assert done.stdout or done.stderr
