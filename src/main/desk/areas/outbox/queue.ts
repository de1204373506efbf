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
import { createOpenOperations } from './open-operations.ts';
import * as operations from './operations.ts';
import { unitOf } from '../compose/units-table.ts';
import {
  type KnownVersion,
  noteKnownVersion,
  raiseKnownVersions,
} from '../tickets/known-versions.ts';

export interface EnqueueOptions {
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
  /** The operation that made this message of the server; null where this desk did not send it. */
  ofMessage(messageId: string): SettledOperation | null;
  /** Differs after each change of what is open. */
  version(): number;
  /** All that `run` does is durable when it returns, or none of it. */
  together<T>(run: () => T): T;
  /** Returns the operation id once it is durable. Throws SqliteError, then nothing was written. */
  enqueue(ticketId: string, intent: OperationIntent, options?: EnqueueOptions): string;
  release(id: string): boolean;
  markInflight(id: string): boolean;
  requeue(id: string, attempt: 'counted' | 'not counted'): void;
  /** `at`: the ticket's version that the answer to a change showed. */
  acknowledge(id: string, serverId: string, at?: KnownVersion | null): boolean;
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
}

export interface OutboxOptions {
  db: WriteDb;
  /** The account's key in this data folder. */
  accountId: string;
  clock: Clock;
  random: Random;
  /** The server's time in ms, as far as it is known. */
  serverNow: () => number;
  /** The version known of a ticket now; null: none. */
  known?: (ticketId: string) => KnownVersion | null;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { db, accountId, serverNow } = options;
  operations.recoverInflight(db);
  const open = createOpenOperations(db, accountId);
  const { changed } = open;

  return {
    open: open.all,
    order: () => sendOrder(open.all(), (id) => unitOf(db, id)),
    openOf: open.of,
    version: open.version,
    together(run) {
      try {
        return db.transaction(run);
      } catch (error) {
        open.forget();
        throw error;
      }
    },
    byId: (id) => operations.operationById(db, accountId, id),
    settled: (state, since, limit) =>
      operations.settledOperations(db, accountId, state, since, limit),
    ofMessage: (messageId) => operations.operationOfMessage(db, accountId, messageId),
    enqueue(ticketId, intent, given = {}) {
      const operation = newOperation(options, ticketId, intent, given);
      db.transaction(() => {
        operations.enqueue(db, operation);
        noteKnown(options, operation);
      });
      return changed(operation.id, operation.id);
    },
    release: (id) => changed(operations.release(db, id), id),
    markInflight: (id) => changed(operations.markInflight(db, id), id),
    requeue: (id, attempt) => {
      changed(operations.requeue(db, id, attempt), id);
    },
    acknowledge(id, serverId, at = null) {
      const ended = db.transaction(() => {
        if (at) raiseKnownVersions(db, id, at);
        return operations.acknowledge(db, id, serverId, serverNow());
      });
      return changed(ended, id);
    },
    park: (id, reason, detail) => {
      changed(operations.park(db, id, reason, detail), id);
    },
    parkLost: (id) => changed(operations.parkLost(db, id), id),
    unpark: (id, seenThrough) => changed(operations.unpark(db, id, seenThrough), id),
    replace(id, ticketId, intent, given = {}) {
      const operation = newOperation(options, ticketId, intent, given);
      const replaced = db.transaction(() => {
        if (!operations.replaceOperation(db, id, operation, serverNow())) return false;
        noteKnown(options, operation);
        return true;
      });
      return changed(replaced, id, operation.id) ? operation.id : null;
    },
    discard: (id) => changed(operations.discard(db, id, serverNow()), id),
  };
}

function newOperation(
  { accountId, clock, random }: OutboxOptions,
  ticketId: string,
  intent: OperationIntent,
  given: EnqueueOptions,
): operations.NewOperation {
  const { state = 'queued', seenThrough = null, replaces } = given;
  const id = given.id ?? uuidV7(clock.now(), random);
  return {
    id,
    accountId,
    ticketId,
    intent,
    createdAt: clock.now(),
    state,
    seenThrough,
    replaces,
  };
}

/** An answer may come from long ago; what was known when its operation was made shows from when. */
function noteKnown({ db, known }: OutboxOptions, { id, ticketId }: operations.NewOperation): void {
  const knownNow = known?.(ticketId);
  if (knownNow) noteKnownVersion(db, id, knownNow);
}
