"""What one can ask of the service stands in README: each route, command and reason code."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

import service
from matcher.answer import NAMED
from matcher.reasons import codes
from service.app import ROUTERS, create_app
from service.reference import commands_table, routes_table, written
from service.settings import Settings

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("table", [routes_table, commands_table])
def test_the_table_is_what_its_command_writes(table):
    rows = table().splitlines()
    assert len(rows) > 10
    missing = [row for row in rows if row not in README.read_text("utf-8").splitlines()]
    assert missing == [], "python -m service.reference"


def test_nothing_is_told_that_is_no_longer_there():
    text = README.read_text("utf-8")
    assert written(text) == text, "python -m service.reference"


def test_each_module_with_routes_is_composed():
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(service.__path__, "service.")
        if ".migrations" not in found.name
    ]
    routers = [module.router for module in modules if hasattr(module, "router")]
    assert len(routers) > 20
    assert {id(router) for router in routers} == {id(router) for router in ROUTERS}


def test_each_route_of_the_interface_is_in_the_table():
    told = {row.split(" | ")[0].removeprefix("| ") for row in routes_table().splitlines()[2:]}
    paths = create_app(Settings()).openapi()["paths"]
    described = {f"`{method.upper()} {path}`" for path, each in paths.items() for method in each}
    assert len(described) > 15
    assert described <= told


def test_no_route_is_without_a_sentence():
    silent = [
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and not route.endpoint.__doc__
    ]
    assert silent == []


def test_each_reason_code_is_documented():
    section = README.read_text("utf-8").split("## Reason codes")[1]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == (*codes(), NAMED)
