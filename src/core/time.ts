/** The same wire time with its zone said: one without a zone, as level 1 carries, means UTC. */
export const withZone = (wire: string): string =>
  /(Z|[+-]\d{2}:\d{2})$/.test(wire) ? wire : `${wire}Z`;

/** Reads a wire time as milliseconds since the epoch. Throws RangeError on anything else. */
export function parseWireTime(wire: string): number {
  const ms = Date.parse(withZone(wire));
  if (Number.isNaN(ms)) throw new RangeError(`Not an ISO 8601 time: ${wire.slice(0, 40)}`);
  return ms;
}

/**
 * Microseconds since the epoch. Messages are keyed by it, so two messages of one millisecond keep
 * the server's order; Date has no microseconds, so the digits after the third are read from the
 * text.
 */
export function parseWireMicros(wire: string): number {
  const fraction = /\.(\d+)/.exec(wire)?.[1] ?? '';
  const belowMs = Number(fraction.slice(3, 6).padEnd(3, '0'));
  return parseWireTime(wire) * 1000 + belowMs;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * When a ticket that waits for its customer comes back at the latest: at nine in the morning, local
 * time, after three days. As wire time.
 */
export function waitUntil(now: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + 3);
  at.setHours(9, 0, 0, 0);
  return at.toISOString();
}
