// Marks the section being read in the table of contents.

let observer: IntersectionObserver | null = null;

/** Starts watching; called again after the headings were replaced. */
export function showWhere(): void {
  observer?.disconnect();
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#contents a")) {
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
