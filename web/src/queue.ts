// Cells run one at a time, in the order they were asked for. The queue is the
// page's own, so that Stop empties it at once whatever runs the cells.
import type { CodeCell } from "./cell";

export class Queue {
  private waiting: CodeCell[] = [];
  private current: CodeCell | null = null;

  constructor(private readonly changed: () => void) {}

  get isBusy(): boolean {
    return this.current !== null;
  }

  get running(): CodeCell | null {
    return this.current;
  }

  /** Asks for a run. With stopOnError, a failure drops what waits behind it. */
  add(cells: CodeCell[], stopOnError: boolean): void {
    for (const cell of cells) {
      if (cell.isBusy) continue;
      cell.queue();
      this.waiting.push(cell);
    }
    this.changed();
    if (!this.current) void this.work(stopOnError);
  }

  drop(cell: CodeCell): void {
    this.waiting = this.waiting.filter((c) => c !== cell);
    cell.unqueue();
    this.changed();
  }

  clear(): void {
    for (const cell of this.waiting) cell.unqueue();
    this.waiting = [];
    this.changed();
  }

  private async work(stopOnError: boolean): Promise<void> {
    for (let cell = this.waiting.shift(); cell; cell = this.waiting.shift()) {
      this.current = cell;
      this.changed();
      const result = await cell.run();
      this.current = null;
      if (result.status === "aborted" || (result.status === "error" && stopOnError)) this.clear();
    }
    this.changed();
  }
}
