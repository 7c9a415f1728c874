// Keeps the learner's work: in the browser at once, on the server's disk
// within two seconds. Nothing is overwritten that was changed elsewhere.
import type { CodeCell } from "./cell";
import type { Output } from "./runner";

export interface SavedCell {
  id: string;
  source?: string;
  outputs?: Output[];
  execution_count?: number | null;
}

/** A cell as the server has it. */
export interface ServerCell {
  id: string;
  cell_type: string;
  source: string;
  original?: string;
}

export interface ServerWork {
  etag: string;
  cells: ServerCell[];
  changed?: string[];
}

export type Saving =
  | { state: "saved" | "saving" }
  | { state: "failed"; what: string }
  | { state: "conflict"; kept: string; etag: string };

type Batch = Map<string, { cell: CodeCell; outputs: boolean }>;

interface Kept {
  sources: Record<string, string>;
}

const delay = 800;
const longestDelay = 1800;
const keepaliveLimit = 60_000;

export class Work {
  private dirty: Batch = new Map();
  /** What a save under way has sent. */
  private sent: Batch = new Map();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private firstChange = 0;
  private saving: Promise<void> | null = null;
  private conflict: { etag: string } | null = null;
  private retries = 0;
  private readonly tab = crypto.randomUUID();

  constructor(
    private url: string,
    private etag: string,
    private readonly tell: (saving: Saving) => void,
  ) {
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save();
    });
  }

  get isSaved(): boolean {
    return this.dirty.size === 0;
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

  async load(): Promise<ServerWork | null> {
    const res = await fetch(this.url, { credentials: "same-origin", cache: "no-store" });
    if (!res.ok) return null;
    const work = (await res.json()) as ServerWork;
    if (!this.etag || this.dirty.size === 0) this.etag = work.etag;
    return work;
  }

  /** Takes note of a change; it is saved soon. */
  changed(cell: CodeCell, outputs: boolean): void {
    const before = this.dirty.get(cell.id)?.outputs ?? false;
    this.dirty.set(cell.id, { cell, outputs: outputs || before });
    if (!this.isInTrouble) this.tell({ state: "saving" });
    this.keep();
    this.schedule();
  }

  /** Edits of an earlier visit that had not reached the disk. */
  unsaved(): Map<string, string> {
    const raw = localStorage.getItem(this.key());
    if (!raw) return new Map();
    try {
      return new Map(Object.entries((JSON.parse(raw) as Kept).sources));
    } catch {
      return new Map();
    }
  }

  /** Throws away what the server has for one cell, and what was to be saved. */
  async reset(id: string): Promise<void> {
    this.dirty.delete(id);
    this.keep();
    const res = await fetch(`${this.url}?cell=${encodeURIComponent(id)}`, { method: "DELETE", credentials: "same-origin" });
    if (!res.ok) throw new Error(`HTTP ${res.status}`);
    this.etag = ((await res.json()) as { etag: string }).etag;
  }

  /** Gives up what was not saved: the reader chose the version on disk. */
  forget(): void {
    clearTimeout(this.timer);
    this.dirty.clear();
    this.keep();
  }

  /** After a conflict: this page's version shall count. */
  insist(): void {
    if (!this.conflict) return;
    this.etag = this.conflict.etag;
    this.conflict = null;
    void this.save();
  }

  /** Saves what there is to save. Resolves when no save is under way any more. */
  async save(): Promise<void> {
    while (this.saving) await this.saving;
    clearTimeout(this.timer);
    if (this.conflict || this.dirty.size === 0) return;
    this.saving = this.saveBatch();
    await this.saving;
  }

  private async saveBatch(): Promise<void> {
    const batch = this.dirty;
    this.dirty = new Map();
    this.sent = batch;
    this.firstChange = 0;
    try {
      await this.put(batch);
      this.retries = 0;
    } catch (err) {
      this.takeBack(batch);
      this.tell({ state: "failed", what: err instanceof Error ? err.message : String(err) });
      this.timer = setTimeout(() => void this.save(), Math.min(30_000, 2000 * 2 ** this.retries++));
    } finally {
      this.saving = null;
      this.sent = new Map();
    }
    this.keep();
    if (this.dirty.size > 0 && this.retries === 0) this.schedule();
  }

  private async put(batch: Batch): Promise<void> {
    const res = await fetch(this.url, {
      method: "PUT",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "If-Match": this.etag },
      body: this.body(batch),
    });
    if (res.status === 409) {
      const answer = (await res.json()) as { etag: string; kept?: string };
      this.takeBack(batch);
      this.conflict = { etag: answer.etag };
      this.tell({ state: "conflict", kept: answer.kept ?? "", etag: answer.etag });
      return;
    }
    if (!res.ok) {
      const answer = (await res.json().catch(() => null)) as { message?: string } | null;
      throw new Error(answer?.message ?? `HTTP ${res.status}`);
    }
    const answer = (await res.json()) as { etag: string };
    this.etag = answer.etag;
    this.tell({ state: this.dirty.size === 0 ? "saved" : "saving" });
  }

  private body(batch: Batch): string {
    // The server takes the order of what is sent as the order of the cells.
    const entries = [...batch.values()].sort((a, b) => a.cell.number - b.cell.number);
    const cells = entries.map(({ cell, outputs }): SavedCell => {
      const saved: SavedCell = { id: cell.id, source: cell.code };
      if (outputs) {
        saved.outputs = cell.outputs.toNotebook();
        saved.execution_count = cell.count;
      }
      return saved;
    });
    return JSON.stringify({ cells, tab: this.tab });
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
    const unsaved: Batch = new Map([...this.sent, ...this.dirty]);
    if (unsaved.size === 0 || this.conflict) return;
    const batch: Batch = new Map([...unsaved].map(([id, entry]) => [id, { ...entry, outputs: false }]));
    const body = this.body(batch);
    if (body.length > keepaliveLimit) return; // It is kept in the browser.
    void fetch(this.url, {
      method: "PUT",
      keepalive: true,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "If-Match": this.etag },
      body,
    }).catch(() => undefined);
  }

  private key(): string {
    return "lanebook:work:" + this.url;
  }

  /** What is not on disk yet stays in the browser. */
  private keep(): void {
    try {
      if (this.dirty.size === 0) {
        localStorage.removeItem(this.key());
        return;
      }
      const sources: Record<string, string> = {};
      for (const [id, { cell }] of this.dirty) sources[id] = cell.code;
      localStorage.setItem(this.key(), JSON.stringify({ sources } satisfies Kept));
    } catch {
      // No room in the browser: saving to the server goes on.
    }
  }
}
