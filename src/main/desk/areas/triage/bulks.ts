import {
  BulkAction as ActionSchema,
  bulkOutcomes,
  type BulkAction,
  type BulkOutcome,
} from '../../../../contract/bridge.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** One action on many tickets at once. `wanted`: the agent's last decision about all of it. */
export interface BulkRecord {
  id: string;
  action: BulkAction | null;
  startedAt: number;
  wanted: 'do' | 'undo';
}
export interface BulkItem {
  seq: number;
  ticketId: string;
  seen: number;
  operationId: string | null;
}

/** How an item's row says it; `queued` and `reversing` stand where their operation does. */
export type ItemOutcome =
  | 'todo'
  | 'queued'
  | 'reversing'
  | 'done'
  | 'skipped'
  | 'failed'
  | 'undone';

interface Row {
  id: string;
  action: string;
  started_at: number;
  wanted: string;
}

/** Begins it: its tickets are there already. */
export function addBulk(
  db: WriteDb,
  accountId: string,
  { id, action, startedAt }: { id: string; action: BulkAction; startedAt: number },
): void {
  db.prepare(
    "insert into bulks (id, account_id, action, started_at, wanted) values (?, ?, ?, ?, 'do')",
  ).run(id, accountId, JSON.stringify(action), startedAt);
}

export function addBulkItem(
  db: WriteDb,
  bulkId: string,
  { seq, ticketId, seen }: Pick<BulkItem, 'seq' | 'ticketId' | 'seen'>,
): void {
  db.prepare(
    "insert into bulk_items (bulk_id, seq, ticket_id, seen, outcome) values (?, ?, ?, ?, 'todo')",
  ).run(bulkId, seq, ticketId, seen);
}

/** The last ones of an account, newest first. */
export function listBulks(db: ReadDb, accountId: string, limit: number): BulkRecord[] {
  return db
    .prepare<[string, number], Row>(
      'select id, action, started_at, wanted from bulks where account_id = ? order by started_at desc, id desc limit ?',
    )
    .all(accountId, limit)
    .map(toRecord);
}

export function bulkById(db: ReadDb, accountId: string, id: string): BulkRecord | null {
  const row = db
    .prepare<[string, string], Row>(
      'select id, action, started_at, wanted from bulks where account_id = ? and id = ?',
    )
    .get(accountId, id);
  return row ? toRecord(row) : null;
}

function toRecord(row: Row): BulkRecord {
  return {
    id: row.id,
    action: readAction(row.action),
    startedAt: row.started_at,
    wanted: row.wanted === 'undo' ? 'undo' : 'do',
  };
}

/** Null: of another version, or damaged; nothing more is done for it. */
function readAction(text: string): BulkAction | null {
  try {
    return ActionSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Not JSON: damaged.
    return null;
  }
}

/**
 * Where an item stands for a person. An operation that has gone from the outbox was thrown away by
 * the agent.
 */
const standing = `case
  when i.outcome not in ('queued', 'reversing') then i.outcome
  when o.state = 'parked' then 'not-sent'
  when o.state = 'acked' then iif(i.outcome = 'reversing', 'undone', 'done')
  when o.state is null or o.state = 'discarded' then 'undone'
  else 'waiting' end`;

export function countItems(db: ReadDb, bulkId: string): Record<BulkOutcome, number> {
  const rows = db
    .prepare<[string], { outcome: string; n: number }>(
      `
        select ${standing} as outcome, count(*) as n
        from bulk_items i left join operations o on o.id = i.operation_id
        where i.bulk_id = ?
        group by 1`,
    )
    .all(bulkId);
  const of = new Map(rows.map(({ outcome, n }) => [outcome, n]));
  return {
    todo: 0,
    waiting: 0,
    done: 0,
    'not-sent': 0,
    failed: 0,
    skipped: 0,
    undone: 0,
    ...Object.fromEntries(bulkOutcomes.map((outcome) => [outcome, of.get(outcome) ?? 0])),
  };
}

export interface ItemResult {
  ticket_id: string;
  outcome: BulkOutcome;
  reason: string | null;
}

