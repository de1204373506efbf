import {
  OperationIntent as IntentSchema,
  payloadVersion,
  type Operation,
  type OperationIntent,
  type OperationState,
  type SettledOperation,
  type StoredIntent,
} from '../../../../core/operation.ts';
import { ParkReason } from '../../../../contract/bridge.ts';
import { followReplaced } from '../triage/bulks.ts';
import { removeSentDraft } from '../compose/drafts.ts';
import { inheritUnit } from '../compose/units-table.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { hashV20, type HashedRow } from '../../sqlite/row-hash.ts';

interface Row extends HashedRow {
  sha256: string;
  attempts: number;
  created_at: number;
  parked_reason: string | null;
  parked_detail: string | null;
  settled_at: number | null;
  server_id: string | null;
}

export interface NewOperation {
  id: string;
  accountId: string;
  ticketId: string;
  intent: OperationIntent;
  createdAt: number;
  state: 'held' | 'queued';
  seenThrough: number | null;
  /** Of a message: when the draft that it was sent from was saved; see compose/drafts.ts. */
  replaces?: number | null | undefined;
}

const columns = `
  seq, id, account_id, ticket_id, kind, payload, payload_version, sha256, state, attempts,
  created_at, parked_reason, parked_detail, settled_at, server_id, seen_through`;

/**
 * Makes an action durable: the operation is written and, for a message, the draft that it was sent
 * from removed in one transaction (R1).
 */
export function enqueue(
  db: WriteDb,
  { id, accountId, ticketId, intent, createdAt, state, seenThrough, replaces }: NewOperation,
  draft: 'sent' | 'kept' = 'sent',
): void {
  db.transaction(() => {
    db.prepare(`
      insert into operations
        (id, account_id, ticket_id, kind, payload, payload_version, sha256, state, created_at,
         seen_through)
      values (?, ?, ?, ?, ?, ?, '', ?, ?, ?)`).run(
      id,
      accountId,
      ticketId,
      intent.kind,
      JSON.stringify(intent),
      payloadVersion,
      state,
      createdAt,
      seenThrough,
    );
    seal(db, id);
    if (draft === 'sent' && (intent.kind === 'reply' || intent.kind === 'note'))
      removeSentDraft(db, { accountId, ticketId, kind: intent.kind, text: intent.text, replaces });
  });
}

/**
 * The operations of an account that have not ended, oldest first. A state that nobody knows is
 * damage, so it is here too.
 */
export function openOperations(db: ReadDb, accountId: string): Operation[] {
  return db
    .prepare<[string], Row>(
      `select ${columns} from operations where account_id = ? and state not in ('acked', 'discarded') order by seq`,
    )
    .all(accountId)
    .map(toOperation);
}

/** One of them; null when it has ended. */
export function openOperation(db: ReadDb, accountId: string, id: string): Operation | null {
  const row = db
    .prepare<[string, string], Row>(
      `select ${columns} from operations where account_id = ? and id = ? and state not in ('acked', 'discarded')`,
    )
    .get(accountId, id);
  return row ? toOperation(row) : null;
}

/** One operation of an account, whatever became of it. */
export function operationById(db: ReadDb, accountId: string, id: string): Operation | null {
  const row = db
    .prepare<[string, string], Row>(
      `select ${columns} from operations where account_id = ? and id = ?`,
    )
    .get(accountId, id);
  return row ? toOperation(row) : null;
}

/**
 * Operations that ended, newest first: the sent journal (`acked`) or the bin (`discarded`). `since`
 * in ms, server time.
 */
export function settledOperations(
  db: ReadDb,
  accountId: string,
  state: 'acked' | 'discarded',
  since: number,
  limit: number,
): SettledOperation[] {
  return db
    .prepare<[string, string, number, number], Row>(
      `
        select ${columns}
        from operations
        where account_id = ? and state = ? and settled_at >= ?
        order by settled_at desc, seq desc limit ?`,
    )
    .all(accountId, state, since, limit)
    .map(toSettled);
}

