// What happens at a moment of a picture, in words.
import { doing, place, type Words } from "./picture-words";
import { intervalAt, type Goroutine, type Lanes } from "./picture-data";

/** More at one moment than this is not read to its end. */
const most = 4;

/** What begins at this very moment; empty if nothing does. */
export function eventsAt(data: Lanes, w: Words, at: number): string {
  const name = (id: number | undefined) => data.goroutines.find((g) => g.id === id)?.name;
  const said: string[] = [];
  for (const wake of data.wakes ?? []) {
    const from = name(wake.from);
    const to = name(wake.to);
    if (wake.at !== at || !to) continue;
    const where = place(data.lines[wake.line ?? 0]);
    said.push(from ? `${from} ${w.calls[wake.call ?? ""] ?? w.wakes} ${to}${where ? ` (${where})` : ""}` : `${to} ${w.goesOn}`);
  }
  for (const m of data.marks ?? []) if (m.at === at) said.push(`${name(m.goroutine) ?? ""} ⚑ ${m.text}`);
  for (const g of data.goroutines) {
    if (g.start === at && g.parent) said.push(`${name(g.parent) ?? ""} ${w.starts} ${g.name}`);
    if (g.end === at && !g.alive && at < data.end) said.push(`${g.name} ${w.isOver}`);
    const i = intervalAt(g, at);
    if (i?.from === at) said.push(`${g.name} ${doing(w, i, data.lines)}`);
  }
  if (at === data.end) said.push(w.theEnd);
  return said.slice(0, most).join(w.stop) + (said.length > most ? " …" : "");
}

/** What one goroutine does at a moment. */
export function stateAt(data: Lanes, w: Words, g: Goroutine, at: number): string {
  const i = intervalAt(g, at);
  if (i) return `${g.name} ${doing(w, i, data.lines)}`;
  return `${g.name} ${at < g.start ? w.notYet : g.alive ? w.goesOn : w.isOver}`;
}
