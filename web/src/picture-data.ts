// What a picture of lanes is drawn from: application/vnd.lanebook+json of kind
// "lanes". docs/pictures.md describes it.

export interface Line {
  file: string;
  line: number;
  func?: string;
  text?: string;
}

export interface Interval {
  from: number;
  to: number;
  state: "running" | "ready" | "waiting" | "syscall";
  reason?: string;
  proc?: number;
  line?: number;
}

export interface Goroutine {
  id: number;
  name: string;
  entry?: string;
  parent?: number;
  line?: number;
  start: number;
  end: number;
  alive?: boolean;
  intervals: Interval[];
}

export interface Wake {
  at: number;
  from?: number;
  to: number;
  call?: string;
  line?: number;
}

/** A stretch of somebody holding a lock, or waiting for it. */
export interface Use {
  goroutine: number;
  from: number;
  to: number;
}

/** A channel or a lock of a deep recording. */
export interface Thing {
  kind: string;
  name: string;
  cap?: number;
  fill?: [number, number][];
  holds?: Use[];
  waits?: Use[];
}

export interface Task {
  goroutine: number;
  name: string;
  from: number;
  to: number;
}

export interface Pool {
  from: number;
  to: number;
  workers?: { goroutine: number; tasks: number; busy: number }[];
  queue?: [number, number][];
  most?: number;
}

export interface Lanes {
  version: number;
  kind: "lanes";
  lang?: "en" | "zh";
  title?: string;
  sentences: string[];
  end: number;
  procs: number;
  how?: string;
  resolution?: number;
  hidden?: number;
  lines: Line[];
  sources?: Record<string, string>;
  goroutines: Goroutine[];
  wakes?: Wake[];
  marks?: { at: number; goroutine: number; text: string; line?: number }[];
  chain?: { goroutine: number; from: number; to: number }[];
  ranges?: { from: number; to: number; kind: string }[];
  tasks?: Task[];
  pool?: Pool;
  objects?: Thing[];
}

/** More than pictures of ours hold, and still drawn at once. */
const most = { goroutines: 1000, intervals: 20_000, others: 5000, objects: 50 };

/**
 * Reads data of a picture, or of a check that has one inside; null if there is
 * none, or another version. Notebooks come from anywhere, so what would not
 * draw is turned down here: nobody behind this has to look again.
 */
export function lanesIn(value: unknown): Lanes | null {
  if (typeof value === "string") {
    try {
      value = JSON.parse(value);
    } catch {
      return null;
    }
  }
  const data = value as (Partial<Lanes> & { lanes?: unknown }) | null;
  if ((data?.kind as unknown) === "check") return lanesIn(data?.lanes ?? null);
  if (data?.version !== 1 || data.kind !== "lanes" || !(Number(data.end) > 0) || !(Number(data.procs) > 0)) return null;
  const { goroutines } = data;
  if (!areAll(goroutines, most.goroutines, (g) => isText(g.name) && areNumbers(g.id, g.start, g.end) && areAll(g.intervals, most.intervals, isStretch))) return null;
  if (goroutines.length === 0 || goroutines.reduce((sum, g) => sum + g.intervals.length, 0) > most.intervals) return null;
  const whole =
    areAll(data.lines, most.others, (l) => isText(l.file) && areNumbers(l.line)) &&
    areAll(data.wakes ?? [], most.others, (w) => areNumbers(w.at, w.to)) &&
    areAll(data.marks ?? [], most.others, (m) => isText(m.text) && areNumbers(m.at, m.goroutine)) &&
    areAll(data.chain ?? [], most.others, isStretch) &&
    areAll(data.ranges ?? [], most.others, (r) => isText(r.kind) && isStretch(r)) &&
    areAll(data.tasks ?? [], most.others, (t) => isText(t.name) && isStretch(t)) &&
    areAll(data.pool?.workers ?? [], most.goroutines, (w) => areNumbers(w.goroutine, w.busy)) &&
    areAll(data.pool?.queue ?? [], most.others, (level) => areNumbers(...level)) &&
    areAll(data.objects ?? [], most.objects, isThing) &&
    Object.values(data.sources ?? {}).every(isText);
  return whole ? (data as Lanes) : null;
}

function areAll<T>(list: T[] | undefined, limit: number, good: (item: T) => boolean): list is T[] {
  return Array.isArray(list) && list.length <= limit && list.every((item: T | null) => item !== null && typeof item === "object" && good(item));
}

