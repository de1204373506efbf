import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** Those of the tickets that are not here. */
export function absentTickets(db: ReadDb, ids: readonly string[]): string[] {
  return db
    .prepare<[string], { id: string }>(
      'select value as id from json_each(?) where value not in (select id from tickets)',
    )
    .all(JSON.stringify(ids))
    .map(({ id }) => id);
}

/**
 * Marks those of the tickets that have more messages at the server than here: their threads have
 * holes.
 */
export function markPartial(db: WriteDb, ids: readonly string[]): void {
  db.prepare(
    `
      insert or ignore into threads_partial (ticket_id)
      select id
      from tickets t
      where id in (select value from json_each(?)) and ${short}`,
  ).run(JSON.stringify(ids));
}

/**
 * Marks tickets whose messages may still go, with the end of a full sync; whether any are missing
 * then is counted later.
 */
export function markDoubtful(db: WriteDb, ids: readonly string[]): void {
  db.prepare(
    'insert or ignore into threads_partial (ticket_id) select value from json_each(?)',
  ).run(JSON.stringify(ids));
}

export function markWhole(db: WriteDb, ids: readonly string[]): void {
  db.prepare('delete from threads_partial where ticket_id in (select value from json_each(?))').run(
    JSON.stringify(ids),
  );
}

/** Whether earlier messages of a ticket are missing here. */
export function isPartial(db: ReadDb, id: string): boolean {
  return (
    db
      .prepare<[string], { id: string }>(
        `select t.id from threads_partial p join tickets t on t.id = p.ticket_id where p.ticket_id = ? and ${short}`,
      )
      .get(id) !== undefined
  );
}

/**
 * The marked ones that still have a hole, once what waited on later pages is here. Forgets the
 * others.
 */
export function partialThreads(db: WriteDb): string[] {
  db.prepare(
    `delete from threads_partial where ticket_id not in (select id from tickets t where ${short})`,
  ).run();
  return db
    .prepare<[], { id: string }>('select ticket_id as id from threads_partial')
    .all()
    .map(({ id }) => id);
}

const short = '(select count(*) from messages m where m.ticket_id = t.id) < t.message_count';
