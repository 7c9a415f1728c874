// "What changed": the learner's version beside another one, cell by cell. The
// other is the course's original, or a version that was kept after a conflict.
import { Dialog } from "./dialog";
import { button, el } from "./dom";
import { say, type Key } from "./words";

export interface Change {
  id: string;
  title: string;
  kind: "edited" | "added" | "removed" | "moved" | "updated" | "new" | "gone";
  /** What the other version has; empty when it has no such cell. */
  theirs: string;
  mine: string;
  /** The course changed this cell after the learner had edited it. */
  changedSince?: boolean;
  /** Makes the learner's version the other one's; absent where that cannot be. */
  take?: { label: Key; act: () => void };
}

type Compare = (theirs: string, mine: string) => { value: string; added: boolean; removed: boolean }[];

export interface Labels {
  title: string;
  none: Key;
  /** What the signs mean. */
  legend: Key;
}

export class Changes {
  private readonly dialog = new Dialog("changes-dialog");

  async show(changes: Change[], labels: Labels, ...below: Node[]): Promise<void> {
    const { diffLines } = await import("diff");
    const list = changes.map((change) => this.one(change, diffLines));
    if (list.length === 0) list.push(el("p", {}, say(labels.none)));
    else list.unshift(el("p", { class: "legend" }, say(labels.legend)));
    this.dialog.open(labels.title, ...list, ...below);
  }

  close(): void {
    this.dialog.close();
  }

  private one(change: Change, compare: Compare): HTMLElement {
    const section = el("section", { class: "change" });
    const head = el("div", { class: "change-head" }, el("h3", {}, change.title), el("span", { class: "badge" }, say(`change ${change.kind}`)));
    if (change.changedSince) head.append(el("span", { class: "badge warn" }, say("original changed")));
    const { take } = change;
    if (take) {
      const label = say(take.label);
      head.append(
        button({ class: "take", "aria-label": `${label}: ${change.title}` }, label, () => {
          take.act();
          section.replaceChildren(el("p", { role: "status" }, `${change.title}: ${say("change taken")}`));
        }),
      );
    }
    section.append(head);
    if (change.theirs !== change.mine) section.append(table(change, compare));
    return section;
  }
}

/** Lines that only one version has are marked by a sign, not by colour alone. */
function table(change: Change, compare: Compare): HTMLElement {
  const pre = el("pre", { class: "diff", tabindex: 0, role: "group", "aria-label": say("change of", { what: change.title }) });
  for (const part of compare(ended(change.theirs), ended(change.mine))) {
    const sign = part.added ? "+" : part.removed ? "−" : " ";
    const kind = part.added ? "ins" : part.removed ? "del" : "span";
    for (const line of part.value.replace(/\n$/, "").split("\n")) pre.append(el(kind, {}, `${sign} ${line}`), "\n");
  }
  return pre;
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : text + "\n";
}
