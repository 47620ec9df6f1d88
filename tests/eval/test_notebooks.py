from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import eval as package

FOLDER = Path(package.__file__).parent / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


def test_there_is_one_for_each_question():
    assert NOTEBOOKS == [
        "ablation.ipynb", "curves.ipynb", "explanations.ipynb", "fairness.ipynb", "outreach.ipynb",
        "quality.ipynb",
    ]  # fmt: skip


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_runs_and_draws(name):
    notebook = nbformat.read(FOLDER / name, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "stored without outputs"
    NotebookClient(notebook, timeout=600, kernel_name="python3").execute(cwd=str(FOLDER))
    drawn = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(drawn) >= 2
