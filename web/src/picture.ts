// A picture of lanes to walk through: zoom, pan, and a play head that steps
// from event to event, with the source beside it. It is drawn from the data
// that travel with the image, in our page and in other notebooks.
import { doing, wordsOf, type Words } from "./picture-words";
import { duration, intervalAt, momentsOf, type Goroutine, type Lanes } from "./picture-data";
import { draw } from "./picture-draw";
import { listen, type Controls } from "./picture-hands";
import { legend } from "./picture-legend";
import { momentAt, sizeFor, xOf, type Size, type View } from "./picture-paint";
import { play } from "./picture-play";
import { SourcePanel } from "./picture-source";
import { eventsAt, stateAt } from "./picture-story";

let pictures = 0;

/**
 * Puts a picture to walk through before the image in a figure. The image stays
 * for paper; of a crowd, where the image also shows what is not in the data,
 * it stays in view.
 */
export function walk(figure: Element, data: Lanes): void {
  const image = figure.querySelector("img")?.parentElement;
  if (!image) return;
  const picture = new Picture(data);
  image.before(picture.node);
  if (!data.hidden) image.classList.add("lb-static");
  picture.draw();
}

class Picture implements Controls {
  readonly node = document.createElement("div");
  private readonly id = `lb${++pictures}`;
  private readonly words: Words;
  private readonly moments: number[];
  private readonly view: View;
  private size: Size;
  private readonly svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  private readonly stage = document.createElement("div");
  private readonly time = document.createElement("output");
  private readonly now = document.createElement("p");
  private readonly source: SourcePanel;
  private readonly playButton: HTMLButtonElement;
  private playing = false;
  private waiting = 0; // a frame is asked for
  private draggedFrom = 0;

  constructor(private readonly data: Lanes) {
    this.words = wordsOf(data.lang);
    this.moments = momentsOf(data);
    this.size = sizeFor(640, data);
    this.view = { from: 0, to: data.end, head: 0, chosen: 0 };
    this.source = new SourcePanel(data, this.words);
    this.playButton = this.button("▶", this.words.play, () => this.toggle());
    this.build();
    listen(this.stage, this.svg, this);
    new ResizeObserver(() => this.refresh()).observe(this.stage);
  }

