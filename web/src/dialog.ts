// A modal dialog. The browser keeps the focus inside, closes it on Escape and
// gives the focus back to where it was.
import { button, el } from "./dom";
import { say } from "./words";

export class Dialog {
  private readonly node: HTMLDialogElement;
  private readonly heading: HTMLElement;
  private readonly body = el("div", { class: "dialog-body" });
  private readonly shut: HTMLButtonElement;

  constructor(id: string) {
    this.heading = el("h2", { id: `${id}-title` });
    this.shut = button({ class: "quiet", "aria-label": "" }, "✕", () => this.close());
    const head = el("div", { class: "dialog-head" }, this.heading, this.shut);
    this.node = el("dialog", { id, "aria-labelledby": `${id}-title` }, head, this.body);
    // A click beside the dialog closes it, too.
    this.node.addEventListener("click", (event) => {
      if (event.target === this.node) this.close();
    });
    document.body.append(this.node);
  }

  get isOpen(): boolean {
    return this.node.open;
  }

  open(title: string, ...content: (Node | string)[]): void {
    this.heading.textContent = title;
    this.shut.setAttribute("aria-label", say("dismiss"));
    this.body.replaceChildren(...content);
    if (!this.node.open) this.node.showModal();
  }

  close(): void {
    this.node.close();
  }
}
