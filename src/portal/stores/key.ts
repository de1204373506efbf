/**
 * A new Idempotency-Key. `crypto.randomUUID` does not exist at a plain http address, as in a
 * company's network.
 */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
