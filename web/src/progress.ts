// How much of the chapter is done, beside its contents.
import type { CodeCell } from "./cell";
import { el } from "./dom";
import { say } from "./words";

export class Progress {
  constructor(
    /** Where it is shown; the other language brings a new one. */
    private readonly box: () => HTMLElement,
    private readonly cells: () => CodeCell[],
  ) {}

  show(): void {
    const counted = this.cells().filter((cell) => !cell.isOwn);
    const ran = counted.filter((cell) => cell.ran).length;
    const exercises = counted.filter((cell) => cell.isExercise);
    const passed = exercises.filter((cell) => cell.passed).length;
    const all = counted.length + exercises.length;
    if (all === 0) return;
    const text = [say("progress cells", { n: ran, all: counted.length })];
    if (exercises.length > 0) text.push(say("progress exercises", { n: passed, all: exercises.length }));
    const box = this.box();
    box.replaceChildren(
      el("progress", { max: all, value: ran + passed, "aria-label": say("progress label") }),
      el("span", {}, text.join(" · ")),
    );
    box.classList.toggle("complete", ran + passed === all);
  }
}
