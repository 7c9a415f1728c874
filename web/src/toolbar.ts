// The bar on top: what Go is doing, and the buttons that concern all cells.
import { button, el } from "./dom";
import type { Status } from "./runner";
import { themeSwitch } from "./theme-switch";
import { say, type Key } from "./words";

export interface ToolbarActions {
  runAll(): void;
  stop(): void;
  restart(): void;
  announce(text: string): void;
}

export class Toolbar {
  private readonly kernel = el("span", { class: "kernel", id: "kernel" });
  private readonly saving = el("span", { class: "saving", id: "saving" });
  private readonly runAll: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly restart: HTMLButtonElement;
  private readonly keys: HTMLDetailsElement;
  private readonly theme: ReturnType<typeof themeSwitch>;
  private status: Status = { state: "off" };
  private savingKey: Key | null = null;

  constructor(
    box: HTMLElement,
    actions: ToolbarActions,
    private readonly mac: boolean,
  ) {
    this.runAll = button({ id: "run-all" }, "", () => actions.runAll());
    this.stop = button({ id: "stop-all" }, "", () => actions.stop());
    this.restart = button({ id: "restart" }, "", () => actions.restart());
    this.theme = themeSwitch((text) => actions.announce(text));
    this.keys = el("details", { class: "keys" });
    box.setAttribute("role", "group");
    box.append(this.saving, this.kernel, this.runAll, this.stop, this.restart);
    box.after(this.keys);
    document.querySelector(".top")?.append(this.theme.button);
    document.addEventListener("click", (event) => {
      if (!this.keys.contains(event.target as Node)) this.keys.open = false;
    });
    this.keys.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.keys.open = false;
      this.keys.querySelector("summary")?.focus();
    });
    this.speak();
    this.busy(false);
  }

  speak(): void {
    this.label(this.runAll, "▶▶", "run all");
    this.label(this.stop, "■", "stop all");
    this.label(this.restart, "↻", "restart");
    this.restart.title = say("restart title");
    this.runAll.parentElement?.setAttribute("aria-label", say("tools"));
    this.theme.speak();
    this.describeKeys();
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

  private label(b: HTMLButtonElement, icon: string, key: Key): void {
    b.replaceChildren(el("span", { class: "icon", "aria-hidden": true }, icon), el("span", { class: "text" }, say(key)));
    b.setAttribute("aria-label", say(key));
    b.title = say(key);
  }

  private describeKeys(): void {
    const mod = this.mac ? "⌘" : "Ctrl";
    const rows: [string[], Key][] = [
      [["Enter"], "key enter"],
      [["Esc"], "key escape"],
      [[mod, "Enter"], "key run"],
      [["Shift", "Enter"], "key next"],
      [["↑", "↓"], "key arrows"],
      [["Tab"], "key tab"],
      [["Ctrl", "Space"], "key complete"],
    ];
    const list = el("dl");
    for (const [keys, what] of rows) {
      const dt = el("dt");
      keys.forEach((key, i) => dt.append(i > 0 ? " " : "", el("kbd", {}, key)));
      list.append(dt, el("dd", {}, say(what)));
    }
    const summary = el("summary", { class: "button" }, el("span", { class: "icon", "aria-hidden": true }, "⌨"), el("span", { class: "text" }, say("keys")));
    summary.setAttribute("aria-label", say("keys"));
    this.keys.replaceChildren(summary, el("div", { class: "popover" }, list));
  }
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
