// One code cell of the page: its text, its editor once opened, the line that
// says what it is doing, and its outputs.
import { button, el, focusableWhenScrolling, smoothly } from "./dom";
import type { Editor } from "./editor";
import { type Displays, OutputArea, question } from "./outputs";
import type { Result, Runner, Sink } from "./runner";
import { say, type Key } from "./words";

/** recorded: outputs of the course, not the learner's own. */
export type CellState = "fresh" | "recorded" | "queued" | "running" | "done" | "failed" | "stopped";

/** What a cell asks of the page around it. */
export interface Surroundings {
  readonly runner: Runner;
  readonly displays: Displays;
  readonly nonce: string;
  readonly mac: boolean;
  enqueue(cell: CodeCell): void;
  moveOn(cell: CodeCell): void;
  stop(cell: CodeCell): void;
  reset(cell: CodeCell): void;
  edited(cell: CodeCell): void;
  ran(cell: CodeCell): void;
  announce(text: string): void;
}

export class CodeCell {
  readonly id: string;
  readonly number: number;
  state: CellState = "fresh";
  /** The N of cell[N], as errors name it. */
  count: number | null = null;
  code: string;
  original: string;
  /** Edited or run in this page: what the learner sees is their own. */
  touched = false;
  readonly outputs: OutputArea;
  private readonly source: HTMLElement;
  private readonly outputBox: HTMLElement;
  private readonly bar: HTMLElement;
  private readonly runButton: HTMLButtonElement;
  private readonly stopButton: HTMLButtonElement;
  private readonly resetButton: HTMLButtonElement;
  private readonly badge = el("span", { class: "badge edited" });
  private readonly note = el("span", { class: "badge warn" });
  private readonly stateText = el("span", { class: "state" });
  private readonly hint = el("span", { class: "hint" });
  private editor: Editor | null = null;
  private opening: Promise<Editor> | null = null;
  private startedAt = 0;
  private elapsed = 0;
  private clock: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly section: HTMLElement,
    private readonly page: Surroundings,
  ) {
    this.id = section.dataset["id"] ?? "";
    this.number = Number(section.dataset["number"]);
    this.source = part(section, ".source");
    this.outputBox = part(section, ".outputs");
    this.code = part(this.source, "code").textContent;
    this.original = this.code;
    this.outputs = new OutputArea(
      this.outputBox,
      () => say("output label", { n: this.number }),
      () => this.section.classList.toggle("has-output", !this.outputs.isEmpty),
      page.displays,
    );
    if ("recorded" in this.outputBox.dataset) {
      this.state = "recorded";
      section.classList.add("has-output");
    }
    const count = Number(section.dataset["count"]);
    if (count > 0) this.count = count;

    this.runButton = button({ class: "run" }, "", () => page.enqueue(this));
    this.stopButton = button({ class: "stop" }, "", () => page.stop(this));
    this.resetButton = button({ class: "quiet reset" }, "", () => page.reset(this));
    this.bar = el("div", { class: "bar" }, this.runButton, this.stopButton, this.stateText, this.hint, this.note, this.badge, this.resetButton);
    this.source.after(this.bar);

    this.hint.id = `hint-${this.id}`;
    section.tabIndex = 0;
    section.setAttribute("role", "group");
    section.addEventListener("keydown", (event) => this.key(event));
    this.source.addEventListener("click", (event) => {
      if (!this.editor) void this.edit({ x: event.clientX, y: event.clientY });
    });
    const code = this.source.querySelector("pre");
    if (code) focusableWhenScrolling(code, () => say("editor label", { n: this.number }));
    // By the time of a click or of Enter the editor is there.
    this.source.addEventListener("pointerenter", () => void loadEditor(), { once: true });
    section.addEventListener("focusin", () => void loadEditor(), { once: true });
    this.speak();
  }

  get isEdited(): boolean {
    return this.code !== this.original;
  }

  get isBusy(): boolean {
    return this.state === "queued" || this.state === "running";
  }

  /** Writes everything in the page's language; called again when it changes. */
  speak(): void {
    const n = this.number;
    this.section.setAttribute("aria-label", say("code cell", { n }));
    this.runButton.replaceChildren(el("span", { class: "icon", "aria-hidden": true }, "▶"), say("run"));
    this.runButton.setAttribute("aria-label", say("run label", { n }));
    this.stopButton.replaceChildren(el("span", { class: "icon", "aria-hidden": true }, "■"), say("stop"));
    this.stopButton.setAttribute("aria-label", say("stop label", { n }));
    this.resetButton.textContent = say("reset");
    this.resetButton.setAttribute("aria-label", say("reset label", { n }));
    this.badge.textContent = say("edited");
    this.hint.textContent = say(this.page.mac ? "editor hint mac" : "editor hint");
    this.editor?.setLabel(say("editor label", { n }));
    this.show();
  }

  /** Opens the editor and puts the cursor into it. */
  async edit(at: { x: number; y: number } | null = null): Promise<void> {
    this.page.runner.warm();
    this.opening ??= this.open(at);
    (await this.opening).focus();
  }

  setCode(code: string): void {
    this.editor?.setCode(code);
    if (code !== this.code || !this.editor) {
      this.code = code;
      const static_ = this.source.querySelector("code");
      if (static_) static_.textContent = code;
    }
    this.show();
  }

  setOriginal(original: string, changedSince: boolean): void {
    this.original = original;
    this.note.textContent = changedSince ? say("original changed") : "";
    this.show();
  }

  queue(): void {
    this.set("queued");
  }

  unqueue(): void {
    if (this.state === "queued") this.set(this.outputs.isEmpty ? "fresh" : "stopped");
  }

  /**
   * Scrolls so that this cell's outputs will be seen, and as much as there is
   * room for of what follows, down to below. The reader stays in the text:
   * prose that stands before the next cell is not jumped over.
   */
  keepInView(below: number): void {
    const top = 80;
    const bar = this.bar.getBoundingClientRect();
    const room = bar.top - top; // How far the page can go up before the bar leaves it.
    const wanted = Math.max(bar.bottom + innerHeight / 3, below + 160) - innerHeight;
    const by = Math.min(wanted, room);
    if (bar.top < top || by > 0) scrollBy({ top: by, behavior: smoothly() });
  }

  /** Runs the cell as it stands. Resolves when it is over, however it ended. */
  async run(): Promise<Result> {
    this.touched = true;
    this.startedAt = performance.now();
    this.outputs.clear(true);
    this.set("running");
    this.clock = setInterval(() => this.show(), 100);
    const asking = new AbortController();
    let result: Result;
    try {
      result = await this.page.runner.execute(this.code, this.sink(asking.signal));
    } catch (err) {
      result = { status: "aborted", count: null, error: { name: "", message: String(err) } };
    }
    asking.abort();
    clearInterval(this.clock);
    this.elapsed = performance.now() - this.startedAt;
    if (result.count !== null) this.count = result.count;
    this.outputs.finish();
    const stopped = result.status === "aborted" || result.error?.name === "Interrupted";
    this.set(result.status === "ok" ? "done" : stopped ? "stopped" : "failed");
    this.section.classList.toggle("has-output", !this.outputs.isEmpty);
    this.page.announce(say(`said ${this.state}` as Key, { n: this.number, what: result.error?.name ?? "" }));
    this.page.ran(this);
    return result;
  }

  private sink(signal: AbortSignal): Sink {
    return {
      started: (count) => {
        this.count = count;
        this.show();
      },
      output: (output, displayId) => this.outputs.add(output, displayId),
      update: (id, data, metadata) => this.page.displays.update(id, data, metadata),
      clear: (wait) => this.outputs.clear(wait),
      ask: async (prompt, password) => {
        const { form, input, answer } = question(prompt, password, signal);
        this.outputs.attach(form);
        this.section.classList.add("has-output");
        input.focus();
        const value = await answer;
        form.remove();
        if (value !== null) {
          const echo = password ? "•".repeat(8) : value;
          this.outputs.add({ output_type: "stream", name: "stdout", text: `${prompt}${echo}\n` }, null);
          this.section.focus({ preventScroll: true });
        }
        return value;
      },
    };
  }

  private async open(at: { x: number; y: number } | null): Promise<Editor> {
    const { open } = await loadEditor();
    const box = el("div", { class: "editor" });
    this.source.replaceChildren(box);
    this.editor = open({
      parent: box,
      code: this.code,
      label: say("editor label", { n: this.number }),
      describedBy: this.hint.id,
      nonce: this.page.nonce,
      at,
      changed: (code) => {
        this.code = code;
        this.touched = true;
        this.show();
        this.page.edited(this);
      },
      run: () => this.page.enqueue(this),
      runAndMoveOn: () => this.page.moveOn(this),
      leave: () => this.section.focus(),
      focused: (has) => this.section.classList.toggle("editing", has),
      complete: (code, offset) => this.page.runner.complete(code, offset),
      inspect: (code, offset) => this.page.runner.inspect(code, offset),
    });
    return this.editor;
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.section) return;
    const mod = event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) this.page.moveOn(this);
    else if (mod) this.page.enqueue(this);
    else void this.edit();
  }

  private set(state: CellState): void {
    this.state = state;
    this.show();
  }

  private show(): void {
    const s = this.state;
    this.section.dataset["state"] = s;
    this.outputBox.setAttribute("aria-busy", String(s === "running"));
    this.outputBox.classList.toggle("stale", s === "queued" || s === "running");
    const busy = this.isBusy;
    // A button that goes away must not take the focus with it.
    const hadFocus = document.activeElement === (busy ? this.runButton : this.stopButton);
    this.runButton.hidden = busy;
    this.stopButton.hidden = !busy;
    if (hadFocus) (busy ? this.stopButton : this.runButton).focus({ preventScroll: true });
    this.badge.hidden = !this.isEdited;
    this.resetButton.hidden = !this.isEdited;
    this.note.hidden = this.note.textContent === "" || !this.isEdited;
    this.stateText.replaceChildren(...this.stateLine());
  }

  private stateLine(): (string | Node)[] {
    if (this.state === "fresh") return [];
    const word = say(this.state === "recorded" ? "recorded" : this.state);
    const time = this.state === "running" ? performance.now() - this.startedAt : this.elapsed;
    const name = this.count !== null && this.state !== "queued" ? `cell[${this.count}]` : "";
    const timed = this.state === "done" || this.state === "failed" || this.state === "running";
    return [
      name ? el("code", {}, name) : "",
      el("span", { class: "word", title: this.state === "recorded" ? say("recorded title") : null }, word),
      timed ? el("span", { class: "time" }, duration(time)) : "",
    ];
  }
}

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)}:${String(Math.floor((ms / 1000) % 60)).padStart(2, "0")} min`;
}

let editor: Promise<typeof import("./editor")> | null = null;

function loadEditor(): Promise<typeof import("./editor")> {
  editor ??= import("./editor");
  return editor;
}

function part(root: HTMLElement, selector: string): HTMLElement {
  const node = root.querySelector<HTMLElement>(selector);
  if (!node) throw new Error(`a cell has no ${selector}`);
  return node;
}
