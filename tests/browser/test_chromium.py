"""Which Chromium is used, and that the one from npm needs nothing of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from eval.report import chromium
from eval.report.chromium import CACHE, PACKAGE, SETTING, NoBrowserError, find, unpacked

SAMPLE = "AÄaäOÖoöUÜuüß„“–−·…€§²©→✓"
NO_CHARACTER = "\U0010fffd"


@pytest.fixture
def elsewhere(monkeypatch):
    """A machine for which npm has no Chromium."""
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(chromium, "_runs_here", lambda: False)


def program(path):
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_one_that_is_named_comes_first(tmp_path, monkeypatch):
    named = program(tmp_path / "chosen")
    monkeypatch.setenv(SETTING, str(named))
    assert find().path == named
    monkeypatch.setenv(SETTING, str(tmp_path / "missing"))
    with pytest.raises(NoBrowserError, match=f"{SETTING} names .*missing"):
        find()


def test_then_the_one_from_npm_then_the_one_on_path(tmp_path, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    program(tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(chromium, "_runs_here", lambda: PACKAGE.is_dir())
    assert find().path.is_relative_to(CACHE)
    monkeypatch.setattr(chromium, "_runs_here", lambda: False)
    assert find().path == tmp_path / "chromium"


def test_without_any_one_line_says_what_to_do(elsewhere, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBrowserError, match=f"apt-get install chromium.*{SETTING}") as told:
        find()
    assert "\n" not in str(told.value)
    monkeypatch.setattr(chromium, "_runs_here", lambda: True)
    monkeypatch.setattr(chromium, "PACKAGE", tmp_path / "not-installed")
    with pytest.raises(NoBrowserError, match="make test"):
        find()


@pytest.mark.parametrize(
    ("library", "system", "runs"),
    [
        (("glibc", "2.34"), ("linux", "x86_64"), True),
        (("glibc", "2.41.9"), ("linux", "x86_64"), True),
        (("glibc", "2.31"), ("linux", "x86_64"), False),
        (("", ""), ("linux", "x86_64"), False),  # musl
        (("glibc", "2.36"), ("linux", "aarch64"), False),
        (("", ""), ("darwin", "x86_64"), False),
    ],
)
def test_the_one_from_npm_runs_on_linux_with_a_new_glibc(monkeypatch, library, system, runs):
    monkeypatch.setattr(chromium.platform, "libc_ver", lambda: library)
    monkeypatch.setattr(chromium.platform, "machine", lambda: system[1])
    monkeypatch.setattr(chromium.sys, "platform", system[0])
    assert chromium._runs_here() is runs


@pytest.mark.skipif(not chromium._runs_here(), reason="npm has none for this machine")
def test_it_is_unpacked_once_and_finds_all_its_libraries(tmp_path):
    made = unpacked(PACKAGE, tmp_path)
    written = made.path.stat().st_mtime_ns
    assert unpacked(PACKAGE, tmp_path) == made
    assert made.path.stat().st_mtime_ns == written
    assert [path.name for path in tmp_path.iterdir()] == [made.path.parent.name]
    if ldd := shutil.which("ldd"):
        needed = subprocess.run(
            [ldd, made.path], env=made.environment, capture_output=True, text=True, check=True
        )
        assert "not found" not in needed.stdout


def test_each_character_of_the_pages_is_in_a_font(browser):
    page = browser.new_page()
    page.evaluate(
        """() => { window.drawn = (text, family) => {
            const canvas = document.createElement("canvas");
            const context = canvas.getContext("2d");
            context.font = `24px ${family}`;
            context.fillText(text, 4, 40);
            return canvas.toDataURL();
        }; }"""
    )
    for family in ("system-ui", "sans-serif", "monospace"):
        drawn = {text: page.evaluate(f"text => drawn(text, '{family}')", text) for text in SAMPLE}
        drawn[NO_CHARACTER] = page.evaluate(f"text => drawn(text, '{family}')", NO_CHARACTER)
        assert len(set(drawn.values())) == len(set(SAMPLE)) + 1, family
