// Lets the play head of a picture run, or go from event to event for those who
// asked for less movement.

/** How long it takes to play what is in view, and each step without movement; milliseconds. */
const playTime = 8000;
const stepTime = 700;

/** Calls show with each moment to be shown, until it is over or show wants no more. */
export function play(moments: number[], from: number, to: number, show: (at: number, steps: boolean) => boolean): void {
  const steps = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const begin = performance.now();
  const first = moments.findIndex((m) => m >= from);
  let last = -1;
  const frame = (clock: number) => {
    const gone = Math.max(clock - begin, 0); // A frame may have begun before the key was pressed.
    const at = steps ? (moments[first + Math.floor(gone / stepTime)] ?? to) : from + (gone / playTime) * (to - from);
    const goesOn = at === last || show(Math.min(at, to), steps);
    last = at;
    if (goesOn && at < to) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
