// While the learner types: what is wrong, and the program already built for
// the moment of Run. Nothing is executed here.
import { api } from "./api";
import type { CodeCell } from "./cell";
import type { Runner } from "./runner";

// As long as keys follow each other faster than this, the text is not looked at.
const pause = 250;

export class Drafts {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly tidied = new Map<string, string>();

  constructor(
    private readonly runner: Runner,
    private readonly above: (cell: CodeCell) => string[],
  ) {}

  /** The cell's text has changed, or the reader has come to it. */
  touched(cell: CodeCell): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(cell).catch(() => undefined), pause);
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

  private async look(cell: CodeCell): Promise<void> {
    if (!this.runner.isReady || cell.isBusy) return;
    const { code } = cell;
    const build = await this.tidy(cell).catch(() => code);
    const found = await this.runner.draft(code, build, cell.cursor, this.above(cell));
    if (found && cell.code === code) cell.showProblems(found);
  }
}
