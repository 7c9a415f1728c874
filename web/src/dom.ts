// The few lines of DOM building that the page needs.

type Child = Node | string | null | undefined | false;
type Attrs = Record<string, string | number | boolean | null | undefined>;

/** Makes an element. A false or missing attribute is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attrs: Attrs = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/** Makes a button that does one thing. */
export function button(attrs: Attrs, label: string, act: () => void): HTMLButtonElement {
  const b = el("button", { type: "button", ...attrs }, label);
  b.addEventListener("click", act);
  return b;
}

/** The element with this id; its absence is a fault of the template. */
export function byId(id: string): HTMLElement {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/** Keeps a key that moves the focus from also typing there: the focus may have moved before the key's character comes. */
export function swallowKeypress(box: HTMLElement): void {
  const until = new AbortController();
  const { signal } = until;
  box.addEventListener("keypress", (event) => event.preventDefault(), { capture: true, signal });
  // The next key ends it, too: where the window was left meanwhile, no keyup comes.
  for (const over of ["keyup", "keydown"]) document.addEventListener(over, () => until.abort(), { capture: true, signal });
}

/** A scroll box must be reachable by keyboard, but only while it scrolls. */
export function focusableWhenScrolling(box: HTMLElement, label: () => string): void {
  const update = () => {
    const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
    showEnd();
    if (scrolls) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", label());
    } else {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  };
  // A telephone shows no bars to scroll with: what goes on at the right fades.
  const showEnd = () => box.classList.toggle("goes-on", box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
  box.addEventListener("scroll", showEnd, { passive: true });
  const observer = new ResizeObserver(update);
  observer.observe(box);
  if (box.firstElementChild) observer.observe(box.firstElementChild);
  update();
}

/** How to scroll: at once for those who asked for less movement. */
export function smoothly(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

/**
 * Scrolls so that what comes below a bar will be seen, and as much as there is
 * room for of what follows, down to below. The reader stays in the text: prose
 * that stands before the next cell is not jumped over.
 */
export function keepInView(bar: DOMRect, below: number): void {
  const top = 80;
  const room = bar.top - top; // How far the page can go up before the bar leaves it.
  const wanted = Math.max(bar.bottom + innerHeight / 3, below + 160) - innerHeight;
  const by = Math.min(wanted, room);
  if (bar.top < top || by > 0) scrollBy({ top: by, behavior: smoothly() });
}
