// What the page must tell the reader: one place, one notice a topic.
import { button, el } from "./dom";
import { say } from "./words";

export interface Action {
  label: string;
  act(): void;
}

export class Notices {
  private readonly shown = new Map<string, HTMLElement>();

  constructor(private readonly box: HTMLElement) {}

  /** Shows a notice, in place of an earlier one on the same topic. */
  show(topic: string, kind: "note" | "warn" | "error", text: string, actions: Action[] = []): void {
    const before = this.shown.get(topic);
    if (before?.dataset["text"] === text) return;
    const node = el(
      "div",
      { class: `notice ${kind}`, role: kind === "error" ? "alert" : "status", "data-text": text },
      el("p", {}, text),
      ...actions.map((a) => button({}, a.label, () => a.act())),
      button({ class: "quiet" }, say("dismiss"), () => this.hide(topic)),
    );
    if (before) before.replaceWith(node);
    else this.box.append(node);
    this.shown.set(topic, node);
  }

  /** Changes the words of a notice without announcing it again. */
  reword(topic: string, text: string): void {
    const p = this.shown.get(topic)?.querySelector("p");
    if (p) p.textContent = text;
  }

  hide(topic: string): void {
    this.shown.get(topic)?.remove();
    this.shown.delete(topic);
  }
}
