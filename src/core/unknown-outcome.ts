import { whyNotMessage, type Shown, type Witness } from './confirmation.ts';
import type { Operation } from './operation.ts';

/**
 * Where a request without an idempotency key may still be once its answer is lost. `ended`: the
 * connection broke or the handler failed, so nobody holds the request for long. `open`: it timed
 * out or something between answered, so it may still be on its way at any later time.
 */
export type Doubt = 'ended' | 'open';

/** The messages of a thread that can be what an operation made, in the thread's order. */
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
 * How long (ms) a server may take for a request whose connection broke, before 'not there' means
 * 'never arrived'.
 */
export const secondLookMs = 30_000;

/**
 * What a look at the thread after a lost answer says. Exactly one candidate is the message. None on
 * the second look means that it never arrived, but only where nobody can still hold the request;
 * everything else is for the agent to decide.
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
