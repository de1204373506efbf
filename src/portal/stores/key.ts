/**
 * A new Idempotency-Key. Not `crypto.randomUUID`: a plain http address in a company's network has
 * none.
 */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
