// What is wrong with a cell while it is being written, in a line below it: the
// marks in the editor show where, and say what only to those who point at them.
import { el } from "./dom";
import type { Problem } from "./runner";
import { say } from "./words";

export class Problems {
  readonly node = el("div", { class: "problems", hidden: true });

  /** Shows the first problem, and how many there are. */
  show(found: Problem[], editing: boolean): void {
    const first = found[0];
    this.node.hidden = !first || !editing;
    if (!first) return;
    const where = first.line > 0 ? el("span", { class: "line" }, say("problem line", { n: first.line })) : null;
    const more = found.length > 1 ? el("span", { class: "more" }, say("problem more", { n: found.length - 1 })) : null;
    this.node.replaceChildren(...[where, el("span", { class: "message" }, first.message), first.hint ? el("span", { class: "tip" }, first.hint) : null, more].filter((n) => n !== null));
  }

  /** The learner has left the editor: a run says it better. */
  settle(): void {
    this.node.hidden = true;
  }
}
