/** A wire time with an explicit zone: one without, as on level 1, means UTC. */
export const withZone = (wire: string): string =>
  /(Z|[+-]\d{2}:\d{2})$/.test(wire) ? wire : `${wire}Z`;

/** Reads a wire time as milliseconds since the epoch. Throws RangeError on anything else. */
export function parseWireTime(wire: string): number {
  const ms = Date.parse(withZone(wire));
  if (Number.isNaN(ms)) throw new RangeError(`Not an ISO 8601 time: ${wire.slice(0, 40)}`);
  return ms;
}

/**
 * Reads a wire time as microseconds since the epoch. Messages have it as their key, so that two
 * messages of one millisecond keep the server's order. Date has no microseconds, so the digits
 * after the third are read from the text.
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
 * The latest return of a ticket that waits for its customer: nine in the morning, local time, after
 * some days. As wire time.
 */
export function waitUntil(now: number, days: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  return at.toISOString();
}
