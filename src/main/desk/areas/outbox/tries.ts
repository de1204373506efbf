import { z } from 'zod';
import type { Doubt } from '../../../../core/unknown-outcome.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

export interface Try {
  known: ReadonlySet<string>;
  doubt: Doubt;
}

const Known = z.array(z.string());

/**
 * Durable before the request goes out. A try of the same operation before it is replaced: it was
 * found not to have arrived.
 */
export function beginTry(db: WriteDb, operationId: string, known: readonly string[]): void {
  db.prepare(
    `
      insert into tries (operation_id, known, doubt) values (?, ?, 'ended')
      on conflict do update set known = excluded.known, doubt = excluded.doubt`,
  ).run(operationId, JSON.stringify(known));
}

export function setDoubt(db: WriteDb, operationId: string, doubt: Doubt): void {
  db.prepare('update tries set doubt = ? where operation_id = ?').run(doubt, operationId);
}

export function readTry(db: ReadDb, operationId: string): Try | null {
  const row = db
    .prepare<[string], { known: string; doubt: string }>(
      'select known, doubt from tries where operation_id = ?',
    )
    .get(operationId);
  if (!row) return null;
  return {
    known: new Set(Known.parse(JSON.parse(row.known))),
    doubt: row.doubt === 'ended' ? 'ended' : 'open',
  };
}

/** Its outcome is known. */
export function endTry(db: WriteDb, operationId: string): void {
  db.prepare('delete from tries where operation_id = ?').run(operationId);
}

/**
 * Forgets the tries of operations that are not waiting any more: discarded, or settled right before
 * a crash.
 */
export function dropStaleTries(db: WriteDb): void {
  db.prepare(
    "delete from tries where operation_id not in (select id from operations where state not in ('acked', 'discarded'))",
  ).run();
}
