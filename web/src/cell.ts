// One code cell of the page: its text, its editor once opened, the line that
// says what it is doing, and its outputs.
import { CellBar, type CellState, type Shown } from "./cellbar";
import { el, focusableWhenScrolling, keepInView, swallowKeypress } from "./dom";
import type { Editor } from "./editor";
import type { MenuActions } from "./menu";
import { type Displays, OutputArea } from "./outputs";
import { Problems } from "./problems";
import type { Problem, Result, Runner } from "./runner";
import { sinkFor } from "./sink";
import type { SavedCell, ServerCell } from "./work";
import { say, type Key } from "./words";

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
  changes(cell: CodeCell): void;
  menu(cell: CodeCell): MenuActions;
  edited(cell: CodeCell): void;
  /** The reader has come to this cell. */
  approached(cell: CodeCell): void;
  /** The cell's text as it shall be run. */
  tidy(cell: CodeCell): Promise<string>;
  ran(cell: CodeCell): void;
  announce(text: string): void;
}

export class CodeCell {
  readonly id: string;
  readonly isExercise: boolean;
  number: number;
  state: CellState = "fresh";
  /** The N of cell[N], as errors name it. */
  count: number | null = null;
  code: string;
  original: string;
  /** The learner's own: the course has no such cell. */
  isOwn: boolean;
  /** Edited or run in this page: what the learner sees is their own. */
  touched = false;
  ran = false;
  passed = false;
  readonly outputs: OutputArea;
  private changedSince = false;
  /** Its check has just found something wrong. */
  private unmet = false;
  private ranEdited = false;
  private readonly source: HTMLElement;
  private readonly outputBox: HTMLElement;
  private readonly bar: CellBar;
  private readonly problems = new Problems();
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
    this.isExercise = "exercise" in section.dataset;
    this.isOwn = "own" in section.dataset;
    this.source = part(section, ".source");
    this.outputBox = part(section, ".outputs");
    this.code = part(this.source, "code").textContent;
    this.original = this.code;
    const changed = () => this.section.classList.toggle("has-output", !this.outputs.isEmpty);
    this.outputs = new OutputArea(this.outputBox, () => say("output label", { n: this.number }), changed, page.displays);
    if ("recorded" in this.outputBox.dataset) {
      this.state = "recorded";
      section.classList.add("has-output");
    }
    const count = Number(section.dataset["count"]);
    if (count > 0) this.count = count;
    this.bar = new CellBar(this.id, {
      run: () => page.enqueue(this),
      stop: () => page.stop(this),
      reset: () => page.reset(this),
      changes: () => page.changes(this),
      menu: page.menu(this),
    });
    this.source.after(this.problems.node, this.bar.node);
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
    section.addEventListener("focusin", () => {
      void loadEditor();
      page.approached(this);
    });
    this.speak();
  }

  get isEdited(): boolean {
    return !this.isOwn && this.code !== this.original;
  }

  get isBusy(): boolean {
    return this.state === "queued" || this.state === "running";
  }

  /** The learner has changed it and seen what that does. */
  get isAttempted(): boolean {
    return this.passed || this.ranEdited;
  }

  /** The offset of the cursor; -1 when nobody types here. */
  get cursor(): number {
    return this.editor?.cursor() ?? -1;
  }

  /** Writes everything in the page's language; called again when it changes. */
  speak(): void {
    this.section.setAttribute("aria-label", say(this.isExercise ? "exercise cell" : "code cell", { n: this.number }));
    this.bar.speak(this.shown());
    this.editor?.setLabel(say("editor label", { n: this.number }));
    this.show();
  }

  renumber(number: number): void {
    if (number === this.number) return;
    this.number = number;
    this.speak();
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
      const shown = this.source.querySelector("code");
      if (shown) shown.textContent = code;
    }
    this.show();
  }

  /** What the server knows of it: the course's version, and what was done with it. */
  know(saved: ServerCell, changedSince: boolean): void {
    this.isOwn = saved.own ?? false;
    this.original = saved.original ?? saved.source;
    this.changedSince = changedSince;
    this.ran = saved.ran ?? false;
    this.passed = saved.passed ?? false;
    this.ranEdited = this.ran && saved.original !== undefined;
    this.show();
  }

  saved(outputs: boolean): SavedCell {
    const cell: SavedCell = { id: this.id, source: this.code };
    if (this.isOwn) cell.cell_type = "code";
    if (outputs) {
      cell.outputs = this.outputs.toNotebook();
      cell.execution_count = this.count;
      cell.ran = this.ran;
    }
    return cell;
  }

  showProblems(found: Problem[]): void {
    this.editor?.setProblems(found);
    this.problems.show(found, this.editor?.hasFocus() ?? false);
  }

  queue(): void {
    this.set("queued");
  }

  unqueue(): void {
    if (this.state === "queued") this.set(this.outputs.isEmpty ? "fresh" : "stopped");
  }

  /** Scrolls so that the outputs will be seen, and of what follows, down to below, what there is room for. */
  keepInView(below: number): void {
    keepInView(this.bar.node.getBoundingClientRect(), below);
  }

  /** Runs the cell as it stands. Resolves when it is over, however it ended. */
  async run(): Promise<Result> {
    this.touched = true;
    this.startedAt = performance.now();
    this.outputs.clear(true);
    this.unmet = false;
    this.set("running");
    this.clock = setInterval(() => this.show(), 100);
    const tidied = await this.page.tidy(this).catch(() => this.code);
    if (tidied !== this.code) this.setCode(tidied);
    const asking = new AbortController();
    let result: Result;
    try {
      const sink = sinkFor(this.outputs, this.section, this.page.displays, asking.signal, (count) => {
        this.count = count;
        this.show();
      });
      result = await this.page.runner.execute(this.code, sink);
    } catch (err) {
      result = { status: "aborted", count: null, error: { name: "", message: String(err) } };
    }
    asking.abort();
    clearInterval(this.clock);
    this.elapsed = performance.now() - this.startedAt;
    this.ended(result);
    return result;
  }

  private ended(result: Result): void {
    if (result.count !== null) this.count = result.count;
    this.outputs.finish();
    const stopped = result.status === "aborted" || result.error?.name === "Interrupted";
    const check = result.status === "ok" ? this.outputs.check() : null;
    this.unmet = check === false;
    if (!stopped) {
      this.ran = true;
      this.ranEdited ||= this.isEdited;
      this.passed ||= check === true;
    }
    this.set(result.status === "ok" ? "done" : stopped ? "stopped" : "failed");
    this.section.classList.toggle("has-output", !this.outputs.isEmpty);
    const said = check === null ? this.state : check ? "met" : "unmet";
    this.page.announce(say(`said ${said}` as Key, { n: this.number, what: result.error?.name ?? "" }));
    this.page.ran(this);
  }

  private async open(at: { x: number; y: number } | null): Promise<Editor> {
    const { open } = await loadEditor();
    const box = el("div", { class: "editor" });
    this.source.replaceChildren(box);
    this.editor = open({
      parent: box,
      code: this.code,
      label: say("editor label", { n: this.number }),
      describedBy: this.bar.hint.id,
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
      focused: (has) => {
        this.section.classList.toggle("editing", has);
        if (!has) this.problems.settle();
      },
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
    else {
      swallowKeypress(this.section);
      void this.edit();
    }
  }

  private set(state: CellState): void {
    this.state = state;
    this.show();
  }

  private shown(): Shown {
    const running = this.state === "running";
    return {
      state: this.state,
      number: this.number,
      count: this.count,
      milliseconds: running ? performance.now() - this.startedAt : this.elapsed,
      edited: this.isEdited,
      exercise: this.isExercise,
      passed: this.passed,
      unmet: this.unmet,
      changedSince: this.changedSince,
      mac: this.page.mac,
    };
  }

  private show(): void {
    this.section.dataset["state"] = this.state;
    this.section.classList.toggle("unmet", this.unmet);
    this.outputBox.setAttribute("aria-busy", String(this.state === "running"));
    this.outputBox.classList.toggle("stale", this.isBusy);
    this.bar.show(this.shown());
  }
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