/** The operation that made a message of the server: by the server's id. */
export function operationOfMessage(
  db: ReadDb,
  accountId: string,
  messageId: string,
): SettledOperation | null {
  const row = db
    .prepare<[string, string], Row>(
      `select ${columns} from operations where server_id = ? and account_id = ? and kind in ('reply', 'note')`,
    )
    .get(messageId, accountId);
  return row ? toSettled(row) : null;
}

function toSettled(row: Row): SettledOperation {
  return {
    ...toOperation(row),
    state: row.state as OperationState,
    settledAt: row.settled_at ?? row.created_at,
    serverId: row.server_id,
  };
}

function toOperation(row: Row): Operation {
  const intent = readIntent(row);
  const unreadable = intent.kind === 'unreadable';
  const reason = unreadable ? 'unreadable' : row.parked_reason;
  return {
    id: row.id,
    seq: row.seq,
    accountId: row.account_id,
    ticketId: row.ticket_id,
    intent,
    attempts: row.attempts,
    createdAt: row.created_at,
    seenThrough: row.seen_through,
    // The hash covers the state, so one that fits it is one that was written here.
    state: unreadable ? 'parked' : (row.state as OperationState),
    parked:
      reason === null
        ? null
        : { reason: ParkReason.safeParse(reason).data ?? 'refused', detail: row.parked_detail },
  };
}

function readIntent(row: Row): StoredIntent {
  if (!isWhole(row)) return { kind: 'unreadable', raw: row.payload };
  try {
    const parsed = IntentSchema.safeParse(JSON.parse(row.payload));
    return parsed.success ? parsed.data : { kind: 'unreadable', raw: row.payload };
  } catch {
    // Not JSON although the hash fits: written so by another version. Kept and shown, never
    // dropped.
    return { kind: 'unreadable', raw: row.payload };
  }
}

type Clause = [sql: string, ...values: (string | number | null)[]];

/**
 * The one way to move operations: only from the states named, and each row that moves gets its new
 * hash in the same transaction. A damaged row has no right hash to begin with and is not given one.
 * Returns how many moved.
 */
function move(db: WriteDb, [set, ...news]: Clause, [where, ...bound]: Clause): number {
  return db.transaction(() => {
    const rows = db
      .prepare<unknown[], Row>(`select ${columns} from operations where ${where}`)
      .all(...bound)
      .filter(isWhole);
    const update = db.prepare(`update operations set ${set} where id = ?`);
    for (const { id } of rows) {
      update.run(...news, id);
      seal(db, id);
    }
    return rows.length;
  });
}

/**
 * Gives all operations of an account to another one. A damaged row goes along and stays unreadable.
 */
export function moveAccountOperations(db: WriteDb, fromAccount: string, toAccount: string): void {
  const rows = db
    .prepare<[string], Row>(`select ${columns} from operations where account_id = ?`)
    .all(fromAccount);
  const store = db.prepare('update operations set account_id = ?, sha256 = ? where seq = ?');
  for (const row of rows)
    store.run(
      toAccount,
      isWhole(row) ? hashV20({ ...row, account_id: toAccount }) : row.sha256,
      row.seq,
    );
}

function isWhole(row: Row): boolean {
  return hashV20(row) === row.sha256;
}

function seal(db: WriteDb, id: string): void {
  const row = db.prepare<[string], Row>(`select ${columns} from operations where id = ?`).get(id);
  if (row) db.prepare('update operations set sha256 = ? where id = ?').run(hashV20(row), id);
}

/**
 * A crash leaves operations in flight: whether they arrived is unknown, so they go again under the
 * same id (R3). Those tried without an idempotency key stay: their thread has to be read first.
 */
export function recoverInflight(db: WriteDb): void {
  move(
    db,
    ["state = 'queued'"],
    ["state = 'inflight' and id not in (select operation_id from tries)"],
  );
}

/** The undo window is over, or the agent wants it to go now. False when it is not held any more. */
export function release(db: WriteDb, id: string): boolean {
  return move(db, ["state = 'queued'"], ["state = 'held' and id = ?", id]) > 0;
}

