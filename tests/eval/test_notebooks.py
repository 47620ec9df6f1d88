from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import eval as package

FOLDER = Path(package.__file__).parent / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))
# Between two notebooks: no name stays, and what the next one draws looks as it does in a new kernel.
AFRESH = """
import matplotlib
import matplotlib.pyplot as plt
plt.close("all")
matplotlib.rcdefaults()
%matplotlib inline
%reset -f
"""


@pytest.fixture(scope="module")
def kernel() -> Iterator[object]:
    """Start one kernel for all: to import what they draw with takes longer than to draw."""
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(FOLDER))
    client.stop_channels()
    yield manager
    manager.shutdown_kernel(now=True)


def run(notebook, kernel):
    NotebookClient(notebook, km=kernel, timeout=600).execute(cwd=str(FOLDER))


def test_there_is_one_for_each_question():
    assert NOTEBOOKS == [
        "ablation.ipynb", "curves.ipynb", "explanations.ipynb", "fairness.ipynb", "outreach.ipynb",
        "quality.ipynb",
    ]  # fmt: skip


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_runs_and_draws(name, kernel):
    notebook = nbformat.read(FOLDER / name, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "stored without outputs"
    run(new_notebook(cells=[new_code_cell(AFRESH)]), kernel)
    run(notebook, kernel)
    drawn = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(drawn) >= 2


def test_a_name_of_one_notebook_is_none_of_the_next(kernel):
    run(new_notebook(cells=[new_code_cell("results = 1")]), kernel)
    left = new_notebook(cells=[new_code_cell(AFRESH), new_code_cell("'results' in globals()")])
    run(left, kernel)
    assert left.cells[1].outputs[0]["data"]["text/plain"] == "False"
