"""Runs the chapters under the real GoNB kernel and looks at what it showed.

usage: judge.py [-o FOLDER] NOTEBOOK...

The notebooks must stand in a clone (notebooks/en/NAME.ipynb), because their
setup cell looks for kernelext there. Needs nbclient, and gonb, goimports and
gopls on PATH. With -o the executed notebooks are written there, to be looked at.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import nbclient
import nbformat

DATA = "application/vnd.lanebook+json"


class Judge(nbclient.NotebookClient):
    """Runs a notebook and counts displays that replaced an earlier one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.updates = {}

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] == "update_display_data":
            self.updates[cell_index] = self.updates.get(cell_index, 0) + 1
        return super().process_message(msg, cell, cell_index)


def kinds(cell):
    """The kinds of pictures a cell has shown: lanes, timing, table, ..."""
    found = []
    for out in cell.outputs:
        data = out.get("data", {}).get(DATA)
        if data is not None:
            found.append((json.loads(data) if isinstance(data, str) else data)["kind"])
    return found


def complaints(cell, updates):
    """What is wrong with a cell that has been executed."""
    tags, source = cell.metadata.get("tags", []), cell.source
    failed = [o for o in cell.outputs if o.output_type == "error"]
    if ("raises-exception" in tags) != bool(failed):
        yield failed[0].evalue if failed else "should have failed"
    if failed:
        return
    shown = kinds(cell)
    for call, kind in (
        ("Lanes(", "lanes"),
        ("Deep(", "lanes"),
        ("Time(", "timing"),
        ("Compare(", "compare"),
        ("Sweep(", "sweep"),
        ("Tally(", "tally"),
        ("Predict(", "prediction"),
    ):
        if "kernelext." + call in source and kind not in shown:
            yield f"no picture of kind {kind}"
    mimes = {m for o in cell.outputs for m in o.get("data", {})}
    if "kernelext.PNG(" in source and "image/png" not in mimes:
        yield "no PNG"
    if "kernelext.Table(" in source and "text/html" not in mimes:
        yield "no table"
    if "kernelext.Progress(" in source and not updates:
        yield "the progress bar never moved in place"
    for o in cell.outputs:
        # Under GoNB, Deep is Lanes, and says so.
        if o.output_type == "stream" and "kernelext: " in o.text and "Deep records what Lanes" not in o.text:
            yield o.text.strip()


def install(folder):
    """Puts GoNB's kernelspec where it is found before any other of that name."""
    where = dict(os.environ, JUPYTER_DATA_DIR=folder)
    subprocess.run(["gonb", "--install"], env=where, check=True, stderr=subprocess.DEVNULL)
    os.environ["JUPYTER_PATH"] = folder


def run(path, folder):
    nb = nbformat.read(path, as_version=4)
    judge = Judge(nb, kernel_name="gonb", timeout=180, allow_errors=True,
                  resources={"metadata": {"path": str(path.parent)}})
    bad = 0
    with judge.setup_kernel():
        for i, cell in enumerate(nb.cells):
            if cell.cell_type != "code":
                continue
            begin = time.monotonic()
            judge.execute_cell(cell, i)
            wrong = list(complaints(cell, judge.updates.get(i, 0)))
            bad += len(wrong)
            print(f"{path.stem} {cell.id:18} {time.monotonic() - begin:6.2f} s  {'; '.join(wrong) or 'ok'}", flush=True)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, folder / path.name)
    return bad


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("-o", dest="folder", type=pathlib.Path)
    args.add_argument("notebooks", nargs="+", type=lambda p: pathlib.Path(p).resolve())
    opts = args.parse_args()
    # GoNB asks also where nobody can answer, and a cell would wait for ever.
    os.environ["LANEBOOK_INPUT"] = "no"
    with tempfile.TemporaryDirectory() as spec:
        install(spec)
        return 1 if sum(run(p, opts.folder) for p in opts.notebooks) else 0


if __name__ == "__main__":
    sys.exit(main())
