// A chapter's page comes to life here: everything on it can already be read.
// This file wires the parts together; each part knows nothing of the others.
import { Arrange, type Book, type Item } from "./arrange";
import { CodeCell, type Surroundings } from "./cell";
import { contentsButton, showWhere } from "./contents";
import { byId, focusableWhenScrolling } from "./dom";
import { Drafts } from "./drafts";
import { Exercises } from "./exercise";
import { Help } from "./help";
import { KernelRunner } from "./kernel";
import { switchLanguage } from "./language";
import { Link } from "./link";
import { NoteCell } from "./note";
import { Notices } from "./notices";
import { Displays } from "./outputs";
import { Progress } from "./progress";
import { Queue } from "./queue";
import { Review } from "./review";
import type { Runner } from "./runner";
import { Search } from "./search";
import { Shortcuts } from "./shortcuts";
import { Toolbar } from "./toolbar";
import { say, setLang } from "./words";
import { Work, type Saving, type ServerWork } from "./work";

/** Set over the reload that shows edits which had not reached the disk. */
const broughtBack = "lanebook:brought-back";

class Page implements Surroundings, Book {
  readonly runner: Runner;
  readonly displays = new Displays();
  readonly nonce: string;
  readonly mac = /mac|iphone|ipad/i.test(navigator.userAgent);
  /** Cells that can be edited, by id. The order is the document's. */
  readonly items = new Map<string, Item>();
  private readonly arrange = new Arrange(this);
  private readonly end = this.arrange.end();
  private readonly queue: Queue;
  private readonly work: Work;
  private readonly drafts: Drafts;
  private readonly toolbar: Toolbar;
  private readonly notices = new Notices(byId("notices"));
  private readonly link: Link;
  private readonly review: Review;
  private readonly exercises: Exercises;
  private readonly progress: Progress;
  private readonly search = new Search();
  private readonly help = new Help(this.mac);
  private readonly status = byId("said");

