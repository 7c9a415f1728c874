// What Jupyter's messages mean to the page.
import type { Bundle, Completion, Output, Problem, Result } from "./runner";

/** A published message as an output; null when it is none. */
export function toOutput(type: string, c: Record<string, unknown>, data: Bundle, metadata: Bundle): Output | null {
  switch (type) {
    case "stream":
      return { output_type: "stream", name: c["name"] === "stderr" ? "stderr" : "stdout", text: text(c["text"]) };
    case "display_data":
      return { output_type: "display_data", data, metadata };
    case "execute_result": {
      const count = typeof c["execution_count"] === "number" ? c["execution_count"] : null;
      return { output_type: "execute_result", data, metadata, execution_count: count };
    }
    case "error":
      return {
        output_type: "error",
        ename: text(c["ename"]),
        evalue: text(c["evalue"]),
        traceback: Array.isArray(c["traceback"]) ? c["traceback"].map(text) : [],
      };
  }
  return null;
}

export function text(v: unknown): string {
  return typeof v === "string" ? v : "";
}

/** Jupyter counts Unicode code points where the browser counts UTF-16 units. */
export function codePoints(s: string, offset: number): number {
  return Array.from(s.slice(0, offset)).length;
}

/** The opposite: where in UTF-16 units so many code points end. */
export function utf16(s: string, points: number): number {
  return Array.from(s).slice(0, points).join("").length;
}

/** How a run ended, by the kernel's reply; null means that none will come. */
export function toResult(reply: Record<string, unknown> | null): Result {
  if (!reply) return { status: "aborted", count: null };
  const count = typeof reply["execution_count"] === "number" ? reply["execution_count"] : null;
  switch (reply["status"]) {
    case "ok":
      return { status: "ok", count };
    case "error":
      return { status: "error", count, error: { name: text(reply["ename"]), message: text(reply["evalue"]) } };
    default:
      return { status: "aborted", count };
  }
}

export function toCompletion(code: string, reply: Record<string, unknown> | null): Completion | null {
  if (reply?.["status"] !== "ok") return null;
  const meta = (reply["metadata"] ?? {}) as Record<string, unknown>;
  const typed = (meta["_jupyter_types_experimental"] ?? []) as Record<string, unknown>[];
  const details = new Map(typed.map((t) => [t["text"], t]));
  return {
    start: utf16(code, Number(reply["cursor_start"])),
    end: utf16(code, Number(reply["cursor_end"])),
    matches: ((reply["matches"] ?? []) as string[]).map((match) => ({
      text: match,
      kind: text(details.get(match)?.["type"]),
      detail: text(details.get(match)?.["signature"]),
    })),
  };
}

export function toProblems(reply: Record<string, unknown> | null): Problem[] | null {
  if (reply?.["status"] !== "ok") return null;
  return ((reply["diagnostics"] ?? []) as Record<string, unknown>[]).map((d) => ({
    line: Number(d["line"] ?? 0),
    column: Number(d["column"] ?? 0),
    end: Number(d["end_column"] ?? 0),
    message: text(d["message"]),
    hint: text(d["hint"]),
  }));
}
