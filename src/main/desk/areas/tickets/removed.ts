import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** Remembers that the feed has removed this ticket or message. */
export function markRemoved(db: WriteDb, id: string): void {
  db.prepare('insert into removed (id) values (?) on conflict do nothing').run(id);
}

export function wasRemoved(db: ReadDb, id: string): boolean {
  return (
    db.prepare<[string], { id: string }>('select id from removed where id = ?').get(id) !==
    undefined
  );
}

/** To be called before a new full sync, which brings everything again. */
export function clearRemoved(db: WriteDb): void {
  db.prepare('delete from removed').run();
}
