"""What strangers read first agrees with what is shipped: version, publiccode.yml, licences, decisions."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
DECISIONS = ROOT / ".github/decisions"


def test_one_version_in_all_documents() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+) – (\d{4}-\d{2}-\d{2})$", CHANGELOG, re.MULTILINE)
    assert newest is not None
    assert newest[1] == PROJECT["version"] == PUBLICCODE["softwareVersion"]
    assert newest[2] == PUBLICCODE["releaseDate"]
    date.fromisoformat(newest[2])


@pytest.mark.parametrize(
    "key",
    ["publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
     "description", "legal", "maintenance", "localisation"],
)  # fmt: skip
def test_publiccode_has_what_its_standard_demands(key: str) -> None:
    """Keys marked as mandatory in the core schema of publiccode.yml 0.4."""
    assert PUBLICCODE[key]


def test_publiccode_keeps_the_values_of_its_standard() -> None:
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.4"
    assert PUBLICCODE["url"].startswith("https://")
    assert PUBLICCODE["developmentStatus"] in {
        "concept", "development", "beta", "stable", "obsolete"}  # fmt: skip
    assert PUBLICCODE["softwareType"] in {
        "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web",
        "standalone/backend", "standalone/other", "addon", "library", "configurationFiles"}  # fmt: skip
    assert PUBLICCODE["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in PUBLICCODE["maintenance"]["contacts"])
    assert PUBLICCODE["legal"]["license"] == PROJECT["license"]
    assert isinstance(PUBLICCODE["localisation"]["localisationReady"], bool)


@pytest.mark.parametrize("language", PUBLICCODE["localisation"]["availableLanguages"])
def test_publiccode_describes_within_its_lengths(language: str) -> None:
    words = PUBLICCODE["description"][language]
    assert 1 <= len(words["shortDescription"]) <= 150
    assert 150 <= len(words["longDescription"]) <= 10_000
    assert words["features"]


def test_publiccode_names_the_python_that_is_needed() -> None:
    needed = {entry["name"]: entry["versionMin"] for entry in PUBLICCODE["dependsOn"]["open"]}
    assert PROJECT["requires-python"] == f">={needed['Python']}"


def test_each_decision_is_listed_and_says_what_would_change_it() -> None:
    listed = (DECISIONS / "README.md").read_text("utf-8")
    records = sorted(DECISIONS.glob("0*.md"))
    assert records
    for number, record in enumerate(records, start=1):
        text = record.read_text("utf-8")
        assert record.name.startswith(f"{number:04d}-")
        assert f"({record.name})" in listed
        assert text.startswith(f"# {number}. ")
        for part in ("**Chosen.**", "**Why.**", "**What would change it.**"):
            assert part in text, f"{record.name} lacks {part}"


def test_each_file_of_data_has_a_licence_of_its_own_or_says_ours() -> None:
    stanzas = re.findall(r"^Files: (.+)$", (ROOT / ".reuse/dep5").read_text("utf-8"), re.MULTILINE)
    patterns = [pattern for stanza in stanzas for pattern in stanza.split() if pattern != "*"]
    own = {"data/tables/datapackage.json"}
    for folder in ("data/raw", "data/tables"):
        for file in (ROOT / folder).iterdir():
            name = file.relative_to(ROOT).as_posix()
            assert name in own or any(fnmatch(name, pattern) for pattern in patterns), name
