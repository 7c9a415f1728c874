// A Runner that drives a Jupyter kernel through the study server's API.
import { codePoints, text, toCompletion, toOutput, toResult } from "./messages";
import type { Bundle, Completion, Result, Runner, Sink, Status } from "./runner";
import { decode, encode, subprotocol, type Channel, type Message } from "./wire";

/** A request on its way; finished when its reply and its idle have come. */
interface Pending {
  sink: Sink | null;
  reply: Record<string, unknown> | null;
  idle: boolean;
  settle(reply: Record<string, unknown> | null): void;
}

interface Preparing {
  ready: boolean;
  done?: number;
  total?: number;
  error?: string;
}

class HTTPError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const kernelName = "lanebook";

// Waiting times between tries to reconnect, in ms; the last one repeats.
const backoff = [300, 700, 1500, 3000, 6000, 10000];
// After so many tries in vain the page says that the server is gone.
const patience = 4;

export class KernelRunner implements Runner {
  status: Status = { state: "off" };
  private readonly listeners = new Set<(status: Status) => void>();
  private readonly forgotten = new Set<() => void>();
  private readonly pending = new Map<string, Pending>();
  private session: { id: string; kernel: string } | null = null;
  private socket: WebSocket | null = null;
  private opening: Promise<void> | null = null;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly client: string;

  constructor(
    private readonly path: string,
    private lang: string,
  ) {
    // The same over reloads, so that a dropped socket gets what it missed.
    const key = "lanebook:session:" + path;
    this.client = sessionStorage.getItem(key) ?? crypto.randomUUID();
    sessionStorage.setItem(key, this.client);
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
    this.open().catch(() => undefined); // The status says what is wrong.
  }

  async execute(code: string, sink: Sink): Promise<Result> {
    await this.open();
    const reply = await this.request(
      "execute_request",
      { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: true, stop_on_error: true },
      sink,
    );
    return toResult(reply);
  }

  async interrupt(): Promise<void> {
    if (this.session) await this.api("POST", `/api/kernels/${this.session.kernel}/interrupt`);
  }

  async restart(): Promise<void> {
    if (!this.session) return;
    await this.api("POST", `/api/kernels/${this.session.kernel}/restart`);
    this.abandon();
  }

  async complete(code: string, offset: number): Promise<Completion | null> {
    await this.open();
    const reply = await this.request("complete_request", { code, cursor_pos: codePoints(code, offset) }, null);
    return toCompletion(code, reply);
  }

  async inspect(code: string, offset: number): Promise<Bundle | null> {
    await this.open();
    const content = { code, cursor_pos: codePoints(code, offset), detail_level: 0 };
    const reply = await this.request("inspect_request", content, null);
    return reply?.["found"] === true ? (reply["data"] as Bundle) : null;
  }

  async setLang(lang: string): Promise<void> {
    this.lang = lang;
    if (this.session) await this.api("PATCH", `/api/sessions/${this.session.id}`, { lanebook: { lang } });
  }

  retry(): void {
    if (this.status.state !== "lost" && this.status.state !== "gone") return;
    clearTimeout(this.timer);
    void this.reopen();
  }

  // --- session and socket ---

  /** Resolves when requests can be sent; starts a session if there is none. */
  private open(): Promise<void> {
    if (this.socket?.readyState === WebSocket.OPEN) return Promise.resolve();
    this.opening ??= this.start().finally(() => (this.opening = null));
    return this.opening;
  }

  private async start(): Promise<void> {
    clearTimeout(this.timer);
    if (this.status.state === "off") this.set({ state: "starting" });
    try {
      if (!this.session) {
        await this.prepared();
        const model = await this.api("POST", "/api/sessions", {
          path: this.path,
          type: "notebook",
          name: "",
          kernel: { name: kernelName },
          lanebook: { lang: this.lang },
        });
        const kernel = model["kernel"] as Record<string, unknown>;
        this.session = { id: text(model["id"]), kernel: text(kernel["id"]) };
      }
      await this.connect(this.session.kernel);
      // It may be at work for an earlier visit of this page.
      const model = await this.api("GET", `/api/kernels/${this.session.kernel}`);
      if (model["execution_state"] === "busy") this.set({ state: "busy" });
    } catch (err) {
      this.lose(err);
      throw err;
    }
  }

