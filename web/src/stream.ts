import { Terminal, overwrite } from "./ansi";
import { el } from "./dom";
import type { Output } from "./runner";
import { say } from "./words";

// A program may print a million lines. The page keeps the first and the last.
const headLines = 500;
const tailLines = 2000;
const longestLine = 10_000;
// More than this is not left to the next frame.
const flushAt = 1 << 20;

interface Chunk {
  node: HTMLElement;
  text: string;
  lines: number;
}

/** Text of one stream, written in pieces and drawn once a frame. */
export class StreamBlock {
  readonly node: HTMLElement;
  private readonly pre = el("pre");
  private readonly gap = el("span", { class: "gap" });
  private readonly rest = el("span"); // the line that has not ended yet
  private readonly terminal = new Terminal();
  private head: Chunk[] = [];
  private tail: Chunk[] = [];
  private headCount = 0;
  private tailCount = 0;
  private dropped = 0;
  private waiting = "";
  private scheduled = false;

  constructor(readonly name: "stdout" | "stderr") {
    this.pre.append(this.rest);
    this.node = el("div", { class: `out stream ${name}` }, this.pre);
  }

  write(text: string): void {
    this.waiting += text;
    if (this.waiting.length > flushAt) {
      this.flush();
    } else if (!this.scheduled) {
      this.scheduled = true;
      // Frames do not come while the tab is hidden.
      if (document.hidden) setTimeout(() => this.flush(), 200);
      else requestAnimationFrame(() => this.flush());
    }
  }

  /** Draws everything written so far. */
  flush(): void {
    this.scheduled = false;
    const atEnd = this.pre.scrollTop + this.pre.clientHeight >= this.pre.scrollHeight - 4;
    const text = this.waiting.replaceAll("\r\n", "\n");
    const end = text.lastIndexOf("\n") + 1;
    this.waiting = text.slice(end);
    if (end > 0) this.lines(text.slice(0, end - 1).split("\n"));
    this.rest.replaceChildren(this.terminal.fork().render(shorten(overwrite(this.waiting))));
    if (atEnd) this.pre.scrollTop = this.pre.scrollHeight;
  }

  toNotebook(): Output {
    this.flush();
    const gap = this.dropped > 0 ? say("truncated", { n: this.dropped }) + "\n" : "";
    const text = [...this.head.map((c) => c.text), gap, ...this.tail.map((c) => c.text), overwrite(this.waiting)].join("");
    return { output_type: "stream", name: this.name, text };
  }

  private lines(lines: string[]): void {
    const room = headLines - this.headCount;
    if (room > 0) {
      const first = lines.slice(0, room);
      this.head.push(this.chunk(first, this.rest));
      this.headCount += first.length;
      lines = lines.slice(room);
    }
    if (lines.length === 0) return;
    const skip = Math.max(0, lines.length - tailLines);
    this.dropped += skip;
    const chunk = this.chunk(lines.slice(skip), this.rest);
    this.tail.push(chunk);
    this.tailCount += chunk.lines;
    for (let first = this.tail[0]; first && this.tailCount - first.lines >= tailLines; first = this.tail[0]) {
      first.node.remove();
      this.tail.shift();
      this.tailCount -= first.lines;
      this.dropped += first.lines;
    }
    if (this.dropped > 0) {
      this.gap.textContent = say("truncated", { n: this.dropped }) + "\n";
      if (!this.gap.isConnected) this.head.at(-1)?.node.after(this.gap);
    }
  }

  private chunk(lines: string[], before: Node): Chunk {
    const text = lines.map((line) => shorten(overwrite(line)) + "\n").join("");
    const node = el("span");
    node.append(this.terminal.render(text));
    this.pre.insertBefore(node, before);
    return { node, text, lines: lines.length };
  }
}

function shorten(line: string): string {
  return line.length > longestLine ? line.slice(0, longestLine) + " …" : line;
}
