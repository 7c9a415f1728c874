// A picture of lanes to walk through: zoom, pan, and a play head that steps
// from event to event, with the source beside it. It is drawn from the data
// that travel with the image, in our page and in other notebooks.
import { doing, place, wordsOf, type Words } from "./picture-words";
import { draw, heightOf, momentAt, sizeFor, swatch, xOf, type Size, type View } from "./picture-draw";
import { duration, intervalAt, lookOf, looks, momentsOf, type Goroutine, type Lanes, type Look } from "./picture-data";
import { SourcePanel } from "./picture-source";

let pictures = 0;

/** How long it takes to play what is in view, and each step for those who want no movement. */
const playTime = 8000;
const stepTime = 700;

export class Picture {
  readonly node = document.createElement("div");
  private readonly id = `lb${++pictures}`;
  private readonly words: Words;
  private readonly moments: number[];
  private readonly view: View;
  private size: Size = sizeFor(640, 1);
  private readonly svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  private readonly stage = document.createElement("div");
  private readonly time = document.createElement("output");
  private readonly now = document.createElement("p");
  private readonly source: SourcePanel;
  private readonly playButton: HTMLButtonElement;
  private playing = 0;
  private waiting = 0; // a frame is asked for

  constructor(private readonly data: Lanes) {
    this.words = wordsOf(data.lang);
    this.moments = momentsOf(data);
    this.view = { from: 0, to: data.end, head: 0, chosen: 0 };
    this.source = new SourcePanel(data, this.words);
    this.playButton = this.button("▶", this.words.play, () => this.toggle());
    this.build();
    this.listen();
    new ResizeObserver(() => this.refresh()).observe(this.stage);
  }