/** The outcome for each ticket; those that need the agent come first. */
export function itemResults(db: ReadDb, bulkId: string, limit: number): ItemResult[] {
  return db
    .prepare<[string, number], ItemResult>(
      `select i.ticket_id, ${standing} as outcome, iif(o.state = 'parked', o.parked_reason, i.reason) as reason
      from bulk_items i left join operations o on o.id = i.operation_id where i.bulk_id = ?
      order by case ${standing} when 'not-sent' then 0 when 'failed' then 1 when 'todo' then 2
        when 'waiting' then 3 else 4 end, i.seq
      limit ?`,
    )
    .all(bulkId, limit);
}

interface ItemRow {
  seq: number;
  ticket_id: string;
  seen: number;
  operation_id: string | null;
}
const toItem = (row: ItemRow): BulkItem => ({
  seq: row.seq,
  ticketId: row.ticket_id,
  seen: row.seen,
  operationId: row.operation_id,
});

/** The next items that nothing was done for. */
export function todoItems(db: ReadDb, bulkId: string, limit: number): BulkItem[] {
  return db
    .prepare<[string, number], ItemRow>(
      `
        select seq, ticket_id, seen, operation_id
        from bulk_items
        where bulk_id = ? and outcome = 'todo'
        order by seq limit ?`,
    )
    .all(bulkId, limit)
    .map(toItem);
}

/** The next items whose operation has to be taken back. */
export function itemsToTakeBack(db: ReadDb, bulkId: string, limit: number): BulkItem[] {
  return db
    .prepare<[string, number], ItemRow>(
      `
        select seq, ticket_id, seen, operation_id
        from bulk_items
        where bulk_id = ? and outcome = 'queued'
        order by seq desc limit ?`,
    )
    .all(bulkId, limit)
    .map(toItem);
}

/** Items whose operation needs the agent. */
export function parkedItems(db: ReadDb, bulkId: string): BulkItem[] {
  return db
    .prepare<[string], ItemRow>(
      `
        select i.seq, i.ticket_id, i.seen, i.operation_id
        from bulk_items i join operations o on o.id = i.operation_id
        where i.bulk_id = ? and i.outcome in ('queued', 'reversing') and o.state = 'parked'
        order by i.seq`,
    )
    .all(bulkId)
    .map(toItem);
}

export function setItem(
  db: WriteDb,
  bulkId: string,
  seq: number,
  {
    outcome,
    operationId = null,
    reason = null,
  }: { outcome: ItemOutcome; operationId?: string | null; reason?: string | null },
): void {
  db.prepare(
    'update bulk_items set outcome = ?, operation_id = ?, reason = ? where bulk_id = ? and seq = ?',
  ).run(outcome, operationId, reason, bulkId, seq);
}

/** From now on all of it is taken back; what was not begun stays undone. */
export function wantUndo(db: WriteDb, bulkId: string): void {
  db.transaction(() => {
    db.prepare("update bulks set wanted = 'undo' where id = ?").run(bulkId);
    db.prepare(
      "update bulk_items set outcome = 'undone' where bulk_id = ? and outcome = 'todo'",
    ).run(bulkId);
  });
}

/** Tries those again that failed before they were queued. */
export function redoFailed(db: WriteDb, bulkId: string): void {
  db.prepare(
    `
      update bulk_items set outcome = 'todo', reason = null
      where bulk_id = ? and outcome = 'failed' and operation_id is null`,
  ).run(bulkId);
}

/** An operation that took another one's place stands for it in its bulk too. */
export function followReplaced(db: WriteDb, oldId: string, newId: string): void {
  db.prepare('update bulk_items set operation_id = ? where operation_id = ?').run(newId, oldId);
}

/**
 * Takes away what a crash left behind of bulks that had not begun. Only while none is about to
 * begin.
 */
export function dropUnbegunBulks(db: WriteDb): void {
  db.prepare('delete from bulk_items where bulk_id not in (select id from bulks)').run();
}

/** Tickets that a bulk has still to do something with. */
export function ticketsToDo(db: ReadDb, accountId: string): string[] {
  return db
    .prepare<[string], { id: string }>(
      `
        select distinct i.ticket_id as id
        from bulk_items i join bulks b on b.id = i.bulk_id
        where b.account_id = ? and i.outcome = 'todo'`,
    )
    .all(accountId)
    .map(({ id }) => id);
}
