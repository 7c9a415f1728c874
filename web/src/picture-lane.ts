// One lane of a picture: what a goroutine did, its tasks and its marks.
import { isTall, lookOf, looks, type Goroutine, type Interval, type Lanes, type Look, type Task } from "./picture-data";
import { baseOf, clip, clipName, fillOf, inside, node, wide, xOf, type Size, type View } from "./picture-paint";
import { place } from "./picture-words";

/** Where a goroutine has tasks, they take the upper part of its lane. */
const taskShare = 0.52;

/** In lower lanes only every second name has room. */
const small = 10;

type Span = [from: number, to: number];

export function lane(g: Goroutine, row: number, data: Lanes, view: View, size: Size, id: string): SVGElement {
  const base = baseOf(size, row);
  const x = (at: number) => inside(size, xOf(size, view, at));
  const chosen = row === view.chosen;
  const group = node("g", { class: chosen ? "lane chosen" : "lane" });
  if (chosen) group.append(node("rect", { class: "row", x: 0, y: size.top + row * size.lane, width: size.width, height: size.lane }));
  group.append(
    node("line", { class: "grid", x1: size.names, x2: size.right, y1: base, y2: base }),
  );
  if (size.lane >= small || row % 2 === 0 || chosen) {
    const tiny = size.lane < 14;
    group.append(node("text", { class: tiny ? "name tiny" : "name", x: size.names - 8, y: base - size.bar / 2 + (tiny ? 3 : 5), "text-anchor": "end" }, clipName(g.name, Math.floor(size.names / 7.4))));
  }
  const tasks = (data.tasks ?? []).filter((t) => t.goroutine === g.id);
  const bar = tasks.length > 0 ? size.bar * (1 - taskShare) : size.bar;
  const wait = Math.min(size.wait, bar / 2);
  const paths = new Map<Look, string>();
  let ticks = "";
  pieces(g, view, size, (look, from, to) => {
    const h = isTall(look) ? bar : wait;
    if (to - from > 6 && !isTall(look)) ticks += `M${from.toFixed(1)} ${base}v${-wait - 4}`; // One long wait and many short ones are different stories.
    paths.set(look, (paths.get(look) ?? "") + `M${from.toFixed(1)} ${base}v${-h}H${to.toFixed(1)}v${h}z`);
  });
  group.append(node("path", { class: "tick", d: ticks }));
  for (const look of looks) {
    const d = paths.get(look);
    if (d) group.append(node("path", { class: look, d, fill: fillOf(look, id) }));
  }
  if (g.end <= view.to && g.end >= view.from) {
    if (g.alive) group.append(node("path", { class: "alive", d: `M${x(g.end) + 1} ${base - wait / 2 - 5}l8 5l-8 5z` }));
    else if (row > 0) group.append(node("path", { class: "over", d: `M${x(g.end)} ${base}v${-size.bar}` }));
  }
  const taken = marks(g, tasks, data, view, size, base, group);
  if (size.lane >= 26 && tasks.length === 0) group.append(...words(g, data, view, size, base, taken));
  group.append(...bars(tasks, view, size, base));
  return group;
}

/** Tasks, each with its name where there is room. */
function bars(tasks: Task[], view: View, size: Size, base: number): SVGElement[] {
  const x = (at: number) => inside(size, xOf(size, view, at));
  const drawn: SVGElement[] = [];
  let last = 0;
  for (const t of tasks) {
    const from = Math.max(x(t.from), last);
    const to = Math.max(x(t.to), from + 1);
    if (t.to < view.from || t.from > view.to || to <= last + 1) continue;
    last = to + 0.5;
    const top = base - size.bar - 2;
    const name = [t.name, t.name.slice(t.name.lastIndexOf(" ") + 1)].find((n) => wide(n) + 6 <= to - from); // "task 4" is still itself as "4".
    drawn.push(node("rect", { class: "task", x: from, y: top, width: to - from, height: size.bar * taskShare, rx: to - from < 6 ? 0 : 2 }));
    if (name && size.lane >= 26) drawn.push(node("text", { class: "task-name", x: from + 4, y: top + size.bar * taskShare - 3 }, name));
  }
  return drawn;
}

/**
 * Draws flags and returns where their words stand. Words that find no room are
 * counted on the flag before them ("task 1 +1"); the steps name every one.
 */
function marks(g: Goroutine, tasks: Task[], data: Lanes, view: View, size: Size, base: number, group: SVGElement): Span[] {
  const said: { text: string; more: number; span: Span; left: boolean }[] = [];
  const worded = size.lane >= 26 && tasks.length === 0;
  let last = -9;
  for (const m of data.marks ?? []) {
    if (m.goroutine !== g.id || m.at < view.from || m.at > view.to || tasks.some((t) => t.from === m.at)) continue;
    const x = xOf(size, view, m.at);
    if (x - last >= 3) group.append(node("path", { class: "flag", d: `M${x} ${base}v${-size.bar - 3}l7 3.5l-7 3.5` }));
    last = Math.max(last, x);
    if (!worded) continue;
    const text = clip(m.text, 24);
    const long = wide(text) + wide(" +9") + 12;
    const left = x + long > size.right;
    const span: Span = left ? [x - long, x] : [x, x + long];
    const before = said.find((f) => f.span[0] < span[1] && span[0] < f.span[1]);
    if (before) before.more++;
    else said.push({ text, more: 0, span, left });
  }
  for (const f of said) {
    const at = { x: f.left ? f.span[1] - 4 : f.span[0] + 9, y: base - size.bar + 7, "text-anchor": f.left ? "end" : "start" };
    group.append(node("text", { class: "mark", ...at }, f.more > 0 ? `${f.text} +${f.more}` : f.text));
  }
  return said.map((f) => f.span);
}

/** Says on long waits where they are, beside what is taken, and on long runs on which core. */
function words(g: Goroutine, data: Lanes, view: View, size: Size, base: number, taken: Span[]): SVGElement[] {
  const said: SVGElement[] = [];
  for (const i of g.intervals) {
    let from = inside(size, xOf(size, view, i.from)) + 4;
    let to = inside(size, xOf(size, view, i.to)) - 3;
    if (to - from < 12 || i.to < view.from || i.from > view.to) continue;
    if (i.state === "running" && i.proc !== undefined) said.push(node("text", { class: "core", x: from, y: base - 4 }, String(i.proc)));
    if (i.state !== "waiting") continue;
    for (const t of taken) {
      if (t[0] <= from && t[1] > from) from = t[1] + 4;
      else if (t[0] > from && t[0] < to) to = t[0] - 4;
    }
    const text = labelOf(i, data, to - from);
    if (text) said.push(node("text", { class: "where", x: from, y: base - size.wait - 4 }, text));
  }
  return said;
}

/** The longest form that has room. */
function labelOf(i: Interval, data: Lanes, room: number): string | undefined {
  const line = data.lines[i.line ?? 0];
  if (!line?.file) return undefined;
  return [place(line), line.text ?? "", `${line.file}:${line.line}`].find((text) => text && wide(text, 7.3) <= room);
}

/** Cuts a lane into what can be seen. */
function pieces(g: Goroutine, view: View, size: Size, draw: (look: Look, x0: number, x1: number) => void): void {
  const thin = 1.2;
  const put = (look: Look, x0: number, x1: number) => {
    const from = Math.max(x0, size.names);
    const to = Math.min(Math.max(x1, x0 + 0.7), size.right);
    if (to > from) draw(look, from, to);
  };
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
