// The outputs of one cell, drawn as they come. Order is kept: a picture never
// overtakes the text that was printed before it.
import { el, focusableWhenScrolling } from "./dom";
import { render } from "./mime";
import type { Bundle, Output } from "./runner";
import { walkWhenNear } from "./recorded";
import { StreamBlock } from "./stream";
import { Terminal } from "./ansi";
import { say } from "./words";

/** Something shown under an id, to be replaced in place later. */
class DisplayBlock {
  readonly node = el("div", { class: "out" });
  private version = 0;

  constructor(
    private readonly output: Extract<Output, { data: Bundle }>,
    readonly displayId: string | null,
    private readonly drawn: (node: HTMLElement) => void,
  ) {
    this.draw();
  }

  replace(data: Bundle, metadata: Bundle): void {
    this.output.data = data;
    this.output.metadata = metadata;
    this.draw();
  }

  toNotebook(): Output {
    return this.output;
  }

  private draw(): void {
    const version = ++this.version;
    const put = (made: { kind: string; node: Node }) => {
      if (version !== this.version) return; // A newer form overtook this one.
      this.node.className = "out " + made.kind;
      this.node.replaceChildren(made.node);
      this.drawn(this.node);
    };
    const made = render(this.output.data);
    if (made instanceof Promise) void made.then(put);
    else put(made);
  }
}

class ErrorBlock {
  readonly node: HTMLElement;
  readonly displayId = null;

  constructor(private readonly output: Extract<Output, { output_type: "error" }>) {
    const lines = output.traceback.length > 0 ? output.traceback : [`${output.ename}: ${output.evalue}`];
    const pre = el("pre");
    pre.append(new Terminal().render(lines.join("\n")));
    this.node = el("div", { class: "out error" }, pre);
  }

  toNotebook(): Output {
    return this.output;
  }
}

type Block = DisplayBlock | ErrorBlock | StreamBlock;

/** Finds what an update means, in whichever cell it was shown. */
export class Displays {
  private readonly areas = new Set<OutputArea>();

  add(area: OutputArea): void {
    this.areas.add(area);
  }

  update(displayId: string, data: Bundle, metadata: Bundle): void {
    for (const area of this.areas) area.update(displayId, data, metadata);
  }
}

export class OutputArea {
  private blocks: Block[] = [];
  private clearFirst = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly label: () => string,
    private readonly changed: () => void,
    displays: Displays,
  ) {
    displays.add(this);
    this.watchScrolling(box);
    walkWhenNear(box);
  }

  get isEmpty(): boolean {
    return this.box.childElementCount === 0;
  }

  add(output: Output, displayId: string | null): void {
    if (this.clearFirst) this.clear(false);
    const last = this.blocks.at(-1);
    if (output.output_type === "stream") {
      if (last instanceof StreamBlock && last.name === output.name) {
        last.write(output.text);
      } else {
        const block = new StreamBlock(output.name);
        this.put(block);
        block.write(output.text);
      }
    } else {
      // What was printed before must stand above.
      if (last instanceof StreamBlock) last.flush();
      this.put(
        output.output_type === "error"
          ? new ErrorBlock(output)
          : new DisplayBlock(output, displayId, (node) => this.watchScrolling(node)),
      );
    }
    this.changed();
  }

  update(displayId: string, data: Bundle, metadata: Bundle): void {
    for (const block of this.blocks) {
      if (block instanceof DisplayBlock && block.displayId === displayId) {
        block.replace(data, metadata);
        this.changed();
      }
    }
  }

  /** With wait, what is there stays until something takes its place. */
  clear(wait: boolean): void {
    this.clearFirst = wait;
    if (wait) return;
    this.blocks = [];
    this.box.replaceChildren();
    this.changed();
  }

  /** The run is over: nothing more will take the place of old outputs. */
  finish(): void {
    if (this.clearFirst) this.clear(false);
    const last = this.blocks.at(-1);
    if (last instanceof StreamBlock) last.flush();
  }

  /** A question of the program, shown below what it printed. */
  attach(node: HTMLElement): void {
    if (this.clearFirst) this.clear(false);
    const last = this.blocks.at(-1);
    if (last instanceof StreamBlock) last.flush();
    this.box.append(node);
  }

  /** Puts recorded outputs, already rendered and harmless, in place. */
  showRecorded(nodes: Iterable<Node>): void {
    this.blocks = [];
    this.box.replaceChildren(...nodes);
    this.watchScrolling(this.box);
    walkWhenNear(this.box);
  }

  /** Whether a check among the outputs was content; null when there is none. */
  check(): boolean | null {
    const checks = this.toNotebook().flatMap((output) => {
      const data = "data" in output ? (output.data["application/vnd.lanebook+json"] as { kind?: unknown; passed?: unknown } | undefined) : undefined;
      return data?.kind === "check" ? [data.passed === true] : [];
    });
    return checks.length > 0 ? checks.includes(true) : null;
  }

  toNotebook(): Output[] {
    return this.blocks.map((block) => block.toNotebook());
  }

  private put(block: Block): void {
    this.blocks.push(block);
    this.box.append(block.node);
    this.watchScrolling(block.node);
  }

  private watchScrolling(root: HTMLElement): void {
    for (const box of root.querySelectorAll<HTMLElement>('pre, .wide, .html, [style*="overflow"]')) focusableWhenScrolling(box, this.label);
    if (root.matches(".html")) focusableWhenScrolling(root, this.label);
    // Programs may leave out what a progress bar is about.
    for (const bar of root.querySelectorAll('[role="progressbar"]:not([aria-label]), progress:not([aria-label]), meter:not([aria-label])')) {
      bar.setAttribute("aria-label", this.label());
    }
  }
}

/** A question of the program; resolves with the answer, or null when it is withdrawn. */
export function question(prompt: string, password: boolean, signal: AbortSignal) {
  const input = el("input", {
    type: password ? "password" : "text",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": prompt.trim() ? say("input label", { prompt: prompt.trim() }) : say("input plain"),
  });
  const form = el(
    "form",
    { class: "ask" },
    prompt ? el("span", { class: "prompt", "aria-hidden": true }, prompt) : null,
    input,
    el("button", { type: "submit" }, say("input send")),
  );
  const answer = new Promise<string | null>((resolve) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      resolve(input.value);
    });
    signal.addEventListener("abort", () => resolve(null));
  });
  return { form, input, answer };
}
