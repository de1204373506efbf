import type { ReadDb, WriteDb } from './open.ts';

/** The first try of an operation under its key: what was known of its ticket then, and in which full copy; null: nothing. */
export interface KeyedTry { version: number | null; copy: string | null; asked: boolean }

/** Durable before the request goes out. Only the first try counts. */
export function noteKeyedTry(db: WriteDb, operationId: string, version: number | null, copy: string | null): void {
  db.prepare('insert or ignore into keyed_tries (operation_id, version, copy) values (?, ?, ?)').run(operationId, version, copy);
}

/**
 * The version that no answer to this operation can be older than. Null: not comparable, as between two full copies, since the
 * server may have been set back in between.
 */
export function leastVersion(db: ReadDb, operationId: string, copy: string | null): number | null {
  const first = keyedTry(db, operationId);
  return first !== null && first.copy === copy ? first.version : null;
}

export function keyedTry(db: ReadDb, operationId: string): KeyedTry | null {
  const row = db.prepare<[string], { version: number | null; copy: string | null; asked: number }>('select version, copy, asked from keyed_tries where operation_id = ?').get(operationId);
  return row ? { ...row, asked: row.asked === 1 } : null;
}

/** The agent is asked whether it arrived. */
export function askAboutKeyedTry(db: WriteDb, operationId: string): void {
  db.prepare('update keyed_tries set asked = 1 where operation_id = ?').run(operationId);
}

/** Forgets the tries of operations that have ended. */
export function dropEndedKeyedTries(db: WriteDb): void {
  db.prepare("delete from keyed_tries where operation_id not in (select id from operations where state not in ('acked', 'discarded'))").run();
}
