// The source of the cell beside a picture: each goroutine's mark stands at the
// line where it is at the moment of the play head.
import { intervalAt, lineOf, lookOf, type Goroutine, type Lanes, type Line } from "./picture-data";
import type { Words } from "./picture-words";

/** More lines than any cell has. */
const maxLines = 2000;

export class SourcePanel {
  readonly node: HTMLElement;
  private file = "";
  private rows = new Map<number, HTMLElement>();
  private readonly body = document.createElement("div");
  private readonly heading = document.createElement("div");

  constructor(
    private readonly data: Lanes,
    words: Words,
  ) {
    this.node = document.createElement("div");
    this.node.className = "lb-source";
    this.node.setAttribute("role", "group");
    this.node.setAttribute("aria-label", words.source);
    this.node.tabIndex = 0;
    this.heading.className = "lb-file";
    this.body.className = "lb-code";
    this.node.append(this.heading, this.body);
  }

  /** Whether there is any source to show. */
  get isEmpty(): boolean {
    return Object.keys(this.data.sources ?? {}).length === 0;
  }

  /** Marks where everybody is. chosen decides which file is shown, and what is scrolled to. */
  show(head: number, chosen: Goroutine | undefined): void {
    const at = new Map<Line, { g: Goroutine; look: string }[]>();
    let here: Line | undefined;
    for (const g of this.data.goroutines) {
      const i = intervalAt(g, head);
      const line = i && lineOf(g, i, this.data.lines);
      if (!i || !line) continue;
      at.set(line, [...(at.get(line) ?? []), { g, look: lookOf(i) }]);
      if (g === chosen) here = line;
    }
    this.open(here?.file ?? (this.file || this.busiestFile()));
    for (const row of this.rows.values()) {
      row.className = "lb-line";
      row.lastElementChild?.replaceChildren();
    }
    for (const [line, who] of at) {
      if (line.file !== this.file) continue;
      const row = this.rows.get(line.line);
      if (!row) continue;
      row.classList.add("lb-here");
      for (const { g, look } of who.slice(0, 6)) row.lastElementChild?.append(badge(g.name, look, g === chosen));
      if (who.length > 6) row.lastElementChild?.append(badge(`+${who.length - 6}`, "group", false));
    }
    const row = here && this.rows.get(here.line);
    row?.classList.add("lb-chosen");
    const seen = row ?? this.body.querySelector<HTMLElement>(".lb-here");
    if (seen) this.reveal(seen);
  }

  /** The file in which most of it happens. */
  private busiestFile(): string {
    const count = new Map<string, number>();
    for (const g of this.data.goroutines) {
      for (const i of g.intervals) {
        const file = this.data.lines[i.line ?? 0]?.file;
        if (file) count.set(file, (count.get(file) ?? 0) + 1);
      }
    }
    return [...count].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
  }

  private open(file: string): void {
    const sources = this.data.sources ?? {};
    if (!Object.hasOwn(sources, file)) file = Object.keys(sources)[0] ?? "";
    if (file === this.file) return;
    this.file = file;
    this.heading.textContent = file;
    this.rows.clear();
    const rows = (sources[file] ?? "").replace(/\n$/, "").split("\n", maxLines).map((text, n) => {
      const row = document.createElement("div");
      row.className = "lb-line";
      const number = document.createElement("span");
      number.className = "lb-number";
      number.textContent = String(n + 1);
      const code = document.createElement("code");
      code.textContent = text.replace(/\t/g, "    ") || " ";
      const who = document.createElement("span");
      who.className = "lb-who";
      row.append(number, code, who);
      this.rows.set(n + 1, row);
      return row;
    });
    this.body.replaceChildren(...rows);
  }

  /** Scrolls inside the panel only; the page stays where it is. */
  private reveal(row: HTMLElement): void {
    const top = row.offsetTop; // The panel is what it is measured from.
    if (top < this.node.scrollTop + 24) this.node.scrollTop = Math.max(0, top - 48);
    else if (top + row.offsetHeight > this.node.scrollTop + this.node.clientHeight) this.node.scrollTop = top - this.node.clientHeight / 2;
  }
}

function badge(text: string, look: string, chosen: boolean): HTMLElement {
  const b = document.createElement("span");
  b.className = `lb-badge ${look}${chosen ? " chosen" : ""}`;
  b.textContent = text;
  return b;
}
