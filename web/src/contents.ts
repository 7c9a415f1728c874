// The table of contents: marks the section being read, and on narrow screens
// opens when asked for.
import { smoothly } from "./dom";

let observer: IntersectionObserver | null = null;

/** Starts watching; called again after the headings were replaced. */
export function showWhere(): void {
  observer?.disconnect();
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#sections a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  const mark = () => {
    // The last heading above the upper third of the window.
    const read = headings.findLast((h) => h.getBoundingClientRect().top < innerHeight / 3);
    for (const [heading, link] of links) {
      if (heading === read) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  for (const heading of headings) observer.observe(heading);
  mark();
}

/** The button that opens the contents where there is no room for them beside the text. */
export function contentsButton(): void {
  const button = document.querySelector<HTMLButtonElement>("#contents-button");
  const nav = document.querySelector<HTMLElement>("#contents");
  if (!button || !nav) return;
  const open = (wanted: boolean) => {
    nav.classList.toggle("open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  };
  button.addEventListener("click", () => {
    open(!nav.classList.contains("open"));
    if (nav.classList.contains("open")) nav.querySelector("a")?.focus();
  });
  nav.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) open(false);
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(false);
    button.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !nav.contains(event.target) && !button.contains(event.target)) open(false);
  });
  nav.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", behavior: smoothly() });
}