function areNumbers(...values: unknown[]): boolean {
  return values.every(Number.isFinite);
}

function isStretch(s: { from: number; to: number }): boolean {
  return areNumbers(s.from, s.to);
}

function isThing(o: Thing): boolean {
  return (
    isText(o.name) &&
    areAll(o.fill ?? [], most.others, (level) => areNumbers(...level)) &&
    areAll(o.holds ?? [], most.others, isStretch) &&
    areAll(o.waits ?? [], most.others, isStretch)
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** How an interval is drawn, which is coarser than why it is. */
export type Look = "running" | "ready" | "lock" | "chan" | "group" | "sleep" | "net" | "syscall";

export const looks: Look[] = ["running", "ready", "lock", "chan", "group", "sleep", "net", "syscall"];

export function lookOf(i: Interval): Look {
  if (i.state === "running" || i.state === "ready" || i.state === "syscall") return i.state;
  switch (i.reason) {
    case "lock":
    case "rlock":
    case "wlock":
      return "lock";
    case "send":
    case "receive":
    case "select":
    case "forever":
      return "chan";
    case "sleep":
      return "sleep";
    case "network":
      return "net";
  }
  return "group";
}

/** What works stands tall, what waits lies low. */
export function isTall(look: Look): boolean {
  return look === "running" || look === "ready" || look === "syscall";
}

/** Something below the lanes: how many there were, or who had it. Without a name it is the queue of a pool. */
export interface Row {
  name?: string;
  levels?: [number, number][];
  most?: number;
  holds?: Use[];
  waits?: Use[];
}

/** More rows than this are not drawn. */
const mostRows = 12;

export function rowsOf(data: Lanes): Row[] {
  const rows: Row[] = [];
  if (data.pool?.queue && data.pool.most) rows.push({ levels: data.pool.queue, most: data.pool.most });
  for (const o of data.objects ?? []) {
    if (o.cap && o.fill?.length) rows.push({ name: o.name, levels: o.fill, most: o.cap });
    else if (o.holds?.length) rows.push({ name: o.name, holds: o.holds, waits: o.waits ?? [] });
  }
  return rows.slice(0, mostRows);
}

/** The interval of a goroutine at a moment. */
export function intervalAt(g: Goroutine, at: number): Interval | null {
  let low = 0;
  let high = g.intervals.length - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    const i = g.intervals[mid];
    if (!i) return null;
    if (at < i.from) high = mid - 1;
    else if (at >= i.to) low = mid + 1;
    else return i;
  }
  return null;
}

/** The line where a goroutine is in an interval: while it is ready, the one where it was before. */
export function lineOf(g: Goroutine, i: Interval, lines: Line[]): Line | undefined {
  for (let n = g.intervals.indexOf(i); n >= 0; n--) {
    const line = lines[g.intervals[n]?.line ?? 0];
    if (line?.file) return line;
    if (i.state !== "ready") return undefined;
  }
  return undefined;
}

/** All moments at which something happens, in order. */
export function momentsOf(data: Lanes): number[] {
  const all = new Set<number>([0]);
  for (const g of data.goroutines) for (const i of g.intervals) all.add(i.from);
  for (const w of data.wakes ?? []) all.add(w.at);
  for (const m of data.marks ?? []) all.add(m.at);
  all.add(data.end);
  return [...all].sort((a, b) => a - b);
}

/** Writes nanoseconds as people say them. */
export function duration(ns: number): string {
  const digits = (v: number) => (v < 9.995 ? v.toFixed(2) : v < 99.95 ? v.toFixed(1) : v.toFixed(0));
  if (ns === 0) return "0";
  if (ns < 1000) return `${Math.round(ns)} ns`;
  if (ns < 999.5e3) return `${digits(ns / 1e3)} µs`;
  if (ns < 999.5e6) return `${digits(ns / 1e6)} ms`;
  return `${digits(ns / 1e9)} s`;
}

/** Round moments of an axis. */
export function ticksOf(from: number, to: number, want: number): number[] {
  let step = 10 ** Math.floor(Math.log10((to - from) / want || 1));
  for (const factor of [2, 2.5, 2]) if ((to - from) / step > want) step *= factor;
  const ticks: number[] = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) ticks.push(t);
  return ticks;
}
