import type { Random } from './clock.ts';

const baseMs = 1_000;
const ceilingMs = 5 * 60_000;
const retryAfterCeilingMs = 60 * 60_000;

/**
 * Milliseconds to wait before the next try (R6): full jitter below min(5 min, 1 s * 2^failures),
 * and never less than the server asked for, of which at most 1 h counts.
 */
export function retryDelay(
  failures: number,
  random: Random,
  retryAfterMs: number | null = null,
  longestMs: number = ceilingMs,
): number {
  const ceiling = Math.min(longestMs, baseMs * 2 ** Math.min(failures, 20));
  const floor = Math.min(retryAfterMs ?? 0, retryAfterCeilingMs);
  return Math.max(floor, Math.floor(random() * ceiling));
}

/**
 * Reads a `Retry-After` header: seconds or an HTTP date. Returns milliseconds, or null if it is
 * absent or unreadable. A date is compared with the response's own `Date` header, so that this
 * machine's clock does not matter (R9).
 */
export function parseRetryAfter(
  header: string | undefined,
  answerDate: string | undefined,
): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, retryAfterCeilingMs);
  const at = Date.parse(text);
  const sent = Date.parse(answerDate ?? '');
  if (Number.isNaN(at) || Number.isNaN(sent)) return null;
  return Math.min(Math.max(0, at - sent), retryAfterCeilingMs);
}
