"""JupyterLab, in a real browser, opens a chapter and runs all its cells."""

import pathlib

from lab import serve

CHAPTER = pathlib.Path(__file__).resolve().parents[2] / "notebooks" / "en" / "13-pools.ipynb"


def test_run_all(tmp_path, monkeypatch):
    with serve(tmp_path, monkeypatch, CHAPTER) as lab:
        assert lab.open(CHAPTER.name) in ("gonb", "lanebook")
        cells = lab.run_all()
        lab.page.shot("jupyterlab")
    assert [c["execution_count"] for c in cells] == list(range(1, len(cells) + 1))
    for c in cells:
        failed = [o for o in c["outputs"] if o["output_type"] == "error"]
        expected = "raises-exception" in c["metadata"].get("tags", [])
        assert bool(failed) == expected, failed
    shown = [o for c in cells for o in c["outputs"] if o["output_type"] == "display_data"]
    assert any("text/html" in o["data"] for o in shown)
