import { day } from '../../../../core/time.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** Discarded operations can be brought back this long. */
const binAgeMs = 30 * day;
/** Versions of drafts are kept this long. */
const versionAgeMs = 7 * day;

/** Rows that are removed by age. Bulks go with the bin; their operations stay in the journal. */
const aged = [
  { table: 'operations', which: "state = 'discarded'", ageMs: binAgeMs },
  { table: 'draft_versions', which: 'true', ageMs: versionAgeMs },
  { table: 'bulks', which: 'true', ageMs: binAgeMs },
] as const;

/**
 * Begins to count the age of what has none yet, and removes what is too old. Ages are counted
 * between two calls of this, with a server time (ms) that can be relied on, and never from the
 * stamp that a row was written with: that may be of a wrong clock.
 */
export function removeAged(db: WriteDb, now: number): void {
  db.transaction(() => {
    db.prepare(
      'delete from bulk_items where bulk_id in (select id from bulks where aged_from < ?)',
    ).run(now - binAgeMs);
    for (const { table, which, ageMs } of aged) {
      db.prepare(`delete from ${table} where ${which} and aged_from < ?`).run(now - ageMs);
      db.prepare(
        `update ${table} set aged_from = ? where ${which} and (aged_from is null or aged_from > ?)`,
      ).run(now, now);
    }
    db.prepare('delete from units where operation_id not in (select id from operations)').run();
  });
}

const nameOf = (serverKey: string): string => `server-time ${serverKey}`;

/** A server's time (ms) as it was known last on this computer; null for never. */
export function lastServerTime(db: ReadDb, serverKey: string): number | null {
  const value = Number(
    db
      .prepare<[string], { value: string }>('select value from settings where name = ?')
      .get(nameOf(serverKey))?.value ?? NaN,
  );
  return Number.isFinite(value) ? value : null;
}

export function noteServerTime(db: WriteDb, serverKey: string, at: number): void {
  db.prepare(
    'insert into settings (name, value) values (?, ?) on conflict do update set value = excluded.value',
  ).run(nameOf(serverKey), String(at));
}