export function markInflight(db: WriteDb, id: string): boolean {
  return (
    move(db, ["state = 'inflight', attempts = attempts + 1"], ["state = 'queued' and id = ?", id]) >
    0
  );
}

/** Back to the queue. An attempt that never reached the server is not counted (R6). */
export function requeue(db: WriteDb, id: string, attempt: 'counted' | 'not counted'): void {
  move(
    db,
    ["state = 'queued', attempts = attempts - ?", attempt === 'counted' ? 0 : 1],
    ["state = 'inflight' and id = ?", id],
  );
}

/**
 * Confirmed by the server under its name, in an answer or by arriving in the feed: kept as the sent
 * journal. `at` in ms, server time.
 */
export function acknowledge(db: WriteDb, id: string, serverId: string, at: number): boolean {
  return (
    move(
      db,
      [
        "state = 'acked', server_id = ?, settled_at = ?, parked_reason = null, parked_detail = null",
        serverId,
        at,
      ],
      ["state not in ('acked', 'discarded') and id = ?", id],
    ) > 0
  );
}

export function park(db: WriteDb, id: string, reason: ParkReason, detail: string | null): void {
  move(
    db,
    ["state = 'parked', parked_reason = ?, parked_detail = ?", reason, detail],
    ["state in ('queued', 'inflight') and id = ?", id],
  );
}

/**
 * A sent message that the server does not have any more is offered again; see ParkReason 'lost'.
 */
export function parkLost(db: WriteDb, id: string): boolean {
  return (
    move(
      db,
      [
        "state = 'parked', parked_reason = 'lost', parked_detail = null, server_id = null, settled_at = null",
      ],
      ["state = 'acked' and id = ?", id],
    ) > 0
  );
}

/**
 * Puts a parked operation back in its place, now knowing what the agent has seen; false when it is
 * not parked any more.
 */
export function unpark(db: WriteDb, id: string, seenThrough: number | null): boolean {
  return (
    move(
      db,
      [
        "state = 'queued', parked_reason = null, parked_detail = null, seen_through = ?",
        seenThrough,
      ],
      ["state = 'parked' and id = ?", id],
    ) > 0
  );
}

/**
 * By the agent's own decision only (R5). The row stays in the bin; a damaged one too, as it is.
 * False when it has ended or is in flight.
 */
export function discard(db: WriteDb, id: string, at: number): boolean {
  if (
    move(
      db,
      ["state = 'discarded', settled_at = ?", at],
      ["state in ('held', 'queued', 'parked') and id = ?", id],
    ) > 0
  )
    return true;
  const row = db
    .prepare<[string], Row>(
      `select ${columns} from operations where id = ? and state not in ('acked', 'discarded')`,
    )
    .get(id);
  if (!row || isWhole(row)) return false;
  db.prepare("update operations set state = 'discarded', settled_at = ? where id = ?").run(at, id);
  return true;
}

/**
 * Replaces an operation in one transaction: the old one goes to the bin, the new one is queued
 * under a new id. On the same ticket it takes the old one's place, before what was written after
 * it. `at` in ms, server time.
 */
export function replaceOperation(
  db: WriteDb,
  oldId: string,
  operation: NewOperation,
  at: number,
): boolean {
  return db.transaction(() => {
    const old = db
      .prepare<[string], Row>(`select ${columns} from operations where id = ?`)
      .get(oldId);
    if (!old || !discard(db, oldId, at)) return false;
    enqueue(db, operation, 'kept');
    followReplaced(db, oldId, operation.id);
    inheritUnit(db, oldId, operation.id);
    if (old.ticket_id === operation.ticketId && isWhole(old)) swapPlaces(db, oldId, operation.id);
    return true;
  });
}

function swapPlaces(db: WriteDb, one: string, other: string): void {
  const place = db.prepare<[string], { seq: number }>('select seq from operations where id = ?');
  const put = db.prepare('update operations set seq = ? where id = ?');
  const [a, b] = [place.get(one)?.seq ?? 0, place.get(other)?.seq ?? 0];
  put.run(-1, one);
  put.run(a, other);
  put.run(b, one);
  for (const id of [one, other]) seal(db, id);
}
