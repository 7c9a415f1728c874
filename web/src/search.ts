// Search over all chapters. The server has them all at hand, so every key
// brings a new list.
import { api } from "./api";
import { Dialog } from "./dialog";
import { button, el } from "./dom";
import { lang, say } from "./words";

interface Hit {
  url: string;
  chapter: string;
  heading: string;
  text: string;
  lang?: string;
  code: boolean;
}

export class Search {
  private readonly dialog = new Dialog("search-dialog");
  private readonly input = el("input", { type: "search", autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  private readonly list = el("ol", { class: "hits" });
  private readonly count = el("p", { class: "hint", role: "status" });
  private asked = 0;

  constructor() {
    this.input.addEventListener("input", () => void this.find());
    this.input.addEventListener("keydown", (event) => {
      const first = this.list.querySelector("a");
      if (event.key === "ArrowDown") first?.focus();
      else if (event.key === "Enter") first?.click();
      else return;
      event.preventDefault();
    });
    this.list.addEventListener("keydown", (event) => this.step(event));
    this.list.addEventListener("click", (event) => {
      // A hit on this very page loads nothing: the dialog must make room for it.
      if (event.target instanceof Element && event.target.closest("a")) this.dialog.close();
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      this.open();
    });
  }

  /** The button that opens the search; speak writes it in the page's language. */
  button(): { button: HTMLButtonElement; speak: () => void } {
    const b = button({ id: "search" }, "", () => this.open());
    const speak = () => {
      b.replaceChildren(el("span", { class: "icon glass", "aria-hidden": true }), el("span", { class: "text" }, say("search")));
      b.setAttribute("aria-label", say("search"));
      b.title = `${say("search")} (Ctrl+K)`;
    };
    speak();
    return { button: b, speak };
  }

  open(): void {
    this.input.setAttribute("aria-label", say("search label"));
    this.input.placeholder = say("search label");
    this.dialog.open(say("search"), this.input, this.count, this.list);
    this.input.focus();
    this.input.select();
  }

  private async find(): Promise<void> {
    const query = this.input.value.trim();
    const asked = ++this.asked;
    let hits: Hit[] = [];
    if (query !== "") {
      try {
        const answer = await api("GET", `/api/lanebook/search?${new URLSearchParams({ q: query, lang: lang() }).toString()}`);
        hits = answer["hits"] as Hit[];
      } catch {
        if (asked === this.asked) this.count.textContent = say("search failed");
        return;
      }
    }
    if (asked !== this.asked) return; // A newer question is on its way.
    this.count.textContent = query === "" ? "" : hits.length > 0 ? say("search found", { n: hits.length }) : say("search nothing");
    const at = this.links().indexOf(document.activeElement as HTMLAnchorElement);
    this.list.replaceChildren(...hits.map((hit) => show(hit, query)));
    // Who has gone down the list already must not lose the focus to a late answer.
    if (at >= 0) (this.links()[at] ?? this.input).focus();
  }

  private links(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll("a")];
  }

  private step(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const links = this.links();
    const at = links.indexOf(event.target as HTMLAnchorElement);
    const to = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (to) to.focus();
    else if (event.key === "ArrowUp") this.input.focus();
  }
}

function show(hit: Hit, query: string): HTMLElement {
  const where = hit.heading && hit.heading !== hit.chapter ? `${hit.chapter} › ${hit.heading}` : hit.chapter;
  const text = el(hit.code ? "code" : "span", { class: "found" }, ...marked(hit.text, query));
  const language = hit.lang === undefined ? null : hit.lang === "zh" ? "zh-CN" : "en";
  return el("li", {}, el("a", { href: hit.url, lang: language }, el("span", { class: "where" }, where), text));
}

/** The text with the words that were searched for marked. */
function marked(text: string, query: string): (Node | string)[] {
  const words = query.split(/\s+/).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text.split(new RegExp(`(${words.join("|")})`, "gi")).map((part, i) => (i % 2 === 1 ? el("mark", {}, part) : part));
}
