// Cells of one's own: added, moved, deleted, and all of that undone. The order
// of the document is the order of the notebook.
import type { CodeCell } from "./cell";
import { button, el, smoothly } from "./dom";
import { newID } from "./id";
import type { MenuActions } from "./menu";
import { NoteCell } from "./note";
import type { ServerCell } from "./work";
import { say } from "./words";

export type Item = CodeCell | NoteCell;

/** What the page does when cells come and go. */
export interface Book {
  readonly items: Map<string, Item>;
  makeCode(section: HTMLElement): CodeCell;
  makeNote(section: HTMLElement, source: string): NoteCell;
  /** The item is new, or back: it is to be saved. */
  added(item: Item): void;
  removed(item: Item): void;
  moved(item: Item): void;
  announce(text: string): void;
}

interface Removed {
  item: Item;
  parent: Element;
  before: Element | null;
}

export class Arrange {
  private readonly undo: Removed[] = [];

  constructor(private readonly book: Book) {}

  /** Ids of all cells on the page, from top to bottom. */
  order(): string[] {
    return [...document.querySelectorAll<HTMLElement>("main .cell")].map((section) => section.dataset["id"] ?? "");
  }

  menu(of: () => Item): MenuActions {
    return {
      addCode: () => this.add("code", of().section, "after"),
      addNote: () => this.add("markdown", of().section, "after"),
      move: (by) => this.move(of(), by),
      remove: () => this.remove(of()),
    };
  }

  /** The end of the notebook, where cells can be added also when there are none. */
  end(): { node: HTMLElement; speak: () => void } {
    const code = button({ class: "quiet" }, "", () => this.add("code", node, "before"));
    const note = button({ class: "quiet" }, "", () => this.add("markdown", node, "before"));
    const node = el("div", { class: "add-row" }, code, note);
    const speak = () => {
      code.textContent = `+ ${say("end code")}`;
      note.textContent = `+ ${say("end note")}`;
    };
    speak();
    return { node, speak };
  }

  /** Adds an empty cell and puts the cursor into it. */
  add(kind: "code" | "markdown", beside: HTMLElement, where: "before" | "after"): void {
    const section = blank(kind, newID().slice(0, 8));
    const block = topLevel(beside);
    if (where === "after") block.after(section);
    else block.before(section);
    const item = this.adopt(section, kind, "");
    this.book.added(item);
    this.book.announce(say(kind === "code" ? "said added code" : "said added note"));
    void item.edit();
  }

  /** Puts a cell in that came from elsewhere: an earlier visit, or a reset. */
  restore(cell: ServerCell, after: string | null): Item {
    const section = blank(cell.cell_type === "code" ? "code" : "markdown", cell.id);
    const predecessor = after === null ? null : document.getElementById(`cell-${after}`);
    if (predecessor) topLevel(predecessor).after(section);
    else document.querySelector("main")?.prepend(section);
    return this.adopt(section, cell.cell_type === "code" ? "code" : "markdown", cell.source);
  }

  remove(item: Item): void {
    const { section } = item;
    const { parentElement, nextElementSibling } = section;
    if (!parentElement) return;
    const next = neighbour(section, 1) ?? neighbour(section, -1);
    this.undo.push({ item, parent: parentElement, before: nextElementSibling });
    section.remove();
    this.book.items.delete(item.id);
    this.book.removed(item);
    this.book.announce(say("said deleted"));
    next?.focus({ preventScroll: true });
  }

  /** Brings the cell back that was deleted last; false when there is none. */
  bringBack(): boolean {
    const last = this.undo.pop();
    if (!last) return false;
    const { item, parent, before } = last;
    if (before?.isConnected) before.before(item.section);
    else if (parent.lastElementChild?.matches(".add-row")) parent.lastElementChild.before(item.section);
    else parent.append(item.section);
    this.book.items.set(item.id, item);
    this.book.added(item);
    this.book.announce(say("said undone"));
    item.section.focus({ preventScroll: true });
    item.section.scrollIntoView({ block: "nearest", behavior: smoothly() });
    return true;
  }

  move(item: Item, by: -1 | 1): void {
    const { section } = item;
    const other = by < 0 ? section.previousElementSibling : section.nextElementSibling;
    if (!other?.matches(".cell, .solution")) return;
    const hadFocus = section.contains(document.activeElement);
    if (by < 0) other.before(section);
    else other.after(section);
    this.book.moved(item);
    this.book.announce(say("said moved"));
    if (hadFocus) section.focus({ preventScroll: true });
    section.scrollIntoView({ block: "nearest", behavior: smoothly() });
  }

  private adopt(section: HTMLElement, kind: "code" | "markdown", source: string): Item {
    const item = kind === "code" ? this.book.makeCode(section) : this.book.makeNote(section, source);
    this.book.items.set(item.id, item);
    if (source !== "") {
      if (item instanceof NoteCell) item.text = source;
      else item.setCode(source);
    }
    return item;
  }
}

/** An empty cell as the server would have rendered it. */
function blank(kind: "code" | "markdown", id: string): HTMLElement {
  if (kind === "markdown") return el("section", { class: "cell prose", id: `cell-${id}`, "data-id": id });
  return el(
    "section",
    { class: "cell code", id: `cell-${id}`, "data-id": id, "data-number": "0", "data-own": true },
    el("div", { class: "source" }, el("pre", { class: "code" }, el("code"))),
    el("div", { class: "outputs" }),
  );
}

/** Cells inside a fold stay there; new ones go beside the fold. */
function topLevel(section: HTMLElement): Element {
  return section.closest("details.solution") ?? section;
}

/** The nearest cell that can have the focus, before or after a section. */
export function neighbour(section: Element, by: -1 | 1): HTMLElement | null {
  const all = [...document.querySelectorAll<HTMLElement>("main .cell[tabindex]")].filter((s) => !s.closest("details:not([open])"));
  const rest = by > 0 ? all : all.reverse();
  const follows = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  return rest.find((s) => s !== section && (section.compareDocumentPosition(s) & follows) !== 0) ?? null;
}
