import type { Clock, Random } from '../../core/clock.ts';
import type { Operation, OperationIntent, ParkReason } from '../../core/operation.ts';
import { uuidV7 } from '../../core/uuid.ts';
import type { WriteDb } from '../db/open.ts';
import * as operations from '../db/operations.ts';

/** The operations of one account, with the open ones held in memory so that laying them over a list costs no query. */
export interface Outbox {
  /** Queued, in flight and parked, oldest first. */
  open(): readonly Operation[];
  openOf(ticketId: string): readonly Operation[];
  /** Durable when it returns; answers the operation id. Throws SqliteError, then nothing was written. */
  enqueue(ticketId: string, intent: OperationIntent): string;
  markInflight(id: string): void;
  requeue(id: string, attempt: 'counted' | 'not counted'): void;
  acknowledge(id: string, serverId: string): void;
  park(id: string, reason: ParkReason, detail: string | null): void;
  unpark(id: string): boolean;
  /** Puts a new operation in the place of a parked one; null when that one is not waiting any more. */
  replace(id: string, ticketId: string, intent: OperationIntent): string | null;
  discard(id: string): boolean;
}

export function createOutbox(db: WriteDb, accountId: string, clock: Clock, random: Random): Outbox {
  operations.recoverInflight(db);
  let cached: { all: Operation[]; byTicket: Map<string, Operation[]> } | null = null;

  function load(): { all: Operation[]; byTicket: Map<string, Operation[]> } {
    if (cached) return cached;
    const all = operations.openOperations(db, accountId);
    cached = { all, byTicket: Map.groupBy(all, (operation) => operation.ticketId) };
    return cached;
  }

  function changed<T>(result: T): T {
    cached = null;
    return result;
  }

  const fresh = (ticketId: string, intent: OperationIntent): operations.NewOperation =>
    ({ id: uuidV7(clock.now(), random), accountId, ticketId, intent, createdAt: clock.now() });

  return {
    open: () => load().all,
    openOf: (ticketId) => load().byTicket.get(ticketId) ?? [],
    enqueue(ticketId, intent) {
      const operation = fresh(ticketId, intent);
      operations.enqueue(db, operation);
      return changed(operation.id);
    },
    markInflight: (id) => { changed(operations.markInflight(db, id)); },
    requeue: (id, attempt) => { changed(operations.requeue(db, id, attempt)); },
    acknowledge: (id, serverId) => { changed(operations.acknowledge(db, id, serverId, clock.now())); },
    park: (id, reason, detail) => { changed(operations.park(db, id, reason, detail)); },
    unpark: (id) => changed(operations.unpark(db, id)),
    replace(id, ticketId, intent) {
      const operation = fresh(ticketId, intent);
      return changed(operations.replaceOperation(db, id, operation)) ? operation.id : null;
    },
    discard: (id) => changed(operations.discard(db, id, clock.now())),
  };
}
