"""Where things stand in the service: routes and pages share use cases, not each other."""

from __future__ import annotations

import importlib

import grimp
import pytest

GRAPH = grimp.build_graph("service")
ROUTES = sorted(
    name
    for name in GRAPH.modules
    if ".migrations" not in name and hasattr(importlib.import_module(name), "router")
)


def test_there_are_routes():
    assert len(ROUTES) > 20


@pytest.mark.parametrize("name", ROUTES)
def test_routes_import_no_routes(name):
    assert GRAPH.find_modules_directly_imported_by(name).isdisjoint(ROUTES)


def test_settings_know_no_feature():
    known = GRAPH.find_upstream_modules("service.settings")
    assert known == {"service.problems", "service.text_fields"}
