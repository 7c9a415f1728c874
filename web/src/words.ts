// What the page says, in the language it is read in. The texts are shared
// with the templates: ../words.json.
import words from "../words.json";

export type Lang = "en" | "zh";
export type Key = keyof (typeof words)["en"];

let current: Lang = "en";

export function lang(): Lang {
  return current;
}

export function setLang(to: Lang): void {
  current = to;
}

/** The text under key, with {name} replaced by values. */
export function say(key: Key, values: Record<string, string | number> = {}): string {
  return words[current][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