  constructor(private readonly data: DOMStringMap) {
    this.nonce = data["nonce"] ?? "";
    this.runner = new KernelRunner(data["session"] ?? "", data["lang"] ?? "en");
    this.queue = new Queue(() => this.showBusy());
    this.work = new Work(data["work"] ?? "", data["etag"] ?? "", () => this.arrange.order(), (saving) => this.showSaving(saving));
    this.drafts = new Drafts(this.runner, (cell) => this.above(cell));
    this.review = new Review(this, this.work, this.arrange, this.notices);
    this.progress = new Progress(() => byId("progress"), () => this.codeCells());
    this.toolbar = new Toolbar(byId("tools"), this.search, {
      runAll: () => this.queue.add(this.shown(), true),
      stop: () => this.stopAll(),
      restart: () => void this.restart(),
      changes: () => void this.review.chapter(),
      help: () => this.help.open(),
      announce: (text) => this.announce(text),
    });
    for (const section of document.querySelectorAll<HTMLElement>(".cell.code")) {
      const cell = this.makeCode(section);
      this.items.set(cell.id, cell);
    }
    for (const box of document.querySelectorAll<HTMLElement>(".prose pre, .prose .wide, .prose p.math, .raw pre")) {
      focusableWhenScrolling(box, () => say("prose cell"));
    }
    this.exercises = new Exercises(new Map(this.codeCells().map((cell) => [cell.id, cell])));
    this.runner.onStatus((status) => {
      this.toolbar.show(status);
      this.showBusy();
    });
    this.link = new Link(this.runner, this.notices, () => {
      if (!this.work.isSaved) void this.work.save();
    });
    new Shortcuts(this.arrange, {
      item: (section) => this.items.get(section.dataset["id"] ?? ""),
      search: () => this.search.open(),
      help: () => this.help.open(),
      save: () => void this.work.save(),
    });
    switchLanguage(this.items, {
      save: () => this.work.save(),
      speak: () => this.speak(),
      arrived: (language) => {
        this.inOtherLanguage();
        this.announce(say("said language"));
        void this.runner.setLang(language).catch(() => undefined);
      },
    });
    document.querySelector("main")?.append(this.end.node);
    addEventListener("beforeunload", (event) => {
      if (this.work.isInTrouble) event.preventDefault();
    });
    contentsButton();
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

  changes(cell: CodeCell): void {
    this.review.cells([cell.id]);
  }

  menu(item: Item) {
    return this.arrange.menu(() => item);
  }

  edited(item: Item): void {
    this.work.changed(item, false);
    if (item instanceof CodeCell) this.drafts.typed(item);
  }

  approached(cell: CodeCell): void {
    this.drafts.approached(cell);
  }

  tidy(cell: CodeCell): Promise<string> {
    return this.drafts.tidy(cell);
  }

  ran(cell: CodeCell): void {
    this.notices.hide("kernel");
    this.work.changed(cell, true);
    this.progress.show();
  }

  announce(text: string): void {
    this.status.textContent = text;
  }

  // --- the book: cells come and go ---

  makeCode(section: HTMLElement): CodeCell {
    return new CodeCell(section, this);
  }

  makeNote(section: HTMLElement, source: string): NoteCell {
    return new NoteCell(section, source, this);
  }

  added(item: Item): void {
    this.work.back(item);
    this.renumber();
  }

  removed(item: Item): void {
    if (item instanceof CodeCell) this.stop(item);
    this.work.moved(item.id);
    this.renumber();
  }

  moved(): void {
    this.work.moved();
    this.renumber();
  }

  changed(item: Item): void {
    this.work.changed(item, false);
  }

  private codeCells(): CodeCell[] {
    return this.arrange.order().flatMap((id) => {
      const item = this.items.get(id);
      return item instanceof CodeCell ? [item] : [];
    });
  }

  private renumber(): void {
    const cells = this.codeCells();
    // A cell that the page leaves out may stand before the first one.
    const first = Math.min(...cells.map((cell) => cell.number).filter((n) => n > 0), 2);
    cells.forEach((cell, i) => cell.renumber(first + i));
    this.progress.show();
  }

  /** Cells the reader has in view: a closed solution does not run by accident. */
  private shown(): CodeCell[] {
    return this.codeCells().filter((cell) => !cell.section.closest("details:not([open])"));
  }

  private above(cell: CodeCell): string[] {
    const cells = this.codeCells();
    return cells.slice(0, cells.indexOf(cell)).map((c) => c.code);
  }

  // --- all cells ---

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

  private showBusy(): void {
    this.toolbar.busy(this.queue.isBusy || this.runner.status.state === "busy");
  }

  // --- work ---

  /** What the server knows of the cells, and edits that never reached the disk. */
  private async bringBack(): Promise<void> {
    const again = sessionStorage.getItem(broughtBack) !== null;
    if (again) this.notices.show("unsaved", "note", say("unsaved found"));
    sessionStorage.removeItem(broughtBack);
    if ((await this.work.deliver()) && !again) {
      sessionStorage.setItem(broughtBack, "");
      location.reload();
      return;
    }
    const server = await this.work.load().catch(() => null);
    if (server) this.know(server);
  }

  private know(server: ServerWork): void {
    for (const saved of server.cells) {
      const section = document.getElementById(`cell-${saved.id}`);
      const item = this.items.get(saved.id);
      if (item instanceof CodeCell) {
        item.know(saved, server.changed?.includes(saved.id) ?? false);
        if (!item.touched && saved.source !== item.code) item.setCode(saved.source);
      } else if (!item && section && saved.own && saved.cell_type === "markdown") {
        this.items.set(saved.id, this.makeNote(section, saved.source));
      }
    }
    this.progress.show();
    this.review.know(server);
  }

  private showSaving(saving: Saving): void {
    switch (saving.state) {
      case "failed":
        if (this.link.isCutOff) return; // That is said already.
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

  // --- language ---

  /** After the words of another language took the place of this one's. */
  private speak(): void {
    this.toolbar.speak();
    for (const item of this.items.values()) item.speak();
    this.exercises.speak();
    this.end.speak();
    this.progress.show();
  }

  private inOtherLanguage(): void {
    this.work.move(this.data["work"] ?? "", this.data["etag"] ?? "");
    for (const cell of this.codeCells()) if (cell.touched) this.work.changed(cell, true);
  }
}

setLang(document.body.dataset["lang"] === "zh" ? "zh" : "en"); // before anything speaks
new Page(document.body.dataset);
