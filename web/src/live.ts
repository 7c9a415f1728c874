// The one script that a running kernel adds to pictures in other notebooks: it
// puts the picture to walk through in the place of the image. Where scripts do
// not run, the image stays. It never stands in a notebook of the course.
import { lanesIn } from "./picture-data";
import { walk } from "./picture";
import style from "./style/picture.css";

/** Upgrades the figure before the script element, or leaves it as it is. */
export function upgrade(script: HTMLOrSVGScriptElement | null, value: unknown): void {
  const figure = script?.parentElement?.querySelector("figure");
  const data = lanesIn(value);
  if (!figure || !data) return;
  if (!document.querySelector("style[data-lanebook]")) {
    const sheet = document.createElement("style");
    sheet.dataset["lanebook"] = "";
    sheet.textContent = style;
    document.head.append(sheet);
  }
  walk(figure, data);
}
