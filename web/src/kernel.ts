// A Runner that drives a Jupyter kernel: requests go out over a Connection,
// and what comes back finds the cell that asked.
import { Connection } from "./connection";
import { codePoints, text, toCompletion, toOutput, toProblems, toResult } from "./messages";
import type { Bundle, Completion, Problem, Result, Runner, Sink, Status } from "./runner";
import type { Channel, Message } from "./wire";

/** A request on its way; finished when its reply and its idle have come. */
interface Pending {
  sink: Sink | null;
  reply: Record<string, unknown> | null;
  idle: boolean;
  settle(reply: Record<string, unknown> | null): void;
}

type Content = Record<string, unknown>;

export class KernelRunner implements Runner {
  status: Status = { state: "off" };
  private readonly listeners = new Set<(status: Status) => void>();
  private readonly forgotten = new Set<() => void>();
  private readonly pending = new Map<string, Pending>();
  private readonly connection: Connection;

  constructor(path: string, lang: string) {
    this.connection = new Connection(path, lang, {
      status: (status) => this.set(status),
      message: (msg) => this.receive(msg),
      connected: () => this.settleStale(),
      abandoned: () => this.abandon(),
      forgotten: () => this.forget(),
    });
  }

  onStatus(listener: (status: Status) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onForgotten(listener: () => void): () => void {
    this.forgotten.add(listener);
    return () => this.forgotten.delete(listener);
  }

  warm(): void {
    this.connection.open().catch(() => undefined); // The status says what is wrong.
  }

  async execute(code: string, sink: Sink): Promise<Result> {
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: true, stop_on_error: true };
    return toResult(await this.ask("shell", "execute_request", content, sink));
  }

  interrupt(): Promise<void> {
    return this.connection.interrupt();
  }

  restart(): Promise<void> {
    return this.connection.restart();
  }

  async complete(code: string, offset: number): Promise<Completion | null> {
    const content = { code, cursor_pos: codePoints(code, offset) };
    return toCompletion(code, await this.ask("shell", "complete_request", content));
  }

  async inspect(code: string, offset: number): Promise<Bundle | null> {
    const content = { code, cursor_pos: codePoints(code, offset), detail_level: 0 };
    const reply = await this.ask("shell", "inspect_request", content);
    return reply?.["found"] === true ? (reply["data"] as Bundle) : null;
  }

  get isReady(): boolean {
    return this.connection.isOpen;
  }

  async draft(code: string, build: string, offset: number, above: string[]): Promise<Problem[] | null> {
    const content = { code, build, cursor_pos: offset < 0 ? -1 : codePoints(code, offset), above };
    return toProblems(await this.ask("control", "lanebook_draft_request", content));
  }

  setLang(lang: string): Promise<void> {
    return this.connection.setLang(lang);
  }

  retry(): void {
    if (this.status.state === "lost" || this.status.state === "gone") this.connection.retry();
  }

  // --- requests ---

  private async ask(channel: Channel, type: string, content: Content, sink: Sink | null = null): Promise<Content | null> {
    await this.connection.open();
    return this.request(channel, type, content, sink);
  }

  private request(channel: Channel, type: string, content: Content, sink: Sink | null): Promise<Content | null> {
    return new Promise((resolve) => {
      const id = this.connection.send(channel, type, content);
      if (id === null) {
        resolve(null);
        return;
      }
      this.pending.set(id, {
        sink,
        reply: null,
        idle: channel === "control", // Nothing is said of those on other channels.
        settle: (reply) => {
          this.pending.delete(id);
          resolve(reply);
        },
      });
    });
  }

  /**
   * Asks for the kernel's info once more after a lost connection. Its answer
   * comes after those of earlier requests; whoever still waits then waits for
   * an answer that was lost.
   */
  private settleStale(): void {
    const before = [...this.pending.values()];
    void this.request("shell", "kernel_info_request", {}, null).then((reply) => {
      if (reply) for (const p of before) p.settle(p.reply);
    });
  }

  /** Ends everything that waits for an answer: none will come. */
  private abandon(): void {
    for (const p of [...this.pending.values()]) p.settle(null);
  }

  private forget(): void {
    for (const tell of this.forgotten) tell();
  }

  // --- answers ---

  private receive(msg: Message): void {
    const pending = this.pending.get(msg.parent.msg_id ?? "");
    if (msg.channel === "shell" || msg.channel === "control") {
      if (!pending) return;
      pending.reply = msg.content;
      if (pending.idle) pending.settle(msg.content);
    } else if (msg.channel === "stdin") {
      void this.answer(msg, pending?.sink ?? null);
    } else {
      this.published(msg, pending);
    }
  }

  private async answer(msg: Message, sink: Sink | null): Promise<void> {
    const answer = await sink?.ask(text(msg.content["prompt"]), msg.content["password"] === true);
    if (answer === null || answer === undefined) {
      await this.interrupt();
      return;
    }
    this.connection.send("stdin", "input_reply", { status: "ok", value: answer }, msg.header);
  }

  private published(msg: Message, pending: Pending | undefined): void {
    const c = msg.content;
    if (msg.header.msg_type === "status") {
      this.kernelState(text(c["execution_state"]), pending);
      return;
    }
    const sink = pending?.sink;
    if (!sink) return;
    const data = (c["data"] ?? {}) as Bundle;
    const metadata = (c["metadata"] ?? {}) as Bundle;
    const id = (c["transient"] as Content | undefined)?.["display_id"];
    const displayId = typeof id === "string" && id !== "" ? id : null;
    switch (msg.header.msg_type) {
      case "execute_input":
        sink.started(typeof c["execution_count"] === "number" ? c["execution_count"] : null);
        return;
      case "update_display_data":
        if (displayId !== null) sink.update(displayId, data, metadata);
        return;
      case "clear_output":
        sink.clear(c["wait"] === true);
        return;
    }
    const output = toOutput(msg.header.msg_type, c, data, metadata);
    if (output) sink.output(output, displayId);
  }

  private kernelState(state: string, pending: Pending | undefined): void {
    switch (state) {
      case "idle":
        if (pending) {
          pending.idle = true;
          if (pending.reply) pending.settle(pending.reply);
        }
        this.set({ state: [...this.pending.values()].some((p) => p.sink) ? "busy" : "idle" });
        return;
      case "busy":
        if (pending?.sink || this.status.state !== "idle") this.set({ state: "busy" });
        return;
      case "starting":
        this.set({ state: "starting" });
        return;
      case "restarting":
      case "autorestarting":
      case "dead":
        this.abandon();
        if (state !== "restarting") this.forget();
        this.set({ state: "starting" });
    }
  }

  private set(status: Status): void {
    this.status = status;
    for (const listener of this.listeners) listener(status);
  }
}
