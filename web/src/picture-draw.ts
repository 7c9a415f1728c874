// Draws the part of a picture that is in view, as SVG. Intervals too short to
// be seen are drawn together, as what they mostly are.
import { duration, isTall, lookOf, looks, ticksOf, type Goroutine, type Lanes, type Look } from "./picture-data";

const space = "http://www.w3.org/2000/svg";

/** What of a picture is in view. */
export interface View {
  from: number;
  to: number;
  head: number;
  chosen: number; // index of a goroutine
}

/** Geometry, in CSS pixels. */
export interface Size {
  width: number;
  names: number; // where time begins
  lane: number;
  bar: number;
  wait: number;
  top: number;
  cores: number; // height of the strip at the bottom
}

export function sizeFor(width: number, lanes: number): Size {
  const lane = lanes <= 10 ? 34 : lanes <= 20 ? 26 : 20;
  const names = Math.round(Math.min(150, Math.max(72, width * 0.2)));
  return { width, names, lane, bar: Math.round(lane * 0.68), wait: Math.max(4, Math.round(lane * 0.2)), top: 24, cores: 30 };
}

export function heightOf(size: Size, lanes: number): number {
  return size.top + lanes * size.lane + size.cores + 8;
}

export function xOf(size: Size, view: View, at: number): number {
  return size.names + ((at - view.from) / (view.to - view.from)) * (size.width - size.names - 10);
}

export function momentAt(size: Size, view: View, x: number): number {
  return view.from + ((x - size.names) / (size.width - size.names - 10)) * (view.to - view.from);
}

function node(name: string, attrs: Record<string, string | number>, text?: string): SVGElement {
  const n = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attrs)) n.setAttribute(key, String(value));
  if (text !== undefined) n.textContent = text;
  return n;
}

/** Fills svg with what is in view. id tells patterns of several pictures apart. */
export function draw(svg: SVGSVGElement, data: Lanes, view: View, size: Size, id: string): void {
  const height = heightOf(size, data.goroutines.length);
  svg.setAttribute("viewBox", `0 0 ${size.width} ${height}`);
  svg.setAttribute("height", String(height));
  const row = new Map(data.goroutines.map((g, i) => [g.id, i]));
  const bottom = size.top + data.goroutines.length * size.lane;
  const parts: SVGElement[] = [patterns(id)];

  for (const r of data.ranges ?? []) {
    if (r.to < view.from || r.from > view.to) continue;
    const x = Math.max(xOf(size, view, r.from), size.names);
    parts.push(node("rect", { class: `band ${r.kind}`, x, y: size.top, width: Math.max(xOf(size, view, Math.min(r.to, view.to)) - x, 1), height: bottom - size.top }));
  }
  for (const t of ticksOf(view.from, view.to, size.width / 110)) {
    const x = xOf(size, view, t);
    parts.push(node("line", { class: "grid", x1: x, x2: x, y1: size.top - 4, y2: bottom }));
    parts.push(node("text", { class: "axis", x, y: size.top - 9, "text-anchor": x > size.width - 40 ? "end" : "middle" }, duration(t)));
  }
  data.goroutines.forEach((g, i) => parts.push(lane(g, i, data, view, size, i === view.chosen, id)));
  parts.push(chain(data, view, size, row), ...links(data, view, size, row), cores(data, view, size, bottom + 6));
  const x = xOf(size, view, view.head);
  if (x >= size.names - 1 && x <= size.width - 8) {
    parts.push(node("path", { class: "head", d: `M${x} ${size.top - 5}V${bottom + size.cores}M${x - 5} ${size.top - 5}h10l-5 6z` }));
  }
  svg.replaceChildren(...parts);
}

