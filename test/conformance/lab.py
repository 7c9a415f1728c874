"""JupyterLab and Notebook 7, which are pages of one server, and a notebook open in them."""

import contextlib
import json
import os
import pathlib
import sys
import urllib.request

import nbformat

from browser import chrome, free_port, process, wait_for

TOKEN = "for-this-test"


class Lab:
    """A page of the browser with a server of Jupyter behind it."""

    def __init__(self, page, port, work):
        self.page, self.port, self.work = page, port, work

    def open(self, name, app="lab/tree"):
        """Opens a notebook of the work folder, in JupyterLab or, as "notebooks", in Notebook 7."""
        self.page.go(f"http://127.0.0.1:{self.port}/{app}/{name}?token={TOKEN}")
        return wait_for("the notebook", lambda: self.page.js(OPEN))

    def add(self, source):
        """Adds a cell to the open notebook, and starts it."""
        self.page.js(f"({ADD})({json.dumps(source)})")

    def run_all(self):
        """Runs the open notebook and returns its code cells."""
        self.page.js(RUN)
        return wait_for("all cells", lambda: done(self.page.js(CELLS)), seconds=600)


@contextlib.contextmanager
def serve(tmp_path, monkeypatch, notebook):
    """A server with a notebook, without outputs, in its work folder."""
    nb = nbformat.read(notebook, as_version=4)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    work = tmp_path / "work"
    work.mkdir()
    nbformat.write(nb, work / notebook.name)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    port = free_port()
    log = open(tmp_path / "lab.log", "w")
    server = process(
        "jupyter-lab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={work}", "--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True",
        stdout=log, stderr=log, env=os.environ | {"PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"},
    )
    with log, server, chrome(tmp_path / "profile") as page:
        wait_for("JupyterLab", lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={TOKEN}").status)
        yield Lab(page, port, work)


# The notebook of the page's address, whether or not the browser gave it the focus; others may be open as the last time.
NOTEBOOK = "[...(window.jupyterapp?.shell?.widgets('main') ?? [])].find(w => w.context && location.pathname.endsWith('/' + w.context.path))"

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

ADD = f"""(source) => {{
  const {{ content }} = {NOTEBOOK};
  content.model.sharedModel.addCell({{ cell_type: 'code', source }});
  content.activeCellIndex = content.widgets.length - 1;
  void window.jupyterapp.commands.execute('notebook:run-cell');
}}"""

CELLS = f"""{NOTEBOOK}.content.model.sharedModel.cells
  .filter(c => c.cell_type === 'code').map(c => c.toJSON())"""

SAVE = f"""{NOTEBOOK}.context.save().then(() => true)"""


def done(cells):
    """The cells, once all of them have run."""
    return cells if cells and all(c["execution_count"] for c in cells) else None
