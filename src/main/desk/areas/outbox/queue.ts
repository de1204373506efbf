import type { Clock, Random } from '../../../../core/clock.ts';
import type {
  Operation,
  OperationIntent,
  ParkReason,
  SettledOperation,
} from '../../../../core/operation.ts';
import { sendOrder, type SendOrder } from '../../../../core/send-order.ts';
import { uuidV7 } from '../../../../core/uuid.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import * as operations from './operations.ts';
import { unitOf } from '../compose/units-table.ts';
import { type KnownVersion, noteKnownVersion } from '../tickets/known-versions.ts';

interface EnqueueOptions {
  /** `held`: waits for its undo window. */
  state?: 'held' | 'queued';
  /** Key of the newest message that the author saw; null: not judged when it is sent. */
  seenThrough?: number | null;
  /** Of a message: when the draft that it was sent from was saved. */
  replaces?: number | null | undefined;
  /** Its id, where somebody has named it before. */
  id?: string | undefined;
}

/**
 * The operations of one account, with the open ones held in memory so that laying them over a list
 * costs no query.
 */
export interface Outbox {
  /** Held, queued, in flight and parked, oldest first. */
  open(): readonly Operation[];
  /** Which of them may go, and what the others wait for. */
  order(): SendOrder;
  openOf(ticketId: string): readonly Operation[];
  /** Any operation of this account, also one that has ended. */
  byId(id: string): Operation | null;
  /** The sent journal or the bin, newest first. `since` in ms, server time. */
  settled(state: 'acked' | 'discarded', since: number, limit: number): SettledOperation[];
  /** What made this message of the server, where this desk sent it. */
  ofMessage(messageId: string): SettledOperation | null;
  /** Differs after each change of what is open. */
  version(): number;
  /** All that `run` does is durable when it returns, or none of it. */
  together<T>(run: () => T): T;
  /**
   * Durable when it returns; answers the operation id. Throws SqliteError, then nothing was
   * written.
   */
  enqueue(ticketId: string, intent: OperationIntent, options?: EnqueueOptions): string;
  release(id: string): boolean;
  markInflight(id: string): boolean;
  requeue(id: string, attempt: 'counted' | 'not counted'): void;
  acknowledge(id: string, serverId: string): boolean;
  park(id: string, reason: ParkReason, detail: string | null): void;
  parkLost(id: string): boolean;
  unpark(id: string, seenThrough: number | null): boolean;
  /**
   * Puts a new operation in the place of a waiting one; null when that one is not waiting any more.
   */
  replace(
    id: string,
    ticketId: string,
    intent: OperationIntent,
    options?: EnqueueOptions,
  ): string | null;
  discard(id: string): boolean;
  /** Several of these as one transaction: all of it is durable when it returns, or nothing is. */
  together<T>(run: () => T): T;
}

export interface OutboxOptions {
  db: WriteDb;
  /** The account's key in this data folder. */
  accountId: string;
  clock: Clock;
  random: Random;
  /** The server's time in ms, as far as it is known. */
  serverNow: () => number;
  /** What is known of a ticket now; null: nothing. */
  known?: (ticketId: string) => KnownVersion | null;
}

export function createOutbox({
  db,
  accountId,
  clock,
  random,
  serverNow,
  known = () => null,
}: OutboxOptions): Outbox {
  operations.recoverInflight(db);
  let version = 0;
  let cached: { all: Operation[]; byTicket: Map<string, Operation[]> } | null = null;

  function load(): { all: Operation[]; byTicket: Map<string, Operation[]> } {
    if (cached) return cached;
    const all = operations.openOperations(db, accountId);
    cached = { all, byTicket: Map.groupBy(all, (operation) => operation.ticketId) };
    return cached;
  }

  /** To be called after each write. */
  function changed<T>(result: T, ...ids: readonly string[]): T {
    version += 1;
    try {
      takeOver(ids);
    } catch (error) {
      // It is written, so this is no error of whoever wrote it: who wants to know reads all of them
      // again.
      console.warn('What became of an operation could not be read', error);
      cached = null;
    }
    return result;
  }

  /**
   * Takes over what became of these operations. Only they are read again: with hundreds waiting all
   * of them would cost a frame each time.
   */
  function takeOver(ids: readonly string[]): void {
    if (!cached) return;
    for (const id of ids) {
      const before = cached.all.find((operation) => operation.id === id) ?? null;
      const now = operations.openOperation(db, accountId, id);
      const ticketId = (now ?? before)?.ticketId;
      if (ticketId === undefined) continue;
      const put = (list: readonly Operation[]): Operation[] =>
        [...list.filter((operation) => operation.id !== id), ...(now ? [now] : [])].toSorted(
          (a, b) => a.seq - b.seq,
        );
      cached.all = put(cached.all);
      cached.byTicket.set(ticketId, put(cached.byTicket.get(ticketId) ?? []));
    }
  }

  const fresh = (
    ticketId: string,
    intent: OperationIntent,
    {
      state = 'queued',
      seenThrough = null,
      replaces,
      id = uuidV7(clock.now(), random),
    }: EnqueueOptions,
  ): operations.NewOperation => ({
    id,
    accountId,
    ticketId,
    intent,
    createdAt: clock.now(),
    state,
    seenThrough,
    replaces,
  });

  /**
   * A message names its operation; of what changes a ticket, only that it is not older than this
   * tells.
   */
  function noteKnown({ id, ticketId, intent }: operations.NewOperation): void {
    const knownNow = intent.kind === 'reply' || intent.kind === 'note' ? null : known(ticketId);
    if (knownNow) noteKnownVersion(db, id, knownNow);
  }

  return {
    open: () => load().all,
    order: () => sendOrder(load().all, (id) => unitOf(db, id)),
    openOf: (ticketId) => load().byTicket.get(ticketId) ?? [],
    version: () => version,
    together(run) {
      try {
        return db.transaction(run);
      } catch (error) {
        // What was taken over is not there.
        cached = null;
        version += 1;
        throw error;
      }
    },
    byId: (id) => operations.operationById(db, accountId, id),
    settled: (state, since, limit) =>
      operations.settledOperations(db, accountId, state, since, limit),
    ofMessage: (messageId) => operations.operationOfMessage(db, accountId, messageId),
    enqueue(ticketId, intent, options = {}) {
      const operation = fresh(ticketId, intent, options);
      db.transaction(() => {
        operations.enqueue(db, operation);
        noteKnown(operation);
      });
      return changed(operation.id, operation.id);
    },
    release: (id) => changed(operations.release(db, id), id),
    markInflight: (id) => changed(operations.markInflight(db, id), id),
    requeue: (id, attempt) => {
      changed(operations.requeue(db, id, attempt), id);
    },
    acknowledge: (id, serverId) =>
      changed(operations.acknowledge(db, id, serverId, serverNow()), id),
    park: (id, reason, detail) => {
      changed(operations.park(db, id, reason, detail), id);
    },
    parkLost: (id) => changed(operations.parkLost(db, id), id),
    unpark: (id, seenThrough) => changed(operations.unpark(db, id, seenThrough), id),
    replace(id, ticketId, intent, options = {}) {
      const operation = fresh(ticketId, intent, options);
      const replaced = db.transaction(() => {
        if (!operations.replaceOperation(db, id, operation, serverNow())) return false;
        noteKnown(operation);
        return true;
      });
      return changed(replaced, id, operation.id) ? operation.id : null;
    },
    discard: (id) => changed(operations.discard(db, id, serverNow()), id),
  };
}
