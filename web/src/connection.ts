// The way to a kernel: a session, a WebSocket, and the tries to get back when
// either is lost. What is said over it is kernel.ts's business.
import { api, HTTPError } from "./api";
import { newID } from "./id";
import { text } from "./messages";
import type { Status } from "./runner";
import { decode, encode, subprotocol, type Channel, type Message } from "./wire";

interface Preparing {
  ready: boolean;
  done?: number;
  total?: number;
  error?: string;
}

/** What a connection tells. */
export interface Listener {
  status(status: Status): void;
  message(msg: Message): void;
  /** There is a socket again; what was asked before may have been answered meanwhile. */
  connected(): void;
  /** Nothing that was sent will be answered any more. */
  abandoned(): void;
  /** The kernel is gone, and with it all it knew. */
  forgotten(): void;
}

const kernelName = "lanebook";

// Waiting times between tries to reconnect, in ms; the last one repeats.
const backoff = [300, 700, 1500, 3000, 6000, 10000];
// After so many tries in vain the page says that the server is gone.
const patience = 4;

export class Connection {
  private session: { id: string; kernel: string } | null = null;
  private socket: WebSocket | null = null;
  private closed: HTTPError = new HTTPError(0, "not connected");
  private opening: Promise<void> | null = null;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly client: string;

  constructor(
    private readonly path: string,
    private lang: string,
    private readonly listener: Listener,
  ) {
    // The same over reloads, so that a dropped socket gets what it missed.
    const key = "lanebook:session:" + path;
    this.client = sessionStorage.getItem(key) ?? newID();
    sessionStorage.setItem(key, this.client);
  }

  /** Resolves when requests can be sent; starts a session if there is none. */
  open(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    this.opening ??= this.start().finally(() => (this.opening = null));
    return this.opening;
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Sends a message and returns its id, or null when there is no socket. */
  send(channel: Channel, type: string, content: Record<string, unknown>, parent: Message["parent"] = {}): string | null {
    if (this.socket?.readyState !== WebSocket.OPEN) return null;
    const header = {
      msg_id: newID(),
      msg_type: type,
      session: this.client,
      username: "",
      date: new Date().toISOString(),
      version: "5.4",
    };
    this.socket.send(encode({ channel, header, parent, metadata: {}, content }));
    return header.msg_id;
  }

  async interrupt(): Promise<void> {
    if (this.session) await api("POST", `/api/kernels/${this.session.kernel}/interrupt`);
  }

  async restart(): Promise<void> {
    if (!this.session) return;
    await api("POST", `/api/kernels/${this.session.kernel}/restart`);
    this.listener.abandoned();
  }

  async setLang(lang: string): Promise<void> {
    this.lang = lang;
    if (this.session) await api("PATCH", `/api/sessions/${this.session.id}`, { lanebook: { lang } });
  }

  /** Tries to get back now rather than later. */
  retry(): void {
    clearTimeout(this.timer);
    void this.reopen();
  }

  private async start(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.session) this.tell({ state: "starting" });
    try {
      this.session ??= await this.newSession();
      const socket = await this.connect(this.session.kernel);
      // It may be at work for an earlier visit of this page.
      const model = await api("GET", `/api/kernels/${this.session.kernel}`);
      // While we were opening, a socket that closed told nobody else.
      if (this.socket !== socket) throw this.closed;
      if (model["execution_state"] === "busy") this.tell({ state: "busy" });
    } catch (err) {
      this.lose(err);
      throw err;
    }
  }

  private async newSession(): Promise<{ id: string; kernel: string }> {
    await this.prepared();
    const model = await api("POST", "/api/sessions", {
      path: this.path,
      type: "notebook",
      name: "",
      kernel: { name: kernelName },
      lanebook: { lang: this.lang },
    });
    const kernel = model["kernel"] as Record<string, unknown>;
    return { id: text(model["id"]), kernel: text(kernel["id"]) };
  }

  /** Waits while the server builds the standard library for the first time. */
  private async prepared(): Promise<void> {
    for (;;) {
      const got = (await api("GET", "/api/lanebook/status")) as unknown as Preparing;
      if (got.ready) return;
      if (got.error) throw new Error(got.error);
      this.tell({ state: "preparing", done: got.done ?? 0, total: got.total ?? 0 });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  private connect(kernel: string): Promise<WebSocket> {
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
        this.listener.connected();
        resolve(socket);
      });
      socket.addEventListener("close", (event) => {
        if (this.socket !== socket) return;
        this.socket = null;
        this.closed = new HTTPError(event.code === 4404 ? 404 : 0, event.reason || "the connection closed");
        reject(this.closed);
        if (!this.opening) this.lose(this.closed);
      });
    });
  }

  private receive(frame: ArrayBuffer): void {
    let msg: Message;
    try {
      msg = decode(frame);
    } catch (err) {
      console.error("dropped a message:", err);
      return;
    }
    this.listener.message(msg);
  }

  private lose(err: unknown): void {
    const status = err instanceof HTTPError ? err.status : 0;
    if (status === 401 || status === 403) {
      this.listener.abandoned();
      this.tell({ state: "refused" });
      return;
    }
    if (status === 404) {
      // The kernel is no more: its names are gone, and so is the session.
      this.session = null;
      this.listener.abandoned();
      this.listener.forgotten();
      this.tell({ state: "off" });
      return;
    }
    const wait = backoff[Math.min(this.tries, backoff.length - 1)] ?? 0;
    this.tries++;
    if (this.tries > patience) this.listener.abandoned();
    this.tell({ state: this.tries > patience ? "gone" : "lost", retryAt: Date.now() + wait });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reopen(), wait);
  }

  private async reopen(): Promise<void> {
    try {
      if (this.session) await api("GET", `/api/kernels/${this.session.kernel}`);
    } catch (err) {
      this.lose(err);
      return;
    }
    await this.open().catch(() => undefined);
  }

  private tell(status: Status): void {
    this.listener.status(status);
  }
}
