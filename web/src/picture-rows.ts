// What stands below the lanes of a picture: the queue of a pool, buffers and
// locks of a deep recording, and how many cores were busy.
import { rowsOf, type Lanes, type Row } from "./picture-data";
import { clip, coresHigh, inside, node, stairs, wide, xOf, type Size, type View } from "./picture-paint";

export function rows(data: Lanes, view: View, size: Size, queue: string): SVGElement[] {
  return rowsOf(data).map((row, i) => draw(row, data, view, size, size.lanes + (i + 1) * size.row - 6, queue));
}

function draw(row: Row, data: Lanes, view: View, size: Size, base: number, queue: string): SVGElement {
  const high = 20;
  const group = node("g", { class: "object" });
  group.append(
    node("text", { class: row.name ? "object-name" : "name", x: size.names - 8, y: base - 5, "text-anchor": "end" }, clip(row.name ?? queue, Math.floor(size.names / 8))),
    node("line", { class: "grid", x1: size.names, x2: size.right, y1: base, y2: base }),
  );
  if (row.levels) {
    const most = row.most ?? 1;
    group.append(
      node("path", { class: row.name ? "buffer" : "queue-line", d: stairs(size, view, base, high, most, row.levels) }),
      node("text", { class: "axis", x: size.right + 3, y: base - high + 9 }, String(most)),
    );
  }
  let waits = "";
  for (const w of row.waits ?? []) waits += box(size, view, w.from, w.to, base - high, 5);
  group.append(node("path", { class: "queued", d: waits }));
  let holds = "";
  for (const h of row.holds ?? []) {
    const d = box(size, view, h.from, h.to, base - high + 6, high - 6);
    if (!d) continue;
    holds += d;
  }
  group.append(node("path", { class: "held", d: holds }));
  for (const h of row.holds ?? []) {
    const from = inside(size, xOf(size, view, h.from));
    const name = clip(data.goroutines.find((g) => g.id === h.goroutine)?.name ?? "", 18);
    if (name && wide(name) + 6 <= inside(size, xOf(size, view, h.to)) - from) group.append(node("text", { class: "holder", x: from + 3, y: base - 3 }, name));
  }
  return group;
}

function box(size: Size, view: View, from: number, to: number, top: number, high: number): string {
  if (to < view.from || from > view.to) return "";
  const x = inside(size, xOf(size, view, from));
  return `M${x.toFixed(1)} ${top}h${Math.max(inside(size, xOf(size, view, to)) - x, 0.6).toFixed(1)}v${high}H${x.toFixed(1)}z`;
}

/** How many cores were busy. */
export function cores(data: Lanes, view: View, size: Size): SVGElement {
  const top = size.height - coresHigh - 2;
  const columns = Math.max(1, Math.floor((size.right - size.names) / 2));
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
  const h = coresHigh - 6;
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
