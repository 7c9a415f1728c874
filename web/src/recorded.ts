// Recorded pictures of lanes. The page comes with their images, which show at
// once and without a script; when the reader comes near one, it is drawn anew
// from its data, to be walked through.
import { lanesIn } from "./picture-data";

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      near.unobserve(target);
      void draw(target);
    }
  },
  { rootMargin: "100% 0px" },
);

/** Has the pictures among these outputs drawn when they come near. */
export function walkWhenNear(outputs: HTMLElement): void {
  for (const out of outputs.querySelectorAll<HTMLElement>("[data-lanes]")) near.observe(out);
}

async function draw(out: HTMLElement): Promise<void> {
  const lanes = lanesIn(out.dataset["lanes"]);
  const figure = out.querySelector("figure");
  delete out.dataset["lanes"];
  if (!lanes || !figure) return;
  const { walk } = await import("./picture");
  const before = out.getBoundingClientRect();
  walk(figure, lanes);
  // What the reader looks at stays where it is, also in browsers that do not see to it.
  if (before.bottom < 0 && !CSS.supports("overflow-anchor", "auto")) scrollBy(0, out.getBoundingClientRect().height - before.height);
}
