/**
 * An id that nobody else has. crypto.randomUUID is missing on pages that came
 * over a network without encryption (--allow-remote).
 */
export function newID(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
