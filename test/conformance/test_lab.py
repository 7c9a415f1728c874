"""JupyterLab, in a real browser, opens a chapter and runs all its cells."""

import pathlib

from browser import wait_for
from lab import NOTEBOOK, serve

CHAPTER = pathlib.Path(__file__).resolve().parents[2] / "notebooks" / "en" / "13-pools.ipynb"


IN_THE_BROWSER = """%wasm
%%
js.Global().Get("document").Call("getElementById", GonbWasmDivId).Set("innerHTML", "<b id='from-go'>Go, in the browser</b>")"""

# Asks for completion, and waits until the kernel says that it has nothing more to say about that.
COMPLETE = f"""{NOTEBOOK}.sessionContext.session.kernel.requestComplete({{ code: 'fmt.Printl', cursor_pos: 10 }})
  .then((reply) => reply.content.matches)"""

STATUS = f"{NOTEBOOK}.sessionContext.session.kernel.status"


def test_run_all(tmp_path, monkeypatch):
    with serve(tmp_path, monkeypatch, CHAPTER) as lab:
        assert lab.open(CHAPTER.name) in ("gonb", "lanebook")
        cells = lab.run_all()
        lab.page.shot("jupyterlab")
        lab.add(IN_THE_BROWSER)
        assert wait_for("the program in the page", lambda: lab.page.js("document.getElementById('from-go')?.textContent"), seconds=600) == "Go, in the browser"
        lab.page.shot("jupyterlab-wasm")
        # Who types while a cell runs is helped, and the cell is seen to run on.
        lab.add("for { time.Sleep(time.Second) }")
        wait_for("the cell to run", lambda: True if lab.page.js(STATUS) == "busy" else None)
        assert "Println" in lab.page.js(COMPLETE)
        wait_for("the cell to run on", lambda: True if lab.page.js(STATUS) == "busy" else None)
        lab.page.shot("jupyterlab-busy")
    assert [c["execution_count"] for c in cells] == list(range(1, len(cells) + 1))
    for c in cells:
        failed = [o for o in c["outputs"] if o["output_type"] == "error"]
        expected = "raises-exception" in c["metadata"].get("tags", [])
        assert bool(failed) == expected, failed
    shown = [o for c in cells for o in c["outputs"] if o["output_type"] == "display_data"]
    assert any("text/html" in o["data"] for o in shown)
