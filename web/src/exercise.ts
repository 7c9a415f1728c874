// Exercises: hints come one after another, and the solution after an attempt.
// Without script all of it is simply folded.
import type { CodeCell } from "./cell";
import { button, el } from "./dom";
import { say } from "./words";

export class Exercises {
  private readonly speakers: (() => void)[] = [];

  constructor(cells: Map<string, CodeCell>) {
    for (const cell of cells.values()) {
      if (cell.isExercise) this.hints(cell.id);
    }
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.solution")) {
      const id = fold.querySelector<HTMLElement>("[data-for]")?.dataset["for"] ?? "";
      const cell = cells.get(id);
      if (cell) this.solution(fold, cell);
    }
    this.speak();
  }

  speak(): void {
    for (const speak of this.speakers) speak();
  }

  /** Each hint shows when the one before it was opened. */
  private hints(id: string): void {
    const sections = [...document.querySelectorAll<HTMLElement>(`.hint[data-for="${CSS.escape(id)}"]`)];
    sections.forEach((section, i) => {
      const follow = () => {
        const next = sections[i + 1];
        if (next && section.querySelector("details")?.open) next.hidden = false;
      };
      section.hidden = i > 0;
      // The event does not bubble, and another language may replace the fold.
      section.addEventListener("toggle", follow, true);
      this.speakers.push(() => {
        const summary = section.querySelector("summary");
        if (summary) summary.textContent = sections.length > 1 ? say("hint of", { n: i + 1, all: sections.length }) : say("hint");
      });
    });
  }

  /** Before an attempt the solution asks once whether it shall really open. */
  private solution(fold: HTMLDetailsElement, cell: CodeCell): void {
    let insisted = false;
    const summary = fold.querySelector("summary");
    const asking = el("div", { class: "asking", role: "status" });
    fold.after(asking);
    summary?.addEventListener("click", (event) => {
      if (fold.open || insisted || cell.isAttempted) {
        asking.replaceChildren();
        return;
      }
      event.preventDefault();
      const open = button({}, say("solution anyway"), () => {
        insisted = true;
        asking.replaceChildren();
        fold.open = true;
        summary.focus();
      });
      const back = button({ class: "primary" }, say("solution back"), () => {
        asking.replaceChildren();
        void cell.edit();
      });
      asking.replaceChildren(el("p", {}, say("solution ask")), back, open);
      back.focus();
    });
    this.speakers.push(() => asking.replaceChildren());
  }
}
