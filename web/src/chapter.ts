// A chapter's page comes to life here: everything on it can already be read.
// This file wires the parts together; each part knows nothing of the others.
import { CodeCell, type Surroundings } from "./cell";
import { showWhere } from "./contents";
import { byId, focusableWhenScrolling, smoothly } from "./dom";
import { KernelRunner } from "./kernel";
import { adopt, fetchPage, place, returnTo, type OtherPage } from "./language";
import { Notices } from "./notices";
import { Displays } from "./outputs";
import { Queue } from "./queue";
import type { Runner, Status } from "./runner";
import { Toolbar } from "./toolbar";
import { say, setLang, type Lang } from "./words";
import { Work, type Saving } from "./work";

class Page implements Surroundings {
  readonly runner: Runner;
  readonly displays = new Displays();
  readonly nonce: string;
  readonly mac = /mac|iphone|ipad/i.test(navigator.userAgent);
  private readonly cells = new Map<string, CodeCell>();
  private readonly order: CodeCell[];
  private readonly queue: Queue;
  private readonly work: Work;
  private readonly toolbar: Toolbar;
  private readonly notices = new Notices(byId("notices"));
  private readonly status = byId("said");
  private isPreparing = false;
  private countdown: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly data: DOMStringMap) {
    setLang(data["lang"] === "zh" ? "zh" : "en");
    this.nonce = data["nonce"] ?? "";
    this.runner = new KernelRunner(data["session"] ?? "", data["lang"] ?? "en");
    this.queue = new Queue(() => this.showBusy());
    this.work = new Work(data["work"] ?? "", data["etag"] ?? "", (saving) => this.showSaving(saving));
    this.toolbar = new Toolbar(
      byId("tools"),
      {
        runAll: () => this.queue.add(this.shown(), true),
        stop: () => this.stopAll(),
        restart: () => void this.restart(),
        announce: (text) => this.announce(text),
      },
      this.mac,
    );
    this.order = [...document.querySelectorAll<HTMLElement>(".cell.code")].map((section) => new CodeCell(section, this));
    for (const cell of this.order) this.cells.set(cell.id, cell);
    for (const box of document.querySelectorAll<HTMLElement>(".prose pre, .prose .wide, .raw pre")) {
      focusableWhenScrolling(box, () => say("prose cell"));
    }
    this.runner.onStatus((status) => this.showStatus(status));
    this.runner.onForgotten(() => this.notices.show("kernel", "warn", say("kernel died")));
    document.addEventListener("keydown", (event) => this.arrow(event));
    document.querySelector("#language")?.addEventListener("click", (event) => this.switchLanguage(event));
    addEventListener("beforeunload", (event) => {
      if (this.work.isInTrouble) event.preventDefault();
    });
    showWhere();
    void this.bringBack();
    document.documentElement.dataset["ready"] = "";
  }

  // --- what cells ask for ---

  enqueue(cell: CodeCell): void {
    this.queue.add([cell], false);
  }

  moveOn(cell: CodeCell): void {
    this.enqueue(cell);
    const shown = this.shown();
    const next = shown[shown.indexOf(cell) + 1];
    (next ?? cell).section.focus({ preventScroll: true });
    cell.keepInView(next?.section.getBoundingClientRect().top ?? 0);
  }

  stop(cell: CodeCell): void {
    if (cell === this.queue.running) void this.runner.interrupt().catch(() => undefined);
    else this.queue.drop(cell);
  }

  reset(cell: CodeCell): void {
    cell.setCode(cell.original);
    void this.work.reset(cell.id).catch(() => this.work.changed(cell, false));
    cell.section.focus({ preventScroll: true });
  }

  edited(cell: CodeCell): void {
    this.work.changed(cell, false);
  }

  ran(cell: CodeCell): void {
    this.notices.hide("kernel");
    this.work.changed(cell, true);
  }

  announce(text: string): void {
    this.status.textContent = text;
  }

  // --- all cells ---

  /** Cells the reader has in view: a closed solution does not run by accident. */
  private shown(): CodeCell[] {
    return this.order.filter((cell) => !cell.section.closest("details:not([open])"));
  }

  private stopAll(): void {
    this.queue.clear();
    void this.runner.interrupt().catch(() => undefined);
  }

  private async restart(): Promise<void> {
    this.queue.clear();
    try {
      await this.runner.restart();
      this.announce(say("restarted"));
      this.notices.hide("kernel");
    } catch {
      // The status says what is wrong.
    }
  }

  private step(cell: CodeCell, by: number): void {
    const shown = this.shown();
    const next = shown[shown.indexOf(cell) + by];
    if (!next) {
      cell.section.focus({ preventScroll: true });
      return;
    }
    next.section.focus({ preventScroll: true });
    next.section.scrollIntoView({ block: "nearest", behavior: smoothly() });
  }

  private arrow(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const cell = this.order.find((c) => c.section === event.target);
    if (!cell) return;
    event.preventDefault();
    this.step(cell, event.key === "ArrowDown" ? 1 : -1);
  }

  // --- work ---

  /** Originals for "edited" and "reset", and edits that never reached the disk. */
  private async bringBack(): Promise<void> {
    const unsaved = this.work.unsaved();
    const work = await this.work.load().catch(() => null);
    for (const saved of work?.cells ?? []) {
      const cell = this.cells.get(saved.id);
      if (!cell) continue;
      const changedSince = work?.changed?.includes(saved.id) ?? false;
      cell.setOriginal(saved.original ?? saved.source, changedSince);
      if (!cell.touched && saved.source !== cell.code) cell.setCode(saved.source);
    }
    let found = false;
    for (const [id, source] of unsaved) {
      const cell = this.cells.get(id);
      if (!cell || cell.touched || cell.code === source) continue;
      cell.setCode(source);
      cell.touched = true;
      this.work.changed(cell, false);
      found = true;
    }
    if (found) this.notices.show("unsaved", "note", say("unsaved found"));
  }

  private showSaving(saving: Saving): void {
    switch (saving.state) {
      case "failed":
        if (this.isCutOff) return; // That is said already.
        this.notices.show("saving", "error", say("save failed", { what: saving.what }));
        return;
      case "conflict":
        this.notices.show("saving", "error", say("conflict", { file: saving.kept }), [
          { label: say("conflict reload"), act: () => this.loadOther() },
          { label: say("conflict keep"), act: () => this.insist() },
        ]);
        return;
      default:
        this.notices.hide("saving");
        this.toolbar.saved(saving.state);
    }
  }

  private loadOther(): void {
    this.work.forget();
    location.reload();
  }

  private insist(): void {
    this.notices.hide("saving");
    this.work.insist();
  }

  // --- Go ---

  private showBusy(): void {
    this.toolbar.busy(this.queue.isBusy || this.runner.status.state === "busy");
  }

  private showStatus(status: Status): void {
    this.toolbar.show(status);
    this.showBusy();
    clearInterval(this.countdown);
    switch (status.state) {
      case "preparing":
        if (!this.isPreparing) this.notices.show("kernel", "note", preparing(status));
        this.notices.reword("kernel", preparing(status));
        this.isPreparing = true;
        return;
      case "lost":
        this.notices.hide("saving");
        this.notices.show("connection", "error", lost(status), [this.tryNow()]);
        this.countdown = setInterval(() => this.notices.reword("connection", lost(status)), 1000);
        return;
      case "gone":
      case "refused":
        this.notices.show("connection", "error", say(status.state), status.state === "gone" ? [this.tryNow()] : []);
        return;
      case "idle":
      case "busy":
        this.notices.hide("connection");
        if (!this.work.isSaved) void this.work.save();
    }
    if (this.isPreparing) this.notices.hide("kernel");
    this.isPreparing = false;
  }

  private get isCutOff(): boolean {
    return ["lost", "gone", "refused"].includes(this.runner.status.state);
  }

  private tryNow() {
    return { label: say("try now"), act: () => this.runner.retry() };
  }

  // --- language ---

  private switchLanguage(event: Event): void {
    event.preventDefault();
    void this.readIn(this.data["urlOther"] ?? "");
  }

  private async readIn(url: string): Promise<void> {
    let other: OtherPage;
    try {
      await this.work.save();
      other = await fetchPage(url);
    } catch {
      location.href = url;
      return;
    }
    const at = place();
    const language: Lang = other.body.dataset["lang"] === "zh" ? "zh" : "en";
    setLang(language);
    adopt(other, this.cells);
    this.toolbar.speak();
    for (const cell of this.order) cell.speak();
    returnTo(at);
    history.replaceState(null, "", (this.data["url"] ?? "") + location.hash);
    this.work.move(this.data["work"] ?? "", this.data["etag"] ?? "");
    for (const cell of this.order) if (cell.touched) this.work.changed(cell, true);
    showWhere();
    this.announce(say("said language"));
    await this.runner.setLang(language).catch(() => undefined);
  }
}

function preparing(status: Status): string {
  if (!status.total) return say("kernel preparing short");
  return say("kernel preparing", { done: status.done ?? 0, total: status.total });
}

function lost(status: Status): string {
  const seconds = Math.ceil(((status.retryAt ?? 0) - Date.now()) / 1000);
  return seconds > 0 ? say("lost", { n: seconds }) : say("lost now");
}

new Page(document.body.dataset);
