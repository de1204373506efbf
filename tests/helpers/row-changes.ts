import { row, rows, type Pool } from '../../src/server/db/pool.ts';

/** Refused requests may be remembered: their answers by key, who tried what, and how often. */
const apart = '^(idempotency_keys|audit.*|sign_in_tries|row_changes|schema_migrations)$';

/**
 * Logs every committed change of a row, of any table, by triggers; what is rolled back leaves no
 * trace. `count` returns how many there have been, at the cost of one look at an index. Only for a
 * database that a test has to itself.
 */
export async function watchRows(
  pool: Pool,
): Promise<{ count: () => Promise<number>; since: (count: number) => Promise<string[]> }> {
  await pool.query(`
    create table row_changes (n bigint generated always as identity primary key, what text not null);
    create function log_row_change() returns trigger language plpgsql as $$
      begin insert into row_changes (what) values (tg_op || ' ' || tg_table_name); return null; end $$`);
  for (const { tablename } of await rows<{ tablename: string }>(
    pool,
    "select tablename from pg_tables where schemaname = 'public' and tablename !~ $1",
    [apart],
  )) {
    await pool.query(
      `create trigger zz_log_row_change after insert or update or delete on "${tablename}" for each row execute function log_row_change()`,
    );
  }
  return {
    // Identity values are spent by a rollback too, so the rows are asked and not the sequence.
    count: async () =>
      Number(
        (await row<{ n: string }>(pool, 'select coalesce(max(n), 0) as n from row_changes'))?.n,
      ),
    since: async (count) =>
      (
        await rows<{ what: string }>(
          pool,
          'select what from row_changes where n > $1 order by n limit 10',
          [count],
        )
      ).map((c) => c.what),
  };
}