  /** Waits while the server builds the standard library for the first time. */
  private async prepared(): Promise<void> {
    for (;;) {
      const got = (await this.api("GET", "/api/lanebook/status")) as unknown as Preparing;
      if (got.ready) return;
      if (got.error) throw new Error(got.error);
      this.set({ state: "preparing", done: got.done ?? 0, total: got.total ?? 0 });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  private connect(kernel: string): Promise<void> {
    const url = new URL(`/api/kernels/${kernel}/channels`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("session_id", this.client);
    const socket = new WebSocket(url, subprotocol);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    return new Promise((resolve, reject) => {
      socket.addEventListener("message", (event) => this.receive(event.data as ArrayBuffer));
      socket.addEventListener("open", () => {
        this.tries = 0;
        this.settleStale();
        resolve();
      });
      socket.addEventListener("close", (event) => {
        if (this.socket !== socket) return;
        this.socket = null;
        const err = new HTTPError(event.code === 4404 ? 404 : 0, event.reason || "the connection closed");
        reject(err);
        if (!this.opening) this.lose(err);
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
    void this.request("kernel_info_request", {}, null).then((reply) => {
      if (reply) for (const p of before) p.settle(p.reply);
    });
  }

  private lose(err: unknown): void {
    const status = err instanceof HTTPError ? err.status : 0;
    if (status === 401 || status === 403) {
      this.abandon();
      this.set({ state: "refused" });
      return;
    }
    if (status === 404) {
      // The kernel is no more: its names are gone, and so is the session.
      this.session = null;
      this.abandon();
      for (const tell of this.forgotten) tell();
      this.set({ state: "off" });
      return;
    }
    const wait = backoff[Math.min(this.tries, backoff.length - 1)] ?? 0;
    this.tries++;
    if (this.tries > patience) this.abandon();
    this.set({ state: this.tries > patience ? "gone" : "lost", retryAt: Date.now() + wait });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reopen(), wait);
  }

  private async reopen(): Promise<void> {
    try {
      if (this.session) await this.api("GET", `/api/kernels/${this.session.kernel}`);
    } catch (err) {
      this.lose(err);
      return;
    }
    await this.open().catch(() => undefined);
  }

  /** Ends everything that waits for an answer: none will come. */
  private abandon(): void {
    for (const p of [...this.pending.values()]) p.settle(null);
  }

  // --- messages ---

  private request(type: string, content: Record<string, unknown>, sink: Sink | null) {
    return new Promise<Record<string, unknown> | null>((resolve) => {
      const id = this.send("shell", type, content, {});
      if (id === null) {
        resolve(null);
        return;
      }
      this.pending.set(id, {
        sink,
        reply: null,
        idle: false,
        settle: (reply) => {
          this.pending.delete(id);
          resolve(reply);
        },
      });
    });
  }

  private send(channel: Channel, type: string, content: Record<string, unknown>, parent: Message["parent"]) {
    if (this.socket?.readyState !== WebSocket.OPEN) return null;
    const header = {
      msg_id: crypto.randomUUID(),
      msg_type: type,
      session: this.client,
      username: "",
      date: new Date().toISOString(),
      version: "5.4",
    };
    this.socket.send(encode({ channel, header, parent, metadata: {}, content }));
    return header.msg_id;
  }

  private receive(frame: ArrayBuffer): void {
    let msg: Message;
    try {
      msg = decode(frame);
    } catch (err) {
      console.error("dropped a message:", err);
      return;
    }
    const pending = this.pending.get(msg.parent.msg_id ?? "");
    if (msg.channel === "shell") {
      if (!pending) return;
      pending.reply = msg.content;
      if (pending.idle) pending.settle(msg.content);
    } else if (msg.channel === "stdin") {
      void this.ask(msg, pending?.sink ?? null);
    } else if (msg.channel === "iopub") {
      this.published(msg, pending);
    }
  }

  private async ask(msg: Message, sink: Sink | null): Promise<void> {
    const answer = await sink?.ask(text(msg.content["prompt"]), msg.content["password"] === true);
    if (answer === null || answer === undefined) {
      await this.interrupt();
      return;
    }
    this.send("stdin", "input_reply", { status: "ok", value: answer }, msg.header);
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
    const id = (c["transient"] as Record<string, unknown> | undefined)?.["display_id"];
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
        if (state !== "restarting") for (const tell of this.forgotten) tell();
        this.set({ state: "starting" });
    }
  }

  private set(status: Status): void {
    this.status = status;
    for (const listener of this.listeners) listener(status);
  }

  private async api(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
    const init: RequestInit = { method, credentials: "same-origin", cache: "no-store" };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { "Content-Type": "application/json" };
    }
    const res = await fetch(url, init);
    if (!res.ok) throw new HTTPError(res.status, `${method} ${url}: ${res.status}`);
    if (res.status === 204) return {};
    return (await res.json()) as Record<string, unknown>;
  }
}
