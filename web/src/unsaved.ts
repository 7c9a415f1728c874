// What has not reached the disk yet stays in the browser: for each page that
// was open an entry of its own, as it would have been sent to the server.
// Whoever opens the chapter next sends it. The server then decides, as with
// every save: it is taken, or, if others saved meanwhile, kept beside theirs.

/** A save that is still to be made. */
export interface Unsaved {
  /** The version it was made from. */
  etag: string;
  /** What is to be sent, without outputs. */
  body: string;
}

const prefix = (url: string) => `lanebook:work:${url}:`;

/** Notes what one tab has not saved; null when there is nothing any more. */
export function note(url: string, tab: string, unsaved: Unsaved | null): void {
  const key = prefix(url) + tab;
  try {
    if (unsaved) localStorage.setItem(key, JSON.stringify(unsaved));
    else localStorage.removeItem(key);
  } catch {
    // No room in the browser: saving to the server goes on.
  }
}

/**
 * Sends everything that tabs have left behind. An entry goes when the server
 * has it; one that was written anew meanwhile stays. Resolves to the newest
 * version that this has made, or null.
 */
export async function deliver(url: string, send: (unsaved: Unsaved) => Promise<string | null>): Promise<string | null> {
  let newest: string | null = null;
  for (const key of left(url)) {
    const text = localStorage.getItem(key);
    const unsaved = text === null ? null : read(text);
    if (!unsaved) continue;
    const etag = await send(unsaved);
    if (etag === null) continue;
    newest = etag;
    if (localStorage.getItem(key) === text) localStorage.removeItem(key);
  }
  return newest;
}

function left(url: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix(url)));
  } catch {
    return []; // This browser keeps nothing.
  }
}

function read(text: string): Unsaved | null {
  try {
    const kept = JSON.parse(text) as Partial<Unsaved>;
    return typeof kept.etag === "string" && typeof kept.body === "string" ? { etag: kept.etag, body: kept.body } : null;
  } catch {
    return null;
  }
}
