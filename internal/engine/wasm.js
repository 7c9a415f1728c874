// Unpacks a cell's program and runs it; the element with the id is its place.
async (id, argv, packed, ended) => {
  const go = new Go(); // at once: another cell may define Go anew
  go.argv = argv;
  // JupyterLab runs an output's script before the output is in the page.
  let place;
  for (let tries = 0; !(place = document.getElementById(id)); tries++) {
    if (tries === 600) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  place.textContent = "";
  go.exit = (code) => code && place.append(ended.replace("%d", code));
  try {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const { instance } = await WebAssembly.instantiate(await new Response(stream).arrayBuffer(), go.importObject);
    await go.run(instance);
  } catch (err) {
    place.append(String(err));
  }
}
