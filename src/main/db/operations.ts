import { createHash } from 'node:crypto';
import type { Operation, OperationIntent, OperationState, ParkReason, StoredIntent } from '../../core/operation.ts';
import { OperationIntent as IntentSchema, parkReasons, payloadVersion } from '../../core/operation.ts';
import { removeDraft } from './drafts.ts';
import type { ReadDb, WriteDb } from './open.ts';

interface Row {
  seq: number; id: string; account_id: string; ticket_id: string; kind: string; payload: string; sha256: string;
  state: OperationState; attempts: number; created_at: number; parked_reason: string | null; parked_detail: string | null;
}

export interface NewOperation { id: string; accountId: string; ticketId: string; intent: OperationIntent; createdAt: number }

/** Makes an action durable: the operation is written and, for a message, its draft removed in one transaction (R1). */
export function enqueue(db: WriteDb, operation: NewOperation): void {
  const { id, accountId, ticketId, intent, createdAt } = operation;
  const payload = JSON.stringify(intent);
  db.transaction(() => {
    db.prepare(`insert into operations (id, account_id, ticket_id, kind, payload, payload_version, sha256, state, created_at)
      values (?, ?, ?, ?, ?, ?, ?, 'queued', ?)`)
      .run(id, accountId, ticketId, intent.kind, payload, payloadVersion, rowHash(id, accountId, ticketId, payload), createdAt);
    if (intent.kind === 'reply' || intent.kind === 'note') removeDraft(db, accountId, ticketId, intent.kind);
  });
}

/** Covers what would be sent and where to, so that a damaged row is noticed before it goes out. */
function rowHash(id: string, accountId: string, ticketId: string, payload: string): string {
  return createHash('sha256').update([id, accountId, ticketId, payload].join('\n')).digest('hex');
}

/** The operations of an account that the server has not confirmed, oldest first. */
export function openOperations(db: ReadDb, accountId: string): Operation[] {
  return db.prepare<[string], Row>(`
    select seq, id, account_id, ticket_id, kind, payload, sha256, state, attempts, created_at, parked_reason, parked_detail
    from operations where account_id = ? and state in ('queued', 'inflight', 'parked') order by seq`).all(accountId).map(toOperation);
}

function toOperation(row: Row): Operation {
  const intent = readIntent(row);
  const unreadable = intent.kind === 'unreadable';
  const reason = unreadable ? 'unreadable' : row.parked_reason;
  return {
    id: row.id, seq: row.seq, accountId: row.account_id, ticketId: row.ticket_id, intent, attempts: row.attempts, createdAt: row.created_at,
    state: unreadable ? 'parked' : row.state,
    parked: reason === null ? null : { reason: isParkReason(reason) ? reason : 'refused', detail: row.parked_detail },
  };
}

function readIntent(row: Row): StoredIntent {
  if (rowHash(row.id, row.account_id, row.ticket_id, row.payload) !== row.sha256) return { kind: 'unreadable', raw: row.payload };
  try {
    const parsed = IntentSchema.safeParse(JSON.parse(row.payload));
    return parsed.success ? parsed.data : { kind: 'unreadable', raw: row.payload };
  } catch {
    // Not JSON although the hash fits: written so by another version. Kept and shown, never dropped.
    return { kind: 'unreadable', raw: row.payload };
  }
}

function isParkReason(value: string): value is ParkReason {
  return Object.hasOwn(parkReasons, value);
}

/**
 * A crash leaves operations in flight: whether they arrived is unknown, so they go again under the same id (R3). Those
 * tried without an idempotency key stay: their thread has to be read first.
 */
export function recoverInflight(db: WriteDb): void {
  db.prepare("update operations set state = 'queued' where state = 'inflight' and id not in (select operation_id from tries)").run();
}

export function markInflight(db: WriteDb, id: string): void {
  db.prepare("update operations set state = 'inflight', attempts = attempts + 1 where id = ?").run(id);
}

/** Back to the queue. An attempt that never reached the server is not counted (R6). */
export function requeue(db: WriteDb, id: string, attempt: 'counted' | 'not counted'): void {
  db.prepare("update operations set state = 'queued', attempts = attempts - ? where id = ?").run(attempt === 'counted' ? 0 : 1, id);
}

/** Confirmed by a 2xx that names it: kept as the sent journal. */
export function acknowledge(db: WriteDb, id: string, serverId: string, at: number): void {
  db.prepare("update operations set state = 'acked', server_id = ?, settled_at = ?, parked_reason = null where id = ?").run(serverId, at, id);
}

export function park(db: WriteDb, id: string, reason: ParkReason, detail: string | null): void {
  db.prepare("update operations set state = 'parked', parked_reason = ?, parked_detail = ? where id = ?").run(reason, detail, id);
}

/** Puts a parked operation back in its place; false when it is not parked any more. */
export function unpark(db: WriteDb, id: string): boolean {
  return db.prepare("update operations set state = 'queued', parked_reason = null, parked_detail = null where id = ? and state = 'parked'").run(id).changes > 0;
}

/** By the agent's own decision only (R5). The row stays in the bin. False when the operation is not waiting or is in flight. */
export function discard(db: WriteDb, id: string, at: number): boolean {
  return db.prepare("update operations set state = 'discarded', settled_at = ? where id = ? and state in ('queued', 'parked')").run(at, id).changes > 0;
}

/** Replaces a conflicted operation in one transaction: the old one goes to the bin, the new one is queued under a new id. */
export function replaceOperation(db: WriteDb, oldId: string, operation: NewOperation): boolean {
  return db.transaction(() => {
    if (!discard(db, oldId, operation.createdAt)) return false;
    enqueue(db, operation);
    return true;
  });
}
