"""The wheel alone, in a folder of its own: pages with style, data, models and migrations."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from tests.service.conftest import BODY, TEXT
from tests.service.process import serving

ROOT = Path(__file__).parents[2]
# Beside code: what is read, shown, or migrates a database.
_READ = (
    "data/tables/*", "data/raw/*", "models/artifacts/*", "service/*/templates/*",
    "service/web/static/**/*.*", "service/storage/migrations/versions/*.py", "eval/results/*.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    # setuptools would put what an earlier build left into this one: it gets folders of its own.
    config = folder / "build.cfg"
    config.write_text(f"[build]\nbuild_base={folder}/build\n[egg_info]\negg_base={folder}\n")
    options = ["-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder)]
    _pip("wheel", *options, str(ROOT), DIST_EXTRA_CONFIG=str(config))
    (built,) = folder.glob("*.whl")
    return built


def _pip(*arguments: str, **more: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, env=os.environ | more, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_it_carries_all_that_is_read(wheel):
    carried = set(zipfile.ZipFile(wheel).namelist())
    needed = [str(file.relative_to(ROOT)) for glob in _READ for file in ROOT.glob(glob)]
    assert len(needed) > 80
    assert [name for name in needed if name not in carried and "__pycache__" not in name] == []
    for library, licence in (("@kern-ux/native", "LICENSE.md"), ("leaflet", "LICENSE")):
        assert f"service/web/node_modules/{library}/{licence}" in carried
    assert [name for name in carried if name.startswith("tests/")] == []


def test_it_serves_pages_with_style_and_matches_from_an_empty_folder(wheel, tmp_path, monkeypatch):
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    _pip("install", "-q", "--no-deps", "--no-index", "--target", str(installed), str(wheel))
    for name in ("torch", "transformers", "sentence_transformers", "faiss"):
        # An extra, or of the evaluation alone: who serves has none of it.
        (installed / f"{name}.py").write_text("raise ModuleNotFoundError(__name__)")
    monkeypatch.chdir(empty)
    monkeypatch.setenv("PYTHONPATH", str(installed))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing answers there
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(tmp_path) as process, httpx.Client(base_url=process.address) as client:
        page = client.get("/").text
        files = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', page)
        assert len(files) >= 4
        for file in files:
            answer = client.get(urljoin("/", file))
            assert answer.status_code == 200, file
            assert len(answer.content) > 1_000
        found = client.post("/v1/matches", json={"body": BODY, "description": TEXT}, timeout=60)
        assert found.status_code == 200
        assert len(found.json()["matches"]) == 10
        where = subprocess.run(
            [sys.executable, "-c", "import service; print(service.__file__)"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert where.startswith(str(installed))
    assert list(empty.iterdir()) == []


def test_a_wheel_without_the_pages_libraries_is_not_built(tmp_path, monkeypatch):
    from setuptools import Distribution
    from setuptools.errors import SetupError

    from service.wheel import BuildWithPages

    monkeypatch.chdir(tmp_path)
    with pytest.raises(SetupError, match="npm ci --prefix service/web"):
        BuildWithPages(Distribution()).run()
