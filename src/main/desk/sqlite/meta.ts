import type { ReadDb, WriteDb } from './connection.ts';

/**
 * Facts about cache.db itself. `cursor` is absent until the first page; `snapshot` says whether a
 * full copy is still under way; `level` and `features` are the server's abilities as it stated
 * them; closed tickets that nothing has moved since `kept_since` (ms, server time) are not kept,
 * all are where it is absent; `in_use` is there until the cache is closed in good order; `doubted`
 * counts the answers in a row that could not be true at the cursor where they came, and the copies
 * that were begun for that; `contradicted` counts the pages of a full copy that an earlier one
 * contradicts; `unconfirmed` is there while a first copy has rows that it did not bring itself;
 * `copy` names the full copy uniquely; `folding` is how the texts of the search's indexes are
 * folded; `offer_due` is there from the end of a full sync until the agent is offered again the
 * operations that the server has lost.
 */
export type MetaName =
  | 'owner'
  | 'cursor'
  | 'generation'
  | 'snapshot'
  | 'level'
  | 'features'
  | 'kept_since'
  | 'in_use'
  | 'doubted'
  | 'contradicted'
  | 'unconfirmed'
  | 'folding'
  | 'copy'
  | 'offer_due';

export function readMeta(db: ReadDb, name: MetaName): string | null {
  return (
    db.prepare<[string], { value: string }>('select value from meta where name = ?').get(name)
      ?.value ?? null
  );
}

export function writeMeta(db: WriteDb, name: MetaName, value: string): void {
  db.prepare(
    'insert into meta (name, value) values (?, ?) on conflict do update set value = excluded.value',
  ).run(name, value);
}

/**
 * Names the full copy that is begun. Its number alone would not do: a new file counts from 1 again,
 * and an older one goes on from where it was. The name decides nothing but whether two are the
 * same.
 */
export function nameCopy(db: WriteDb): void {
  db.prepare(
    `
      insert into meta (name, value) values ('copy', hex(randomblob(16)))
      on conflict do update set value = excluded.value`,
  ).run();
}

export function removeMeta(db: WriteDb, name: MetaName): void {
  db.prepare('delete from meta where name = ?').run(name);
}
