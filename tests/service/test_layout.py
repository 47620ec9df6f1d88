"""Where things stand in the service: routes and pages share use cases, not each other."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

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


def test_what_only_training_and_files_need_is_not_loaded_with_the_service():
    """Each takes a tenth of a second to a second of every start, and tens of megabytes."""
    heavy = {"sklearn", "faiss", "openpyxl", "docx", "reportlab", "torch", "sentence_transformers"}
    # Loaded by training, by imports of tables, and where a workbook, a draft or a dossier is made.
    apart = ("models/additive_fit.py", "data/formats/workbook.py", "service/web/workbook.py",
             "service/documents/word_file.py", "service/outreach/dossier/")  # fmt: skip
    root = Path(__file__).parents[2]
    for package in ("data", "models", "matcher", "service"):
        for path in (root / package).rglob("*.py"):
            name = str(path.relative_to(root))
            if name.startswith(apart) or "node_modules" in name:
                continue
            loaded = {
                alias.name.partition(".")[0]
                if isinstance(node, ast.Import)
                else str(node.module).partition(".")[0]
                for node in ast.parse(path.read_text("utf-8")).body
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            assert not loaded & heavy, name
