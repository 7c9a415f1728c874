// While the learner types: what is wrong, and the program already built for
// the moment of Run. Nothing is executed here.
import { api } from "./api";
import type { CodeCell } from "./cell";
import type { Runner } from "./runner";

// As long as keys follow each other faster than this, the text is not looked at.
const pause = 250;
// After so long the line with the cursor counts as written, too: before that,
// what is wrong with it may only be unfinished.
const settled = 1200;

export class Drafts {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly tidied = new Map<string, string>();

  constructor(
    private readonly runner: Runner,
    private readonly above: (cell: CodeCell) => string[],
  ) {}

  /** The cell's text has changed. */
  typed(cell: CodeCell): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.look(cell, cell.cursor).catch(() => undefined);
      this.timer = setTimeout(() => void this.look(cell, -1).catch(() => undefined), settled - pause);
    }, pause);
  }

  /** The reader has come to a cell, and may run it. Nothing is started for that. */
  approached(cell: CodeCell): void {
    if (this.runner.isReady) this.typed(cell);
  }

  /** The cell's text as gofmt lays it out; one that was not edited stays as it is. */
  async tidy(cell: CodeCell): Promise<string> {
    const { code } = cell;
    if (!cell.isEdited) return code;
    const known = this.tidied.get(code);
    if (known !== undefined) return known;
    const { source } = (await api("POST", "/api/lanebook/format", { source: code })) as { source: string };
    this.tidied.clear(); // Only the newest text is asked for again.
    this.tidied.set(code, source);
    return source;
  }

  private async look(cell: CodeCell, cursor: number): Promise<void> {
    if (cell.isBusy) return;
    const { code } = cell;
    const build = await this.tidy(cell).catch(() => code);
    const found = await this.runner.draft(code, build, cursor, this.above(cell));
    if (found && cell.code === code) cell.showProblems(found);
  }
}
