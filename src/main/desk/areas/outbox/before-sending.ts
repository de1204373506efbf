import type { Operation } from '../../../../core/operation.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { Outcome } from './outcome.ts';
import { parked } from './parking.ts';
import { newerThanSeen } from './staleness.ts';
import type { Witnesses } from './witness.ts';

/**
 * Returns the outcome of an operation that must not be sent any more; null for one that may. Judged
 * right before sending: a message that arrived in another way is confirmed, and a reply that its
 * author would not send any more is parked (B3).
 */
export function endBeforeSending(
  cache: ReadDb,
  witnesses: Pick<Witnesses, 'arrivedMessage'>,
  me: string,
  operation: Operation,
): Outcome | null {
  const messageId = witnesses.arrivedMessage(operation);
  if (messageId !== null) return { kind: 'acked', serverId: messageId, answer: {} };
  return newerThanSeen(cache, operation, me).length > 0 ? parked('stale') : null;
}
