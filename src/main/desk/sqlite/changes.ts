import type { ReadDb } from './connection.ts';

/**
 * Differs once the cache has changed, from here or from another connection, or once a snooze has
 * ended by `now` (ms): until then every count stays as it is.
 */
export function cacheVersion(db: ReadDb, now: number): string {
  const row = db
    .prepare<[number], { changes: number; others: number; woken: number }>(
      `
        select total_changes() as changes, (select data_version
          from pragma_data_version) as others, (select count(*) from tickets
          where snoozed_until is not null and snoozed_until <= ?) as woken`,
    )
    .get(now);
  return `${row?.changes ?? 0}:${row?.others ?? 0}:${row?.woken ?? 0}`;
}
