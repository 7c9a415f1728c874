// Keys that work while a cell has the focus, not its editor. They are letters,
// so they work nowhere else: speech input must not trigger them.
import { neighbour, type Arrange, type Item } from "./arrange";
import { smoothly } from "./dom";

export interface ShortcutActions {
  item(section: HTMLElement): Item | undefined;
  search(): void;
  help(): void;
  save(): void;
}

// Two presses of D within this time delete a cell.
const twice = 600;

export class Shortcuts {
  private lastD = 0;

  constructor(
    private readonly arrange: Arrange,
    private readonly actions: ShortcutActions,
  ) {
    document.addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    const mod = event.ctrlKey || event.metaKey;
    if (mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      this.actions.save();
      return;
    }
    const { target } = event;
    if (mod || !(target instanceof HTMLElement) || !target.matches("main .cell")) return;
    if (this.onCell(event, target)) event.preventDefault();
  }

  private onCell(event: KeyboardEvent, section: HTMLElement): boolean {
    const item = this.actions.item(section);
    const up = event.key === "ArrowUp";
    if (up || event.key === "ArrowDown") {
      if (event.shiftKey) return false;
      if (event.altKey) {
        if (item) this.arrange.move(item, up ? -1 : 1);
      } else {
        step(section, up ? -1 : 1);
      }
      return true;
    }
    if (event.altKey) return false;
    switch (event.key) {
      case "a":
        this.arrange.add("code", section, "before");
        return true;
      case "b":
        this.arrange.add("code", section, "after");
        return true;
      case "m":
        this.arrange.add("markdown", section, "after");
        return true;
      case "d":
        this.d(item);
        return true;
      case "z":
        return this.arrange.bringBack();
      case "/":
        this.actions.search();
        return true;
      case "?":
        this.actions.help();
        return true;
    }
    return false;
  }

  private d(item: Item | undefined): void {
    const now = performance.now();
    if (now - this.lastD < twice && item) {
      this.lastD = 0;
      this.arrange.remove(item);
    } else {
      this.lastD = now;
    }
  }
}

function step(from: HTMLElement, by: -1 | 1): void {
  const next = neighbour(from, by) ?? from;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: smoothly() });
}
