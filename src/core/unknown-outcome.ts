import { whyNotMessage, type Shown, type Witness } from './confirmation.ts';
import type { Operation } from './operation.ts';

/**
 * The possible state of a request without an idempotency key whose response was lost. `ended`: the
 * connection broke or the handler failed, so it cannot be pending for long. `open`: it timed out or
 * a proxy responded, so it may still arrive at any later time.
 */
export type Doubt = 'ended' | 'open';

/** The messages of a thread that may be the result of an operation, in the thread's order. */
export function findSent(
  messages: readonly Shown[],
  operation: Pick<Operation, 'id' | 'ticketId' | 'intent'>,
  witness: Witness,
): string[] {
  return messages
    .filter((message) => whyNotMessage(operation, message, witness) === null)
    .map(({ id }) => id);
}

export type Verdict =
  | { kind: 'arrived'; messageId: string }
  | { kind: 'look-again' }
  | { kind: 'send-again' }
  | { kind: 'unknown' };

/**
 * The longest time (ms) that a server needs for a request whose connection broke; afterwards 'not
 * there' means 'never arrived'.
 */
export const secondLookMs = 30_000;

/**
 * Judges an operation by its thread after a lost response. A single candidate is its message. No
 * candidate on the second look means that it never arrived, but only if it cannot be pending any
 * more. In every other case the agent decides.
 */
export function judgeThread(
  found: readonly string[],
  look: 'first' | 'second',
  doubt: Doubt,
): Verdict {
  const [only, other] = found;
  if (other !== undefined) return { kind: 'unknown' };
  if (only !== undefined) return { kind: 'arrived', messageId: only };
  if (look === 'first') return { kind: 'look-again' };
  return doubt === 'ended' ? { kind: 'send-again' } : { kind: 'unknown' };
}
