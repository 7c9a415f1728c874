// Keys, wheel and pointer of a picture.

/** What they can do to it. Moments are nanoseconds; x and y are pixels in the picture. */
export interface Controls {
  step(by: 1 | -1): void;
  choose(by: 1 | -1): void;
  toBegin(): void;
  toEnd(): void;
  zoom(by: number, x?: number): void;
  showAll(): void;
  toggle(): void;
  /** Drags what was in view when the drag began by so many pixels. */
  drag(by: number, begins: boolean): void;
  point(x: number, y: number): void;
  hover(x: number, y: number): void;
}

export function listen(stage: HTMLElement, picture: Element, c: Controls): void {
  const keys: Record<string, () => void> = {
    ArrowRight: () => c.step(1),
    ArrowLeft: () => c.step(-1),
    ArrowUp: () => c.choose(-1),
    ArrowDown: () => c.choose(1),
    Home: () => c.toBegin(),
    End: () => c.toEnd(),
    "+": () => c.zoom(0.5),
    "=": () => c.zoom(0.5),
    "-": () => c.zoom(2),
    "0": () => c.showAll(),
    " ": () => c.toggle(),
  };
  stage.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // Notebooks have shortcuts of their own.
    act();
  });
  const at = (event: MouseEvent): [number, number] => {
    const box = picture.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return; // The page scrolls.
    event.preventDefault();
    c.zoom(event.deltaY > 0 ? 1.25 : 0.8, at(event)[0]);
  };
  stage.addEventListener("wheel", wheel, { passive: false });
  let grabbed: { x: number; moved: boolean } | null = null;
  stage.addEventListener("pointerdown", (event) => (grabbed = { x: event.clientX, moved: false }));
  stage.addEventListener("pointermove", (event) => {
    const by = grabbed && event.buttons === 1 ? event.clientX - grabbed.x : 0;
    if (!grabbed || (!grabbed.moved && Math.abs(by) <= 4)) {
      c.hover(...at(event));
      return;
    }
    if (!grabbed.moved) stage.setPointerCapture(event.pointerId);
    c.drag(by, !grabbed.moved);
    grabbed.moved = true;
  });
  stage.addEventListener("pointerup", (event) => {
    if (grabbed && !grabbed.moved) c.point(...at(event));
    grabbed = null;
  });
  stage.addEventListener("pointercancel", () => (grabbed = null));
}
