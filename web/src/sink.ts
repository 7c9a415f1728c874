// Where the outputs of one run go.
import { type Displays, type OutputArea, question } from "./outputs";
import type { Sink } from "./runner";

/** A sink into the outputs of the cell that is section. A question is withdrawn when signal is aborted. */
export function sinkFor(
  outputs: OutputArea,
  section: HTMLElement,
  displays: Displays,
  signal: AbortSignal,
  started: (count: number | null) => void,
): Sink {
  return {
    started,
    output: (output, displayId) => outputs.add(output, displayId),
    update: (id, data, metadata) => displays.update(id, data, metadata),
    clear: (wait) => outputs.clear(wait),
    ask: async (prompt, password) => {
      const { form, input, answer } = question(prompt, password, signal);
      outputs.attach(form);
      section.classList.add("has-output");
      input.focus();
      const value = await answer;
      form.remove();
      if (value !== null) {
        const echo = password ? "•".repeat(8) : value;
        outputs.add({ output_type: "stream", name: "stdout", text: `${prompt}${echo}\n` }, null);
        section.focus({ preventScroll: true });
      }
      return value;
    },
  };
}
