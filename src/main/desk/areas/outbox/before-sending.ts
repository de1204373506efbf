import type { Operation } from '../../../../core/operation.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { Outcome } from './outcome.ts';
import { parked } from './parking.ts';
import { newerThanSeen } from './staleness.ts';
import type { Witnesses } from './witness.ts';

/**
 * What ends an operation before it is sent; null for nothing. Judged then and not when it was
 * written: what arrived by another way is confirmed, and what the author would not send any more
 * waits for them (B3).
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
