// HTML and Markdown that programs show, made harmless. Loaded when the first
// of it comes. The lists are those of internal/render/policy.go.
import DOMPurify from "dompurify";
import { marked } from "marked";

const tags =
  "h1 h2 h3 h4 h5 h6 p br hr div span blockquote pre code kbd samp var b strong i em u s del ins mark small sub sup " +
  "abbr cite dfn q time ul ol li dl dt dd figure figcaption details summary table caption thead tbody tfoot tr th td " +
  "colgroup col progress meter wbr ruby rt rp a img";

const attributes =
  "title lang dir open start reversed colspan rowspan span scope align value max min low high optimum aria-label role " +
  "aria-hidden href alt width height src style";

const styles = new Set(
  (
    "color background-color text-align vertical-align width max-width min-width height font-weight font-style font-size " +
    "font-family padding padding-left padding-right border border-bottom border-top border-left border-right " +
    "border-collapse border-radius white-space"
  ).split(" "),
);

const roles = new Set(["img", "group", "note", "presentation"]);
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

function harmlessStyle(css: string): string {
  const probe = document.createElement("span").style;
  probe.cssText = css;
  const kept: string[] = [];
  for (const name of styles) {
    const value = probe.getPropertyValue(name);
    if (value && !/url|expression|image|\\/i.test(value)) kept.push(`${name}: ${value}`);
  }
  return kept.join("; ");
}

const config = {
  ALLOWED_TAGS: tags.split(" "),
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
