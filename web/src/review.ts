// The learner's work beside the course's originals, or beside a version that
// was kept when two saves met: what differs, and how to go back.
import type { Arrange, Item } from "./arrange";
import { CodeCell } from "./cell";
import { Changes, type Change } from "./changes";
import { button, el } from "./dom";
import type { Notices } from "./notices";
import type { ServerCell, ServerWork, Work } from "./work";
import { say } from "./words";

export interface Reviewed {
  readonly items: Map<string, Item>;
  /** Puts a cell back as the course has it. */
  reset(cell: CodeCell): void;
  changed(item: Item): void;
}

export class Review {
  private readonly dialog = new Changes();
  private server: ServerWork | null = null;

  constructor(
    private readonly page: Reviewed,
    private readonly work: Work,
    private readonly arrange: Arrange,
    private readonly notices: Notices,
  ) {}

  /** Says what the server knows that the learner should: changed originals, kept versions. */
  know(server: ServerWork): void {
    this.server = server;
    const changed = server.changed ?? [];
    if (changed.length > 0) {
      this.notices.show("update", "note", say("course changed", { n: changed.length }), [
        { label: say("course changed show"), act: () => this.cells(changed) },
      ]);
    }
    const followed = server.followed ?? [];
    if (followed.length > 0) {
      this.notices.show("followed", "note", say("course followed", { n: followed.length }), [
        { label: say("course changed show"), act: () => this.followed(followed) },
      ]);
    }
    for (const file of server.conflicts ?? []) this.offer(file);
  }

  /** Offers to look at a version that could not be saved under its own name. */
  offer(file: string): void {
    this.notices.show(`kept ${file}`, "warn", say("kept version", { file }), [{ label: say("kept show"), act: () => void this.kept(file) }]);
  }

  /** Everything that differs from the course. */
  async chapter(): Promise<void> {
    await this.work.save();
    this.server = await this.work.look().catch(() => this.server);
    const whole = button({ class: "danger" }, say("reset chapter"), () => {
      whole.replaceWith(
        el("p", {}, say("reset chapter ask")),
        button({ class: "danger" }, say("reset chapter yes"), () => void this.work.reset(null).then(() => location.reload())),
      );
    });
    const changes = this.changes();
    this.show(changes, changes.length > 0 ? [el("div", { class: "dialog-foot" }, whole)] : []);
  }

  /** What differs in some cells. */
  cells(ids: string[]): void {
    this.show(this.changes().filter((change) => ids.includes(change.id)), []);
  }

  private show(changes: Change[], below: Node[]): void {
    void this.dialog.show(changes, { title: say("changes title"), none: "changes none", legend: "changes legend" }, ...below);
  }

  /** What the course changed of cells that were not edited. */
  private followed(cells: { id: string; was: string; is: string }[]): void {
    const changes = cells.map(({ id, was, is }): Change => {
      const item = this.page.items.get(id);
      const kind = was === "" ? "new" : is === "" ? "gone" : "updated";
      return { id, title: item ? name(item) : firstLine(is || was), kind, theirs: was, mine: is };
    });
    void this.dialog.show(changes, { title: say("followed title"), none: "changes none", legend: "followed legend" });
  }

  private changes(): Change[] {
    const list: Change[] = [];
    for (const id of this.arrange.order()) {
      const item = this.page.items.get(id);
      if (!item) continue;
      if (item instanceof CodeCell && item.isEdited) {
        const changedSince = this.server?.changed?.includes(id) ?? false;
        const take = { label: "reset", act: () => this.page.reset(item) } as const;
        list.push({ id, title: name(item), kind: "edited", theirs: item.original, mine: item.code, changedSince, take });
      } else if (!(item instanceof CodeCell)) {
        list.push({ id, title: name(item), kind: "added", theirs: "", mine: item.text });
      } else if (item.isOwn) {
        list.push({ id, title: name(item), kind: "added", theirs: "", mine: item.code });
      }
    }
    for (const id of this.server?.moved ?? []) {
      const item = this.page.items.get(id);
      const take = { label: "move back", act: () => void this.again(id, this.work.putBack(id)) } as const;
      list.push({ id, title: item ? name(item) : id, kind: "moved", theirs: "", mine: "", take });
    }
    for (const cell of this.server?.removed ?? []) {
      if (document.getElementById(`cell-${cell.id}`)) continue;
      const take = { label: "bring back", act: () => void this.again(cell.id, this.bringBack(cell)) } as const;
      list.push({ id: cell.id, title: firstLine(cell.source), kind: "removed", theirs: cell.source, mine: "", take });
    }
    return list;
  }

  private async bringBack(cell: ServerCell): Promise<void> {
    await this.work.save();
    await this.work.reset(cell.id);
  }

  /** The server knows where a cell stood; the page shows it there after a reload. */
  private async again(id: string, done: Promise<void>): Promise<void> {
    await done;
    location.hash = `#cell-${id}`;
    location.reload();
  }

  private async kept(file: string): Promise<void> {
    const cells = await this.work.kept(file).catch(() => null);
    if (!cells) {
      this.notices.hide(`kept ${file}`);
      return;
    }
    const changes: Change[] = [];
    for (const cell of cells) {
      const item = this.page.items.get(cell.id);
      const mine = !item ? "" : item instanceof CodeCell ? item.code : item.text;
      const missing = !document.getElementById(`cell-${cell.id}`);
      if ((!item && !missing) || mine === cell.source) continue;
      const take = { label: "kept take", act: () => this.take(cell, item, cells) } as const;
      changes.push({ id: cell.id, title: item ? name(item) : firstLine(cell.source), kind: missing ? "removed" : "edited", theirs: cell.source, mine, take });
    }
    const discard = button({ class: "danger" }, say("kept discard"), () => {
      void this.work.discard(file).then(() => {
        this.notices.hide(`kept ${file}`);
        this.dialog.close();
      });
    });
    const labels = { title: say("kept title", { file }), none: "kept none", legend: "kept legend" } as const;
    void this.dialog.show(changes, labels, el("div", { class: "dialog-foot" }, discard));
  }

  private take(cell: ServerCell, item: Item | undefined, cells: ServerCell[]): void {
    if (!item) {
      const before = cells[cells.indexOf(cell) - 1]?.id ?? null;
      this.page.changed(this.arrange.restore(cell, before));
      this.work.moved();
      return;
    }
    if (item instanceof CodeCell) item.setCode(cell.source);
    else item.text = cell.source;
    this.page.changed(item);
  }
}

function name(item: Item): string {
  return item instanceof CodeCell ? say("code cell", { n: item.number }) : say("note");
}

/** Names a cell that is not on the page, or is prose. */
function firstLine(source: string): string {
  return source.trim().split("\n", 1)[0]?.slice(0, 60) || say("prose cell");
}
