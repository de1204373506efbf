import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** The first try of an operation under its key. `asked`: the agent was asked whether it arrived. */
export interface KeyedTry {
  asked: boolean;
}

/** Durable before the request goes out. */
export function noteKeyedTry(db: WriteDb, operationId: string): void {
  db.prepare('insert or ignore into keyed_tries (operation_id) values (?)').run(operationId);
}

export function keyedTry(db: ReadDb, operationId: string): KeyedTry | null {
  const row = db
    .prepare<[string], { asked: number }>('select asked from keyed_tries where operation_id = ?')
    .get(operationId);
  return row ? { asked: row.asked === 1 } : null;
}

/** The agent is asked whether it arrived. */
export function askAboutKeyedTry(db: WriteDb, operationId: string): void {
  db.prepare('update keyed_tries set asked = 1 where operation_id = ?').run(operationId);
}

/** Forgets the tries of operations that have ended. */
export function dropEndedKeyedTries(db: WriteDb): void {
  db.prepare(
    `
      delete from keyed_tries
      where operation_id not in (select id from operations
        where state not in ('acked', 'discarded'))`,
  ).run();
}
