// Jupyter messages on a WebSocket, in the frames of the subprotocol
// v1.kernel.websocket.jupyter.org: little-endian 64-bit count and offsets,
// then channel, header, parent header, metadata, content, and buffers.
// https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html

export const subprotocol = "v1.kernel.websocket.jupyter.org";

export type Channel = "shell" | "control" | "iopub" | "stdin";

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export interface Message {
  channel: Channel;
  header: Header;
  parent: Partial<Header>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
}

export function encode(msg: Message): ArrayBuffer {
  const utf8 = new TextEncoder();
  const parts = [
    utf8.encode(msg.channel),
    ...[msg.header, msg.parent, msg.metadata, msg.content].map((part) => utf8.encode(JSON.stringify(part))),
  ];
  const count = parts.length + 1;
  const start = 8 * (1 + count);
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, start));
  const view = new DataView(out.buffer);
  view.setBigUint64(0, BigInt(count), true);
  let at = start;
  parts.forEach((part, i) => {
    view.setBigUint64(8 * (1 + i), BigInt(at), true);
    out.set(part, at);
    at += part.length;
  });
  view.setBigUint64(8 * count, BigInt(at), true);
  return out.buffer;
}

/** Throws when the frame is not a message. Buffers are not read: no output uses them. */
export function decode(frame: ArrayBuffer): Message {
  const view = new DataView(frame);
  const count = Number(view.getBigUint64(0, true));
  if (count < 6 || 8 * (1 + count) > frame.byteLength) throw new Error(`frame with ${count} offsets`);
  const utf8 = new TextDecoder();
  const part = (i: number): string => {
    const from = Number(view.getBigUint64(8 * (1 + i), true));
    const to = Number(view.getBigUint64(8 * (2 + i), true));
    return utf8.decode(new Uint8Array(frame, from, to - from));
  };
  const json = (i: number) => JSON.parse(part(i)) as unknown;
  return {
    channel: part(0) as Channel,
    header: json(1) as Header,
    parent: json(2) as Partial<Header>,
    metadata: json(3) as Record<string, unknown>,
    content: json(4) as Record<string, unknown>,
  };
}
