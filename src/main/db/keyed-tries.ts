import type { ReadDb, WriteDb } from './open.ts';

/** The first try of an operation under its key: what was known of its ticket then. */
export interface KeyedTry { version: number | null; generation: number; asked: boolean }

/** Durable before the request goes out. Only the first try counts. */
export function noteKeyedTry(db: WriteDb, operationId: string, version: number | null, generation: number): void {
  db.prepare('insert or ignore into keyed_tries (operation_id, version, generation) values (?, ?, ?)').run(operationId, version, generation);
}

export function keyedTry(db: ReadDb, operationId: string): KeyedTry | null {
  const row = db.prepare<[string], { version: number | null; generation: number; asked: number }>('select version, generation, asked from keyed_tries where operation_id = ?').get(operationId);
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
