// English and Chinese in place: the other language's page is fetched, and its
// prose takes the place of this one's. Cells have the same ids in both, so
// the reader stays at the same cell, and what they typed and ran stays too.
import type { CodeCell } from "./cell";

/** Where the reader is: a cell, and how far it is from the top of the window. */
export interface Place {
  cell: string;
  offset: number;
}

export function place(): Place | null {
  for (const section of document.querySelectorAll<HTMLElement>("main .cell")) {
    const box = section.getBoundingClientRect();
    if (box.height > 0 && box.bottom > 80) return { cell: section.id, offset: box.top };
  }
  return null;
}

export function returnTo(at: Place | null): void {
  const section = at && document.getElementById(at.cell);
  if (!at || !section) return;
  scrollBy({ top: section.getBoundingClientRect().top - at.offset, behavior: "instant" });
}

export async function fetchPage(url: string): Promise<Document> {
  const res = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!res.ok) throw new Error(`HTTP ${res.status}`);
  return new DOMParser().parseFromString(await res.text(), "text/html");
}

/** Puts the other page's words into this one. Cells that were touched stay as they are. */
export function adopt(other: Document, cells: Map<string, CodeCell>): void {
  for (const theirs of other.querySelectorAll<HTMLElement>("main .cell")) {
    const ours = document.getElementById(theirs.id);
    if (!ours) continue;
    const cell = cells.get(theirs.dataset["id"] ?? "");
    if (!cell) ours.replaceChildren(...adopted(theirs));
    else if (!cell.touched) showOther(cell, theirs);
  }
  const ours = [...document.querySelectorAll(".solution > summary")];
  [...other.querySelectorAll(".solution > summary")].forEach((theirs, i) => ours[i]?.replaceChildren(...adopted(theirs)));
  for (const selector of ["#contents", "#where", "footer.turn", ".skip", "#language"]) {
    const from = other.querySelector(selector);
    const to = document.querySelector(selector);
    if (from && to) to.replaceChildren(...adopted(from));
  }
  const link = document.querySelector<HTMLAnchorElement>("#language");
  const otherLink = other.querySelector<HTMLAnchorElement>("#language");
  if (link && otherLink) {
    for (const name of ["href", "hreflang", "title"]) link.setAttribute(name, otherLink.getAttribute(name) ?? "");
  }
  document.title = other.title;
  document.documentElement.lang = other.documentElement.lang;
  Object.assign(document.body.dataset, other.body.dataset);
}

function showOther(cell: CodeCell, theirs: HTMLElement): void {
  const code = theirs.querySelector("code");
  if (code && code.textContent !== cell.code) cell.setCode(code.textContent);
  const outputs = theirs.querySelector(".outputs");
  if (outputs) cell.outputs.showRecorded(adopted(outputs));
}

function adopted(from: Element): Node[] {
  return [...from.childNodes].map((node) => document.adoptNode(node));
}
