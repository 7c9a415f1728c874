// What can be done with a cell besides running it, behind one button.
import { button, el } from "./dom";
import { say, type Key } from "./words";

export interface MenuActions {
  addCode(): void;
  addNote(): void;
  move(by: -1 | 1): void;
  remove(): void;
}

export class Menu {
  readonly node = el("details", { class: "menu" });
  private readonly summary = el("summary", { class: "button" }, "⋮");
  private readonly items: [HTMLButtonElement, Key][];

  constructor(actions: MenuActions) {
    const item = (key: Key, act: () => void): [HTMLButtonElement, Key] => [
      button({ class: "quiet" }, "", () => {
        this.node.open = false;
        act();
      }),
      key,
    ];
    this.items = [
      item("add code", () => actions.addCode()),
      item("add note", () => actions.addNote()),
      item("move up", () => actions.move(-1)),
      item("move down", () => actions.move(1)),
      item("delete", () => actions.remove()),
    ];
    this.node.append(this.summary, el("div", { class: "popover" }, ...this.items.map(([b]) => b)));
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.node.open) return;
      this.node.open = false;
      this.summary.focus();
      event.stopPropagation();
    });
    this.node.addEventListener("focusout", (event) => {
      const to = event.relatedTarget;
      if (to instanceof Node && !this.node.contains(to)) this.node.open = false;
    });
    document.addEventListener("click", (event) => {
      if (!this.node.contains(event.target as Node)) this.node.open = false;
    });
  }

  speak(label: string): void {
    this.summary.setAttribute("aria-label", label);
    this.summary.title = say("more");
    for (const [b, key] of this.items) b.textContent = say(key);
  }
}
