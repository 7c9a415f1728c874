"""JupyterLab, in a real browser, opens a chapter and runs all its cells."""

import base64
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

import nbformat
import pytest
import websocket

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "notebooks" / "en" / "13-pools.ipynb"
GALLERY = ROOT / "test" / "gallery" / "gallery.ipynb"
TOKEN = "for-this-test"


def chromium():
    """The browser's path. Without one the test is skipped, loudly; in CI it fails."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := os.environ.get("CHROMIUM") or shutil.which(name):
            return path
    if os.environ.get("CI") == "true":
        pytest.fail("there is no Chromium, and CI may skip nothing")
    pytest.skip("!! SKIPPED: there is no Chromium")


def wait_for(what, probe, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, KeyError):
            if (value := probe()) is not None:
                return value
        time.sleep(0.2)
    raise TimeoutError(what)


@contextlib.contextmanager
def process(*args, **options):
    p = subprocess.Popen([str(a) for a in args], **options)
    try:
        yield p
    finally:
        p.terminate()
        try:
            p.wait(timeout=20)
        except subprocess.TimeoutExpired:
            p.kill()
            p.wait()


class Page:
    """A page of the browser, by the DevTools protocol."""

    def __init__(self, profile):
        def target():
            port = (profile / "DevToolsActivePort").read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                for t in json.load(answer):
                    if t["type"] == "page":
                        return t["webSocketDebuggerUrl"]

        self.socket = websocket.create_connection(wait_for("the browser", target), suppress_origin=True, timeout=600)
        self.last = 0

    def call(self, method, **params):
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.last:
                assert "error" not in answer, answer
                return answer["result"]

    def js(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")


@pytest.fixture(params=[CHAPTER])
def lab(request, tmp_path, monkeypatch):
    """A page with JupyterLab, and a notebook open in it, without outputs."""
    browser = chromium()
    notebook = request.param
    nb = nbformat.read(notebook, as_version=4)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    work = tmp_path / "work"
    work.mkdir()
    nbformat.write(nb, work / notebook.name)

    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    log = open(tmp_path / "lab.log", "w")
    server = process(
        "jupyter-lab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={work}", "--LabApp.expose_app_in_browser=True", stdout=log, stderr=log,
        env=os.environ | {"PATH": f"{pathlib.Path(os.sys.executable).parent}:{os.environ['PATH']}"},
    )
    profile = tmp_path / "profile"
    chrome = process(
        browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0",
        f"--user-data-dir={profile}", "--window-size=1280,900", "about:blank", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    with log, server, chrome:
        wait_for("JupyterLab", lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={TOKEN}").status)
        page = Page(profile)
        page.call("Page.navigate", url=f"http://127.0.0.1:{port}/lab/tree/{notebook.name}?token={TOKEN}")
        yield page


# The notebook that is open, whether or not the browser gave it the focus.
NOTEBOOK = "[...(window.jupyterapp?.shell?.widgets('main') ?? [])].find(w => w.context?.path.endsWith('.ipynb'))"

OPEN = f"""(() => {{
  const w = {NOTEBOOK};
  return w?.context.isReady ? w.sessionContext.session?.kernel?.name : undefined;
}})()"""

RUN = f"""(async () => {{
  const w = {NOTEBOOK};
  await w.sessionContext.ready;
  window.jupyterapp.shell.activateById(w.id);
  await window.jupyterapp.commands.execute('notebook:run-all-cells');
}})()"""

CELLS = f"""{NOTEBOOK}.content.model.sharedModel.cells
  .filter(c => c.cell_type === 'code').map(c => c.toJSON())"""


def test_run_all(lab):
    assert wait_for("the notebook", lambda: lab.js(OPEN)) in ("gonb", "lanebook")
    lab.js(RUN)
    cells = wait_for("all cells", lambda: done(lab.js(CELLS)), seconds=600)
    assert [c["execution_count"] for c in cells] == list(range(1, len(cells) + 1))
    for c in cells:
        failed = [o for o in c["outputs"] if o["output_type"] == "error"]
        expected = "raises-exception" in c["metadata"].get("tags", [])
        assert bool(failed) == expected, failed
    shown = [o for c in cells for o in c["outputs"] if o["output_type"] == "display_data"]
    assert any("text/html" in o["data"] for o in shown)
    if folder := os.environ.get("LANEBOOK_SCREENSHOTS"):
        png = lab.call("Page.captureScreenshot")["data"]
        pathlib.Path(folder, "jupyterlab.png").write_bytes(base64.b64decode(png))


# What a reader sees of each cell's pictures, after scrolling to it: those to
# walk through, with as many lanes, and images that could be decoded.
PICTURES = f"""(async () => {{
  const content = {NOTEBOOK}.content;
  const seen = {{}};
  for (const [i, cell] of content.widgets.entries()) {{
    if (cell.model.type !== 'code') continue;
    await content.scrollToItem(i);
    await new Promise((resume) => setTimeout(resume, 400));
    seen[cell.model.id] = {{
      lanes: cell.node.querySelectorAll('.lb-picture g.lane').length,
      images: [...cell.node.querySelectorAll('figure img')].filter((i) => i.naturalWidth > 0 && i.alt.length > 20).length,
      verdict: cell.node.querySelectorAll('.jp-OutputArea strong').length,
    }};
  }}
  return seen;
}})()"""


@pytest.mark.parametrize("lab", [GALLERY], indirect=True)
def test_gallery(lab):
    """Every picture is there, and those of lanes can be walked through."""
    wait_for("the notebook", lambda: lab.js(OPEN))
    lab.js(RUN)
    wait_for("all cells", lambda: done(lab.js(CELLS)), seconds=600)
    seen = lab.js(PICTURES)
    walked = ["pool", "lock", "readers", "semaphore", "cond", "cancel", "network", "hundred", "crowd", "still", "stuck"]
    drawn = ["watch-locks", "watch-philosophers", "watch-channels", "watch-partial", "watch-leak", "watch-panic"]
    assert {name: seen[name] for name in walked if seen[name]["lanes"] < 2} == {}
    assert {name: seen[name] for name in drawn if seen[name]["images"] != 1} == {}
    assert seen["watch-ok"]["verdict"] == 1
    # The keyboard works inside the picture, and the notebook's own shortcuts do not.
    said = lab.js(f"""(async () => {{
      const content = {NOTEBOOK}.content;
      await content.scrollToItem(content.widgets.findIndex((w) => w.model.id === 'pool'));
      const stage = document.querySelector('.lb-stage');
      for (let i = 0; i < 20; i++) stage.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'ArrowRight', bubbles: true }}));
      stage.scrollIntoView();
      await new Promise((resume) => setTimeout(resume, 300));
      return stage.closest('.lb-picture').querySelector('.lb-now').textContent;
    }})()""")
    assert ": " in said
    if folder := os.environ.get("LANEBOOK_SCREENSHOTS"):
        png = lab.call("Page.captureScreenshot")["data"]
        pathlib.Path(folder, "jupyterlab-gallery.png").write_bytes(base64.b64decode(png))


def done(cells):
    """The cells, once all of them have run."""
    return cells if cells and all(c["execution_count"] for c in cells) else None
