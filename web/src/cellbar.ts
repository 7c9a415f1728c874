// The line below a cell's code: its buttons, and what it is doing.
import { button, el } from "./dom";
import { Menu, type MenuActions } from "./menu";
import { say } from "./words";

/** recorded: outputs of an earlier run, the learner's or the course's. */
export type CellState = "fresh" | "recorded" | "queued" | "running" | "done" | "failed" | "stopped";

export interface BarActions {
  run(): void;
  stop(): void;
  reset(): void;
  changes(): void;
  menu: MenuActions;
}

/** What the line says. */
export interface Shown {
  state: CellState;
  number: number;
  count: number | null;
  milliseconds: number;
  edited: boolean;
  exercise: boolean;
  passed: boolean;
  /** Its check has just found something wrong. */
  unmet: boolean;
  /** The course changed the original after the learner had edited the cell. */
  changedSince: boolean;
  mac: boolean;
}

export class CellBar {
  readonly node: HTMLElement;
  readonly hint = el("span", { class: "hint" });
  private readonly run: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly reset: HTMLButtonElement;
  private readonly changes: HTMLButtonElement;
  private readonly menu: Menu;
  private readonly edited = el("span", { class: "badge edited" });
  private readonly passed = el("span", { class: "badge passed" });
  private readonly warning = el("span", { class: "badge warn" });
  private readonly state = el("span", { class: "state" });

  constructor(id: string, actions: BarActions) {
    this.run = button({ class: "run" }, "", () => actions.run());
    this.stop = button({ class: "stop" }, "", () => actions.stop());
    this.changes = button({ class: "quiet changes" }, "", () => actions.changes());
    this.reset = button({ class: "quiet reset" }, "", () => actions.reset());
    this.menu = new Menu(actions.menu);
    this.hint.id = `hint-${id}`;
    const own = [this.passed, this.warning, this.edited, this.changes, this.reset, this.menu.node];
    this.node = el("div", { class: "bar" }, this.run, this.stop, this.state, this.hint, ...own);
  }

  /** Writes everything that depends on the language. */
  speak({ number: n, exercise, mac }: Shown): void {
    this.run.replaceChildren(el("span", { class: "icon", "aria-hidden": true }, "▶"), say(exercise ? "check" : "run"));
    this.run.setAttribute("aria-label", say(exercise ? "check label" : "run label", { n }));
    this.stop.replaceChildren(el("span", { class: "icon", "aria-hidden": true }, "■"), say("stop"));
    this.stop.setAttribute("aria-label", say("stop label", { n }));
    this.changes.textContent = say("changes");
    this.changes.setAttribute("aria-label", say("changes label", { n }));
    this.reset.textContent = say("reset");
    this.reset.setAttribute("aria-label", say("reset label", { n }));
    this.menu.speak(say("more label", { n }));
    this.edited.textContent = say("edited");
    this.passed.textContent = `✓ ${say("passed")}`;
    this.warning.textContent = say("original changed");
    this.hint.textContent = say(mac ? "editor hint mac" : "editor hint");
  }

  show(s: Shown): void {
    const busy = s.state === "queued" || s.state === "running";
    // A button that goes away must not take the focus with it.
    const hadFocus = document.activeElement === (busy ? this.run : this.stop);
    this.run.hidden = busy;
    this.stop.hidden = !busy;
    if (hadFocus) (busy ? this.stop : this.run).focus({ preventScroll: true });
    this.edited.hidden = !s.edited;
    this.changes.hidden = !s.edited;
    this.reset.hidden = !s.edited;
    this.passed.hidden = !s.passed;
    this.warning.hidden = !s.changedSince || !s.edited;
    this.state.replaceChildren(...stateLine(s));
  }
}

function stateLine(s: Shown): (string | Node)[] {
  if (s.state === "fresh") return [];
  const name = s.count !== null && s.state !== "queued" ? `cell[${s.count}]` : "";
  const timed = s.state === "done" || s.state === "failed" || s.state === "running";
  return [
    name ? el("code", {}, name) : "",
    el("span", { class: "word", title: s.state === "recorded" ? say("recorded title") : null }, say(s.unmet ? "unmet" : s.state)),
    timed ? el("span", { class: "time" }, duration(s.milliseconds)) : "",
  ];
}

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)}:${String(Math.floor((ms / 1000) % 60)).padStart(2, "0")} min`;
}
