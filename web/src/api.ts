// The study server's JSON API, and what its refusals mean.

/** An answer that is no success; status 0 means that there was none at all. */
export class HTTPError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Answer = Record<string, unknown>;

/** Sends JSON, when there is a body, and decodes the JSON that comes back. */
export async function api(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const init: RequestInit = { method, credentials: "same-origin", cache: "no-store", headers };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...headers, "Content-Type": "application/json" };
  }
  const res = await fetch(url, init);
  if (!res.ok) {
    const said = (await res.json().catch(() => null)) as { message?: string } | null;
    throw new HTTPError(res.status, said?.message ?? `${method} ${url}: ${res.status}`);
  }
  if (res.status === 204) return {};
  return (await res.json()) as Answer;
}
