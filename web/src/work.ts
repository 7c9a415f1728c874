// Keeps the learner's work: in the browser at once, on the server's disk
// within two seconds. Nothing is overwritten that was changed elsewhere.
import { api, HTTPError } from "./api";
import { newID } from "./id";
import type { Output } from "./runner";
import { deliver, note } from "./unsaved";

export interface SavedCell {
  id: string;
  cell_type?: "code" | "markdown";
  source?: string;
  outputs?: Output[];
  execution_count?: number | null;
  ran?: boolean;
}

/** What can be saved of the page. */
export interface Savable {
  readonly id: string;
  saved(outputs: boolean): SavedCell;
}

/** A cell as the server has it. */
export interface ServerCell {
  id: string;
  cell_type: string;
  source: string;
  /** The course's text, where it differs. */
  original?: string;
  own?: boolean;
  ran?: boolean;
  passed?: boolean;
}

export interface ServerWork {
  etag: string;
  cells: ServerCell[];
  /** Original cells that the learner deleted. */
  removed?: ServerCell[];
  /** Ids of original cells that stand elsewhere than in the course. */
  moved?: string[];
  /** Ids of edited cells whose original changed since. */
  changed?: string[];
  /** What the course changed of cells that were not edited; told until the next save. */
  followed?: { id: string; was: string; is: string }[];
  /** Files that keep what could not be saved. */
  conflicts?: string[];
}

export type Saving =
  | { state: "saved" | "saving" }
  | { state: "failed"; what: string }
  | { state: "conflict"; kept: string; etag: string };

type Batch = Map<string, { cell: Savable; outputs: boolean }>;

const delay = 800;
const longestDelay = 1800;
const keepaliveLimit = 60_000;

export class Work {
  private dirty: Batch = new Map();
  /** What a save under way has sent. */
  private sent: Batch = new Map();
  /** The order of cells is not saved yet. */
  private rearranged = false;
  private readonly deleted = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private firstChange = 0;
  private saving: Promise<void> | null = null;
  private conflict: { etag: string; kept: string } | null = null;
  private retries = 0;
  private readonly tab = newID();
  /** Counts what is sent: the last words of a page may overtake the ones before. */
  private seq = 0;

