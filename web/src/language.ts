// English and Chinese in place: the other language's page is fetched, and its
// prose takes the place of this one's. Cells have the same ids in both, so
// the reader stays at the same cell, and what they typed and ran stays too.
import type { Item } from "./arrange";
import { CodeCell } from "./cell";
import { showWhere } from "./contents";
import { setLang, type Lang } from "./words";

export interface Speaker {
  /** What was typed must be on the disk before the other language is fetched. */
  save(): Promise<void>;
  /** The page's own words are to be written anew. */
  speak(): void;
  arrived(language: Lang): void;
}

/** Lets the link to the other language bring it here instead of leading there. */
export function switchLanguage(items: Map<string, Item>, page: Speaker): void {
  document.querySelector("#language")?.addEventListener("click", (event) => {
    event.preventDefault();
    void readIn(document.body.dataset["urlOther"] ?? "", items, page);
  });
}

async function readIn(url: string, items: Map<string, Item>, page: Speaker): Promise<void> {
  let other: OtherPage;
  try {
    await page.save();
    other = await fetchPage(url);
  } catch {
    location.href = url;
    return;
  }
  const at = place();
  const language: Lang = other.body.dataset["lang"] === "zh" ? "zh" : "en";
  setLang(language);
  adopt(other, items);
  page.speak();
  returnTo(at);
  history.replaceState(null, "", (document.body.dataset["url"] ?? "") + location.hash);
  showWhere();
  page.arrived(language);
}

/** Where the reader is: a cell, and how far it is from the top of the window. */
interface Place {
  cell: string;
  offset: number;
}

function place(): Place | null {
  for (const section of document.querySelectorAll<HTMLElement>("main .cell")) {
    const box = section.getBoundingClientRect();
    if (box.height > 0 && box.bottom > 80) return { cell: section.id, offset: box.top };
  }
  return null;
}

function returnTo(at: Place | null): void {
  const section = at && document.getElementById(at.cell);
  if (!at || !section) return;
  scrollBy({ top: section.getBoundingClientRect().top - at.offset, behavior: "instant" });
}

/** The same page in the other language, not shown yet. */
interface OtherPage {
  title: string;
  lang: string;
  body: HTMLElement;
}

/**
 * Gets the other page with its pictures ready: each has its size the moment
 * it is put in place, so that nothing moves afterwards.
 */
async function fetchPage(url: string): Promise<OtherPage> {
  const res = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!res.ok) throw new Error(`HTTP ${res.status}`);
  const doc = new DOMParser().parseFromString(await res.text(), "text/html");
  const { title } = doc;
  const { lang } = doc.documentElement;
  const body = document.adoptNode(doc.body); // Pictures load in a document that is shown.
  const decoded = [...body.querySelectorAll("img")].map((img) => {
    img.loading = "eager";
    return img.decode();
  });
  const longEnough = new Promise((resolve) => setTimeout(resolve, 2000));
  await Promise.race([Promise.allSettled(decoded), longEnough]);
  return { title, lang, body };
}

/** Puts the other page's words into this one. Cells that were touched stay as they are. */
function adopt(other: OtherPage, items: Map<string, Item>): void {
  for (const theirs of other.body.querySelectorAll<HTMLElement>("main .cell")) {
    const ours = document.getElementById(theirs.id);
    if (!ours) continue;
    const item = items.get(theirs.dataset["id"] ?? "");
    if (!item) ours.replaceChildren(...adopted(theirs));
    else if (item instanceof CodeCell && !item.touched) showOther(item, theirs);
  }
  const ours = [...document.querySelectorAll(".solution > summary")];
  [...other.body.querySelectorAll(".solution > summary")].forEach((theirs, i) => ours[i]?.replaceChildren(...adopted(theirs)));
  for (const selector of ["#contents", "#contents-button", "#where", "footer.turn", ".skip", "#language"]) {
    const from = other.body.querySelector(selector);
    const to = document.querySelector(selector);
    if (from && to) to.replaceChildren(...adopted(from));
  }
  for (const [selector, names] of [
    ["#language", ["href", "hreflang", "title"]],
    ["#contents-button", ["aria-label", "title"]],
  ] as const) {
    const from = other.body.querySelector(selector);
    for (const name of names) document.querySelector(selector)?.setAttribute(name, from?.getAttribute(name) ?? "");
  }
  document.title = other.title;
  document.documentElement.lang = other.lang;
  Object.assign(document.body.dataset, other.body.dataset);
}

function showOther(cell: CodeCell, theirs: HTMLElement): void {
  const code = theirs.querySelector("code");
  if (code && code.textContent !== cell.code) cell.setCode(code.textContent);
  const outputs = theirs.querySelector(".outputs");
  if (outputs) cell.outputs.showRecorded(adopted(outputs));
}

function adopted(from: Element): Node[] {
  return [...from.childNodes];
}
