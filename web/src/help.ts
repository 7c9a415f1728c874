// The keyboard map, in a dialog.
import { Dialog } from "./dialog";
import { el } from "./dom";
import { say, type Key } from "./words";

type Row = [keys: string[], what: Key];

const everywhere = (mod: string): Row[] => [
  [[mod, "K"], "key search"],
  [[mod, "S"], "key save"],
];

const onCell = (mod: string): Row[] => [
  [["Enter"], "key enter"],
  [[mod, "Enter"], "key run"],
  [["Shift", "Enter"], "key next"],
  [["↑", "↓"], "key arrows"],
  [["A"], "key above"],
  [["B"], "key below"],
  [["M"], "key note"],
  [["Alt", "↑ ↓"], "key move"],
  [["D", "D"], "key delete"],
  [["Z"], "key undo"],
  [["/"], "key search"],
  [["?"], "key help"],
];

const inEditor = (mod: string): Row[] => [
  [["Esc"], "key escape"],
  [["Tab"], "key tab"],
  [["Ctrl", "Space"], "key complete"],
  [["F8"], "key problem"],
  [[mod, "Enter"], "key run"],
  [["Shift", "Enter"], "key next"],
];

export class Help {
  private readonly dialog = new Dialog("help-dialog");

  constructor(private readonly mac: boolean) {}

  open(): void {
    const mod = this.mac ? "⌘" : "Ctrl";
    this.dialog.open(
      say("keys"),
      table("keys on cell", onCell(mod)),
      table("keys in editor", inEditor(mod)),
      table("keys everywhere", everywhere(mod)),
    );
  }
}

function table(title: Key, rows: Row[]): HTMLElement {
  const list = el("dl", { class: "keymap" });
  for (const [keys, what] of rows) {
    const dt = el("dt");
    keys.forEach((key, i) => dt.append(i > 0 ? " " : "", el("kbd", {}, key)));
    list.append(dt, el("dd", {}, say(what)));
  }
  return el("section", {}, el("h3", {}, say(title)), list);
}
