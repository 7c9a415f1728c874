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
}

/** Reads data of a picture; null if it is none, or of another version. */
export function lanesIn(value: unknown): Lanes | null {
  if (typeof value === "string") {
    try {
      value = JSON.parse(value);
    } catch {
      return null;
    }
  }
  const data = value as Partial<Lanes> | null;
  if (!data || data.version !== 1 || data.kind !== "lanes") return null;
  if (!Array.isArray(data.goroutines) || !Array.isArray(data.lines) || !Array.isArray(data.sentences)) return null;
  if (typeof data.end !== "number" || !(data.end > 0)) return null;
  const whole = data.goroutines.every((g) => Array.isArray(g.intervals) && typeof g.name === "string");
  return whole && data.goroutines.length > 0 ? (data as Lanes) : null;
}

/** How an interval is drawn, which is coarser than why it is. */
export type Look = "running" | "ready" | "lock" | "chan" | "group" | "sleep" | "net" | "syscall";

export const looks: Look[] = ["running", "ready", "lock", "chan", "group", "sleep", "net", "syscall"];

export function lookOf(i: Interval): Look {
  if (i.state !== "waiting") return i.state;
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
