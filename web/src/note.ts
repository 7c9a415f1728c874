// A note: a Markdown cell of the learner's own, shown as the course's prose is
// and edited as plain text.
import { api } from "./api";
import { button, el, focusableWhenScrolling, swallowKeypress } from "./dom";
import { Menu, type MenuActions } from "./menu";
import type { SavedCell } from "./work";
import { say } from "./words";

export interface NoteSurroundings {
  edited(note: NoteCell): void;
  menu(note: NoteCell): MenuActions;
}

export class NoteCell {
  readonly id: string;
  private readonly shown = el("div", { class: "shown" });
  private readonly editButton: HTMLButtonElement;
  private readonly menu: Menu;
  private readonly bar: HTMLElement;
  private area: HTMLTextAreaElement | null = null;

  /** Takes over a section that shows the note already, or an empty one. */
  constructor(
    readonly section: HTMLElement,
    private source: string,
    private readonly page: NoteSurroundings,
  ) {
    this.id = section.dataset["id"] ?? "";
    this.shown.append(...section.childNodes);
    this.editButton = button({ class: "quiet" }, "", () => void this.toggle());
    this.menu = new Menu(page.menu(this));
    this.bar = el("div", { class: "bar note-bar" }, this.editButton, this.menu.node);
    section.classList.add("note");
    section.tabIndex = 0;
    section.setAttribute("role", "group");
    section.append(this.shown, this.bar);
    section.addEventListener("keydown", (event) => {
      if (event.target !== section || event.key !== "Enter") return;
      event.preventDefault();
      swallowKeypress(section);
      this.edit();
    });
    this.shown.addEventListener("dblclick", () => this.edit());
    this.speak();
  }

  speak(): void {
    this.section.setAttribute("aria-label", say("note"));
    this.editButton.textContent = say(this.area ? "note done" : "note edit");
    this.menu.speak(say("more label note"));
  }

  saved(): SavedCell {
    return { id: this.id, cell_type: "markdown", source: this.source };
  }

  set text(source: string) {
    this.source = source;
    if (this.area) this.area.value = source;
    else void this.render();
  }

  get text(): string {
    return this.source;
  }

  edit(): void {
    if (!this.area) {
      const area = el("textarea", { class: "note-editor", "aria-label": say("note label"), spellcheck: "true", placeholder: say("note placeholder") });
      area.value = this.source;
      area.addEventListener("input", () => {
        this.source = area.value;
        fit(area);
        this.page.edited(this);
      });
      area.addEventListener("keydown", (event) => this.key(event));
      this.area = area;
      this.shown.replaceChildren(area);
      fit(area);
      this.speak();
    }
    this.area.focus();
  }

  private key(event: KeyboardEvent): void {
    const done = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey));
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    void this.toggle().then(() => this.section.focus({ preventScroll: true }));
  }

  private async toggle(): Promise<void> {
    if (!this.area) {
      this.edit();
      return;
    }
    this.area = null;
    this.speak();
    await this.render();
  }

  private async render(): Promise<void> {
    if (this.source.trim() === "") {
      this.shown.replaceChildren(el("p", { class: "hint" }, say("note empty")));
      return;
    }
    try {
      const { html } = (await api("POST", "/api/lanebook/markdown", { source: this.source })) as { html: string };
      // The server has made it harmless, with the rules for all prose.
      const parsed = new DOMParser().parseFromString(html, "text/html");
      this.shown.replaceChildren(...parsed.body.childNodes);
      for (const box of this.shown.querySelectorAll<HTMLElement>("pre, .wide")) focusableWhenScrolling(box, () => say("note"));
    } catch {
      this.shown.replaceChildren(el("pre", {}, this.source));
    }
  }
}

/** As high as its text. */
function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${Math.max(area.scrollHeight + 4, 72)}px`;
}
