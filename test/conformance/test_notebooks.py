"""nbclient runs the chapters with our kernel, named explicitly."""

import pathlib

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "notebooks" / "en").glob("*.ipynb"))


def execute(path, kernel_name):
    """Runs a notebook and returns it with its outputs. A cell that fails raises,
    unless it is tagged raises-exception."""
    nb = nbformat.read(path, as_version=4)
    nbformat.validate(nb)
    client = NotebookClient(nb, timeout=600, kernel_name=kernel_name, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    nbformat.validate(nb)
    return nb


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.name)
def test_chapter(path, tmp_path):
    nb = execute(path, "lanebook")
    code = [c for c in nb.cells if c.cell_type == "code"]
    assert code and all(c.execution_count for c in code)
    assert any(c.outputs for c in code)


def test_gonb_is_an_alias(tmp_path):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('%%\nfmt.Println("hello")')])
    path = tmp_path / "a.ipynb"
    nbformat.write(nb, path)
    assert execute(path, "gonb").cells[0].outputs[0]["text"] == "hello\n"