  private build(): void {
    const w = this.words;
    this.node.className = "lb-picture";
    if (this.data.lang) this.node.lang = this.data.lang;
    const bar = element("div", "lb-bar");
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
    this.now.textContent = w.begin;
    const body = element("div", this.source.isEmpty ? "lb-body" : "lb-body lb-beside");
    const left = element("div", "lb-left");
    left.append(this.stage, this.now);
    body.append(left);
    if (!this.source.isEmpty) body.append(this.source.node);
    if (this.data.title) this.node.append(element("div", "lb-title", this.data.title));
    this.node.append(bar, body, legend(this.data, w, this.id), element("p", "lb-hint", w.hint));
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

  // --- what hands do ---

  step(by: 1 | -1): void {
    this.pause();
    const next = by > 0 ? this.moments.find((m) => m > this.view.head) : this.moments.findLast((m) => m < this.view.head);
    if (next !== undefined) this.goTo(next);
  }

  choose(by: 1 | -1): void {
    this.view.chosen = Math.min(Math.max(this.view.chosen + by, 0), this.data.goroutines.length - 1);
    const top = this.size.top + this.view.chosen * this.size.lane;
    if (top < this.stage.scrollTop) this.stage.scrollTop = top - this.size.top;
    else if (top + this.size.lane > this.stage.scrollTop + this.stage.clientHeight) this.stage.scrollTop = top + this.size.lane - this.stage.clientHeight;
    this.tell(this.stateOfChosen());
    this.refresh();
  }

  toBegin(): void {
    this.goTo(0);
  }

  toEnd(): void {
    this.goTo(this.data.end);
  }

  zoom(by: number, x?: number): void {
    const around = x === undefined ? this.view.head : this.momentAt(x);
    const least = Math.min(Math.max(this.data.end / 1e5, 20), this.data.end);
    const span = Math.min(Math.max((this.view.to - this.view.from) * by, least), this.data.end);
    const share = (around - this.view.from) / (this.view.to - this.view.from);
    this.pan(around - (share >= 0 && share <= 1 ? share : 0.5) * span, span);
  }

  showAll(): void {
    this.pan(0, this.data.end);
  }

  drag(by: number, begins: boolean): void {
    if (begins) this.draggedFrom = this.view.from;
    this.pan(this.draggedFrom - (by * (this.view.to - this.view.from)) / (this.size.right - this.size.names));
  }

  point(x: number, y: number): void {
    this.view.chosen = this.rowAt(y) ?? this.view.chosen;
    this.goTo(this.momentAt(x));
  }

  hover(x: number, y: number): void {
    const g = this.data.goroutines[this.rowAt(y) ?? -1];
    const i = g && intervalAt(g, this.momentAt(x));
    this.stage.title = g ? (i ? `${g.name}: ${doing(this.words, i, this.data.lines)} · ${duration(i.to - i.from)}` : g.name) : "";
  }

  toggle(): void {
    if (this.playing) {
      this.pause();
      return;
    }
    if (this.view.head >= this.view.to) this.view.head = this.view.from;
    this.playing = true;
    this.playButton.textContent = "■";
    this.playButton.setAttribute("aria-label", this.words.pause);
    const { to } = this.view;
    play(this.moments, this.view.head, to, (at, steps) => {
      if (!this.playing || !this.node.isConnected) return false;
      this.view.head = at;
      if (steps || at === to) this.tell(this.eventsAtHead());
      if (at === to) this.pause();
      this.refresh();
      return true;
    });
  }

  private pause(): void {
    this.playing = false;
    this.playButton.textContent = "▶";
    this.playButton.setAttribute("aria-label", this.words.play);
  }

  private pan(from: number, span = this.view.to - this.view.from): void {
    this.view.from = Math.min(Math.max(from, 0), this.data.end - span);
    this.view.to = this.view.from + span;
    this.refresh();
  }

  private goTo(at: number): void {
    this.view.head = Math.min(Math.max(at, 0), this.data.end);
    const span = this.view.to - this.view.from;
    if (this.view.head < this.view.from || this.view.head > this.view.to) this.pan(this.view.head - span / 3);
    this.tell(this.eventsAtHead());
    this.refresh();
  }

  private momentAt(x: number): number {
    return Math.min(Math.max(momentAt(this.size, this.view, x), 0), this.data.end);
  }

  private rowAt(y: number): number | null {
    const row = Math.floor((y - this.size.top) / this.size.lane);
    return row >= 0 && row < this.data.goroutines.length ? row : null;
  }

  // --- what is said and shown ---

  private chosen(): Goroutine | undefined {
    return this.data.goroutines[this.view.chosen];
  }

  private stateOfChosen(): string {
    const g = this.chosen();
    return g ? stateAt(this.data, this.words, g, this.view.head) : "";
  }

  private eventsAtHead(): string {
    return eventsAt(this.data, this.words, this.view.head) || this.stateOfChosen();
  }

  /** The source is there from the first step on. */
  private tell(what: string): void {
    this.node.classList.add("lb-walking");
    this.now.textContent = `${duration(this.view.head)}: ${what}`;
  }

  /** Draws in the next frame, however often it is asked for. */
  private refresh(): void {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  /** Draws for the width there is; nothing while the picture is not shown. */
  draw(): void {
    const width = this.stage.clientWidth;
    if (width === 0) return;
    this.size = sizeFor(width, this.data);
    draw(this.svg, this.data, this.view, this.size, this.id, this.words);
    this.time.textContent = `${duration(this.view.head)} ${this.words.of} ${duration(this.data.end)}`;
    this.source.node.style.maxHeight = `${Math.max(this.stage.clientHeight, 240)}px`;
    this.source.show(this.view.head, this.chosen());
    this.stage.dataset["head"] = String(Math.round(xOf(this.size, this.view, this.view.head)));
  }
}

function element(name: string, className = "", text = ""): HTMLElement {
  const node = document.createElement(name);
  node.className = className;
  node.textContent = text;
  return node;
}
