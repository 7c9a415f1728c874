"""Every picture, where people look at notebooks: JupyterLab, Notebook 7, our page, and pages made from notebooks."""

import os
import pathlib
import subprocess
import sys

import nbformat
import pytest

from browser import process, wait_for
from lab import NOTEBOOK, SAVE, serve

ROOT = pathlib.Path(__file__).resolve().parents[2]
GALLERY = ROOT / "test" / "gallery" / "gallery.ipynb"
LANEBOOK = ROOT / "bin" / "lanebook"

# Counts what can be seen in a cell, once its images are decoded: images, the
# broken ones, and pictures to walk through.
SEEN = """async (node) => {
  for (const d of node.querySelectorAll('details')) d.open = true;
  const images = [...node.querySelectorAll('img')];
  const decoded = await Promise.allSettled(images.map((i) => i.decode()));
  return {
    images: images.length,
    broken: decoded.filter((d) => d.status === 'rejected').length + images.filter((i) => !i.naturalWidth).length,
    mute: images.filter((i) => i.alt.length < 12).length,
    walks: [...node.querySelectorAll('.lb-picture')].filter((p) => p.querySelectorAll('g.lane').length > 0).length,
  };
}"""

# The same for each cell of the notebook that is open in a page of Jupyter,
# which has only those cells in the page that are near.
IN_JUPYTER = f"""(async () => {{
  const content = {NOTEBOOK}.content;
  const seen = {{}};
  for (const [i, cell] of content.widgets.entries()) {{
    if (cell.model.type !== 'code') continue;
    await content.scrollToItem(i);
    for (let n = 0; n < 50 && cell.model.outputs.length > 0 && !cell.node.querySelector('.jp-OutputArea-output'); n++) await new Promise((r) => setTimeout(r, 40));
    await new Promise((r) => setTimeout(r, 120));
    seen[cell.model.id] = await ({SEEN})(cell.node);
  }}
  return seen;
}})()"""

IN_PAGE = f"""({SEEN})(document.body)"""

# Everything comes near the window once, as for somebody who reads on.
READ_ON = """(async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise((r) => setTimeout(r, 30));
  }
})()"""

TRUSTED = f"{NOTEBOOK}.content.widgets.filter((c) => c.model.type === 'code').map((c) => c.model.trusted)"


def forms(cell, mime):
    return [o["data"][mime] for o in cell.outputs if mime in o.get("data", {})]


def lanes(cell):
    """How many pictures of lanes a cell shows, alone or inside of a check."""
    data = forms(cell, "application/vnd.lanebook+json")
    return sum(d["kind"] == "lanes" or "lanes" in d for d in data)


def look(page, name):
    page.js("document.querySelector('figure').scrollIntoView()")
    page.shot(name)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """The gallery, run in JupyterLab and open there; what it saved; the page."""
    tmp = tmp_path_factory.mktemp("gallery")
    with pytest.MonkeyPatch.context() as patch, serve(tmp, patch, GALLERY) as lab:
        lab.open(GALLERY.name)
        lab.run_all()
        yield lab


def test_gallery(gallery, tmp_path):
    page = gallery.page
    page.js(SAVE)
    saved = gallery.work / GALLERY.name
    nb = nbformat.read(saved, as_version=4)
    cells = {c.id: c for c in nb.cells if c.cell_type == "code"}
    images = {id: "".join(forms(c, "text/html")).count("<img ") for id, c in cells.items()}
    walks = {id: lanes(c) for id, c in cells.items()}
    assert walks["check-failed"] == 1, "the lanes of the run that failed"
    assert sum(walks.values()) > 10 and sum(images.values()) > 30, "the gallery shows less than it did"
    # Foreign readers keep images whose bytes come along, and nothing else of what we make.
    for c in cells.values():
        for html in forms(c, "text/html"):
            assert html.count("<img ") == html.count('<img src="data:image/svg+xml;base64,')
            assert "<svg" not in html and "<style" not in html and "<iframe" not in html

    def sees(walking):
        """Each image is there, and lanes can be walked through exactly where scripts run."""
        wanted = {id: {"images": images[id], "broken": 0, "mute": 0, "walks": walks[id] if walking else 0} for id in cells}
        try:
            wait_for(wanted, lambda: True if page.js(IN_JUPYTER) == wanted else None)
        except TimeoutError:
            assert page.js(IN_JUPYTER) == wanted

    sees(walking=True)
    look(page, "gallery-lab")
    # The keyboard works inside the picture, and the notebook's own shortcuts do not.
    said = page.js(f"""(async () => {{
      const content = {NOTEBOOK}.content;
      await content.scrollToItem(content.widgets.findIndex((w) => w.model.id === 'pool'));
      const stage = document.querySelector('.lb-stage');
      for (let i = 0; i < 20; i++) stage.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'ArrowRight', bubbles: true }}));
      stage.scrollIntoView();
      const said = () => stage.closest('.lb-picture').querySelector('.lb-now').textContent;
      for (let n = 0; n < 600 && !said().includes(': '); n++) await new Promise((resume) => setTimeout(resume, 100));
      return said();
    }})()""")
    assert ": " in said
    page.shot("gallery-lab-walk")

    # Somebody else's notebook: its signature is not ours.
    nb.metadata["sent_by"] = "a friend"
    nbformat.write(nb, gallery.work / "sent.ipynb")
    for app in ("lab/tree", "notebooks"):
        gallery.open("sent.ipynb", app)
        assert not any(page.js(TRUSTED))
        sees(walking=False)
        look(page, "gallery-sent-" + app[:3])
    gallery.open(GALLERY.name, "notebooks")
    sees(walking=True)
    look(page, "gallery-notebook7")

    def sees_all(url, walking):
        page.go(url)
        wait_for("the page", lambda: page.js("document.readyState === 'complete' && document.querySelector('figure img') ? true : undefined"))
        page.js(READ_ON)
        everything = {"images": sum(images.values()), "broken": 0, "mute": 0, "walks": sum(walks.values()) if walking else 0}
        try:
            wait_for(everything, lambda: True if page.js(IN_PAGE) == everything else None)
        except TimeoutError:
            assert page.js(IN_PAGE) == everything

    made = tmp_path / "made"
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", made, saved], check=True, stderr=subprocess.DEVNULL)
    sees_all(f"file://{made}/gallery.html", walking=True)
    look(page, "gallery-nbconvert")
    subprocess.run([LANEBOOK, "handout", gallery.work / "sent.ipynb", "-o", made / "handout"], check=True, stdout=subprocess.DEVNULL)
    (handout,) = [p for p in (made / "handout").rglob("*.html") if "sent" in p.name]
    sees_all(f"file://{handout}", walking=False)
    look(page, "gallery-handout")
    study = process(LANEBOOK, "study", "--no-open", gallery.work / "sent.ipynb", stdout=subprocess.PIPE, text=True,
                    env=os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")})
    with study as p:
        address = p.stdout.readline().strip().removeprefix("lanebook study: ")
        page.go(address)
        wait_for("the page", lambda: page.js("location.pathname.endsWith('.ipynb') || document.querySelector('a[href$=\".ipynb\"]') ? true : undefined"))
        sees_all(page.js("document.querySelector('a[href$=\".ipynb\"]')?.href ?? location.href"), walking=True)
        look(page, "gallery-study")
