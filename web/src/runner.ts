// What the page asks of whatever runs its cells: today a kernel behind a
// WebSocket (kernel.ts), some day perhaps a compiler in the page itself.
// Nothing here knows about Jupyter's wire format, only about its notebook
// format for outputs, which is also how they are saved.

/** One thing to show, in several forms keyed by MIME type. */
export type Bundle = Record<string, unknown>;

export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "display_data"; data: Bundle; metadata: Bundle }
  | { output_type: "execute_result"; data: Bundle; metadata: Bundle; execution_count: number | null }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** Where the outputs of one run go, in order. */
export interface Sink {
  /** The cell's turn has come; count is the N of cell[N]. */
  started(count: number | null): void;
  output(output: Output, displayId: string | null): void;
  /** Replaces what was shown under this id, wherever on the page. */
  update(displayId: string, data: Bundle, metadata: Bundle): void;
  /** Removes all outputs, at once or when the next one comes. */
  clear(wait: boolean): void;
  /** The program wants a line from the learner; null refuses. */
  ask(prompt: string, password: boolean): Promise<string | null>;
}

export interface Result {
  status: "ok" | "error" | "aborted";
  count: number | null;
  /** The error's name and message when status is "error". */
  error?: { name: string; message: string };
}

export interface Match {
  text: string;
  kind: string;
  detail: string;
}

export interface Completion {
  /** UTF-16 offsets of what the matches replace. */
  start: number;
  end: number;
  matches: Match[];
}

/**
 * off: nothing started yet; starting; preparing: the standard library is
 * being built for the first time; idle; busy; lost: trying to get back;
 * gone: nobody answers any more; refused: the server does not know us.
 */
export type State = "off" | "starting" | "preparing" | "idle" | "busy" | "lost" | "gone" | "refused";

export interface Status {
  state: State;
  /** While preparing. */
  done?: number;
  total?: number;
  /** While lost: when the next try is due (ms since the epoch). */
  retryAt?: number;
}

/** What is wrong with a cell that is being written. */
export interface Problem {
  /** From 1; 0 when it is not in this cell. */
  line: number;
  /** From 1, in code points; end 0 when it is not known. */
  column: number;
  end: number;
  message: string;
  hint: string;
}

export interface Runner {
  readonly status: Status;
  /** Whether a question is answered now, without starting anything. */
  readonly isReady: boolean;
  /** Called on every change of status; returns how to stop listening. */
  onStatus(listener: (status: Status) => void): () => void;
  /** Called when earlier cells' names are gone without the learner asking. */
  onForgotten(listener: () => void): () => void;
  /** Gets ready, so that the first run need not wait. */
  warm(): void;
  execute(code: string, sink: Sink): Promise<Result>;
  interrupt(): Promise<void>;
  restart(): Promise<void>;
  complete(code: string, offset: number): Promise<Completion | null>;
  inspect(code: string, offset: number): Promise<Bundle | null>;
  /**
   * Looks at an unfinished cell, with the texts of the cells above it, and gets
   * build ready to be run. Nothing is run. offset -1: nobody types in it.
   */
  draft(code: string, build: string, offset: number, above: string[]): Promise<Problem[] | null>;
  setLang(lang: string): Promise<void>;
  /** Tries to reconnect now rather than later. */
  retry(): void;
}