  constructor(
    private url: string,
    private etag: string,
    private readonly order: () => string[],
    private readonly tell: (saving: Saving) => void,
  ) {
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save();
    });
  }

  get isSaved(): boolean {
    return this.dirty.size === 0 && !this.rearranged;
  }

  /** Whether the reader should be kept from leaving: the last try to save went wrong. */
  get isInTrouble(): boolean {
    return this.retries > 0 || this.conflict !== null;
  }

  /** From now on saves under another address: the same work, read in the other language. */
  move(url: string, etag: string): void {
    clearTimeout(this.timer);
    this.url = url;
    this.etag = etag;
    this.conflict = null;
  }

  /** What is on the disk, to be looked at. */
  async look(): Promise<ServerWork> {
    return (await api("GET", this.url)) as unknown as ServerWork;
  }

  /** What is on the disk, to go on from. */
  async load(): Promise<ServerWork> {
    const work = await this.look();
    if (!this.etag || this.isSaved) this.etag = work.etag;
    return work;
  }

  /** The cells of a version that was kept after a conflict. */
  async kept(file: string): Promise<ServerCell[]> {
    return ((await api("GET", `${this.url}?kept=${encodeURIComponent(file)}`)) as unknown as ServerWork).cells;
  }

  async discard(file: string): Promise<void> {
    await api("DELETE", `${this.url}?kept=${encodeURIComponent(file)}`);
  }

  /** Takes note of a change; it is saved soon. */
  changed(cell: Savable, outputs: boolean): void {
    const before = this.dirty.get(cell.id)?.outputs ?? false;
    this.dirty.set(cell.id, { cell, outputs: outputs || before });
    this.noted();
  }

  /** Cells came, moved or, with an id, went. */
  moved(removed: string | null = null): void {
    this.rearranged = true;
    if (removed !== null) {
      this.deleted.add(removed);
      this.dirty.delete(removed);
    }
    this.noted();
  }

  /** A cell that had gone is there again. */
  back(cell: Savable): void {
    this.deleted.delete(cell.id);
    this.rearranged = true;
    this.changed(cell, true);
  }

  private noted(): void {
    if (!this.isInTrouble) this.tell({ state: "saving" });
    this.keep();
    this.schedule();
  }

  /** Brings to the disk what earlier visits had not; true when the page shows older cells than that. */
  async deliver(): Promise<boolean> {
    const made = await deliver(this.url, async ({ etag, body }) => {
      const res = await this.send(etag, body).catch(() => null);
      if (!res || (!res.ok && res.status !== 409)) return null;
      return ((await res.json()) as ServerWork).etag;
    });
    return made !== null && made !== this.etag;
  }

  /** Throws away what the server has for one cell, or for all, and what was to be saved. */
  async reset(id: string | null): Promise<ServerWork> {
    if (id === null) this.forget();
    else this.dirty.delete(id);
    this.keep();
    return this.undo(id === null ? "" : `?cell=${encodeURIComponent(id)}`);
  }

  /** Puts a cell that was moved back where the course has it. */
  async putBack(id: string): Promise<void> {
    await this.save();
    await this.undo(`?place=${encodeURIComponent(id)}`);
  }

  /** Nothing is saved meanwhile: it would be made from a version that is about to go. */
  private async undo(what: string): Promise<ServerWork> {
    while (this.saving) await this.saving;
    const undoing = api("DELETE", this.url + what).then((answer) => {
      const work = answer as unknown as ServerWork;
      this.etag = work.etag;
      return work;
    });
    const over = () => void (this.saving = null);
    this.saving = undoing.then(over, over);
    return undoing;
  }

  /** Gives up what was not saved: the reader chose the version on disk. */
  forget(): void {
    clearTimeout(this.timer);
    this.dirty.clear();
    this.rearranged = false;
    this.keep();
  }

  /** After a conflict: this page's version shall count. */
  insist(): void {
    if (!this.conflict) return;
    const { etag, kept } = this.conflict;
    this.etag = etag;
    this.conflict = null;
    // What was kept beside it is now in its place.
    void this.save().then(() => (this.isSaved ? this.discard(kept) : undefined)).catch(() => undefined);
  }

  /** Saves what there is to save. Resolves when no save is under way any more. */
  async save(): Promise<void> {
    while (this.saving) await this.saving;
    clearTimeout(this.timer);
    if (this.conflict || this.isSaved) return;
    this.saving = this.saveBatch();
    await this.saving;
  }

  private async saveBatch(): Promise<void> {
    const batch = this.dirty;
    this.dirty = new Map();
    this.sent = batch;
    const { rearranged } = this;
    this.rearranged = false;
    this.firstChange = 0;
    try {
      await this.put(batch);
      this.retries = 0;
      this.rearranged ||= rearranged && this.conflict !== null;
    } catch (err) {
      this.takeBack(batch);
      this.rearranged ||= rearranged;
      this.tell({ state: "failed", what: err instanceof Error ? err.message : String(err) });
      this.timer = setTimeout(() => void this.save(), Math.min(30_000, 2000 * 2 ** this.retries++));
    } finally {
      this.saving = null;
      this.sent = new Map();
    }
    this.keep();
    if (!this.isSaved && this.retries === 0) this.schedule();
  }

  private async put(batch: Batch): Promise<void> {
    const res = await this.send(this.etag, this.body(batch));
    const answer = (await res.json().catch(() => ({}))) as { etag?: string; kept?: string; message?: string };
    if (res.status === 409) {
      this.takeBack(batch);
      this.conflict = { etag: answer.etag ?? "", kept: answer.kept ?? "" };
      this.tell({ state: "conflict", kept: answer.kept ?? "", etag: answer.etag ?? "" });
      return;
    }
    if (!res.ok) throw new HTTPError(res.status, answer.message ?? `HTTP ${res.status}`);
    this.etag = answer.etag ?? "";
    this.tell({ state: this.isSaved ? "saved" : "saving" });
  }

  private send(etag: string, body: string, options: RequestInit = {}): Promise<Response> {
    const headers = { "Content-Type": "application/json", "If-Match": etag };
    return fetch(this.url, { method: "PUT", credentials: "same-origin", headers, body, ...options });
  }

  /** The server takes the order of what is sent as the order of the cells. */
  private body(batch: Batch): string {
    const cells = this.order().map((id): SavedCell => {
      const entry = batch.get(id);
      return entry ? entry.cell.saved(entry.outputs) : { id };
    });
    return JSON.stringify({ cells, deleted: [...this.deleted], tab: this.tab, seq: ++this.seq });
  }

  private takeBack(batch: Batch): void {
    for (const [id, entry] of batch) {
      const newer = this.dirty.get(id);
      this.dirty.set(id, { cell: entry.cell, outputs: entry.outputs || (newer?.outputs ?? false) });
    }
  }

  private schedule(): void {
    const now = performance.now();
    if (this.firstChange === 0) this.firstChange = now;
    const wait = Math.max(0, Math.min(delay, this.firstChange + longestDelay - now));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), wait);
  }

  /**
   * The page goes away: one last try that the browser carries out by itself.
   * It also holds what a save under way has sent, since the browser may give
   * that one up. If both arrive, the server knows that they are from one tab.
   */
  private flush(): void {
    const body = this.unsaved();
    if (body === null || this.conflict || body.length > keepaliveLimit) return; // It is kept in the browser.
    void this.send(this.etag, body, { keepalive: true }).catch(() => undefined);
  }

  /** What is not on the disk yet, ready to be sent, without outputs; null when there is nothing. */
  private unsaved(): string | null {
    const batch: Batch = new Map([...this.sent, ...this.dirty].map(([id, { cell }]) => [id, { cell, outputs: false }]));
    return batch.size > 0 || this.rearranged ? this.body(batch) : null;
  }

  /** What is not on the disk yet stays in the browser. */
  private keep(): void {
    const body = this.unsaved();
    note(this.url, this.tab, body === null ? null : { etag: this.etag, body });
  }
}