  private build(): void {
    const w = this.words;
    this.node.className = "lb-picture";
    if (this.data.lang) this.node.lang = this.data.lang;
    const bar = document.createElement("div");
    bar.className = "lb-bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", this.data.title ?? w.source);
    bar.append(
      this.button("←", w.back, () => this.step(-1)),
      this.playButton,
      this.button("→", w.on, () => this.step(1)),
      this.time,
      this.button("+", w.closer, () => this.zoom(0.5)),
      this.button("−", w.wider, () => this.zoom(2)),
      this.button("↔", w.all, () => this.showAll()),
    );
    this.stage.className = "lb-stage";
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute("aria-label", w.stage);
    this.svg.setAttribute("aria-hidden", "true");
    this.stage.append(this.svg);
    this.now.className = "lb-now";
    this.now.setAttribute("aria-live", "polite");
    const body = document.createElement("div");
    body.className = this.source.isEmpty ? "lb-body" : "lb-body lb-beside";
    body.append(this.stage);
    if (!this.source.isEmpty) body.append(this.source.node);
    if (this.data.title) {
      const title = document.createElement("div");
      title.className = "lb-title";
      title.textContent = this.data.title;
      this.node.append(title);
    }
    const hint = document.createElement("p");
    hint.className = "lb-hint";
    hint.textContent = w.hint;
    this.node.append(bar, body, this.now, this.legend(), hint);
  }

  private legend(): HTMLElement {
    const used = new Set<Look>();
    for (const g of this.data.goroutines) for (const i of g.intervals) used.add(lookOf(i));
    const list = document.createElement("p");
    list.className = "lb-legend";
    for (const look of looks) {
      if (!used.has(look)) continue;
      const item = document.createElement("span");
      item.append(swatch(look, this.id), this.words.legend[look] ?? look);
      list.append(item);
    }
    const say = (text: string) => {
      const item = document.createElement("span");
      item.textContent = text;
      list.append(item);
    };
    if (this.data.chain) {
      const item = document.createElement("span");
      const line = document.createElement("span");
      line.className = "lb-chain";
      item.append(line, this.words.chain);
      list.append(item);
    }
    if (this.data.hidden) say(this.words.hidden.replace("{n}", String(this.data.hidden)));
    if (this.data.resolution) say(this.words.merged.replace("{t}", duration(this.data.resolution)));
    return list;
  }

  private button(sign: string, label: string, act: () => void): HTMLButtonElement {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = sign;
    b.title = label;
    b.setAttribute("aria-label", label);
    b.addEventListener("click", act);
    return b;
  }

  private listen(): void {
    const keys: Record<string, () => void> = {
      ArrowRight: () => this.step(1),
      ArrowLeft: () => this.step(-1),
      ArrowUp: () => this.choose(this.view.chosen - 1),
      ArrowDown: () => this.choose(this.view.chosen + 1),
      Home: () => this.goTo(0),
      End: () => this.goTo(this.data.end),
      "+": () => this.zoom(0.5),
      "=": () => this.zoom(0.5),
      "-": () => this.zoom(2),
      "0": () => this.showAll(),
      " ": () => this.toggle(),
    };
    this.stage.addEventListener("keydown", (event) => {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation(); // Notebooks have shortcuts of their own.
      act();
    });
    this.stage.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return; // The page scrolls.
        event.preventDefault();
        this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.momentUnder(event));
      },
      { passive: false },
    );
    let grabbed: { x: number; from: number; moved: boolean } | null = null;
    this.stage.addEventListener("pointerdown", (event) => {
      grabbed = { x: event.clientX, from: this.view.from, moved: false };
    });
    this.stage.addEventListener("pointermove", (event) => {
      if (grabbed && Math.abs(event.clientX - grabbed.x) > 4 && event.buttons === 1) {
        if (!grabbed.moved) this.stage.setPointerCapture(event.pointerId);
        grabbed.moved = true;
        const per = (this.view.to - this.view.from) / (this.size.width - this.size.names - 10);
        this.pan(grabbed.from - (event.clientX - grabbed.x) * per);
      } else {
        this.hover(event);
      }
    });
    this.stage.addEventListener("pointerup", (event) => {
      if (grabbed && !grabbed.moved) {
        const row = this.rowUnder(event);
        if (row !== null) this.view.chosen = row;
        this.goTo(this.momentUnder(event));
      }
      grabbed = null;
    });
  }

  private momentUnder(event: MouseEvent): number {
    const box = this.svg.getBoundingClientRect();
    return Math.min(Math.max(momentAt(this.size, this.view, event.clientX - box.left), 0), this.data.end);
  }

  private rowUnder(event: MouseEvent): number | null {
    const row = Math.floor((event.clientY - this.svg.getBoundingClientRect().top - this.size.top) / this.size.lane);
    return row >= 0 && row < this.data.goroutines.length ? row : null;
  }

  private hover(event: MouseEvent): void {
    const row = this.rowUnder(event);
    const g = row === null ? undefined : this.data.goroutines[row];
    const i = g && intervalAt(g, this.momentUnder(event));
    this.stage.title = g ? (i ? `${g.name}: ${doing(this.words, i, this.data.lines)} · ${duration(i.to - i.from)}` : g.name) : "";
  }

  private choose(row: number): void {
    this.view.chosen = Math.min(Math.max(row, 0), this.data.goroutines.length - 1);
    const top = this.size.top + this.view.chosen * this.size.lane;
    if (top < this.stage.scrollTop) this.stage.scrollTop = top - this.size.top;
    else if (top + this.size.lane > this.stage.scrollTop + this.stage.clientHeight) this.stage.scrollTop = top + this.size.lane - this.stage.clientHeight;
    this.tell(this.sentenceOf(this.chosen()));
    this.refresh();
  }

  private chosen(): Goroutine | undefined {
    return this.data.goroutines[this.view.chosen];
  }

  private step(by: 1 | -1): void {
    this.pause();
    const next = by > 0 ? this.moments.find((m) => m > this.view.head) : this.moments.findLast((m) => m < this.view.head);
    if (next !== undefined) this.goTo(next);
  }

  private goTo(at: number): void {
    this.view.head = Math.min(Math.max(at, 0), this.data.end);
    const span = this.view.to - this.view.from;
    if (this.view.head < this.view.from || this.view.head > this.view.to) this.pan(this.view.head - span / 3);
    this.tell(this.eventsAt(this.view.head));
    this.refresh();
  }

  /** What begins at this very moment, or else what the chosen goroutine does. */
  private eventsAt(at: number): string {
    const w = this.words;
    const name = (id: number | undefined) => this.data.goroutines.find((g) => g.id === id)?.name;
    const said: string[] = [];
    for (const wake of this.data.wakes ?? []) {
      const from = name(wake.from);
      const to = name(wake.to);
      if (wake.at !== at || !to) continue;
      const where = place(this.data.lines[wake.line ?? 0]);
      said.push(from ? `${from} ${w.calls[wake.call ?? ""] ?? w.wakes} ${to}${where ? ` (${where})` : ""}` : `${to} ${w.goesOn}`);
    }
    for (const m of this.data.marks ?? []) if (m.at === at) said.push(`${name(m.goroutine) ?? ""} ⚑ ${m.text}`);
    for (const g of this.data.goroutines) {
      if (g.start === at && g.parent) said.push(`${name(g.parent) ?? ""} ${w.starts} ${g.name}`);
      if (g.end === at && !g.alive && at < this.data.end) said.push(`${g.name} ${w.isOver}`);
      const i = intervalAt(g, at);
      if (i?.from === at) said.push(`${g.name} ${doing(w, i, this.data.lines)}`);
    }
    if (at === this.data.end) said.push(w.theEnd);
    if (said.length === 0) return this.sentenceOf(this.chosen());
    return said.slice(0, 4).join(w.stop) + (said.length > 4 ? " …" : "");
  }

  private sentenceOf(g: Goroutine | undefined): string {
    if (!g) return "";
    const i = intervalAt(g, this.view.head);
    if (i) return `${g.name} ${doing(this.words, i, this.data.lines)}`;
    return `${g.name} ${this.view.head < g.start ? this.words.notYet : g.alive ? this.words.goesOn : this.words.isOver}`;
  }

  private tell(what: string): void {
    this.now.textContent = `${duration(this.view.head)}: ${what}`;
  }

  private zoom(by: number, around = this.view.head): void {
    const span = Math.min(Math.max((this.view.to - this.view.from) * by, Math.max(this.data.end / 1e5, 20)), this.data.end);
    const share = (around - this.view.from) / (this.view.to - this.view.from);
    const inView = share >= 0 && share <= 1 ? share : 0.5;
    this.view.to = around - inView * span + span;
    this.pan(around - inView * span, span);
  }

  private pan(from: number, span = this.view.to - this.view.from): void {
    this.view.from = Math.min(Math.max(from, 0), this.data.end - span);
    this.view.to = this.view.from + span;
    this.refresh();
  }

  private showAll(): void {
    this.pan(0, this.data.end);
  }

  private toggle(): void {
    if (this.playing) {
      this.pause();
      return;
    }
    if (this.view.head >= this.view.to) this.view.head = this.view.from;
    this.playButton.textContent = "■";
    this.playButton.setAttribute("aria-label", this.words.pause);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const begin = performance.now();
    const first = this.view.head;
    const span = this.view.to - this.view.from;
    this.playing = 1;
    const frame = (clock: number) => {
      if (!this.playing || !this.node.isConnected) return;
      const gone = clock - begin;
      let at = first + (gone / playTime) * span;
      if (calm) at = this.moments[this.moments.findIndex((m) => m >= first) + Math.floor(gone / stepTime)] ?? this.data.end;
      if (at >= this.view.to) {
        this.goTo(this.view.to);
        this.pause();
        return;
      }
      if (!calm || at !== this.view.head) {
        this.view.head = at;
        if (calm) this.tell(this.eventsAt(at));
        this.refresh();
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  private pause(): void {
    this.playing = 0;
    this.playButton.textContent = "▶";
    this.playButton.setAttribute("aria-label", this.words.play);
  }

  /** Draws in the next frame, however often it is asked for. */
  private refresh(): void {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      const width = this.stage.clientWidth;
      if (width === 0) return;
      this.size = sizeFor(width, this.data.goroutines.length);
      draw(this.svg, this.data, this.view, this.size, this.id);
      this.svg.style.height = `${heightOf(this.size, this.data.goroutines.length)}px`;
      this.time.textContent = `${duration(this.view.head)} ${this.words.of} ${duration(this.data.end)}`;
      this.source.node.style.maxHeight = `${Math.max(this.stage.clientHeight, 240)}px`;
      this.source.show(this.view.head, this.chosen());
      this.stage.dataset["head"] = String(Math.round(xOf(this.size, this.view, this.view.head)));
    });
  }
}
