// The bar on top: what Go is doing, and the buttons that concern all cells.
import { button, el } from "./dom";
import type { Status } from "./runner";
import type { Search } from "./search";
import { themeSwitch } from "./theme-switch";
import { say, type Key } from "./words";

export interface ToolbarActions {
  runAll(): void;
  stop(): void;
  restart(): void;
  changes(): void;
  help(): void;
  announce(text: string): void;
}

export class Toolbar {
  private readonly kernel = el("span", { class: "kernel", id: "kernel" });
  private readonly saving = el("span", { class: "saving", id: "saving" });
  private readonly stop: HTMLButtonElement;
  private readonly buttons: [HTMLButtonElement, string, Key][];
  private readonly others: { button: HTMLButtonElement; speak: () => void }[];
  private status: Status = { state: "off" };
  private savingKey: Key | null = null;

  constructor(
    private readonly box: HTMLElement,
    search: Search,
    actions: ToolbarActions,
  ) {
    const make = (id: string, icon: string, key: Key, act: () => void): [HTMLButtonElement, string, Key] => [button({ id }, "", act), icon, key];
    const stop = make("stop-all", "■", "stop all", () => actions.stop());
    const run = [make("run-all", "▶▶", "run all", () => actions.runAll()), stop, make("restart", "↻", "restart", () => actions.restart())];
    const rest = [
      make("changes", "±", "changes", () => actions.changes()),
      make("print", "▤", "print", () => print()),
      make("keys", "⌨", "keys", () => actions.help()),
    ];
    this.stop = stop[0];
    this.buttons = [...run, ...rest];
    this.others = [search.button(), themeSwitch((text) => actions.announce(text))];
    box.setAttribute("role", "group");
    box.append(this.saving, this.kernel, ...run.map(([b]) => b));
    box.after(...rest.map(([b]) => b));
    document.querySelector(".top")?.append(...this.others.map((other) => other.button));
    this.speak();
    this.busy(false);
  }

  speak(): void {
    for (const [b, icon, key] of this.buttons) label(b, icon, key);
    const restart = this.buttons.find(([b]) => b.id === "restart");
    if (restart) restart[0].title = say("restart title");
    this.box.setAttribute("aria-label", say("tools"));
    for (const other of this.others) other.speak();
    this.show(this.status);
    if (this.savingKey) this.saved(this.savingKey);
  }

  busy(busy: boolean): void {
    this.stop.disabled = !busy;
  }

  show(status: Status): void {
    this.status = status;
    this.kernel.dataset["state"] = status.state;
    this.kernel.textContent = kernelText(status);
    this.kernel.title = kernelText(status);
  }

  saved(key: Key): void {
    this.savingKey = key;
    this.saving.textContent = say(key);
  }
}

function label(b: HTMLButtonElement, icon: string, key: Key): void {
  b.replaceChildren(el("span", { class: "icon", "aria-hidden": true }, icon), el("span", { class: "text" }, say(key)));
  b.setAttribute("aria-label", say(key));
  b.title = say(key);
}

function kernelText(status: Status): string {
  switch (status.state) {
    case "preparing":
      return say("kernel starting"); // A notice says more.
    case "refused":
      return say("kernel gone");
    default:
      return say(`kernel ${status.state}`);
  }
}
