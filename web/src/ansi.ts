// Terminal text to DOM: colours become the same classes that internal/render
// writes. Text nodes are made, never markup, so nothing a program prints can
// become an element.
import Anser from "anser";

// Operating-system commands (titles, links) that mean nothing on a page.
// eslint-disable-next-line no-control-regex
const commands = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Za-z]|\x1b[=>78cDEHM]/g;

const decorations: Record<string, string> = {
  bold: "ansi-bold",
  dim: "ansi-faint",
  italic: "ansi-italic",
  underline: "ansi-underline",
  strikethrough: "ansi-strikethrough",
  reverse: "ansi-invert",
};

/** Turns text into nodes; colours set in one call last into the next. */
export class Terminal {
  private state = new Anser();
  private coloured = false;

  render(text: string): DocumentFragment {
    const out = document.createDocumentFragment();
    if (!this.coloured && !text.includes("\x1b")) {
      out.append(text);
      return out;
    }
    this.coloured = true;
    const parts = this.state.ansiToJson(text.replace(commands, ""), { json: true, use_classes: true, remove_empty: true });
    for (const part of parts) {
      const classes = [
        ...part.decorations.map((d) => decorations[d] ?? ""),
        part.fg ? part.fg.replace("ansi-", "ansi-fg-") : "",
        part.bg ? part.bg.replace("ansi-", "ansi-bg-") : "",
      ].filter((c) => c !== "");
      if (classes.length === 0) {
        out.append(part.content);
        continue;
      }
      const span = document.createElement("span");
      span.className = classes.join(" ");
      span.append(part.content);
      out.append(span);
    }
    return out;
  }

  /** A copy that can look ahead without changing this one's colours. */
  fork(): Terminal {
    const copy = new Terminal();
    Object.assign(copy.state, structuredClone(this.state));
    copy.coloured = this.coloured;
    return copy;
  }
}

/** What remains of a line after its carriage returns and backspaces. */
export function overwrite(line: string): string {
  line = line.replace(/\r+$/, "");
  line = line.slice(line.lastIndexOf("\r") + 1);
  if (!line.includes("\b")) return line;
  const kept: string[] = [];
  for (const ch of line) {
    if (ch === "\b") kept.pop();
    else kept.push(ch);
  }
  return kept.join("");
}
