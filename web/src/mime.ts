// One displayed thing as DOM, by the best form the page can show; the order
// is that of internal/render/output.go.
import { el } from "./dom";
import { Terminal } from "./ansi";
import { lanesIn } from "./picture-data";
import type { Bundle } from "./runner";
import { say } from "./words";

interface Made {
  kind: string;
  node: Node;
}

type Safe = typeof import("./safe");
let safe: Safe | null = null;

const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** Draws a bundle; a promise only while the sanitiser is not loaded yet. */
export function render(data: Bundle): Made | Promise<Made> {
  const marked = "text/html" in data || (!("image/svg+xml" in data) && !pictures.some((p) => p in data) && "text/markdown" in data);
  if (!marked || safe) return draw(data, safe);
  return import("./safe").then((module) => {
    safe = module;
    return draw(data, safe);
  });
}

function draw(data: Bundle, safe: Safe | null): Made {
  const html = text(data["text/html"]);
  if (html && safe) {
    const node = safe.html(html);
    walkable(node, data);
    if (node.textContent.trim() || node.querySelector("img, progress, meter, hr, input")) return { kind: "html", node };
  }
  const svg = text(data["image/svg+xml"]);
  if (svg.trim()) return picture("image/svg+xml", base64(svg), data);
  for (const mime of pictures) {
    const bytes = text(data[mime]).replace(/\s+/g, "");
    if (/^[A-Za-z0-9+/]+=*$/.test(bytes)) return picture(mime, bytes, data);
  }
  const markdown = text(data["text/markdown"]);
  if (markdown && safe) return { kind: "markdown", node: safe.markdown(markdown) };
  if ("application/json" in data) {
    return { kind: "json", node: el("pre", { class: "code" }, json(data["application/json"])) };
  }
  const plain = text(data["text/plain"]);
  if (plain) {
    const pre = el("pre");
    pre.append(new Terminal().render(plain));
    return { kind: "text", node: pre };
  }
  return { kind: "unknown", node: el("p", {}, say("unknown output", { what: Object.keys(data).join(", ") })) };
}

/** Puts the picture to walk through in the place of the image, as soon as its script is there. */
function walkable(node: DocumentFragment, data: Bundle): void {
  const lanes = lanesIn(data["application/vnd.lanebook+json"]);
  const figure = node.querySelector("figure");
  if (lanes && figure) void import("./picture").then(({ walk }) => walk(figure, lanes));
}

function picture(mime: string, bytes: string, data: Bundle): Made {
  const alt = text(data["text/plain"]).trim();
  const src = `data:${mime};base64,${bytes}`;
  return { kind: "image", node: el("img", { src, alt: alt && alt.length <= 300 ? alt : say("picture") }) };
}

function base64(s: string): string {
  let bytes = "";
  for (const b of new TextEncoder().encode(s)) bytes += String.fromCharCode(b);
  return btoa(bytes);
}

function json(value: unknown): string {
  if (typeof value === "string") {
    try {
      value = JSON.parse(value);
    } catch {
      return String(value);
    }
  }
  return JSON.stringify(value, null, 2);
}

/** A notebook's multi-line string may be a list of lines. */
function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(text).join("");
  return "";
}
