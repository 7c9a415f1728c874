// HTML and Markdown that programs show, made harmless. Loaded when the first
// of it comes. What may stay is listed once, for stored outputs as well.
import DOMPurify from "dompurify";
import { marked } from "marked";
import allowed from "../../internal/render/allowed.json";

const attributes =
  "title lang dir open start reversed colspan rowspan span scope align value max min low high optimum aria-label role " +
  "aria-hidden aria-valuemin aria-valuemax aria-valuenow href alt width height src style";

const roles = new Set(allowed.roles);
const negative = new Set(allowed.negative);
const styleTrap = /url|image|element|expression|attr|var\(|env\(|calc|fixed|sticky|absolute|contents|\\/i;
const belowZero = /(?:^|[ (,])-[0-9.]/;
const picture = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+$/;
const link = /^(?:https?:\/\/|mailto:|[^:]*$|[^:]*[/#?])/i;

const purify = DOMPurify(window);

purify.addHook("uponSanitizeAttribute", (node, data) => {
  switch (data.attrName) {
    case "src":
      // Pictures bring their bytes along: nothing is loaded from elsewhere.
      data.keepAttr = node.nodeName === "IMG" && picture.test(data.attrValue);
      data.forceKeepAttr = data.keepAttr;
      break;
    case "href":
      data.keepAttr = link.test(data.attrValue.trim());
      break;
    case "role":
      data.keepAttr = roles.has(data.attrValue);
      break;
    case "style":
      data.attrValue = harmlessStyle(data.attrValue);
      data.keepAttr = data.attrValue !== "";
  }
});

/** Keeps the styles that load nothing and leave an element in its place. */
function harmlessStyle(css: string): string {
  const probe = document.createElement("span").style;
  probe.cssText = css;
  const kept: string[] = [];
  for (const name of allowed.styles) {
    const value = probe.getPropertyValue(name);
    if (value === "" || styleTrap.test(value)) continue;
    if (negative.has(name) || !belowZero.test(value)) kept.push(`${name}: ${value}`);
  }
  return kept.join("; ");
}

const config = {
  ALLOWED_TAGS: [...allowed.elements, "a", "img"],
  ALLOWED_ATTR: attributes.split(" "),
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
} as const;

export function html(src: string): DocumentFragment {
  return purify.sanitize(src, { ...config, ALLOWED_TAGS: [...config.ALLOWED_TAGS], ALLOWED_ATTR: [...config.ALLOWED_ATTR] });
}

export function markdown(src: string): DocumentFragment {
  return html(marked.parse(src, { async: false, gfm: true }));
}
