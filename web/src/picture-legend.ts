// What the signs of a picture mean: those that occur in it.
import { duration, isTall, lookOf, looks, rowsOf, type Lanes, type Look } from "./picture-data";
import { fillOf, node } from "./picture-paint";
import type { Words } from "./picture-words";

/** Signs that are no looks of lanes: the class they are drawn with, and its shape in 22 by 12 pixels. */
const signs = {
  born: "M11 0v12",
  wake: "M11 0v7",
  core: "M0 0h22v12H0z",
  chain: "M0 6h22",
  alive: "M8 1l8 5l-8 5z",
  task: "M0 1h22v10H0z",
  "queue-line": "M0 12V5h11V1h11v11z",
  buffer: "M0 12V5h11V1h11v11z",
  held: "M0 1h22v11H0z",
  queued: "M0 4h22v5H0z",
  gc: "M0 0h22v12H0z",
  stop: "M8 0h6v12H8z",
};

/** Where the class is not the name of the sign. */
const classes: Partial<Record<Sign, string>> = { core: "running", gc: "band gc", stop: "band stop" };

export type Sign = keyof typeof signs;

export function legend(data: Lanes, words: Words, id: string): HTMLElement {
  const list = document.createElement("p");
  list.className = "lb-legend";
  const item = (text: string, ...shapes: SVGElement[]) => {
    const span = document.createElement("span");
    if (shapes.length > 0) {
      const svg = node("svg", { width: 22, height: 12, "aria-hidden": "true" });
      svg.append(...shapes);
      span.append(svg);
    }
    span.append(text);
    list.append(span);
  };
  const used = new Set<Look>(data.goroutines.flatMap((g) => g.intervals.map(lookOf)));
  for (const look of looks) {
    const height = isTall(look) ? 12 : 6;
    if (used.has(look)) item(words.legend[look] ?? look, node("rect", { class: look, y: 12 - height, width: 22, height, fill: fillOf(look, id) }));
  }
  for (const sign of signsIn(data)) {
    const drawn = [node("path", { class: classes[sign] ?? sign, d: signs[sign] })];
    if (sign === "wake") drawn.push(node("path", { class: "tip", d: "M11 12l-3.4 -6h6.8z" }));
    if (sign === "core") drawn.push(node("text", { class: "core", x: 4, y: 10 }, "0"));
    item(words.signs[sign], ...drawn);
  }
  if (data.hidden) item(words.hidden.replace("{n}", String(data.hidden)));
  if (data.resolution) item(words.merged.replace("{t}", duration(data.resolution)));
  return list;
}

function signsIn(data: Lanes): Sign[] {
  const rows = rowsOf(data);
  const busy = new Set(data.tasks?.map((t) => t.goroutine)); // Tasks stand where the cores would.
  const there: Record<Sign, unknown> = {
    born: data.goroutines.some((g) => g.parent),
    wake: data.wakes?.some((w) => w.from),
    core: data.goroutines.length <= 18 && data.goroutines.some((g) => !busy.has(g.id) && g.intervals.some((i) => i.proc !== undefined)),
    chain: data.chain?.length,
    alive: data.goroutines.some((g) => g.alive),
    task: data.tasks?.length,
    "queue-line": rows.some((r) => r.levels && !r.name),
    buffer: rows.some((r) => r.levels && r.name),
    held: rows.some((r) => r.holds),
    queued: rows.some((r) => r.waits?.length),
    gc: data.ranges?.some((r) => r.kind === "gc"),
    stop: data.ranges?.some((r) => r.kind !== "gc"),
  };
  return (Object.keys(there) as Sign[]).filter((sign) => there[sign]);
}
