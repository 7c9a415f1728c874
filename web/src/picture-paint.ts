// What all parts of a picture are drawn with: its geometry, elements of SVG,
// patterns, and how much of a text has room.
import { isTall, rowsOf, type Lanes, type Look } from "./picture-data";

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
  right: number; // and ends
  lane: number;
  bar: number;
  wait: number;
  top: number;
  lanes: number; // where the lanes end
  row: number; // height of what stands below them
  height: number;
}

export const coresHigh = 30;

export function sizeFor(width: number, data: Lanes): Size {
  const count = data.goroutines.length;
  const lane = count <= 10 ? 38 : count <= 18 ? 28 : Math.min(20, Math.max(8, Math.floor(600 / count)));
  const names = Math.round(Math.min(150, Math.max(72, width * 0.18)));
  const top = 24;
  const row = 34;
  const lanes = top + count * lane;
  return {
    width, names, lane, top, lanes, row,
    right: width - (data.pool?.workers ? 50 : 14),
    bar: Math.round(lane * 0.7),
    wait: Math.max(4, Math.round(lane * 0.19)),
    height: lanes + rowsOf(data).length * row + coresHigh + 8,
  };
}

export function xOf(size: Size, view: View, at: number): number {
  return size.names + ((at - view.from) / (view.to - view.from)) * (size.right - size.names);
}

export function momentAt(size: Size, view: View, x: number): number {
  return view.from + ((x - size.names) / (size.right - size.names)) * (view.to - view.from);
}

/** The bottom of a lane's bars. */
export function baseOf(size: Size, lane: number): number {
  return size.top + (lane + 1) * size.lane - (size.lane - size.bar) / 2;
}

/** x, but not outside of what shows time. */
export function inside(size: Size, x: number): number {
  return Math.min(Math.max(x, size.names), size.right);
}

export function node(name: string, attrs: Record<string, string | number>, text?: string): SVGElement {
  const n = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attrs)) n.setAttribute(key, String(value));
  if (text !== undefined) n.textContent = text;
  return n;
}

export function clip(s: string, most: number): string {
  const letters = Array.from(s);
  return letters.length <= most ? s : letters.slice(0, Math.max(1, most - 1)).join("") + "…";
}

/** The same for names: those of a kind differ at their end, so "goroutine 12" becomes "gorou… 12". */
export function clipName(s: string, most: number): string {
  const end = s.slice(s.lastIndexOf(" "));
  return s.length > most && s.includes(" ") && end.length < most / 2 ? clip(s.slice(0, -end.length) + "…", most - end.length) + end : clip(s, most);
}

/** About how wide a text is, where a Latin letter is so wide. */
export function wide(s: string, letter = 7): number {
  let sum = 0;
  for (const c of s) sum += c > "\u2e7f" ? 13 : letter;
  return sum;
}

/** Steps of a value over time, as the outline of an area of this height above base. */
export function stairs(size: Size, view: View, base: number, high: number, most: number, levels: [number, number][]): string {
  let d = `M${size.names} ${base}`;
  for (const [at, n] of levels) d += `H${inside(size, xOf(size, view, at)).toFixed(1)}V${(base - (Math.min(n, most) / most) * high).toFixed(1)}`;
  return `${d}H${size.right}V${base}z`;
}

/** How a look is filled; patterns say the same as colours. */
export function fillOf(look: Look, id: string): string {
  return look === "running" || look === "group" ? "" : `url(#${id}-${look})`;
}

/** Patterns say the same as colours. */
export function patterns(id: string): SVGElement {
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
  svg.append(node("rect", { class: look, x: 0, y: 12 - h, width: 22, height: h, fill: fillOf(look, id) }));
  return svg;
}