function lane(g: Goroutine, i: number, data: Lanes, view: View, size: Size, chosen: boolean, id: string): SVGElement {
  const base = size.top + (i + 1) * size.lane - (size.lane - size.bar) / 2;
  const group = node("g", { class: chosen ? "lane chosen" : "lane" });
  if (chosen) group.append(node("rect", { class: "row", x: 0, y: size.top + i * size.lane, width: size.width, height: size.lane }));
  group.append(node("line", { class: "grid", x1: size.names, x2: size.width - 10, y1: base, y2: base }));
  group.append(node("text", { class: "name", x: size.names - 8, y: base - size.bar / 2 + 5, "text-anchor": "end" }, clip(g.name, Math.floor(size.names / 7.4))));
  const paths = new Map<Look, string>();
  const put = (look: Look, x0: number, x1: number) => {
    const h = isTall(look) ? size.bar : size.wait;
    const from = Math.max(x0, size.names);
    const to = Math.min(Math.max(x1, x0 + 0.7), size.width - 10);
    if (to > from) paths.set(look, (paths.get(look) ?? "") + `M${from.toFixed(1)} ${base}v${-h}H${to.toFixed(1)}v${h}z`);
  };
  pieces(g, view, size, put);
  for (const look of looks) {
    const d = paths.get(look);
    if (d) group.append(node("path", { class: look, d, fill: patterned.has(look) ? `url(#${id}-${look})` : "" }));
  }
  if (g.alive && data.end <= view.to) {
    const x = xOf(size, view, g.end);
    group.append(node("path", { class: "alive", d: `M${x + 1} ${base - size.wait / 2 - 5}l8 5l-8 5z` }));
  }
  let free = 0; // right of the last words
  for (const m of data.marks ?? []) {
    if (m.goroutine !== g.id || m.at < view.from || m.at > view.to) continue;
    const x = xOf(size, view, m.at);
    group.append(node("path", { class: "flag", d: `M${x} ${base}v${-size.bar - 3}l7 3.5l-7 3.5` }));
    if (size.lane < 26 || x < free) continue;
    group.append(node("text", { class: "mark", x: x + 9, y: base - size.bar + 7 }, clip(m.text, 24)));
    free = x + 14 + Math.min(m.text.length, 24) * 6.8;
  }
  return group;
}

/** Cuts a lane into what can be seen. */
function pieces(g: Goroutine, view: View, size: Size, put: (look: Look, x0: number, x1: number) => void): void {
  const thin = 1.2;
  let from = 0;
  let to = 0;
  const spent = new Map<Look, number>();
  const flush = () => {
    let best: Look | null = null;
    for (const [look, d] of spent) if (best === null || d > (spent.get(best) ?? 0)) best = look;
    if (best) put(best, from, to);
    spent.clear();
  };
  for (const i of g.intervals) {
    if (i.to < view.from) continue;
    if (i.from > view.to) break;
    const x0 = xOf(size, view, i.from);
    const x1 = xOf(size, view, i.to);
    const look = lookOf(i);
    if (x1 - x0 >= thin) {
      flush();
      put(look, x0, x1);
      continue;
    }
    if (spent.size > 0 && x1 - from > thin) flush();
    if (spent.size === 0) from = x0;
    to = x1;
    spent.set(look, (spent.get(look) ?? 0) + x1 - x0);
  }
  flush();
}

/** What decided when the function was over, as a line along the lanes. */
function chain(data: Lanes, view: View, size: Size, row: Map<number, number>): SVGElement {
  let d = "";
  const inside = (x: number) => Math.min(Math.max(x, size.names), size.width - 10);
  for (const s of data.chain ?? []) {
    const i = row.get(s.goroutine);
    if (i === undefined || s.to < view.from || s.from > view.to) continue;
    const y = size.top + (i + 1) * size.lane - (size.lane - size.bar) / 2 + 1.5;
    d += `${d ? "L" : "M"}${inside(xOf(size, view, s.from)).toFixed(1)} ${y}H${inside(xOf(size, view, s.to)).toFixed(1)}`;
  }
  return node("path", { class: "chain", d });
}

const maxLinks = 150;

