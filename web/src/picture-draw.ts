// Draws the part of a picture that is in view, as SVG. Intervals too short to
// be seen are drawn together, as what they mostly are.
import { duration, ticksOf, type Lanes } from "./picture-data";
import { lane } from "./picture-lane";
import { baseOf, inside, node, patterns, xOf, type Size, type View } from "./picture-paint";
import { cores, rows } from "./picture-rows";
import type { Words } from "./picture-words";

/** Fills svg with what is in view. id tells patterns of several pictures apart. */
export function draw(svg: SVGSVGElement, data: Lanes, view: View, size: Size, id: string, words: Words): void {
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  svg.style.height = `${size.height}px`;
  const row = new Map(data.goroutines.map((g, i) => [g.id, i]));
  const parts: SVGElement[] = [patterns(id)];
  for (const r of data.ranges ?? []) {
    if (r.to < view.from || r.from > view.to) continue;
    const x = inside(size, xOf(size, view, r.from));
    parts.push(node("rect", { class: `band ${r.kind === "gc" ? "gc" : "stop"}`, x, y: size.top, width: Math.max(inside(size, xOf(size, view, r.to)) - x, 1), height: size.lanes - size.top }));
  }
  for (const t of ticksOf(view.from, view.to, (size.right - size.names) / 90)) {
    const x = xOf(size, view, t);
    parts.push(
      node("line", { class: "grid", x1: x, x2: x, y1: size.top - 4, y2: size.lanes }),
      node("text", { class: "axis", x, y: size.top - 9, "text-anchor": x > size.right - 24 ? "end" : "middle" }, duration(t)),
    );
  }
  data.goroutines.forEach((g, i) => parts.push(lane(g, i, data, view, size, id)));
  parts.push(chain(data, view, size, row), ...links(data, view, size, row), ...rows(data, view, size, words.queue), ...shares(data, size, row), cores(data, view, size));
  const x = xOf(size, view, view.head);
  if (x >= size.names - 1 && x <= size.right + 1) {
    parts.push(node("path", { class: "head", d: `M${x} ${size.top - 5}V${size.height - 8}M${x - 5} ${size.top - 5}h10l-5 6z` }));
  }
  svg.replaceChildren(...parts);
}

/** How much of the pool's time each worker had a task. */
function shares(data: Lanes, size: Size, row: Map<number, number>): SVGElement[] {
  const life = (data.pool?.to ?? 0) - (data.pool?.from ?? 0);
  return (data.pool?.workers ?? []).flatMap((w) => {
    const i = row.get(w.goroutine);
    if (i === undefined || !(life > 0)) return [];
    return [node("text", { class: "axis", x: size.width - 2, y: baseOf(size, i) - size.bar / 2 + 5, "text-anchor": "end" }, `${Math.round((100 * w.busy) / life)} %`)];
  });
}

/** What decided when the function was over, as a line along the lanes. */
function chain(data: Lanes, view: View, size: Size, row: Map<number, number>): SVGElement {
  let d = "";
  for (const s of data.chain ?? []) {
    const i = row.get(s.goroutine);
    if (i === undefined || s.to < view.from || s.from > view.to) continue;
    const y = baseOf(size, i) + 1.5;
    d += `${d ? "L" : "M"}${inside(size, xOf(size, view, s.from)).toFixed(1)} ${y}H${inside(size, xOf(size, view, s.to)).toFixed(1)}`;
  }
  return node("path", { class: "chain", d });
}

const maxLinks = 150;

/** Lines from a go statement to its lane, and arrows for hand-overs. */
function links(data: Lanes, view: View, size: Size, row: Map<number, number>): SVGElement[] {
  const base = (i: number) => baseOf(size, i);
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