/** Lines from a go statement to its lane, and arrows for hand-overs. */
function links(data: Lanes, view: View, size: Size, row: Map<number, number>): SVGElement[] {
  const base = (i: number) => size.top + (i + 1) * size.lane - (size.lane - size.bar) / 2;
  const parts: SVGElement[] = [];
  let born = "";
  for (const [i, g] of data.goroutines.entries()) {
    const from = row.get(g.parent ?? 0);
    if (from === undefined || g.start < view.from || g.start > view.to) continue;
    born += `M${xOf(size, view, g.start).toFixed(1)} ${from < i ? base(from) : base(from) - size.bar}V${base(i)}`;
  }
  parts.push(node("path", { class: "born", d: born }));
  let arrows = "";
  let tips = "";
  let count = 0;
  const taken = new Set<string>();
  for (const w of data.wakes ?? []) {
    const from = row.get(w.from ?? 0);
    const to = row.get(w.to);
    if (from === undefined || to === undefined || from === to || w.at < view.from || w.at > view.to) continue;
    const x = xOf(size, view, w.at);
    const near = `${from}>${to}@${Math.round(x / 4)}`;
    if (taken.has(near) || count === maxLinks) continue;
    taken.add(near);
    count++;
    const end = from < to ? base(to) - size.wait : base(to);
    const tip = from < to ? -6 : 6;
    arrows += `M${x.toFixed(1)} ${from < to ? base(from) : base(from) - size.bar}V${end + tip}`;
    tips += `M${x.toFixed(1)} ${end}l-3.4 ${tip}h6.8z`;
  }
  parts.push(node("path", { class: "wake", d: arrows }), node("path", { class: "tip", d: tips }));
  return parts;
}

/** How many cores were busy. */
function cores(data: Lanes, view: View, size: Size, top: number): SVGElement {
  const columns = Math.max(1, Math.floor((size.width - size.names - 10) / 2));
  const sums = new Float64Array(columns);
  const column = (at: number) => ((at - view.from) / (view.to - view.from)) * columns;
  for (const g of data.goroutines) {
    for (const i of g.intervals) {
      if (i.state !== "running" || i.to < view.from || i.from > view.to) continue;
      const a = Math.max(column(i.from), 0);
      const b = Math.min(column(i.to), columns);
      for (let c = Math.floor(a); c < b; c++) sums[c] = (sums[c] ?? 0) + Math.min(b, c + 1) - Math.max(a, c);
    }
  }
  const h = size.cores - 6;
  let d = `M${size.names} ${top + h}`;
  sums.forEach((v, i) => (d += `V${(top + h - Math.min(v / data.procs, 1) * h).toFixed(1)}H${size.names + (i + 1) * 2}`));
  const group = node("g", {});
  group.append(
    node("rect", { class: "limit", x: size.names, y: top, width: columns * 2, height: h }),
    node("path", { class: "busy", d: d + `V${top + h}z` }),
    node("text", { class: "axis", x: size.names - 8, y: top + h - 5, "text-anchor": "end" }, `${data.procs} CPU`),
  );
  return group;
}

const patterned = new Set<Look>(["ready", "lock", "chan", "sleep", "net", "syscall"]);

/** Patterns say the same as colours. */
function patterns(id: string): SVGElement {
  const defs = node("defs", {});
  const pattern = (look: Look, w: number, h: number, turn: number, ...shapes: SVGElement[]) => {
    const p = node("pattern", { id: `${id}-${look}`, width: w, height: h, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` });
    p.append(...shapes);
    defs.append(p);
  };
  const rect = (cls: string, width: number, height: number) => node("rect", { class: cls, width, height });
  pattern("ready", 7, 7, 45, rect("ready-ground", 7, 7), rect("ready-ink", 3, 7));
  pattern("lock", 5, 5, 0, rect("lock-ground", 5, 5), rect("lock-ink", 2, 5));
  pattern("chan", 6, 6, 0, rect("chan-ground", 6, 6), node("circle", { class: "chan-ink", cx: 1.5, cy: 1.5, r: 1.1 }), node("circle", { class: "chan-ink", cx: 4.5, cy: 4.5, r: 1.1 }));
  pattern("sleep", 8, 40, 0, rect("sleep-ink", 4, 40));
  pattern("net", 6, 4, 0, rect("group-ground", 6, 4), rect("sys-ink", 6, 2));
  pattern("syscall", 6, 6, -45, rect("sys-ink", 6, 6), rect("ground", 2, 6));
  return defs;
}

/** A swatch of the legend. */
export function swatch(look: Look, id: string): SVGElement {
  const svg = node("svg", { width: 22, height: 12, "aria-hidden": "true" });
  const h = isTall(look) ? 12 : 6;
  svg.append(node("rect", { class: look, x: 0, y: 12 - h, width: 22, height: h, fill: patterned.has(look) ? `url(#${id}-${look})` : "" }));
  return svg;
}

function clip(s: string, most: number): string {
  const letters = Array.from(s);
  return letters.length <= most ? s : letters.slice(0, Math.max(1, most - 1)).join("") + "…";
}
